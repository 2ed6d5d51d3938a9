//! Telephone numbers: which accounts have one, and that nobody has one twice which has to be unique.

use std::collections::HashMap;
use std::iter::once;

use wxlogin_domain::account::Account;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::phone_number::{PhoneBinding, PhoneNumber, PhonePolicy};
use wxlogin_domain::ports::account_store::PhoneOutcome;

use crate::failure::Failure;
use crate::lease::{Lease, Transaction};
use crate::open::PostgresStore;
use crate::rows::Columns as _;

/// Two who bind one number at the same moment write different rows, and neither sees the other's: nothing would stop
/// them. So whoever wants a number for one account alone takes its lock first, and looks who has it afterwards. Numbers
/// that share a lock by chance wait for each other, no more.
pub(crate) const LOCK_NUMBERS: &str = "SELECT pg_advisory_xact_lock(hashtextextended('wxlogin phone ' || n.number, 0)) \
     FROM UNNEST($1::text[]) AS n (number)";

/// Of many who share a number two are enough: one of them is somebody else.
pub(crate) const HOLDERS: &str = "SELECT n.number, a.id FROM UNNEST($1::text[]) AS n (number) \
     CROSS JOIN LATERAL (SELECT id FROM account WHERE phone_number = n.number LIMIT 2) AS a";

impl Lease<'_> {
    /// Who has each of these numbers; none of those that nobody has.
    pub(crate) async fn holders<'a>(
        &mut self,
        numbers: impl Iterator<Item = &'a PhoneNumber>,
    ) -> Result<HashMap<PhoneNumber, Vec<AccountId>>, Failure> {
        let of: HashMap<String, &PhoneNumber> = numbers.map(|number| (number.to_string(), number)).collect();
        let texts: Vec<String> = of.keys().cloned().collect();
        let mut holders: HashMap<PhoneNumber, Vec<AccountId>> = HashMap::new();
        for row in self.rows(sqlx::query(HOLDERS).bind(texts)).await? {
            if let Some(number) = of.get(row.text("number")?) {
                holders.entry((*number).clone()).or_default().push(row.id("id")?);
            }
        }
        Ok(holders)
    }
}

impl Transaction<'_> {
    /// Keeps all others who want these numbers for themselves waiting until the end of the transaction. Whoever locks
    /// several does it in one order.
    pub(crate) async fn lock_numbers<'a>(
        &mut self,
        numbers: impl Iterator<Item = &'a PhoneNumber>,
    ) -> Result<(), Failure> {
        let mut texts: Vec<String> = numbers.map(ToString::to_string).collect();
        texts.sort_unstable();
        self.rows(sqlx::query(LOCK_NUMBERS).bind(texts)).await.map(drop)
    }

    async fn holders_of(&mut self, number: &PhoneNumber) -> Result<Vec<AccountId>, Failure> {
        let mut holders = self.holders(once(number)).await?;
        Ok(holders.remove(number).unwrap_or_default())
    }

    /// Fails where somebody else has a number that has to be unique. An account that has the number already keeps all
    /// others away by that.
    pub(crate) async fn claim_phone(
        &mut self,
        before: Option<&Account>,
        account: AccountId,
        binding: &PhoneBinding,
    ) -> Result<(), Failure> {
        let number = &binding.phone.number;
        let old = before.and_then(|before| before.phone.as_ref());
        if binding.policy == PhonePolicy::Shared || old.is_some_and(|old| old.number == *number) {
            return Ok(());
        }
        self.lock_numbers(once(number)).await?;
        let holders = self.holders_of(number).await?;
        if holders.iter().any(|holder| *holder != account) {
            return Err(Failure::Overtaken);
        }
        Ok(())
    }

    async fn bind_phone(
        &mut self,
        id: AccountId,
        binding: &PhoneBinding,
        event: &AuditEvent,
    ) -> Result<PhoneOutcome, Failure> {
        let number = &binding.phone.number;
        let mut holders = Vec::new();
        if binding.policy == PhonePolicy::Unique {
            self.lock_numbers(once(number)).await?;
        }
        let Some(found) = self.locked_one(id).await? else {
            return Ok(PhoneOutcome::NoAccount);
        };
        if binding.policy == PhonePolicy::Unique {
            holders = self.holders_of(number).await?;
        }
        if binding.is_refused(&found.account, &holders) {
            return Ok(PhoneOutcome::Taken);
        }
        let account = Account {
            phone: Some(binding.phone.clone()),
            ..found.account.clone()
        };
        self.put(&found, &account, found.session_rows).await?;
        self.append([event]).await?;
        Ok(PhoneOutcome::Bound(Box::new(account)))
    }

    async fn unbind_phone(&mut self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, Failure> {
        let Some(found) = self.locked_one(id).await? else {
            return Ok(None);
        };
        let mut account = found.account.clone();
        if account.phone.take().is_some() {
            self.put(&found, &account, found.session_rows).await?;
            self.append([event]).await?;
        }
        Ok(Some(account))
    }
}

impl PostgresStore {
    pub(crate) async fn try_bind_phone(
        &self,
        id: AccountId,
        binding: &PhoneBinding,
        event: &AuditEvent,
    ) -> Result<PhoneOutcome, Failure> {
        let mut transaction = self.pool.lease().await?.begin().await?;
        let done = transaction.bind_phone(id, binding, event).await;
        transaction.settle(done).await
    }

    pub(crate) async fn try_unbind_phone(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, Failure> {
        let mut transaction = self.pool.lease().await?.begin().await?;
        let done = transaction.unbind_phone(id, event).await;
        transaction.settle(done).await
    }
}
