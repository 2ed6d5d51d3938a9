//! Telephone numbers: which accounts have one, and that nobody has one twice which has to be unique.

use surrealdb::types::{RecordId, SurrealValue};
use wxlogin_domain::account::Account;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::phone_number::{PhoneBinding, PhoneNumber, PhonePolicy};
use wxlogin_domain::ports::account_store::PhoneOutcome;

use crate::accounts::Found;
use crate::failure::{Failure, root_cause};
use crate::id;
use crate::open::SurrealStore;
use crate::transaction::Transaction;

/// Whose number it is. Of many who share it two are enough: one of them is somebody else.
pub(crate) const HOLDERS: &str = "SELECT VALUE account FROM \
    type::record('phone', [$number, '']>..[$number, ..]) LIMIT 2";

/// Two who bind one number at the same moment write different records, and neither sees the other's: nothing would stop
/// them. So each writes a record that is the number's, and takes it away again: what counts is that both wrote it, for
/// then the database lets only one of them go on. Nothing is left to be cleared up when the number changes hands.
///
/// Whoever comes later sees the record of the one who came first.
fn claim() -> String {
    format!(
        "UPSERT $claim CONTENT {{}} RETURN NONE;
        DELETE $claim RETURN NONE;
        LET $holders = ({HOLDERS});
        IF array::len(array::complement($holders, [$account])) > 0 {{ THROW $stale }};"
    )
}

/// The record by which an account is found by its number.
pub(crate) fn listed(account: &Account) -> Option<RecordId> {
    let phone = account.phone.as_ref()?;
    Some(id::phone(&phone.number, account.id))
}

impl Transaction {
    /// Lists an account under the number that it has from now on, and no more under the one that it had.
    pub(crate) fn list_phone(self, before: Option<&Account>, after: &Account) -> Self {
        let (before, after) = (before.and_then(listed), listed(after));
        if before == after {
            return self;
        }
        self.then_if(before.is_some(), "DELETE $old_phone RETURN NONE;")
            .then_if(after.is_some(), "UPSERT $new_phone CONTENT $link RETURN NONE;")
            .with("old_phone", before)
            .with("new_phone", after)
    }

    /// Fails where somebody else has a number that has to be unique. An account that has the number already keeps all
    /// others away by that.
    pub(crate) fn claim_phone(self, before: Option<&Account>, binding: &PhoneBinding) -> Self {
        let number = &binding.phone.number;
        let old = before.and_then(|before| before.phone.as_ref());
        if binding.policy == PhonePolicy::Shared || old.is_some_and(|old| old.number == *number) {
            return self;
        }
        self.then(&claim())
            .with("claim", id::phone_claim(number))
            .with("number", number.as_e164())
    }
}

impl SurrealStore {
    /// What is read of some records, and who has a number, at one moment.
    pub(crate) async fn with_holders<T: SurrealValue>(
        &self,
        read: &str,
        records: Vec<RecordId>,
        number: &PhoneNumber,
    ) -> Result<(Vec<T>, Vec<AccountId>), Failure> {
        let response = self
            .db
            .query(format!("BEGIN; {read}; {HOLDERS}; COMMIT;"))
            .bind(("records", records))
            .bind(("number", number.as_e164().to_owned()))
            .await?;
        let mut response = root_cause(response)?;
        let rows: Vec<T> = response.take(1)?;
        let holders: Vec<RecordId> = response.take(2)?;
        Ok((rows, holders.iter().filter_map(id::account_id).collect()))
    }

    pub(crate) async fn try_bind_phone(
        &self,
        id: AccountId,
        binding: &PhoneBinding,
        event: &AuditEvent,
    ) -> Result<PhoneOutcome, Failure> {
        let records = vec![id::account(id)];
        let read = self.with_holders("SELECT * FROM $records", records, &binding.phone.number);
        let (mut rows, holders) = read.await?;
        let Some(row) = rows.pop() else {
            return Ok(PhoneOutcome::NoAccount);
        };
        let found = Found::from_row(row)?;
        if binding.is_refused(&found.account, &holders) {
            return Ok(PhoneOutcome::Taken);
        }
        let account = Account {
            phone: Some(binding.phone.clone()),
            ..found.account.clone()
        };
        Transaction::new()
            .change_account(&found, &account)
            .claim_phone(Some(&found.account), binding)
            .append([event])
            .commit(self)
            .await?;
        Ok(PhoneOutcome::Bound(Box::new(account)))
    }

    pub(crate) async fn try_unbind_phone(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, Failure> {
        let Some(found) = self.found(id::account(id)).await? else {
            return Ok(None);
        };
        let mut account = found.account.clone();
        if account.phone.take().is_some() {
            let changed = Transaction::new().change_account(&found, &account);
            changed.append([event]).commit(self).await?;
        }
        Ok(Some(account))
    }
}
