//! Telephone numbers: which accounts have one, and that nobody has one twice which has to be unique.

use std::collections::HashMap;
use std::iter::once;

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
pub(crate) fn holders(number: &str) -> String {
    format!("SELECT VALUE account FROM type::record('phone', [{number}, '']>..[{number}, ..]) LIMIT 2")
}

/// An account's number, for as long as it is not known whether anybody else has it.
#[derive(SurrealValue)]
struct Claimed {
    number: String,
    account: RecordId,
}

/// Two who bind one number at the same moment write different records, and neither sees the other's: nothing would stop
/// them. So each writes a record that is the number's, and takes it away again: what counts is that both wrote it, for
/// then the database lets only one of them go on. Nothing is left to be cleared up when the number changes hands.
///
/// Whoever comes later sees the record of the one who came first.
fn claim() -> String {
    format!(
        "UPSERT $claims CONTENT {{}} RETURN NONE;
        DELETE $claims RETURN NONE;
        FOR $one IN $claimed {{
            LET $holders = ({});
            IF array::len(array::complement($holders, [$one.account])) > 0 {{ THROW $stale }};
        }};",
        holders("$one.number")
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
    pub(crate) fn claim_phone(self, before: Option<&Account>, account: AccountId, binding: &PhoneBinding) -> Self {
        let number = &binding.phone.number;
        let old = before.and_then(|before| before.phone.as_ref());
        if binding.policy == PhonePolicy::Shared || old.is_some_and(|old| old.number == *number) {
            return self;
        }
        self.claim_phones(once((number, account)))
    }

    /// Fails where somebody else has a number of these, each of which an account wants for itself.
    pub(crate) fn claim_phones<'a>(self, wanted: impl Iterator<Item = (&'a PhoneNumber, AccountId)>) -> Self {
        let (claims, claimed): (Vec<RecordId>, Vec<Claimed>) = wanted
            .map(|(number, account)| {
                let claimed = Claimed {
                    number: number.as_e164().to_owned(),
                    account: id::account(account),
                };
                (id::phone_claim(number), claimed)
            })
            .unzip();
        self.then_if(!claims.is_empty(), &claim())
            .with("claims", claims)
            .with("claimed", claimed)
    }
}

impl SurrealStore {
    /// What is read of some records, and who has each of these numbers, at one moment.
    pub(crate) async fn with_holders<T: SurrealValue>(
        &self,
        read: &str,
        records: Vec<RecordId>,
        numbers: &[&PhoneNumber],
    ) -> Result<(Vec<T>, HashMap<PhoneNumber, Vec<AccountId>>), Failure> {
        let mut script = format!("BEGIN; {read};");
        for number in 0..numbers.len() {
            script += &holders(&format!("$numbers[{number}]"));
            script.push(';');
        }
        let texts: Vec<String> = numbers.iter().map(|number| number.as_e164().to_owned()).collect();
        let response = self
            .db
            .query(script + "COMMIT;")
            .bind(("records", records))
            .bind(("numbers", texts))
            .await?;
        let mut response = root_cause(response)?;
        let rows: Vec<T> = response.take(1)?;
        let mut holders = HashMap::new();
        for (position, number) in numbers.iter().enumerate() {
            let of_one: Vec<RecordId> = response.take(2 + position)?;
            holders.insert((*number).clone(), of_one.iter().filter_map(id::account_id).collect());
        }
        Ok((rows, holders))
    }

    pub(crate) async fn try_bind_phone(
        &self,
        id: AccountId,
        binding: &PhoneBinding,
        event: &AuditEvent,
    ) -> Result<PhoneOutcome, Failure> {
        let records = vec![id::account(id)];
        let number = &binding.phone.number;
        let (mut rows, holders) = self.with_holders("SELECT * FROM $records", records, &[number]).await?;
        let Some(row) = rows.pop() else {
            return Ok(PhoneOutcome::NoAccount);
        };
        let found = Found::from_row(row)?;
        let holders = holders.get(number).map(Vec::as_slice).unwrap_or_default();
        if binding.is_refused(&found.account, holders) {
            return Ok(PhoneOutcome::Taken);
        }
        let account = Account {
            phone: Some(binding.phone.clone()),
            ..found.account.clone()
        };
        Transaction::new()
            .change_account(&found, &account)
            .claim_phone(Some(&found.account), id, binding)
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
