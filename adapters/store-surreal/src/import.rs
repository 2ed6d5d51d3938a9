//! Importing users.

use std::collections::HashMap;

use async_trait::async_trait;
use surrealdb::types::{RecordId, Value};
use wxlogin_domain::account::Account;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::WechatIdentity;
use wxlogin_domain::import_rules::{ImportedUser, KnownUsers};
use wxlogin_domain::phone_number::{PhoneNumber, PhonePolicy};
use wxlogin_domain::ports::import_store::{ImportAct, ImportStore};
use wxlogin_domain::ports::store::StoreError;

use crate::accounts::Found;
use crate::failure::Failure;
use crate::id;
use crate::known::Scope;
use crate::login::{ByLink, LINKED, by_link};
use crate::logins::{CHANGE_ACCOUNTS, CREATE, Change};
use crate::open::SurrealStore;
use crate::rows::{AccountRow, LinkRow, with_id};
use crate::transaction::Transaction;

/// Which of these records there are.
const PRESENT: &str = "SELECT VALUE id FROM $records";

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
    async fn try_known_users(&self, users: &[ImportedUser], phones: PhonePolicy) -> Result<KnownUsers, Failure> {
        let with_numbers = users.iter().filter(|_| phones == PhonePolicy::Unique);
        let numbers: Vec<&PhoneNumber> = with_numbers.filter_map(|user| user.phone.as_ref()).collect();
        let mut records = Vec::new();
        for ImportedUser { identity, .. } in users {
            records.push(id::identity(&identity.app, &identity.openid));
            records.extend(identity.unionid.as_ref().map(id::unionid));
        }
        let (rows, holders) = self.with_holders(LINKED, records, &numbers).await?;
        let read = Read(by_link(rows));
        let mut known = KnownUsers {
            phones: holders,
            ..KnownUsers::default()
        };
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
        Ok(known)
    }

    /// The changes, made to the accounts as they are by now: none where anything is no more as it was read.
    async fn changes(&self, act: &ImportAct) -> Result<Option<Vec<Change>>, Failure> {
        let records: Vec<RecordId> = links(act).into_iter().map(|(link, _)| link).collect();
        let numbers: Vec<&PhoneNumber> = act.unique_phones().map(|(number, _)| number).collect();
        let (taken, holders): (Vec<RecordId>, _) = self.with_holders(PRESENT, records, &numbers).await?;
        if !taken.is_empty() || act.wants_what_others_have(&holders) {
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
            .claim_phones(act.unique_phones())
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
