//! API keys at work: who holds one is let in; operators make and remove them.

use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;

use crate::api_key::{ApiKey, ApiKeyDigest, ApiKeyName, PresentedApiKey, Scope, recognise};
use crate::audit::{AuditAction, Scribe};
use crate::origin::Origin;
use crate::ports::api_key_store::ApiKeyStore;
use crate::ports::clock::Clock;
use crate::ports::entropy::{Entropy, draw};
use crate::ports::store::StoreError;

/// Lets secret scanners, and people, see what a string is.
const PREFIX: &str = "wxk_";
/// More keys than any deployment has callers: each is compared with every time.
const MAX_KEYS: usize = 1000;

/// Why a key is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateApiKeyError {
    /// Another one has the name.
    #[error("an API key of that name exists")]
    NameTaken,
    /// There are too many.
    #[error("there are {MAX_KEYS} API keys already")]
    TooMany,
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a key is not removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoveApiKeyError {
    /// None has the name.
    #[error("there is no API key of that name")]
    Unknown,
    /// The configuration has it: there it has to be removed.
    #[error("the API key is one of the configuration")]
    Configured,
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An API key and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedApiKey {
    /// The key.
    pub key: ApiKey,
    /// Whether the configuration has it, and not the store.
    pub is_configured: bool,
}

/// Both kinds of keys, as of the last look into the store.
struct Known {
    keys: Arc<[ApiKey]>,
    /// Counts the changes. Whoever read the store before a change does not undo it.
    changes: u64,
}

impl Known {
    fn replace(&mut self, keys: impl Into<Arc<[ApiKey]>>) {
        self.keys = keys.into();
        self.changes += 1;
    }
}

/// Keeps API keys, those of the configuration and those of the store.
#[derive(Clone)]
pub struct ApiKeyService {
    store: Arc<dyn ApiKeyStore>,
    configured: Arc<[ApiKey]>,
    known: Arc<RwLock<Known>>,
    scribe: Scribe,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl ApiKeyService {
    /// With the keys of the configuration; those of the store are known after the first [`Self::reload`].
    #[must_use]
    pub fn new(
        store: Arc<dyn ApiKeyStore>,
        configured: Vec<ApiKey>,
        scribe: Scribe,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        let configured: Arc<[ApiKey]> = configured.into();
        Self {
            known: Arc::new(RwLock::new(Known {
                keys: Arc::clone(&configured),
                changes: 0,
            })),
            store,
            configured,
            scribe,
            clock,
            entropy,
        }
    }

    /// Whose key it is. Reads no store: what another replica made or removed is known a few seconds later.
    #[must_use]
    pub fn authenticate(&self, presented: &PresentedApiKey) -> Option<ApiKey> {
        recognise(&self.known().0, presented).cloned()
    }

    fn known(&self) -> (Arc<[ApiKey]>, u64) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        (Arc::clone(&known.keys), known.changes)
    }

    fn change(&self, change: impl FnOnce(&mut Known)) {
        change(&mut self.known.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// Picks up what others changed. To be called every few seconds.
    ///
    /// # Errors
    /// When the store does not answer: the keys that are known stay.
    pub async fn reload(&self) -> Result<(), StoreError> {
        let (_, before) = self.known();
        let stored = self.store.api_keys().await?;
        let mut keys = self.configured.to_vec();
        keys.extend(stored.into_iter().filter(|key| !self.is_configured(&key.name)));
        self.change(|known| {
            if known.changes == before {
                known.replace(keys);
            }
        });
        Ok(())
    }

    /// All keys.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list(&self) -> Result<Vec<ListedApiKey>, StoreError> {
        self.reload().await?;
        let (known, _) = self.known();
        // Made for a process, and gone with it.
        let is_lasting = |key: &&ApiKey| key.name != ApiKeyName::command_line();
        let listed = known.iter().filter(is_lasting).map(|key| ListedApiKey {
            key: key.clone(),
            is_configured: self.is_configured(&key.name),
        });
        Ok(listed.collect())
    }

    /// Makes a key. It is answered this once; what is kept is its digest.
    ///
    /// # Errors
    /// When the name is taken, or the store does not answer.
    pub async fn create(
        &self,
        origin: &Origin,
        name: ApiKeyName,
        scopes: Vec<Scope>,
    ) -> Result<(ApiKey, SecretString), CreateApiKeyError> {
        if self.is_configured(&name) {
            return Err(CreateApiKeyError::NameTaken);
        }
        if self.store.api_keys().await?.len() >= MAX_KEYS {
            return Err(CreateApiKeyError::TooMany);
        }
        let secret = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(draw::<32>(&*self.entropy)));
        let secret = SecretString::from(secret);
        let now = self.clock.now();
        let key = ApiKey {
            digest: ApiKeyDigest::of(&secret),
            name,
            scopes,
            created_at: Some(now),
        };
        let event = self
            .scribe
            .event(origin, AuditAction::ApiKeyCreated, now)
            .with_detail(key.name.as_str());
        if !self.store.add_api_key(&key, &event).await? {
            return Err(CreateApiKeyError::NameTaken);
        }
        // Not by another look into the store, which could fail and lose the one chance to show the key.
        self.change(|known| known.replace([&known.keys[..], std::slice::from_ref(&key)].concat()));
        Ok((key, secret))
    }

    /// Removes a key; it is refused from now on. Where the configuration took the name of one later, the one of the store
    /// goes.
    ///
    /// # Errors
    /// When there is none of that name in the store.
    pub async fn remove(&self, origin: &Origin, name: &ApiKeyName) -> Result<(), RemoveApiKeyError> {
        let event = self
            .scribe
            .event(origin, AuditAction::ApiKeyRemoved, self.clock.now())
            .with_detail(name.as_str());
        let is_configured = self.is_configured(name);
        if !self.store.remove_api_key(name, &event).await? {
            return Err(if is_configured {
                RemoveApiKeyError::Configured
            } else {
                RemoveApiKeyError::Unknown
            });
        }
        if !is_configured {
            let is_left = |key: &&ApiKey| key.name != *name;
            self.change(|known| known.replace(known.keys.iter().filter(is_left).cloned().collect::<Vec<_>>()));
        }
        Ok(())
    }

    fn is_configured(&self, name: &ApiKeyName) -> bool {
        self.configured.iter().any(|key| key.name == *name)
    }
}
