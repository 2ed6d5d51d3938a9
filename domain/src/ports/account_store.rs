//! Accounts and the identities that belong to them.

use async_trait::async_trait;

use super::store::StoreError;
use crate::account::{Account, AccountStatus, ProfileChange};
use crate::audit::AuditEvent;
use crate::id::AccountId;
use crate::identity::{AppId, OpenId, UnionId};
use crate::login_rules::{LoginOutcome, LoginRecord};
use crate::merge_rules::{Merge, MergeOutcome};
use crate::page::{Row, page};
use crate::phone_number::{PhoneBinding, PhoneNumber};
use crate::session::SessionEnd;

/// Which accounts are wanted; what is left out does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Those with this phone number.
    pub phone: Option<PhoneNumber>,
    /// Those of this status.
    pub status: Option<AccountStatus>,
}

impl AccountFilter {
    /// Whether an account is wanted.
    #[must_use]
    pub fn fits(&self, account: &Account) -> bool {
        let phone = account.phone.as_ref().map(|phone| phone.number.as_e164());
        self.phone.as_ref().is_none_or(|wanted| phone == Some(wanted.as_e164()))
            && self.status.is_none_or(|wanted| wanted == account.status)
    }
}

/// A question for accounts: one page of them, in the order in which they came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountQuery {
    /// Which accounts.
    pub filter: AccountFilter,
    /// Those after this one, which ended the page before.
    pub after: Option<AccountId>,
    /// At most so many.
    pub limit: usize,
}

impl AccountQuery {
    /// The page, where `read` answers so many accounts after one, in the order in which they came to be.
    ///
    /// # Errors
    /// That of the first reading that fails.
    pub async fn page<F, E>(&self, read: impl Fn(Option<AccountId>, usize) -> F) -> Result<AccountPage, E>
    where
        F: Future<Output = Result<Vec<Row<Account, AccountId>>, E>>,
    {
        let page = page(self.after, self.limit, |account| self.filter.fits(account), read).await?;
        Ok(AccountPage {
            accounts: page.found,
            next: page.next,
        })
    }
}

/// A page of accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountPage {
    /// The accounts.
    pub accounts: Vec<Account>,
    /// Where the next page goes on; none where there is nothing more. A page may have fewer accounts than were asked
    /// for and still not be the last.
    pub next: Option<AccountId>,
}

/// What came of binding a telephone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneOutcome {
    /// It is bound; the account as it is then.
    Bound(Box<Account>),
    /// Another account has it.
    Taken,
    /// There is no such account.
    NoAccount,
}

/// Keeps accounts. See [`Store`](super::store::Store) for what all operations promise.
#[cfg_attr(feature = "test-support", mockall::automock)]
#[async_trait]
pub trait AccountStore: Send + Sync {
    /// Finds or makes the account of an identity, begins a session and adds the event to the audit log, in one act, as
    /// [`login_rules::decide`](crate::login_rules::decide) says; and makes room for the session as
    /// [`login_rules::make_room`](crate::login_rules::make_room) says.
    ///
    /// MUST make one account per (appid, openid) and one per unionid, whatever races; concurrent first logins all
    /// succeed, each with a session of its own. MUST NOT let an account have more live sessions than the policy allows,
    /// whatever races. MUST NOT let two accounts have one telephone number by bindings that want it unique, whatever
    /// races. MUST NOT write anything for a suspended account, nor where the number is taken.
    async fn record_login(&self, login: &LoginRecord) -> Result<LoginOutcome, StoreError>;

    /// The account, if there is one.
    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// The account that an identity belongs to.
    async fn account_of_identity(&self, app: &AppId, openid: &OpenId) -> Result<Option<Account>, StoreError>;

    /// The account that a unionid belongs to.
    async fn account_of_unionid(&self, unionid: &UnionId) -> Result<Option<Account>, StoreError>;

    /// A page of accounts.
    ///
    /// MUST show each account once over all pages, however many are added and removed meanwhile; one that comes to be
    /// meanwhile may be missing.
    async fn accounts(&self, query: &AccountQuery) -> Result<AccountPage, StoreError>;

    /// Changes the profile; answers the account as it is then, or nothing where there is none.
    async fn change_profile(&self, id: AccountId, change: &ProfileChange) -> Result<Option<Account>, StoreError>;

    /// Suspends an account, ends all its sessions with `end` and adds the event to the audit log; answers the account as
    /// it is then.
    ///
    /// MUST leave no live session behind, also where a login or a refresh runs at the same time.
    async fn suspend(&self, id: AccountId, end: SessionEnd, event: &AuditEvent) -> Result<Option<Account>, StoreError>;

    /// Lets a suspended account log in again and adds the event to the audit log. Its sessions stay ended.
    async fn restore(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError>;

    /// Binds a telephone number to an account, in the place of the one that it has, and adds the event to the audit log.
    ///
    /// MUST NOT let two accounts have one number by bindings that want it unique, whatever races.
    async fn bind_phone(
        &self,
        id: AccountId,
        binding: &PhoneBinding,
        event: &AuditEvent,
    ) -> Result<PhoneOutcome, StoreError>;

    /// Removes the telephone number of an account, and adds the event to the audit log where it had one; answers the
    /// account as it is then.
    async fn unbind_phone(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError>;

    /// Removes an account with everything that belongs to it, identities, phone number and sessions, and adds the event
    /// to the audit log; answers the account as it was.
    ///
    /// MUST leave no session behind, also where a login or a refresh runs at the same time. A later login of one of its
    /// identities makes a new account.
    async fn erase(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError>;

    /// Merges an account into another, as [`merge_rules::merged`](crate::merge_rules::merged) says, removes it with its
    /// sessions, ends those of the other where [`merge_rules::ends_sessions`](crate::merge_rules::ends_sessions) says so,
    /// and adds both events to the audit log, in one act.
    ///
    /// MUST leave no session of the merged account behind, also where a login or a refresh runs at the same time; a later
    /// login of one of its identities is one of the other account.
    async fn merge(&self, merge: &Merge) -> Result<MergeOutcome, StoreError>;
}
