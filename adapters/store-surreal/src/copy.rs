//! Copying the whole store: what is added. What is read is in [`export`](crate::export).

use async_trait::async_trait;
use surrealdb::types::{RecordId, SurrealValue, Value};
use wxlogin_domain::account::Account;
use wxlogin_domain::copy::{AccountCopy, CopyItem};
use wxlogin_domain::ports::copy_store::{CopyStore, Export};
use wxlogin_domain::ports::store::StoreError;

use crate::export::Pieces;
use crate::failure::Failure;
use crate::open::SurrealStore;
use crate::rows::{AccountRow, ApiKeyRow, KeyRingRow, LinkRow, PushRow, SessionRow, with_id};
use crate::transaction::Transaction;
use crate::{id, phones};

/// Tables in which nothing is where the store is empty: what is in the others belongs to what is in these.
const IS_EMPTY: &str = "RETURN array::len(array::concat(
    (SELECT VALUE id FROM account LIMIT 1), (SELECT VALUE id FROM audit_event LIMIT 1),
    (SELECT VALUE id FROM key_ring LIMIT 1), (SELECT VALUE id FROM api_key LIMIT 1),
    (SELECT VALUE id FROM push_message LIMIT 1))) = 0";

/// Fails where an account came to be meanwhile.
const ADD_ACCOUNTS: &str = "INSERT $accounts RETURN NONE;";
/// What leads elsewhere already stays.
const ADD: &str = "INSERT IGNORE $rows RETURN NONE;";

/// The account's own row.
fn account_row(copy: &AccountCopy) -> Value {
    let sessions = i64::try_from(copy.sessions.len()).unwrap_or(i64::MAX);
    with_id(
        id::account(copy.account.id),
        AccountRow::of(&copy.account, 1, Some(sessions)),
    )
}

/// All that belongs to an account, or leads to it.
fn rows_around(copy: &AccountCopy) -> Vec<Value> {
    let AccountCopy {
        account,
        unionids,
        sessions,
    } = copy;
    let link = || LinkRow {
        account: id::account(account.id),
    };
    let leading = leading_to(account).into_iter().chain(unionids.iter().map(id::unionid));
    let mut rows: Vec<Value> = leading.map(|id| with_id(id, link())).collect();
    rows.extend(sessions.iter().map(|session| SessionRow::of(session).into_value()));
    rows
}

fn leading_to(account: &Account) -> Vec<RecordId> {
    let mut leading = id::identities(&account.identities);
    leading.extend(phones::listed(account));
    leading
}

impl SurrealStore {
    /// Which of these accounts there are.
    async fn present(&self, copies: &[&AccountCopy]) -> Result<Vec<RecordId>, Failure> {
        let ids: Vec<RecordId> = copies.iter().map(|copy| id::account(copy.account.id)).collect();
        let mut response = self.db.query("SELECT VALUE id FROM $ids").bind(("ids", ids)).await?;
        Ok(response.take(0)?)
    }

    async fn try_import(&self, items: &[CopyItem]) -> Result<(), Failure> {
        let mut copies: Vec<&AccountCopy> = items.iter().filter_map(account_of).collect();
        if !copies.is_empty() {
            let present = self.present(&copies).await?;
            copies.retain(|copy| !present.contains(&id::account(copy.account.id)));
        }
        let mut rows: Vec<Value> = copies.iter().flat_map(|copy| rows_around(copy)).collect();
        let mut events = Vec::new();
        for item in items {
            match item {
                CopyItem::Account(_) => {}
                CopyItem::Push(push) => rows.push(with_id(id::push_message(&push.hash), PushRow::at(push.at))),
                CopyItem::ApiKey(key) => rows.push(with_id(id::api_key(&key.name), ApiKeyRow::of(key))),
                CopyItem::Event(event) => events.push(&**event),
                CopyItem::KeyRing(ring) => rows.push(with_id(id::key_ring(), KeyRingRow::of(ring)?)),
            }
        }
        Transaction::new()
            .then_if(!copies.is_empty(), ADD_ACCOUNTS)
            .then_if(!rows.is_empty(), ADD)
            .with(
                "accounts",
                copies.iter().map(|copy| account_row(copy)).collect::<Vec<_>>(),
            )
            .with("rows", rows)
            .append(events)
            .commit(self)
            .await
    }
}

fn account_of(item: &CopyItem) -> Option<&AccountCopy> {
    match item {
        CopyItem::Account(copy) => Some(copy),
        _ => None,
    }
}

#[async_trait]
impl CopyStore for SurrealStore {
    async fn is_empty(&self) -> Result<bool, StoreError> {
        self.patience
            .until_first(|| async {
                let is_empty: Option<bool> = self.db.query(IS_EMPTY).await?.take(0)?;
                Ok(is_empty == Some(true))
            })
            .await
    }

    async fn export(&self) -> Result<Box<dyn Export>, StoreError> {
        Ok(Box::new(Pieces::new(self.db.clone(), self.patience)))
    }

    async fn import(&self, items: &[CopyItem]) -> Result<(), StoreError> {
        self.patience.until_first(|| self.try_import(items)).await
    }
}
