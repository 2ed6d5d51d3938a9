//! A store in memory that can be taken away.

use std::sync::Mutex;

use async_trait::async_trait;
use wxlogin_domain::account::{Account, ProfileChange};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord};
use wxlogin_domain::ports::account_store::AccountStore;
use wxlogin_domain::ports::key_store::KeyStore;
use wxlogin_domain::ports::session_store::SessionStore;
use wxlogin_domain::ports::store::{StoreError, StoreHealth};
use wxlogin_domain::session::{Session, SessionEnd, SessionRef};
use wxlogin_store_memory::MemoryStore;

/// How the store is today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    Down,
    Unreadable,
    Panicking,
}

/// What a failing store says, which is for the log alone.
pub const CONFIDENCE: &str = "surrealkv lock file in var lib";

/// A [`MemoryStore`] with moods.
#[derive(Default)]
pub struct MoodyStore {
    inner: MemoryStore,
    mood: Mutex<Mood>,
}

impl MoodyStore {
    pub fn be(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    fn get(&self) -> Result<&MemoryStore, StoreError> {
        let mood = *self.mood.lock().unwrap();
        match mood {
            Mood::Well => Ok(&self.inner),
            Mood::Down => Err(StoreError::Unavailable(CONFIDENCE.into())),
            Mood::Unreadable => Err(StoreError::Unreadable(CONFIDENCE.into())),
            Mood::Panicking => panic!("{CONFIDENCE}"),
        }
    }
}

#[async_trait]
impl AccountStore for MoodyStore {
    async fn record_login(&self, login: &LoginRecord) -> Result<LoginOutcome, StoreError> {
        self.get()?.record_login(login).await
    }

    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.get()?.account(id).await
    }

    async fn change_profile(&self, id: AccountId, change: &ProfileChange) -> Result<Option<Account>, StoreError> {
        self.get()?.change_profile(id, change).await
    }

    async fn suspend(&self, id: AccountId, end: SessionEnd) -> Result<Option<Account>, StoreError> {
        self.get()?.suspend(id, end).await
    }

    async fn restore(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.get()?.restore(id).await
    }
}

#[async_trait]
impl SessionStore for MoodyStore {
    async fn session(&self, id: SessionRef) -> Result<Option<Session>, StoreError> {
        self.get()?.session(id).await
    }

    async fn advance_session(&self, next: &Session) -> Result<bool, StoreError> {
        self.get()?.advance_session(next).await
    }

    async fn end_session(&self, id: SessionRef, end: SessionEnd) -> Result<(), StoreError> {
        self.get()?.end_session(id, end).await
    }

    async fn end_all_sessions(&self, account: AccountId, end: SessionEnd) -> Result<(), StoreError> {
        self.get()?.end_all_sessions(account, end).await
    }
}

#[async_trait]
impl KeyStore for MoodyStore {
    async fn key_ring(&self) -> Result<Option<KeyRing>, StoreError> {
        self.get()?.key_ring().await
    }

    async fn replace_key_ring(&self, next: &KeyRing) -> Result<bool, StoreError> {
        self.get()?.replace_key_ring(next).await
    }
}

#[async_trait]
impl StoreHealth for MoodyStore {
    async fn ping(&self) -> Result<(), StoreError> {
        self.get()?.ping().await
    }
}
