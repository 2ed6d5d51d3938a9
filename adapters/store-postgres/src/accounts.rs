//! Accounts.

use async_trait::async_trait;
use sqlx::types::Uuid;
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
use crate::lease::{Lease, Statement, Transaction};
use crate::open::PostgresStore;
use crate::rows::Id as _;
use crate::rows::account::{AccountColumns, Found, accounts, found, select_accounts};

pub(crate) const BY_ID: &str = select_accounts!("SELECT * FROM account WHERE id = $1");
pub(crate) const BY_IDS: &str = select_accounts!("SELECT * FROM account WHERE id = ANY($1)");
pub(crate) const BY_IDENTITY: &str = select_accounts!(
    "SELECT * FROM account WHERE id = (SELECT account_id FROM identity WHERE appid = $1 AND openid = $2)"
);
pub(crate) const BY_UNIONID: &str =
    select_accounts!("SELECT * FROM account WHERE id = (SELECT account_id FROM unionid WHERE unionid = $1)");

/// In one order, whoever locks: two who want the same two accounts do not wait for each other.
pub(crate) const LOCK: &str = "SELECT FROM account WHERE id = ANY($1) ORDER BY id FOR UPDATE";

/// Guards a write to an account: it has to be as it was read.
pub(crate) const PUT: &str = "UPDATE account SET rev = rev + 1, session_rows = n.session_rows, status = n.status, \
     created_at = n.created_at, last_login_at = n.last_login_at, nickname = n.nickname, avatar_url = n.avatar_url, \
     phone_number = n.phone_number, phone_country_code = n.phone_country_code, \
     phone_verified_at = n.phone_verified_at, external_id = n.external_id \
     FROM UNNEST($1::uuid[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], \
     $9::integer[], $10::bigint[], $11::text[]) AS n (id, session_rows, status, created_at, last_login_at, nickname, \
     avatar_url, phone_number, phone_country_code, phone_verified_at, external_id) \
     WHERE account.id = n.id AND account.rev = $12 AND account.session_rows = $13";

impl Lease<'_> {
    /// The account that a statement answers.
    pub(crate) async fn account(&mut self, statement: Statement) -> Result<Option<Found>, Failure> {
        let rows = self.rows(statement).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        Ok(Some(found(&rows)?))
    }
}

impl Transaction<'_> {
    /// Those of these accounts that there are, as they are at one moment. Until the end of the transaction nobody else
    /// changes them, nor begins a session of theirs.
    pub(crate) async fn locked(&mut self, ids: &[AccountId]) -> Result<Vec<Found>, Failure> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.to_uuid()).collect();
        // A statement sees what was there when it began: what was waited for is seen by the next one.
        self.rows(sqlx::query(LOCK).bind(ids.clone())).await?;
        let rows = self.rows(sqlx::query(BY_IDS).bind(ids)).await?;
        let found = accounts(&rows)?.into_iter().map(|(_, found)| found);
        Ok(found.collect::<Result<_, _>>()?)
    }

    pub(crate) async fn locked_one(&mut self, id: AccountId) -> Result<Option<Found>, Failure> {
        self.rows(sqlx::query(LOCK).bind(vec![id.to_uuid()])).await?;
        self.account(sqlx::query(BY_ID).bind(id.to_uuid())).await
    }

    /// Writes an account that was read as `before`, but for its identities.
    pub(crate) async fn put(&mut self, before: &Found, after: &Account, session_rows: i64) -> Result<(), Failure> {
        let put = AccountColumns::of_one(after, session_rows).bind_to(sqlx::query(PUT));
        let written = self.execute(put.bind(before.rev).bind(before.session_rows)).await?;
        if written == 1 { Ok(()) } else { Err(Failure::Overtaken) }
    }
}

impl PostgresStore {
    async fn account_by(&self, statement: impl Fn() -> Statement) -> Result<Option<Account>, StoreError> {
        let found = self
            .patience
            .until_first(|| async { self.pool.lease().await?.account(statement()).await })
            .await?;
        Ok(found.map(|found| found.account))
    }

    /// Changes one account as a pure function says.
    async fn try_change(
        &self,
        id: AccountId,
        change: impl Fn(&mut Account),
        end: Option<SessionEnd>,
        event: Option<&AuditEvent>,
    ) -> Result<Option<Account>, Failure> {
        let mut transaction = self.pool.lease().await?.begin().await?;
        let done = async {
            let Some(found) = transaction.locked_one(id).await? else {
                return Ok(None);
            };
            let mut account = found.account.clone();
            change(&mut account);
            transaction.put(&found, &account, found.session_rows).await?;
            match end {
                Some(end) => transaction.end_all_sessions(id, end, event).await?,
                None => transaction.append(event).await?,
            }
            Ok(Some(account))
        };
        let done = done.await;
        transaction.settle(done).await
    }
}

#[async_trait]
impl AccountStore for PostgresStore {
    async fn record_login(&self, login: &LoginRecord) -> Result<LoginOutcome, StoreError> {
        self.patience.until_first(|| self.try_login(login)).await
    }

    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.account_by(|| sqlx::query(BY_ID).bind(id.to_uuid())).await
    }

    async fn account_of_identity(&self, app: &AppId, openid: &OpenId) -> Result<Option<Account>, StoreError> {
        self.account_by(|| sqlx::query(BY_IDENTITY).bind(app.to_string()).bind(openid.to_string()))
            .await
    }

    async fn account_of_unionid(&self, unionid: &UnionId) -> Result<Option<Account>, StoreError> {
        self.account_by(|| sqlx::query(BY_UNIONID).bind(unionid.to_string()))
            .await
    }

    async fn accounts(&self, query: &AccountQuery) -> Result<AccountPage, StoreError> {
        self.patience.until_first(|| self.search(query)).await
    }

    async fn change_profile(&self, id: AccountId, change: &ProfileChange) -> Result<Option<Account>, StoreError> {
        let changed = |account: &mut Account| {
            account.profile = std::mem::take(&mut account.profile).changed(change.clone());
        };
        self.patience
            .until_first(|| self.try_change(id, changed, None, None))
            .await
    }

    async fn suspend(&self, id: AccountId, end: SessionEnd, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let suspended = |account: &mut Account| account.status = AccountStatus::Suspended;
        self.patience
            .until_first(|| self.try_change(id, suspended, Some(end), Some(event)))
            .await
    }

    async fn restore(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let restored = |account: &mut Account| account.status = AccountStatus::Active;
        self.patience
            .until_first(|| self.try_change(id, restored, None, Some(event)))
            .await
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
