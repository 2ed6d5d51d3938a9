//! Why the parts do not come together.

#[cfg(feature = "redis")]
use wxlogin_cache_redis::connection::MalformedUrl;
use wxlogin_domain::keys::{KeysError, UnfitStore};
use wxlogin_domain::ports::key_holder::KeysDoNotOpen;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_wechat::platform::PlatformError;
use wxlogin_wechat_push::AesKeyError;

/// Why the parts do not come together.
#[derive(Debug, thiserror::Error)]
pub enum WiringError {
    /// The configuration asks for what this program does not have.
    #[error("{setting}: {what} is not part of this release; use {instead}")]
    NotInThisBuild {
        /// The key.
        setting: &'static str,
        /// What is asked for.
        what: &'static str,
        /// What can be had.
        instead: &'static str,
    },
    /// The database in SurrealDB does not open.
    #[cfg(feature = "surreal")]
    #[error("WXLOGIN_STORE")]
    OpenSurreal(#[from] wxlogin_store_surreal::OpenError),
    /// The database in PostgreSQL does not open.
    #[cfg(feature = "postgres")]
    #[error("WXLOGIN_STORE")]
    OpenPostgres(#[from] wxlogin_store_postgres::OpenError),
    /// The store does not answer.
    #[error("WXLOGIN_STORE")]
    Store(#[from] StoreError),
    /// The cache has no place.
    #[cfg(feature = "redis")]
    #[error("WXLOGIN_CACHE")]
    Cache(#[from] MalformedUrl),
    /// There are no keys and none can be made.
    #[error(transparent)]
    Keys(KeysError),
    /// There are accounts and no keys.
    #[error("WXLOGIN_STORE: {}", UnfitStore::HalfRestored)]
    HalfRestored,
    /// The keys in the store do not open.
    #[error(
        "WXLOGIN_MASTER_KEY: the keys in the store do not open under it ({0}). The store was made under another master \
         key, `wxlogin dev`'s perhaps: set that key, or choose a new store with WXLOGIN_STORE"
    )]
    WrongMasterKey(String),
    /// The HTTP client cannot be made.
    #[error(transparent)]
    Platform(#[from] PlatformError),
    /// The key of a message push is none.
    #[error("WXLOGIN_PUSH_AES_KEY")]
    PushKey(#[from] AesKeyError),
}

impl WiringError {
    /// Whether an earlier release wrote the store.
    #[must_use]
    pub fn is_older_store(&self) -> bool {
        match self {
            #[cfg(feature = "surreal")]
            Self::OpenSurreal(wxlogin_store_surreal::OpenError::OlderSchema { .. }) => true,
            #[cfg(feature = "postgres")]
            Self::OpenPostgres(wxlogin_store_postgres::OpenError::OlderSchema { .. }) => true,
            _ => false,
        }
    }

    /// Whether another process has the store to itself.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        #[cfg(feature = "surreal")]
        if let Self::OpenSurreal(wxlogin_store_surreal::OpenError::Locked(_)) = self {
            return true;
        }
        false
    }

    /// Whether the store does not answer, for now: nothing is wrong that anybody would have to put right here.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        match self {
            Self::Store(StoreError::Unavailable(_)) => true,
            #[cfg(feature = "surreal")]
            Self::OpenSurreal(wxlogin_store_surreal::OpenError::Unreachable { .. }) => true,
            #[cfg(feature = "postgres")]
            Self::OpenPostgres(wxlogin_store_postgres::OpenError::Unavailable(_)) => true,
            _ => false,
        }
    }
}

impl From<KeysDoNotOpen> for WiringError {
    fn from(error: KeysDoNotOpen) -> Self {
        Self::WrongMasterKey(error.0)
    }
}

impl From<KeysError> for WiringError {
    fn from(error: KeysError) -> Self {
        match error {
            KeysError::DoNotOpen(error) => error.into(),
            KeysError::Store(error) => error.into(),
            KeysError::Make(_) => Self::Keys(error),
        }
    }
}

impl From<UnfitStore> for WiringError {
    fn from(error: UnfitStore) -> Self {
        match error {
            UnfitStore::Store(error) => error.into(),
            UnfitStore::HalfRestored => Self::HalfRestored,
        }
    }
}
