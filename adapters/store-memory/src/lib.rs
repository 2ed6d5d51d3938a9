//! A store in memory: everything under one lock, forgotten at exit.
//!
//! One file per port: [`AccountStore`](wxlogin_domain::ports::account_store::AccountStore) in `accounts`,
//! [`SessionStore`](wxlogin_domain::ports::session_store::SessionStore) in `sessions`, and so on.

mod accounts;
mod api_keys;
mod audit;
mod copy;
mod import;
mod key_ring;
mod pushes;
mod sessions;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use wxlogin_domain::account::Account;
use wxlogin_domain::api_key::{ApiKey, ApiKeyName};
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::ports::store::{StoreError, StoreHealth};
use wxlogin_domain::push::MessageHash;
use wxlogin_domain::session::{Session, SessionEnd, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

/// A store in memory.
#[derive(Default)]
pub struct MemoryStore(Mutex<State>);

/// Maps that are paged through are ordered by their ids.
#[derive(Default)]
struct State {
    accounts: BTreeMap<AccountId, Account>,
    by_identity: HashMap<(AppId, OpenId), AccountId>,
    by_unionid: HashMap<UnionId, AccountId>,
    by_phone: BTreeSet<(Box<str>, AccountId)>,
    sessions: BTreeMap<(AccountId, SessionId), Session>,
    key_ring: Option<KeyRing>,
    api_keys: BTreeMap<ApiKeyName, ApiKey>,
    audit: BTreeMap<EventId, AuditEvent>,
    pushes: HashMap<MessageHash, Timestamp>,
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
}

impl State {
    fn session_mut(&mut self, id: SessionRef) -> Option<&mut Session> {
        self.sessions.get_mut(&(id.account, id.session))
    }

    fn sessions_of(&self, account: AccountId) -> impl Iterator<Item = &Session> {
        let first = (account, SessionId::from_bytes([0; 16]));
        let last = (account, SessionId::from_bytes([0xff; 16]));
        self.sessions.range(first..=last).map(|(_, session)| session)
    }

    fn end(&mut self, id: SessionRef, end: SessionEnd) {
        if let Some(session) = self.session_mut(id) {
            *session = session.clone().ended(end);
        }
    }

    fn end_all(&mut self, account: AccountId, end: SessionEnd) {
        let ids: Vec<SessionRef> = self.sessions_of(account).map(|session| session.id).collect();
        for id in ids {
            self.end(id, end);
        }
    }

    fn append(&mut self, event: &AuditEvent) {
        self.audit.entry(event.id).or_insert_with(|| event.clone());
    }
}

#[async_trait]
impl StoreHealth for MemoryStore {
    async fn ping(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn prove_writable(&self) -> Result<(), StoreError> {
        Ok(())
    }
}
