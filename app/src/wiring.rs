//! The composition root: which adapter stands behind which port. The only file that names adapters.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poem::Response;
use poem::endpoint::BoxEndpoint;
use secrecy::{SecretBox, SecretString};
use wxlogin_cache_memory::rate_limits::MemoryRateLimits;
use wxlogin_cache_memory::session_keys::MemorySessionKeys;
#[cfg(feature = "redis")]
use wxlogin_cache_redis::{
    connection::{self, MalformedUrl, RedisCache},
    names::Names,
    rate_limits::RedisRateLimits,
    session_keys::RedisSessionKeys,
};
use wxlogin_crypto::drawn_ahead::DrawnAhead;
use wxlogin_crypto::key_maker::AwsLcKeyMaker;
use wxlogin_crypto::live_keys::LiveKeys;
use wxlogin_crypto::sealer::{self, Purpose, Sealer};
use wxlogin_crypto::session_key_seal::SessionKeySeal;
use wxlogin_crypto::system_entropy::SystemEntropy;
use wxlogin_crypto::user_data::AesUserData;
use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::keys::{self, KeysError, UnfitStore};
use wxlogin_domain::origin::Origin;
use wxlogin_domain::ports::clock::Clock;
use wxlogin_domain::ports::entropy::{Entropy, draw};
use wxlogin_domain::ports::key_holder::KeysDoNotOpen;
use wxlogin_domain::ports::rate_limits::RateLimits;
use wxlogin_domain::ports::session_key_cache::SessionKeyCache;
use wxlogin_domain::ports::store::{Store, StoreError};
use wxlogin_sandbox::Sandbox;
use wxlogin_store_memory::MemoryStore;
#[cfg(feature = "postgres")]
use wxlogin_store_postgres::PostgresStore;
#[cfg(feature = "surreal")]
use wxlogin_store_surreal::{Location, Server, SurrealStore};
use wxlogin_wechat::Outbound;
use wxlogin_wechat::credentials::{AppCredentials, AppSecret};
use wxlogin_wechat::platform::{Platform, PlatformConfig, PlatformError};
use wxlogin_wechat_push::{AesKeyError, AppPush, WechatPushMessages};

pub use wxlogin_backup::{
    BackupReader, BackupWriter, Counts, Examined, KeyError, Lock, ReadError, Recipient, Unlock, WriteError, examine,
};
pub use wxlogin_sandbox::{
    DEFAULT_APPID as SANDBOX_APPID, DEFAULT_PUSH_AES_KEY as SANDBOX_PUSH_AES_KEY,
    DEFAULT_PUSH_TOKEN as SANDBOX_PUSH_TOKEN, DEFAULT_SECRET as SANDBOX_SECRET, SandboxApp, SandboxConfig, SandboxPush,
};
pub use wxlogin_wechat::Connections;
pub use wxlogin_wechat::errcode::{remedy, seen_address};
pub use wxlogin_wechat::stable_token::{ProbeError, Probed};

#[cfg(feature = "postgres")]
use crate::config::SecretUrl;
#[cfg(feature = "surreal")]
use crate::config::SurrealRemote;
use crate::config::{App, CacheUrl, Config, MasterKey, StoreUrl, Wechat};
use crate::http::{self, Surroundings, endpoint};
use crate::services::{Ports, Services};
use crate::system_clock::SystemClock;

/// For how many users session keys are kept: some 50 MB when it is full.
const MAX_SESSION_KEYS: usize = 100_000;

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

/// How long an operation may take where nobody waits for an answer within a second: copying reads and writes much at a
/// time.
const PATIENCE: Duration = Duration::from_secs(60);

/// How a store is opened.
#[derive(Debug, Clone, Copy)]
struct Opening {
    upgrade: Upgrade,
    /// How long an operation may take; none for what its backend thinks right for a service.
    deadline: Option<Duration>,
}

impl Opening {
    fn to_serve(upgrade: Upgrade) -> Self {
        Self {
            upgrade,
            deadline: None,
        }
    }

    fn to_copy(upgrade: Upgrade) -> Self {
        Self {
            upgrade,
            deadline: Some(PATIENCE),
        }
    }
}

/// What becomes of a store that an earlier release wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Upgrade {
    /// It is brought up to date.
    Yes,
    /// It is left as it is.
    No,
}

/// A store, and how it is closed.
pub struct OpenStore {
    /// The store.
    pub store: Arc<dyn Store>,
    database: Database,
}

/// What has to be closed. Whoever still holds the store keeps it open, and it closes with the process.
enum Database {
    /// Nothing.
    Map,
    #[cfg(feature = "surreal")]
    Surreal(Arc<SurrealStore>),
    #[cfg(feature = "postgres")]
    Postgres(Arc<PostgresStore>),
}

impl OpenStore {
    /// Opens the store that a URL names, and brings it up to date.
    ///
    /// # Errors
    /// When this build has no such backend, or it does not open.
    pub async fn open(url: &StoreUrl) -> Result<Self, WiringError> {
        Self::open_and(url, Opening::to_serve(Upgrade::Yes)).await
    }

    /// Opens the store that a URL names, where it is up to date: for those who only look.
    ///
    /// # Errors
    /// When this build has no such backend, it does not open, or an earlier release wrote it.
    pub async fn open_as_it_is(url: &StoreUrl) -> Result<Self, WiringError> {
        Self::open_and(url, Opening::to_serve(Upgrade::No)).await
    }

    /// Opens the store that a URL names, as it is, to be read from end to end.
    ///
    /// # Errors
    /// Those of [`OpenStore::open_as_it_is`].
    pub async fn open_to_back_up(url: &StoreUrl) -> Result<Self, WiringError> {
        Self::open_and(url, Opening::to_copy(Upgrade::No)).await
    }

    /// Opens the store that a URL names, or makes it, to be filled.
    ///
    /// # Errors
    /// Those of [`OpenStore::open`].
    pub async fn open_to_restore(url: &StoreUrl) -> Result<Self, WiringError> {
        Self::open_and(url, Opening::to_copy(Upgrade::Yes)).await
    }

    #[cfg_attr(
        not(any(feature = "surreal", feature = "postgres")),
        expect(clippy::unused_async, reason = "a database opens asynchronously")
    )]
    async fn open_and(url: &StoreUrl, opening: Opening) -> Result<Self, WiringError> {
        #[cfg(not(any(feature = "surreal", feature = "postgres")))]
        let _ = (opening.upgrade, opening.deadline);
        match url {
            #[cfg(feature = "surreal")]
            StoreUrl::Memory => Self::surreal(&Location::Memory, opening).await,
            #[cfg(feature = "surreal")]
            StoreUrl::SurrealKv { path } => Self::surreal(&Location::SurrealKv(path.clone()), opening).await,
            #[cfg(not(feature = "surreal"))]
            StoreUrl::Memory => Ok(Self::in_memory()),
            #[cfg(not(feature = "surreal"))]
            StoreUrl::SurrealKv { .. } => Err(not_in_this_build("a SurrealKV directory (feature `surreal`)")),
            #[cfg(feature = "surreal")]
            StoreUrl::SurrealRemote(remote) => Self::surreal(&Location::Server(server(remote)), opening).await,
            #[cfg(not(feature = "surreal"))]
            StoreUrl::SurrealRemote(_) => Err(not_in_this_build("a SurrealDB server (feature `surreal`)")),
            #[cfg(feature = "postgres")]
            StoreUrl::Postgres(url) => Self::postgres(url, opening).await,
            #[cfg(not(feature = "postgres"))]
            StoreUrl::Postgres(_) => Err(not_in_this_build("PostgreSQL (feature `postgres`)")),
        }
    }

    /// Whether there is something to open: commands that only look must not make a store.
    #[must_use]
    pub fn exists(url: &StoreUrl) -> bool {
        match url {
            // An empty directory is a volume that was just mounted; some have this from their making.
            StoreUrl::SurrealKv { path } => std::fs::read_dir(path).is_ok_and(|entries| {
                let mut names = entries.flatten().map(|entry| entry.file_name());
                names.any(|name| name != "lost+found")
            }),
            StoreUrl::Memory | StoreUrl::SurrealRemote(_) | StoreUrl::Postgres(_) => true,
        }
    }

    /// A plain map, forgotten at exit.
    #[must_use]
    pub fn in_memory() -> Self {
        Self {
            store: Arc::new(MemoryStore::new()),
            database: Database::Map,
        }
    }

    #[cfg(feature = "surreal")]
    async fn surreal(location: &Location, opening: Opening) -> Result<Self, WiringError> {
        let deadline = opening.deadline.unwrap_or(SurrealStore::DEADLINE);
        let store = Arc::new(match opening.upgrade {
            Upgrade::Yes => SurrealStore::open(location, deadline).await?,
            Upgrade::No => SurrealStore::open_as_it_is(location, deadline).await?,
        });
        Ok(Self {
            store: Arc::<SurrealStore>::clone(&store),
            database: Database::Surreal(store),
        })
    }

    #[cfg(feature = "postgres")]
    async fn postgres(url: &SecretUrl, opening: Opening) -> Result<Self, WiringError> {
        let deadline = opening.deadline.unwrap_or(PostgresStore::DEADLINE);
        let store = Arc::new(match opening.upgrade {
            Upgrade::Yes => PostgresStore::open(url.expose(), deadline).await?,
            Upgrade::No => PostgresStore::open_as_it_is(url.expose(), deadline).await?,
        });
        Ok(Self {
            store: Arc::<PostgresStore>::clone(&store),
            database: Database::Postgres(store),
        })
    }

    /// Closes it in order. Nothing may use it any more.
    #[cfg_attr(
        not(any(feature = "surreal", feature = "postgres")),
        expect(clippy::unused_async, reason = "a database closes asynchronously")
    )]
    pub async fn close(self) {
        drop(self.store);
        match self.database {
            Database::Map => {}
            #[cfg(feature = "surreal")]
            Database::Surreal(store) => {
                if let Some(store) = Arc::into_inner(store) {
                    store.close().await;
                }
            }
            #[cfg(feature = "postgres")]
            Database::Postgres(store) => {
                if let Some(store) = Arc::into_inner(store) {
                    store.close().await;
                }
            }
        }
    }
}

#[cfg(feature = "surreal")]
fn server(remote: &SurrealRemote) -> Server {
    Server {
        tls: remote.tls,
        address: format!("{}:{}", remote.host, remote.port),
        user: remote.user.clone(),
        password: remote.password.clone(),
        namespace: remote.namespace.clone(),
        database: remote.database.clone(),
    }
}

#[cfg(not(all(feature = "surreal", feature = "postgres")))]
fn not_in_this_build(what: &'static str) -> WiringError {
    WiringError::NotInThisBuild {
        setting: "WXLOGIN_STORE",
        what,
        instead: "surrealkv://PATH or mem://",
    }
}

/// What is kept for a while: in this process, or in a server that all replicas share.
#[derive(Clone)]
pub struct Cache {
    /// Sealed session keys.
    pub session_keys: Arc<dyn SessionKeyCache>,
    /// Counts requests.
    pub rate_limits: Arc<dyn RateLimits>,
}

impl Cache {
    /// The cache of a configuration. A server that is down is used when it is up.
    ///
    /// # Errors
    /// When this build has no such cache, or its URL is malformed.
    #[cfg_attr(
        not(feature = "redis"),
        expect(clippy::unused_async, reason = "a server is connected to")
    )]
    pub async fn open(config: &Config, master_key: &MasterKey) -> Result<Self, WiringError> {
        let alone = Self::in_memory(MemoryRateLimits::new(config.limits.rates));
        #[cfg(not(feature = "redis"))]
        let _ = master_key;
        match &config.cache {
            CacheUrl::Memory => Ok(alone),
            #[cfg(not(feature = "redis"))]
            CacheUrl::Redis(_) => Err(no_redis()),
            #[cfg(feature = "redis")]
            CacheUrl::Redis(url) => {
                let names = Names::new(&sealer::cache_names(&secret(master_key)));
                let redis = RedisCache::connect(url.expose(), names, RedisCache::DEADLINE).await?;
                let rate_limits = RedisRateLimits::new(redis.clone(), config.limits.rates, alone.rate_limits);
                Ok(Self {
                    session_keys: Arc::new(RedisSessionKeys::new(redis)),
                    rate_limits: Arc::new(rate_limits),
                })
            }
        }
    }

    /// In this process, with requests counted by this clock.
    #[must_use]
    pub fn by_clock(config: &Config, clock: Arc<dyn Clock>) -> Self {
        Self::in_memory(MemoryRateLimits::with_clock(config.limits.rates, clock))
    }

    fn in_memory(rate_limits: MemoryRateLimits) -> Self {
        Self {
            session_keys: Arc::new(MemorySessionKeys::new(MAX_SESSION_KEYS)),
            rate_limits: Arc::new(rate_limits),
        }
    }
}

/// Whether the server of a cache can be used, or why not; nothing where there is none, or none in this build.
#[cfg_attr(
    not(feature = "redis"),
    expect(clippy::unused_async, reason = "a server is connected to")
)]
pub async fn probe_cache(cache: &CacheUrl) -> Option<Result<(), String>> {
    match cache {
        #[cfg(feature = "redis")]
        CacheUrl::Redis(url) => {
            let probed = connection::probe(url.expose()).await;
            Some(probed.map_err(|error| error.to_string()))
        }
        _ => None,
    }
}

#[cfg(not(feature = "redis"))]
fn no_redis() -> WiringError {
    WiringError::NotInThisBuild {
        setting: "WXLOGIN_CACHE",
        what: "Redis (feature `redis`)",
        instead: "memory://",
    }
}

/// What the use cases stand on: the real thing in the program, a repeatable one in tests.
#[derive(Clone)]
pub struct Foundations {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// WeChat, for codes, session keys, and how it does.
    pub wechat: Connections,
    /// Where something is kept for a while.
    pub cache: Cache,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws ids.
    pub entropy: Arc<dyn Entropy>,
}

impl Foundations {
    /// The real thing: this store, WeChat over HTTP, the configured cache, the machine's clock and randomness.
    ///
    /// # Errors
    /// When the HTTP client cannot be made, or this build has no such cache.
    pub async fn new(config: &Config, master_key: &MasterKey, store: Arc<dyn Store>) -> Result<Self, WiringError> {
        let platform = platform(&config.wechat)?;
        let apps = config.apps.iter().map(credentials).collect();
        let outbound = Outbound {
            max_in_flight: config.limits.wechat_concurrent,
            per_minute: config.limits.wechat_per_app,
            per_user_per_minute: config.limits.wechat_per_user,
        };
        Ok(Self {
            store,
            wechat: wxlogin_wechat::connect(platform, apps, outbound),
            cache: Cache::open(config, master_key).await?,
            clock: Arc::new(SystemClock),
            entropy: Arc::new(DrawnAhead::new(SystemEntropy)),
        })
    }
}

/// Refuses a configuration that asks for what this build does not have.
///
/// # Errors
/// Says what, and what can be had instead.
pub fn refuse_unsupported(config: &Config) -> Result<(), WiringError> {
    #[cfg(not(feature = "redis"))]
    if let CacheUrl::Redis(_) = config.cache {
        return Err(no_redis());
    }
    #[cfg(feature = "redis")]
    let _ = config;
    Ok(())
}

/// The use cases of a configuration. Makes the deployment's keys where there are none yet.
///
/// # Errors
/// When the keys cannot be made, or do not open under the master key.
pub async fn services(
    config: &Config,
    master_key: &MasterKey,
    foundations: Foundations,
) -> Result<Services, WiringError> {
    let Foundations {
        store,
        wechat,
        cache,
        clock,
        entropy,
    } = foundations;
    let sealer = Arc::new(sealer(master_key));
    let key_maker = Arc::new(AwsLcKeyMaker::new(Arc::clone(&sealer)));
    let policy = config.tokens.key_policy();
    refuse_half_restored(&*store).await?;
    let ring = keys::first_ring(&*store, &*key_maker, &policy, clock.now()).await?;
    let live_keys = Arc::new(LiveKeys::open(&ring, Arc::clone(&sealer), policy.algorithm)?);
    let services = Services::new(
        config,
        Ports {
            store,
            code_exchange: wechat.code_exchange,
            phone_exchange: wechat.phone_exchange,
            session_key_checks: wechat.session_key_checks,
            platform_health: wechat.health,
            push_messages: Arc::new(WechatPushMessages::new(config.apps.iter().filter_map(push).collect())?),
            cipher: Arc::new(AesUserData),
            session_key_cache: cache.session_keys,
            session_key_sealer: Arc::new(SessionKeySeal::new(sealer)),
            rate_limits: cache.rate_limits,
            access_tokens: Arc::<LiveKeys>::clone(&live_keys),
            refresh_tokens: Arc::<LiveKeys>::clone(&live_keys),
            pseudonyms: Arc::<LiveKeys>::clone(&live_keys),
            key_maker,
            key_holder: live_keys,
            clock,
            entropy,
        },
    );
    // Whatever is due is done before the first token is signed: a key of a newly configured algorithm, say.
    services.keys.tend().await?;
    services.api_keys.reload().await?;
    Ok(services)
}

/// The HTTP API over these use cases.
#[must_use]
pub fn api(config: &Config, services: &Services) -> BoxEndpoint<'static, Response> {
    endpoint(services, surroundings(config))
}

/// What is answered while there are no use cases yet, for want of the store.
#[must_use]
pub fn waiting(config: &Config) -> BoxEndpoint<'static, Response> {
    http::waiting(Arc::new(SystemClock), Arc::new(SystemEntropy), surroundings(config))
}

fn surroundings(config: &Config) -> Surroundings {
    Surroundings {
        trusted_proxies: config.server.trusted_proxies.clone(),
        max_concurrent_requests: config.limits.max_concurrent_requests,
    }
}

/// Refuses a store that a restore was cut short in.
///
/// # Errors
/// When it is one, or does not answer.
pub async fn refuse_half_restored(store: &dyn Store) -> Result<(), WiringError> {
    Ok(keys::refuse_half_restored(store, store).await?)
}

/// Begins a backup that is made now, by this release.
///
/// # Errors
/// When the output does not take it, or nobody could open it.
pub fn begin_backup<W: Write>(output: W, lock: &Lock) -> Result<BackupWriter<W>, WriteError> {
    BackupWriter::begin(output, lock, SystemClock.now(), env!("CARGO_PKG_VERSION"))
}

/// Whether the ring's keys open under a master key.
///
/// # Errors
/// When they do not.
pub fn prove_master_key(config: &Config, master_key: &MasterKey, ring: &KeyRing) -> Result<(), WiringError> {
    LiveKeys::open(ring, Arc::new(sealer(master_key)), config.tokens.algorithm)?;
    Ok(())
}

/// Seals the keys of the store under another master key, in one step; answers whether there are any. A second run does
/// no harm.
///
/// # Errors
/// When they open under neither key, or the store does not answer.
pub async fn reseal(store: &dyn Store, from: &MasterKey, to: &MasterKey, origin: &Origin) -> Result<bool, WiringError> {
    let (from, to) = (sealer(from), sealer(to));
    let now = SystemClock.now();
    let event = AuditEvent::new(origin, AuditAction::KeysResealed, now, draw(&SystemEntropy));
    let resealed = keys::reseal(store, &event, &|kid, sealed| {
        let (purpose, name) = match kid {
            Some(kid) => (Purpose::SigningKey, &*kid.0),
            None => (Purpose::RefreshMac, ""),
        };
        sealer::reseal(&from, &to, purpose, name, sealed).map_err(|error| KeysDoNotOpen(error.to_string()))
    })
    .await?;
    Ok(resealed.is_some())
}

/// A new key for `wxlogin dev`.
#[must_use]
pub fn new_development_key() -> MasterKey {
    MasterKey::development(draw(&SystemEntropy))
}

/// A new API key.
#[must_use]
pub fn new_api_key() -> SecretString {
    URL_SAFE_NO_PAD.encode(draw::<32>(&SystemEntropy)).into()
}

/// Proves an app's credentials at WeChat.
///
/// # Errors
/// When WeChat refuses them, or is not reached.
pub async fn probe(wechat: &Wechat, app: &App) -> Result<Probed, ProbeError> {
    let platform = platform(wechat).map_err(|_| ProbeError::Unreachable)?;
    wxlogin_wechat::stable_token::probe(&platform, &credentials(app)).await
}

/// A stand-in WeChat platform.
#[must_use]
pub fn sandbox(config: SandboxConfig) -> BoxEndpoint<'static, Response> {
    Sandbox::new(config).endpoint()
}

fn platform(wechat: &Wechat) -> Result<Platform, PlatformError> {
    Platform::new(PlatformConfig {
        url: wechat.url.clone(),
        timeout: wechat.timeout,
        connect_timeout: wechat.connect_timeout,
    })
}

fn credentials(app: &App) -> AppCredentials {
    AppCredentials {
        app: app.appid.clone(),
        secret: AppSecret::new(app.secret.clone()),
    }
}

fn push(app: &App) -> Option<AppPush> {
    Some(AppPush {
        app: app.appid.clone(),
        token: app.push_token.clone()?,
        aes_key: app.push_aes_key.clone(),
    })
}

fn sealer(master_key: &MasterKey) -> Sealer {
    Sealer::new(&secret(master_key))
}

fn secret(master_key: &MasterKey) -> SecretBox<[u8; 32]> {
    SecretBox::new(Box::new(*master_key.expose()))
}
