//! Accounts.

use std::sync::Arc;

use async_trait::async_trait;
use surrealdb::types::RecordId;
use wxlogin_domain::account::{Account, AccountStatus, ProfileChange};
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord};
use wxlogin_domain::merge_rules::{Merge, MergeOutcome};
use wxlogin_domain::phone_number::PhoneBinding;
use wxlogin_domain::ports::account_store::{AccountPage, AccountQuery, AccountStore, PhoneOutcome};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::SessionEnd;

use crate::failure::Failure;
use crate::id;
use crate::known::Scope;
use crate::open::SurrealStore;
use crate::rows::{AccountRow, LinkRow};
use crate::transaction::Transaction;

/// The row of an account that was read, and which revision of it.
pub(crate) struct Found {
    pub(crate) account: Account,
    pub(crate) rev: i64,
    pub(crate) session_rows: Option<i64>,
}

impl Found {
    pub(crate) fn from_row(row: AccountRow) -> Result<Self, StoreError> {
        Ok(Self {
            rev: row.rev,
            session_rows: row.session_rows,
            account: row.into_account()?,
        })
    }
}

const CREATE_ACCOUNT: &str = "
    CREATE $account CONTENT $account_row RETURN NONE;";
/// Guards a write to an account: it has to be at the revision that was read.
const UPDATE_ACCOUNT: &str = "
    LET $changed = (UPDATE $account CONTENT $account_row WHERE rev = $rev RETURN VALUE rev);
    IF array::len($changed) != 1 { THROW $stale };";

impl Transaction {
    /// Changes an account that was read, and what leads to it from its telephone number.
    pub(crate) fn change_account(self, before: &Found, after: &Account) -> Self {
        self.put_account(Some(before), after, before.session_rows)
    }

    /// Makes an account, or changes it, with this word on how many sessions it has rows of. What it has changed to is
    /// `$link` to the parts that come after.
    pub(crate) fn put_account(self, before: Option<&Found>, after: &Account, session_rows: Option<i64>) -> Self {
        let account = id::account(after.id);
        let rev = before.map_or(0, |before| before.rev);
        self.then(if before.is_some() {
            UPDATE_ACCOUNT
        } else {
            CREATE_ACCOUNT
        })
        .with("account", account.clone())
        .with("account_row", AccountRow::of(after, rev + 1, session_rows))
        .with("rev", rev)
        .about(Scope::All(after.id))
        .with("link", LinkRow { account })
        .list_phone(before.map(|before| &before.account), after)
    }
}

impl SurrealStore {
    pub(crate) async fn found(&self, account: RecordId) -> Result<Option<Found>, Failure> {
        let row: Option<AccountRow> = self.db.select(account).await?;
        Ok(row.map(Found::from_row).transpose()?)
    }

    /// The account, without asking where it is known.
    async fn known_or_found(&self, account: AccountId) -> Result<Option<Arc<Found>>, Failure> {
        let reading = match self.known.as_ref().map(|known| known.account(account)) {
            Some(Ok(found)) => return Ok(Some(found)),
            Some(Err(reading)) => Some(reading),
            None => None,
        };
        let found = self.found(id::account(account)).await?.map(Arc::new);
        if let Some((reading, found)) = reading.zip(found.as_ref()) {
            reading.keep_account(found);
        }
        Ok(found)
    }

    /// The account that a record leads to.
    pub(crate) async fn found_by(&self, link: RecordId) -> Result<Option<Found>, Failure> {
        let mut response = self
            .db
            .query("SELECT VALUE account.* FROM $link")
            .bind(("link", link))
            .await?;
        let row: Option<AccountRow> = response.take(0)?;
        Ok(row.map(Found::from_row).transpose()?)
    }

    async fn account_by(&self, link: RecordId) -> Result<Option<Account>, StoreError> {
        let found = self.patience.until_first(|| self.found_by(link.clone())).await?;
        Ok(found.map(|found| found.account))
    }

    /// Changes one account as a pure function says, and adds what else belongs into the transaction.
    async fn change_account(
        &self,
        id: AccountId,
        change: impl Fn(Account) -> Account,
        also: impl Fn(Transaction) -> Transaction,
    ) -> Result<Option<Account>, StoreError> {
        self.patience
            .until_first(|| async {
                let Some(found) = self.found(id::account(id)).await? else {
                    return Ok(None);
                };
                let account = change(found.account.clone());
                let changed = Transaction::new().change_account(&found, &account);
                also(changed).commit(self).await?;
                Ok(Some(account))
            })
            .await
    }
}

#[async_trait]
impl AccountStore for SurrealStore {
    async fn record_login(&self, login: &LoginRecord) -> Result<LoginOutcome, StoreError> {
        self.log_in(login).await
    }

    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let found = self.patience.until_first(|| self.known_or_found(id)).await?;
        Ok(found.map(|found| found.account.clone()))
    }

    async fn account_of_identity(&self, app: &AppId, openid: &OpenId) -> Result<Option<Account>, StoreError> {
        self.account_by(id::identity(app, openid)).await
    }

    async fn account_of_unionid(&self, unionid: &UnionId) -> Result<Option<Account>, StoreError> {
        self.account_by(id::unionid(unionid)).await
    }

    async fn accounts(&self, query: &AccountQuery) -> Result<AccountPage, StoreError> {
        self.patience.until_first(|| self.search(query)).await
    }

    async fn change_profile(&self, id: AccountId, change: &ProfileChange) -> Result<Option<Account>, StoreError> {
        let changed = |account: Account| Account {
            profile: account.profile.clone().changed(change.clone()),
            ..account
        };
        self.change_account(id, changed, |transaction| transaction).await
    }

    async fn suspend(&self, id: AccountId, end: SessionEnd, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let suspended = |account| Account {
            status: AccountStatus::Suspended,
            ..account
        };
        let also = |transaction: Transaction| transaction.end_all_sessions(id, end).append([event]);
        self.change_account(id, suspended, also).await
    }

    async fn restore(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let restored = |account| Account {
            status: AccountStatus::Active,
            ..account
        };
        let also = |transaction: Transaction| transaction.append([event]);
        self.change_account(id, restored, also).await
    }

    async fn bind_phone(
        &self,
        id: AccountId,
        binding: &PhoneBinding,
        event: &AuditEvent,
    ) -> Result<PhoneOutcome, StoreError> {
        self.patience
            .until_first(|| self.try_bind_phone(id, binding, event))
            .await
    }

    async fn unbind_phone(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        self.patience.until_first(|| self.try_unbind_phone(id, event)).await
    }

    async fn erase(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        self.patience.until_first(|| self.try_erase(id, event)).await
    }

    async fn merge(&self, merge: &Merge) -> Result<MergeOutcome, StoreError> {
        self.patience.until_first(|| self.try_merge(merge)).await
    }
}
