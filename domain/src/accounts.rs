//! What operators do with accounts, and what people may ask of their own: everything held about it, and its end.

use std::sync::Arc;

use crate::account::{Account, AccountStatus};
use crate::apps::Apps;
use crate::audit::{AuditAction, AuditEvent, AuditFilter, AuditQuery, Scribe};
use crate::end_session::{EndSessionError, end_session};
use crate::id::{AccountId, SessionId};
use crate::identity::{AppId, OpenId, UnionId};
use crate::merge_rules::{Merge, MergeOutcome};
use crate::my_sessions::live_sessions;
use crate::origin::Origin;
use crate::phone_number::PhoneNumber;
use crate::ports::account_store::{AccountFilter, AccountPage, AccountQuery, AccountStore};
use crate::ports::audit_store::AuditStore;
use crate::ports::clock::Clock;
use crate::ports::session_store::SessionStore;
use crate::ports::store::StoreError;
use crate::session::{EndReason, Session, SessionEnd, SessionRef};
use crate::session_keys::SessionKeyVault;
use crate::timestamp::Timestamp;

/// Whom an operator looks for; what is left out does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountSearch {
    /// The person in this mini program; with `openid`.
    pub app: Option<AppId>,
    /// The person in a mini program: in any that is configured, where `app` does not say which.
    pub openid: Option<OpenId>,
    /// The person across mini programs.
    pub unionid: Option<UnionId>,
    /// Whoever has this number.
    pub phone: Option<PhoneNumber>,
    /// Accounts of this status.
    pub status: Option<AccountStatus>,
    /// Those after this one, which ended the page before.
    pub after: Option<AccountId>,
    /// At most so many.
    pub limit: usize,
}

/// Everything held about an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountExport {
    /// The account.
    pub account: Account,
    /// Its sessions, ended and expired ones too, as long as they are kept.
    pub sessions: Vec<Session>,
    /// What the audit log has on it, newest first.
    pub events: Vec<AuditEvent>,
}

/// No export has more events than that, the newest.
const MAX_EXPORTED_EVENTS: usize = 10_000;
/// How many events are read at a time.
const EXPORT_PAGE: usize = 500;

/// Does what operators ask for.
#[derive(Clone)]
pub struct AccountsService {
    /// Where accounts are.
    pub accounts: Arc<dyn AccountStore>,
    /// Where sessions are.
    pub sessions: Arc<dyn SessionStore>,
    /// Where the audit log is.
    pub audit: Arc<dyn AuditStore>,
    /// Which apps there are.
    pub apps: Apps,
    /// The session keys of whoever is erased go too.
    pub vault: SessionKeyVault,
    /// Writes events.
    pub scribe: Scribe,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl AccountsService {
    /// A page of the accounts that fit.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn search(&self, search: &AccountSearch, origin: &Origin) -> Result<AccountPage, StoreError> {
        let event = self
            .scribe
            .event(origin, AuditAction::AccountsSearched, self.clock.now());
        self.audit
            .append_audit(&event.with_detail(&searched_by(search)))
            .await?;
        let filter = AccountFilter {
            phone: search.phone.clone(),
            status: search.status,
        };
        if search.openid.is_none() && search.unionid.is_none() {
            let query = AccountQuery {
                filter,
                after: search.after,
                limit: search.limit,
            };
            return self.accounts.accounts(&query).await;
        }
        let mut accounts = self.named_by(search).await?;
        accounts.retain(|account| filter.fits(account));
        // They are few, but a page is a page.
        accounts.sort_by_key(|account| account.id);
        accounts.dedup_by_key(|account| account.id);
        accounts.retain(|account| search.after.is_none_or(|after| account.id > after));
        let next = accounts
            .get(search.limit.saturating_sub(1))
            .filter(|_| accounts.len() > search.limit)
            .map(|account| account.id);
        accounts.truncate(search.limit);
        Ok(AccountPage { accounts, next })
    }

    /// The accounts that have the openid and the unionid that are looked for.
    async fn named_by(&self, search: &AccountSearch) -> Result<Vec<Account>, StoreError> {
        let mut found = Vec::new();
        if let Some(openid) = &search.openid {
            // An app that is named need not be configured any more.
            let apps: Vec<&AppId> = match &search.app {
                Some(app) => vec![app],
                None => self.apps.all().collect(),
            };
            for app in apps {
                found.extend(self.accounts.account_of_identity(app, openid).await?);
            }
        }
        let Some(unionid) = &search.unionid else {
            return Ok(found);
        };
        let of_unionid = self.accounts.account_of_unionid(unionid).await?;
        if search.openid.is_none() {
            return Ok(of_unionid.into_iter().collect());
        }
        found.retain(|account| of_unionid.as_ref().is_some_and(|other| other.id == account.id));
        Ok(found)
    }

    /// An account.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn show(&self, id: AccountId, origin: &Origin) -> Result<Option<Account>, StoreError> {
        let found = self.accounts.account(id).await?;
        if found.is_some() {
            let event = self.event(origin, AuditAction::AccountViewed, id, self.clock.now());
            self.audit.append_audit(&event).await?;
        }
        Ok(found)
    }

    /// Suspends an account: its sessions end at once, and it does not log in any more.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn suspend(&self, id: AccountId, origin: &Origin) -> Result<Option<Account>, StoreError> {
        let now = self.clock.now();
        let end = SessionEnd {
            reason: EndReason::Suspended,
            at: now,
        };
        let event = self.event(origin, AuditAction::AccountSuspended, id, now);
        self.accounts.suspend(id, end, &event).await
    }

    /// Lets a suspended account log in again. Its sessions stay ended.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn restore(&self, id: AccountId, origin: &Origin) -> Result<Option<Account>, StoreError> {
        let event = self.event(origin, AuditAction::AccountRestored, id, self.clock.now());
        self.accounts.restore(id, &event).await
    }

    /// Erases an account and all that belongs to it; answers whether there was one. A later login makes a new one.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn erase(&self, id: AccountId, origin: &Origin) -> Result<bool, StoreError> {
        let event = self.event(origin, AuditAction::AccountErased, id, self.clock.now());
        let erased = self.accounts.erase(id, &event).await?;
        if let Some(account) = &erased {
            self.vault.forget_account(account).await;
        }
        Ok(erased.is_some())
    }

    /// Merges an account into another, which has everything afterwards. `keep` says which of the two prevails where both
    /// have something that an account has once.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn merge(
        &self,
        from: AccountId,
        into: AccountId,
        keep: Option<AccountId>,
        origin: &Origin,
    ) -> Result<MergeOutcome, StoreError> {
        let now = self.clock.now();
        let event = |action, id, other: AccountId| {
            let event = self.event(origin, action, id, now);
            event.with_detail(&other.to_string())
        };
        let merge = Merge {
            from,
            into,
            keep,
            event_from: event(AuditAction::AccountMergedAway, from, into),
            event_into: event(AuditAction::AccountMerged, into, from),
        };
        self.accounts.merge(&merge).await
    }

    /// The live sessions of an account; nothing where there is no such account.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn sessions(&self, id: AccountId, origin: &Origin) -> Result<Option<Vec<Session>>, StoreError> {
        if self.accounts.account(id).await?.is_none() {
            return Ok(None);
        }
        let now = self.clock.now();
        let event = self.event(origin, AuditAction::AccountViewed, id, now);
        self.audit.append_audit(&event).await?;
        live_sessions(&*self.sessions, id, now).await.map(Some)
    }

    /// Ends all sessions of an account; answers whether there is such an account.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn end_sessions(&self, id: AccountId, origin: &Origin) -> Result<bool, StoreError> {
        if self.accounts.account(id).await?.is_none() {
            return Ok(false);
        }
        let now = self.clock.now();
        let event = self.event(origin, AuditAction::SessionsEnded, id, now);
        self.sessions
            .end_all_sessions(id, ended_by_operator(now), &event)
            .await?;
        Ok(true)
    }

    /// Ends one session of an account. One that is over already stays over.
    ///
    /// # Errors
    /// When the account has no such session, or the store did not answer.
    pub async fn end_session(
        &self,
        account: AccountId,
        session: SessionId,
        origin: &Origin,
    ) -> Result<(), EndSessionError> {
        let id = SessionRef { account, session };
        let end = ended_by_operator(self.clock.now());
        end_session(&*self.sessions, &self.scribe, id, end, origin).await
    }

    /// Everything held about an account; nothing where there is no such account.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn export(&self, id: AccountId, origin: &Origin) -> Result<Option<AccountExport>, StoreError> {
        let Some(account) = self.accounts.account(id).await? else {
            return Ok(None);
        };
        let event = self.event(origin, AuditAction::AccountExported, id, self.clock.now());
        self.audit.append_audit(&event).await?;
        Ok(Some(AccountExport {
            account,
            sessions: self.sessions.sessions_of(id).await?,
            events: self.all_events_on(id).await?,
        }))
    }

    /// What the log has on an account, and on those that were merged into it.
    async fn all_events_on(&self, id: AccountId) -> Result<Vec<AuditEvent>, StoreError> {
        let mut events: Vec<AuditEvent> = Vec::new();
        let mut accounts = vec![id];
        let mut looked_at = 0;
        while let Some(account) = accounts.get(looked_at).copied() {
            looked_at += 1;
            let of_account = self.events_on(account, MAX_EXPORTED_EVENTS - events.len()).await?;
            for merged in of_account.iter().filter_map(merged_account) {
                if !accounts.contains(&merged) {
                    accounts.push(merged);
                }
            }
            events.extend(of_account);
        }
        events.sort_by_key(|event| std::cmp::Reverse(event.id));
        Ok(events)
    }

    async fn events_on(&self, id: AccountId, most: usize) -> Result<Vec<AuditEvent>, StoreError> {
        let mut events = Vec::new();
        let mut after = None;
        while events.len() < most {
            let left = most - events.len();
            let page = self
                .audit
                .audit(&AuditQuery {
                    filter: AuditFilter {
                        account: Some(id),
                        ..AuditFilter::default()
                    },
                    after,
                    limit: EXPORT_PAGE.min(left),
                })
                .await?;
            events.extend(page.events);
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        Ok(events)
    }

    fn event(&self, origin: &Origin, action: AuditAction, id: AccountId, now: Timestamp) -> AuditEvent {
        self.scribe.event(origin, action, now).on_account(id)
    }
}

/// The account that an event says was merged into its own.
fn merged_account(event: &AuditEvent) -> Option<AccountId> {
    let detail = event
        .detail
        .as_deref()
        .filter(|_| event.action == AuditAction::AccountMerged)?;
    AccountId::parse(detail).ok()
}

fn ended_by_operator(at: Timestamp) -> SessionEnd {
    SessionEnd {
        reason: EndReason::EndedByOperator,
        at,
    }
}

/// By what was searched, for the audit log: never the values, which are personal data.
fn searched_by(search: &AccountSearch) -> String {
    let by = [
        ("openid", search.openid.is_some()),
        ("unionid", search.unionid.is_some()),
        ("phone", search.phone.is_some()),
        ("status", search.status.is_some()),
    ];
    let by: Vec<&str> = by.into_iter().filter_map(|(name, is)| is.then_some(name)).collect();
    if by.is_empty() {
        "all".into()
    } else {
        format!("by {}", by.join(", "))
    }
}
