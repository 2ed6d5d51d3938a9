//! Accounts and the identities that belong to them.

use async_trait::async_trait;

use super::store::StoreError;
use crate::account::{Account, ProfileChange};
use crate::id::AccountId;
use crate::login_rules::{LoginOutcome, LoginRecord};
use crate::session::SessionEnd;

/// Keeps accounts. See [`Store`](super::store::Store) for what all operations promise.
#[cfg_attr(feature = "test-support", mockall::automock)]
#[async_trait]
pub trait AccountStore: Send + Sync {
    /// Finds or makes the account of an identity and begins a session, in one act, as
    /// [`login_rules::decide`](crate::login_rules::decide) says.
    ///
    /// MUST make one account per (appid, openid) and one per unionid, whatever races; concurrent first logins all
    /// succeed, each with a session of its own. MUST NOT write anything for a suspended account.
    async fn record_login(&self, login: &LoginRecord) -> Result<LoginOutcome, StoreError>;

    /// The account, if there is one.
    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// Changes the profile; answers the account as it is then, or nothing where there is none.
    async fn change_profile(&self, id: AccountId, change: &ProfileChange) -> Result<Option<Account>, StoreError>;

    /// Suspends an account and ends all its sessions with `end`; answers the account as it is then.
    ///
    /// MUST leave no live session behind, also where a login or a refresh runs at the same time.
    async fn suspend(&self, id: AccountId, end: SessionEnd) -> Result<Option<Account>, StoreError>;

    /// Lets a suspended account log in again. Its sessions stay ended.
    async fn restore(&self, id: AccountId) -> Result<Option<Account>, StoreError>;
}
