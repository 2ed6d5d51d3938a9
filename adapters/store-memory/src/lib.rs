//! A store in memory: everything under one lock, forgotten at exit.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use wxlogin_domain::account::{Account, AccountStatus, ProfileChange};
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::login_rules::{KnownAccounts, LoginOutcome, LoginRecord, decide};
use wxlogin_domain::ports::account_store::AccountStore;
use wxlogin_domain::ports::key_store::KeyStore;
use wxlogin_domain::ports::session_store::SessionStore;
use wxlogin_domain::ports::store::{StoreError, StoreHealth};
use wxlogin_domain::session::{Generation, Session, SessionEnd, SessionRef};

/// A store in memory.
#[derive(Default)]
pub struct MemoryStore(Mutex<State>);

#[derive(Default)]
struct State {
    accounts: HashMap<AccountId, Account>,
    by_identity: HashMap<(AppId, OpenId), AccountId>,
    by_unionid: HashMap<UnionId, AccountId>,
    sessions: HashMap<AccountId, HashMap<SessionId, Session>>,
    key_ring: Option<KeyRing>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No operation leaves the state half changed, so a lock poisoned by a panic elsewhere is still good.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change_account(&self, id: AccountId, change: impl FnOnce(&mut State, &mut Account)) -> Option<Account> {
        let mut state = self.state();
        let mut account = state.accounts.get(&id)?.clone();
        change(&mut state, &mut account);
        state.accounts.insert(id, account.clone());
        Some(account)
    }
}

impl State {
    fn known(&self, login: &LoginRecord) -> KnownAccounts {
        let identity = &login.identity;
        let account = |id: &AccountId| self.accounts.get(id).cloned();
        KnownAccounts {
            by_identity: self
                .by_identity
                .get(&(identity.app.clone(), identity.openid.clone()))
                .and_then(account),
            by_unionid: identity
                .unionid
                .as_ref()
                .and_then(|unionid| self.by_unionid.get(unionid))
                .and_then(account),
        }
    }

    fn session_mut(&mut self, id: SessionRef) -> Option<&mut Session> {
        self.sessions.get_mut(&id.account)?.get_mut(&id.session)
    }

    fn end_all(&mut self, account: AccountId, end: SessionEnd) {
        for session in self.sessions.entry(account).or_default().values_mut() {
            *session = session.clone().ended(end);
        }
    }
}

#[async_trait]
impl AccountStore for MemoryStore {
    async fn record_login(&self, login: &LoginRecord) -> Result<LoginOutcome, StoreError> {
        let mut state = self.state();
        let outcome = decide(state.known(login), login);
        if let LoginOutcome::Recorded(recorded) = &outcome {
            let (account, session) = (recorded.account.clone(), recorded.session.clone());
            for linked in &account.identities {
                let identity = linked.identity.clone();
                state.by_identity.insert((identity.app, identity.openid), account.id);
                if let Some(unionid) = identity.unionid {
                    state.by_unionid.insert(unionid, account.id);
                }
            }
            state
                .sessions
                .entry(account.id)
                .or_default()
                .insert(session.id.session, session);
            state.accounts.insert(account.id, account);
        }
        Ok(outcome)
    }

    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(self.state().accounts.get(&id).cloned())
    }

    async fn change_profile(&self, id: AccountId, change: &ProfileChange) -> Result<Option<Account>, StoreError> {
        let change = change.clone();
        Ok(self.change_account(id, |_, account| {
            account.profile = std::mem::take(&mut account.profile).changed(change);
        }))
    }

    async fn suspend(&self, id: AccountId, end: SessionEnd) -> Result<Option<Account>, StoreError> {
        Ok(self.change_account(id, |state, account| {
            account.status = AccountStatus::Suspended;
            state.end_all(id, end);
        }))
    }

    async fn restore(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(self.change_account(id, |_, account| account.status = AccountStatus::Active))
    }
}

#[async_trait]
impl SessionStore for MemoryStore {
    async fn session(&self, id: SessionRef) -> Result<Option<Session>, StoreError> {
        Ok(self.state().session_mut(id).cloned())
    }

    async fn advance_session(&self, next: &Session) -> Result<bool, StoreError> {
        let mut state = self.state();
        let Some(stored) = state.session_mut(next.id) else {
            return Ok(false);
        };
        let may = stored.end.is_none() && Generation(stored.generation.0.wrapping_add(1)) == next.generation;
        if may {
            *stored = next.clone();
        }
        Ok(may)
    }

    async fn end_session(&self, id: SessionRef, end: SessionEnd) -> Result<(), StoreError> {
        if let Some(session) = self.state().session_mut(id) {
            *session = session.clone().ended(end);
        }
        Ok(())
    }

    async fn end_all_sessions(&self, account: AccountId, end: SessionEnd) -> Result<(), StoreError> {
        self.state().end_all(account, end);
        Ok(())
    }
}

#[async_trait]
impl KeyStore for MemoryStore {
    async fn key_ring(&self) -> Result<Option<KeyRing>, StoreError> {
        Ok(self.state().key_ring.clone())
    }

    async fn replace_key_ring(&self, next: &KeyRing) -> Result<bool, StoreError> {
        let mut state = self.state();
        let stored = state.key_ring.as_ref().map_or(0, |ring| ring.version);
        let may = stored + 1 == next.version;
        if may {
            state.key_ring = Some(next.clone());
        }
        Ok(may)
    }
}

#[async_trait]
impl StoreHealth for MemoryStore {
    async fn ping(&self) -> Result<(), StoreError> {
        Ok(())
    }
}
