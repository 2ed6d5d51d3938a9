//! Accounts and their identities.

use std::ops::Bound;

use async_trait::async_trait;
use wxlogin_domain::account::{Account, AccountStatus, ProfileChange};
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::login_rules::{KnownAccounts, LoginOutcome, LoginRecord, RecordedLogin, Room, decide, make_room};
use wxlogin_domain::ports::account_store::{AccountPage, AccountQuery, AccountStore};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::{EndReason, Session, SessionEnd, SessionRef};

use crate::{MemoryStore, State};

impl State {
    fn of_identity(&self, app: &AppId, openid: &OpenId) -> Option<Account> {
        let id = self.by_identity.get(&(app.clone(), openid.clone()))?;
        self.accounts.get(id).cloned()
    }

    fn of_unionid(&self, unionid: &UnionId) -> Option<Account> {
        self.accounts.get(self.by_unionid.get(unionid)?).cloned()
    }

    fn known(&self, login: &LoginRecord) -> KnownAccounts {
        let identity = &login.identity;
        KnownAccounts {
            by_identity: self.of_identity(&identity.app, &identity.openid),
            by_unionid: identity.unionid.as_ref().and_then(|unionid| self.of_unionid(unionid)),
        }
    }

    fn make_room(&mut self, login: &LoginRecord, account: AccountId) {
        let sessions: Vec<Session> = self.sessions_of(account).cloned().collect();
        let Room { end, remove } = make_room(&sessions, &login.policy, login.at);
        for session in end {
            let displaced = SessionEnd {
                reason: EndReason::Displaced,
                at: login.at,
            };
            self.end(SessionRef { account, session }, displaced);
        }
        for session in remove {
            self.sessions.remove(&(account, session));
        }
    }

    fn write_login(&mut self, login: &LoginRecord, recorded: &RecordedLogin) {
        let (account, session) = (&recorded.account, &recorded.session);
        self.make_room(login, account.id);
        for linked in &account.identities {
            let identity = linked.identity.clone();
            self.by_identity.insert((identity.app, identity.openid), account.id);
            if let Some(unionid) = identity.unionid {
                self.by_unionid.insert(unionid, account.id);
            }
        }
        self.sessions
            .insert((session.id.account, session.id.session), session.clone());
        self.accounts.insert(account.id, account.clone());
        self.append(&recorded.event);
    }

    fn change_account(&mut self, id: AccountId, change: impl FnOnce(&mut Account)) -> Option<Account> {
        let account = self.accounts.get_mut(&id)?;
        change(account);
        Some(account.clone())
    }
}

#[async_trait]
impl AccountStore for MemoryStore {
    async fn record_login(&self, login: &LoginRecord) -> Result<LoginOutcome, StoreError> {
        let mut state = self.state();
        let outcome = decide(state.known(login), login);
        if let LoginOutcome::Recorded(recorded) = &outcome {
            state.write_login(login, recorded);
        }
        Ok(outcome)
    }

    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(self.state().accounts.get(&id).cloned())
    }

    async fn account_of_identity(&self, app: &AppId, openid: &OpenId) -> Result<Option<Account>, StoreError> {
        Ok(self.state().of_identity(app, openid))
    }

    async fn account_of_unionid(&self, unionid: &UnionId) -> Result<Option<Account>, StoreError> {
        Ok(self.state().of_unionid(unionid))
    }

    async fn accounts(&self, query: &AccountQuery) -> Result<AccountPage, StoreError> {
        let state = self.state();
        let start = query.after.map_or(Bound::Unbounded, Bound::Excluded);
        let mut fitting = state
            .accounts
            .range((start, Bound::Unbounded))
            .map(|(_, account)| account)
            .filter(|account| query.filter.fits(account));
        let accounts: Vec<Account> = fitting.by_ref().take(query.limit).cloned().collect();
        let is_more = fitting.next().is_some();
        let next = accounts.last().filter(|_| is_more).map(|account| account.id);
        Ok(AccountPage { accounts, next })
    }

    async fn change_profile(&self, id: AccountId, change: &ProfileChange) -> Result<Option<Account>, StoreError> {
        let change = change.clone();
        Ok(self.state().change_account(id, |account| {
            account.profile = std::mem::take(&mut account.profile).changed(change);
        }))
    }

    async fn suspend(&self, id: AccountId, end: SessionEnd, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let mut state = self.state();
        let suspended = state.change_account(id, |account| account.status = AccountStatus::Suspended);
        if suspended.is_some() {
            state.end_all(id, end);
            state.append(event);
        }
        Ok(suspended)
    }

    async fn restore(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let mut state = self.state();
        let restored = state.change_account(id, |account| account.status = AccountStatus::Active);
        if restored.is_some() {
            state.append(event);
        }
        Ok(restored)
    }

    async fn erase(&self, id: AccountId, event: &AuditEvent) -> Result<bool, StoreError> {
        let mut state = self.state();
        let erased = state.accounts.remove(&id).is_some();
        if erased {
            state.by_identity.retain(|_, account| *account != id);
            state.by_unionid.retain(|_, account| *account != id);
            state.sessions.retain(|(account, _), _| *account != id);
            state.append(event);
        }
        Ok(erased)
    }
}
