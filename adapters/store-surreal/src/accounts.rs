//! Accounts.

use async_trait::async_trait;
use surrealdb::types::{RecordId, SurrealValue};
use wxlogin_domain::account::{Account, AccountStatus, ProfileChange};
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord};
use wxlogin_domain::ports::account_store::{AccountPage, AccountQuery, AccountStore};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::SessionEnd;

use crate::failure::{Failure, STALE, root_cause};
use crate::open::SurrealStore;
use crate::rows::AccountRow;
use crate::{audit, id, sessions};

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

    /// The record by which the account is found by its telephone number.
    pub(crate) fn phone(&self) -> Option<RecordId> {
        let phone = self.account.phone.as_ref()?;
        Some(id::phone(&phone.number, self.account.id))
    }
}

/// Guards a write to an account: it has to be at the revision that was read.
pub(crate) const UPDATE_ACCOUNT: &str = "
    LET $changed = (UPDATE $account CONTENT $account_row WHERE rev = $rev RETURN VALUE rev);
    IF array::len($changed) != 1 { THROW $stale };";

/// What else belongs into the transaction that changes an account.
#[derive(Default)]
struct Also<'a> {
    end_all: Option<SessionEnd>,
    event: Option<&'a AuditEvent>,
}

impl SurrealStore {
    pub(crate) async fn found(&self, account: RecordId) -> Result<Option<Found>, Failure> {
        let row: Option<AccountRow> = self.db.select(account).await?;
        Ok(row.map(Found::from_row).transpose()?)
    }

    /// The account that a record leads to.
    async fn linked_by(&self, link: RecordId) -> Result<Option<Account>, StoreError> {
        self.patience
            .until_first(|| async {
                let mut response = self
                    .db
                    .query("SELECT VALUE account.* FROM $link")
                    .bind(("link", link.clone()))
                    .await?;
                let row: Option<AccountRow> = response.take(0)?;
                Ok(row.map(AccountRow::into_account).transpose()?)
            })
            .await
    }

    /// Changes one account as a pure function says.
    async fn change_account(
        &self,
        id: AccountId,
        change: impl Fn(Account) -> Account,
        also: Also<'_>,
    ) -> Result<Option<Account>, StoreError> {
        let mut script = format!("BEGIN;{UPDATE_ACCOUNT}");
        if also.end_all.is_some() {
            script.push_str(sessions::END_ALL);
        }
        if also.event.is_some() {
            script.push_str(audit::APPEND);
        }
        script.push_str("COMMIT;");
        self.patience
            .until_first(|| async {
                let Some(found) = self.found(id::account(id)).await? else {
                    return Ok(None);
                };
                let account = change(found.account);
                let row = AccountRow::of(&account, found.rev + 1, found.session_rows);
                let response = self
                    .db
                    .query(script.as_str())
                    .bind(("account", id::account(id)))
                    .bind(("account_row", row))
                    .bind(("rev", found.rev))
                    .bind(("stale", STALE))
                    .bind(("account_key", id.to_string()))
                    .bind(sessions::end_variables(also.end_all).into_value())
                    .bind(("event_rows", also.event.map(|event| audit::rows([event]))))
                    .await?;
                root_cause(response)?;
                Ok(Some(account))
            })
            .await
    }
}

#[async_trait]
impl AccountStore for SurrealStore {
    async fn record_login(&self, login: &LoginRecord) -> Result<LoginOutcome, StoreError> {
        self.patience
            .until_first(|| async {
                let _lane = self.lanes.enter(&login.identity).await;
                self.try_login(login).await
            })
            .await
    }

    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let found = self.patience.until_first(|| self.found(id::account(id))).await?;
        Ok(found.map(|found| found.account))
    }

    async fn account_of_identity(&self, app: &AppId, openid: &OpenId) -> Result<Option<Account>, StoreError> {
        self.linked_by(id::identity(app, openid)).await
    }

    async fn account_of_unionid(&self, unionid: &UnionId) -> Result<Option<Account>, StoreError> {
        self.linked_by(id::unionid(unionid)).await
    }

    async fn accounts(&self, query: &AccountQuery) -> Result<AccountPage, StoreError> {
        self.patience.until_first(|| self.search(query)).await
    }

    async fn change_profile(&self, id: AccountId, change: &ProfileChange) -> Result<Option<Account>, StoreError> {
        let changed = |account: Account| Account {
            profile: account.profile.clone().changed(change.clone()),
            ..account
        };
        self.change_account(id, changed, Also::default()).await
    }

    async fn suspend(&self, id: AccountId, end: SessionEnd, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let suspended = |account| Account {
            status: AccountStatus::Suspended,
            ..account
        };
        let also = Also {
            end_all: Some(end),
            event: Some(event),
        };
        self.change_account(id, suspended, also).await
    }

    async fn restore(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let restored = |account| Account {
            status: AccountStatus::Active,
            ..account
        };
        let also = Also {
            end_all: None,
            event: Some(event),
        };
        self.change_account(id, restored, also).await
    }

    async fn erase(&self, id: AccountId, event: &AuditEvent) -> Result<bool, StoreError> {
        self.patience.until_first(|| self.try_erase(id, event)).await
    }
}
