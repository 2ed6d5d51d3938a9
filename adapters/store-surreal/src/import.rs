//! Importing users.

use std::collections::HashMap;
use std::fmt::Write as _;

use async_trait::async_trait;
use surrealdb::types::{RecordId, SurrealValue, Value};
use wxlogin_domain::account::Account;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::WechatIdentity;
use wxlogin_domain::import_rules::{ImportedUser, KnownUsers};
use wxlogin_domain::phone_number::{PhoneNumber, PhonePolicy};
use wxlogin_domain::ports::import_store::{ImportAct, ImportStore};
use wxlogin_domain::ports::store::StoreError;

use crate::accounts::Found;
use crate::failure::{Failure, root_cause};
use crate::id;
use crate::known::Scope;
use crate::login::{ByLink, LINKED, by_link};
use crate::logins::{CHANGE_ACCOUNTS, CREATE, Change};
use crate::open::SurrealStore;
use crate::rows::{AccountRow, LinkRow, with_id};
use crate::transaction::Transaction;

/// Which of these records there are.
const PRESENT: &str = "SELECT VALUE id FROM $records";

/// Reads, and asks who has each of so many numbers, at one moment.
fn with_holders_of(read: &str, numbers: usize) -> String {
    let mut script = format!("BEGIN; {read};");
    for number in 0..numbers {
        let _ = write!(
            script,
            "SELECT VALUE account FROM type::record('phone', [$numbers[{number}], '']>..[$numbers[{number}], ..]) LIMIT 2;"
        );
    }
    script + "COMMIT;"
}

/// An account's number, for as long as it is not known whether anybody else has it.
#[derive(SurrealValue)]
struct Claimed {
    number: String,
    account: RecordId,
}

/// As [`phones`](crate::phones) does it for one number.
const CLAIM_ALL: &str = "
    UPSERT $claims CONTENT {} RETURN NONE;
    DELETE $claims RETURN NONE;
    FOR $one IN $claimed {
        LET $holders = (SELECT VALUE account FROM type::record('phone', [$one.number, '']>..[$one.number, ..]) LIMIT 2);
        IF array::len(array::complement($holders, [$one.account])) > 0 { THROW $stale };
    };";

impl Transaction {
    /// Fails where somebody else has a number that has to be unique.
    fn claim_phones(self, act: &ImportAct) -> Self {
        let claims: Vec<RecordId> = act.unique_phones().map(|(number, _)| id::phone_claim(number)).collect();
        let claimed = act.unique_phones().map(|(number, account)| Claimed {
            number: number.as_e164().to_owned(),
            account: id::account(account),
        });
        self.then_if(!claims.is_empty(), CLAIM_ALL)
            .with("claims", claims)
            .with("claimed", claimed.collect::<Vec<_>>())
    }
}

/// The records that nobody may have made meanwhile, each with the account that it leads to.
fn links(act: &ImportAct) -> Vec<(RecordId, AccountId)> {
    let identities = act
        .new_identities()
        .map(|(linked, account)| (id::identity(&linked.identity.app, &linked.identity.openid), account));
    let unionids = act
        .unionids
        .iter()
        .map(|(unionid, account)| (id::unionid(unionid), *account));
    identities.chain(unionids).collect()
}

/// All that is new: accounts, and what leads to accounts.
fn created(act: &ImportAct) -> Vec<Value> {
    let phones = act
        .new_phones()
        .map(|(number, account)| (id::phone(number, account), account));
    let leading = links(act).into_iter().chain(phones);
    let mut created: Vec<Value> = leading
        .map(|(record, account)| {
            let account = id::account(account);
            with_id(record, LinkRow { account })
        })
        .collect();
    let row = |account: &Account| with_id(id::account(account.id), AccountRow::of(account, 1, Some(0)));
    created.extend(act.made.iter().map(row));
    created
}

/// Accounts that were read through the records that lead to them.
struct Read(ByLink);

impl Read {
    /// Which account a record leads to; it goes to the others.
    fn account(&self, link: &RecordId, into: &mut HashMap<AccountId, Account>) -> Result<Option<AccountId>, Failure> {
        let Some(row) = self.0.get(link).cloned().flatten() else {
            return Ok(None);
        };
        let account = row.into_account()?;
        let id = account.id;
        into.insert(id, account);
        Ok(Some(id))
    }
}

impl SurrealStore {
    /// What a statement answers of some records, and who has each of these numbers, at one moment.
    async fn with_holders_of_each<T: SurrealValue>(
        &self,
        read: &str,
        records: Vec<RecordId>,
        numbers: &[&PhoneNumber],
    ) -> Result<(Vec<T>, Vec<Vec<AccountId>>), Failure> {
        let texts: Vec<String> = numbers.iter().map(|number| number.as_e164().to_owned()).collect();
        let response = self
            .db
            .query(with_holders_of(read, numbers.len()))
            .bind(("records", records))
            .bind(("numbers", texts))
            .await?;
        let mut response = root_cause(response)?;
        let rows: Vec<T> = response.take(1)?;
        let mut holders = Vec::with_capacity(numbers.len());
        for number in 0..numbers.len() {
            let of_one: Vec<RecordId> = response.take(2 + number)?;
            holders.push(of_one.iter().filter_map(id::account_id).collect());
        }
        Ok((rows, holders))
    }

    async fn try_known_users(&self, users: &[ImportedUser], phones: PhonePolicy) -> Result<KnownUsers, Failure> {
        let with_numbers = users.iter().filter(|_| phones == PhonePolicy::Unique);
        let numbers: Vec<&PhoneNumber> = with_numbers.filter_map(|user| user.phone.as_ref()).collect();
        let mut records = Vec::new();
        for ImportedUser { identity, .. } in users {
            records.push(id::identity(&identity.app, &identity.openid));
            records.extend(identity.unionid.as_ref().map(id::unionid));
        }
        let (rows, holders) = self.with_holders_of_each(LINKED, records, &numbers).await?;
        let read = Read(by_link(rows));
        let mut known = KnownUsers::default();
        for ImportedUser { identity, .. } in users {
            let WechatIdentity { app, openid, unionid } = identity;
            if let Some(account) = read.account(&id::identity(app, openid), &mut known.accounts)? {
                known.identities.insert((app.clone(), openid.clone()), account);
            }
            let Some(unionid) = unionid else { continue };
            if let Some(account) = read.account(&id::unionid(unionid), &mut known.accounts)? {
                known.unionids.insert(unionid.clone(), account);
            }
        }
        known.phones = numbers.into_iter().cloned().zip(holders).collect();
        Ok(known)
    }

    /// The changes, made to the accounts as they are by now: none where anything is no more as it was read.
    async fn changes(&self, act: &ImportAct) -> Result<Option<Vec<Change>>, Failure> {
        let records: Vec<RecordId> = links(act).into_iter().map(|(link, _)| link).collect();
        let claimed: Vec<(&PhoneNumber, AccountId)> = act.unique_phones().collect();
        let numbers: Vec<&PhoneNumber> = claimed.iter().map(|(number, _)| *number).collect();
        let (taken, holders): (Vec<RecordId>, _) = self.with_holders_of_each(PRESENT, records, &numbers).await?;
        let is_held = |((_, account), holders): (&(&PhoneNumber, AccountId), &Vec<AccountId>)| {
            holders.iter().any(|holder| holder != account)
        };
        if !taken.is_empty() || claimed.iter().zip(&holders).any(is_held) {
            return Ok(None);
        }
        let ids: Vec<RecordId> = act.changed.iter().map(|change| id::account(change.before.id)).collect();
        let mut response = self.db.query("SELECT * FROM $ids").bind(("ids", ids)).await?;
        let rows: Vec<AccountRow> = response.take(0)?;
        let mut found = HashMap::new();
        for row in rows {
            let one = Found::from_row(row)?;
            found.insert(one.account.id, one);
        }
        let changes = act.changed.iter().map(|change| {
            let found = found.get(&change.before.id)?;
            let account = change.made_to(&found.account)?;
            Some(Change {
                id: id::account(account.id),
                row: AccountRow::of(&account, found.rev + 1, found.session_rows),
                rev: found.rev,
            })
        });
        Ok(changes.collect())
    }

    /// What is looked at first tells what was true from what goes by: a write that fails on a guard is looked at again.
    async fn try_import_users(&self, act: &ImportAct) -> Result<bool, Failure> {
        let Some(changes) = self.changes(act).await? else {
            return Ok(false);
        };
        let mut transaction = Transaction::new();
        for change in &act.changed {
            transaction = transaction.about(Scope::All(change.before.id));
        }
        transaction
            .then_if(!changes.is_empty(), CHANGE_ACCOUNTS)
            .then(CREATE)
            .with("changes", changes)
            .with("created", created(act))
            .claim_phones(act)
            .append([&act.event])
            .commit(self)
            .await?;
        Ok(true)
    }
}

#[async_trait]
impl ImportStore for SurrealStore {
    async fn known_users(&self, users: &[ImportedUser], phones: PhonePolicy) -> Result<KnownUsers, StoreError> {
        self.patience.until_first(|| self.try_known_users(users, phones)).await
    }

    async fn import_users(&self, act: &ImportAct) -> Result<bool, StoreError> {
        self.patience.until_first(|| self.try_import_users(act)).await
    }
}
