//! A store in memory that can be taken away.

use std::sync::Mutex;

use async_trait::async_trait;
use wxlogin_domain::account::{Account, ProfileChange};
use wxlogin_domain::api_key::{ApiKey, ApiKeyName};
use wxlogin_domain::audit::{AuditEvent, AuditPage, AuditQuery};
use wxlogin_domain::copy::CopyItem;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::import_rules::{ImportedUser, KnownUsers};
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord};
use wxlogin_domain::merge_rules::{Merge, MergeOutcome};
use wxlogin_domain::phone_number::{PhoneBinding, PhonePolicy};
use wxlogin_domain::ports::account_store::{AccountPage, AccountQuery, AccountStore, PhoneOutcome};
use wxlogin_domain::ports::api_key_store::ApiKeyStore;
use wxlogin_domain::ports::audit_store::AuditStore;
use wxlogin_domain::ports::copy_store::{CopyStore, Export};
use wxlogin_domain::ports::import_store::{ImportAct, ImportStore};
use wxlogin_domain::ports::key_store::KeyStore;
use wxlogin_domain::ports::push_store::PushStore;
use wxlogin_domain::ports::session_store::{SessionStore, SessionSweep, SessionsSwept};
use wxlogin_domain::ports::store::{StoreError, StoreHealth};
use wxlogin_domain::push::{PushAct, PushOutcome};
use wxlogin_domain::session::{Session, SessionEnd, SessionRef};
use wxlogin_domain::timestamp::Timestamp;
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

    async fn account_of_identity(&self, app: &AppId, openid: &OpenId) -> Result<Option<Account>, StoreError> {
        self.get()?.account_of_identity(app, openid).await
    }

    async fn account_of_unionid(&self, unionid: &UnionId) -> Result<Option<Account>, StoreError> {
        self.get()?.account_of_unionid(unionid).await
    }

    async fn accounts(&self, query: &AccountQuery) -> Result<AccountPage, StoreError> {
        self.get()?.accounts(query).await
    }

    async fn change_profile(&self, id: AccountId, change: &ProfileChange) -> Result<Option<Account>, StoreError> {
        self.get()?.change_profile(id, change).await
    }

    async fn suspend(&self, id: AccountId, end: SessionEnd, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        self.get()?.suspend(id, end, event).await
    }

    async fn restore(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        self.get()?.restore(id, event).await
    }

    async fn bind_phone(
        &self,
        id: AccountId,
        binding: &PhoneBinding,
        event: &AuditEvent,
    ) -> Result<PhoneOutcome, StoreError> {
        self.get()?.bind_phone(id, binding, event).await
    }

    async fn unbind_phone(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        self.get()?.unbind_phone(id, event).await
    }

    async fn erase(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        self.get()?.erase(id, event).await
    }

    async fn merge(&self, merge: &Merge) -> Result<MergeOutcome, StoreError> {
        self.get()?.merge(merge).await
    }
}

#[async_trait]
impl SessionStore for MoodyStore {
    async fn session(&self, id: SessionRef) -> Result<Option<Session>, StoreError> {
        self.get()?.session(id).await
    }

    async fn sessions_of(&self, account: AccountId) -> Result<Vec<Session>, StoreError> {
        self.get()?.sessions_of(account).await
    }

    async fn advance_session(&self, next: &Session) -> Result<bool, StoreError> {
        self.get()?.advance_session(next).await
    }

    async fn end_session(&self, id: SessionRef, end: SessionEnd, event: &AuditEvent) -> Result<(), StoreError> {
        self.get()?.end_session(id, end, event).await
    }

    async fn end_all_sessions(
        &self,
        account: AccountId,
        end: SessionEnd,
        event: &AuditEvent,
    ) -> Result<(), StoreError> {
        self.get()?.end_all_sessions(account, end, event).await
    }

    async fn touch_sessions(&self, uses: &[(SessionRef, Timestamp)]) -> Result<(), StoreError> {
        self.get()?.touch_sessions(uses).await
    }

    async fn sweep_sessions(&self, sweep: &SessionSweep) -> Result<SessionsSwept, StoreError> {
        self.get()?.sweep_sessions(sweep).await
    }
}

#[async_trait]
impl KeyStore for MoodyStore {
    async fn key_ring(&self) -> Result<Option<KeyRing>, StoreError> {
        self.get()?.key_ring().await
    }

    async fn replace_key_ring(&self, next: &KeyRing, events: &[AuditEvent]) -> Result<bool, StoreError> {
        self.get()?.replace_key_ring(next, events).await
    }
}

#[async_trait]
impl ApiKeyStore for MoodyStore {
    async fn api_keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        self.get()?.api_keys().await
    }

    async fn add_api_key(&self, key: &ApiKey, event: &AuditEvent) -> Result<bool, StoreError> {
        self.get()?.add_api_key(key, event).await
    }

    async fn remove_api_key(&self, name: &ApiKeyName, event: &AuditEvent) -> Result<bool, StoreError> {
        self.get()?.remove_api_key(name, event).await
    }
}

#[async_trait]
impl AuditStore for MoodyStore {
    async fn append_audit(&self, event: &AuditEvent) -> Result<(), StoreError> {
        self.get()?.append_audit(event).await
    }

    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, StoreError> {
        self.get()?.audit(query).await
    }

    async fn sweep_audit(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        self.get()?.sweep_audit(before, limit).await
    }
}

#[async_trait]
impl PushStore for MoodyStore {
    async fn honour(&self, act: &PushAct) -> Result<PushOutcome, StoreError> {
        self.get()?.honour(act).await
    }

    async fn sweep_pushes(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        self.get()?.sweep_pushes(before, limit).await
    }
}

#[async_trait]
impl ImportStore for MoodyStore {
    async fn known_users(&self, users: &[ImportedUser], phones: PhonePolicy) -> Result<KnownUsers, StoreError> {
        self.get()?.known_users(users, phones).await
    }

    async fn import_users(&self, act: &ImportAct) -> Result<bool, StoreError> {
        self.get()?.import_users(act).await
    }
}

#[async_trait]
impl CopyStore for MoodyStore {
    async fn is_empty(&self) -> Result<bool, StoreError> {
        self.get()?.is_empty().await
    }

    async fn export(&self) -> Result<Box<dyn Export>, StoreError> {
        self.get()?.export().await
    }

    async fn import(&self, items: &[CopyItem]) -> Result<(), StoreError> {
        self.get()?.import(items).await
    }
}

#[async_trait]
impl StoreHealth for MoodyStore {
    async fn ping(&self) -> Result<(), StoreError> {
        self.get()?.ping().await
    }

    async fn prove_writable(&self) -> Result<(), StoreError> {
        self.get()?.prove_writable().await
    }
}
