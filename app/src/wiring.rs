//! The composition root: which adapter stands behind which port. It alone, with its parts, names adapters.

use std::io::Write;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poem::Response;
use poem::endpoint::BoxEndpoint;
use secrecy::{SecretBox, SecretString};
use wxlogin_crypto::drawn_ahead::DrawnAhead;
use wxlogin_crypto::key_maker::AwsLcKeyMaker;
use wxlogin_crypto::live_keys::LiveKeys;
use wxlogin_crypto::sealer::{self, Purpose, Sealer};
use wxlogin_crypto::session_key_seal::SessionKeySeal;
use wxlogin_crypto::system_entropy::SystemEntropy;
use wxlogin_crypto::user_data::AesUserData;
use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::import::ImportService;
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::keys;
use wxlogin_domain::origin::Origin;
use wxlogin_domain::ports::clock::Clock;
use wxlogin_domain::ports::entropy::{Entropy, draw};
use wxlogin_domain::ports::key_holder::KeysDoNotOpen;
use wxlogin_domain::ports::store::Store;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_sandbox::Sandbox;
use wxlogin_wechat::Outbound;
use wxlogin_wechat::credentials::{AppCredentials, AppSecret};
use wxlogin_wechat::platform::{Platform, PlatformConfig, PlatformError};
use wxlogin_wechat_push::{AppPush, WechatPushMessages};

mod cache;
mod error;
mod store;

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

pub use cache::{Cache, probe_cache, refuse_unsupported};
pub use error::WiringError;
pub use store::OpenStore;

use crate::config::{App, Config, MasterKey, Wechat};
use crate::http::{self, Surroundings, endpoint};
use crate::services::{Ports, Services};
use crate::system_clock::SystemClock;

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
    let live_keys = open_keys(config, &sealer, &key_maker, &*store, clock.now()).await?;
    let live_keys = Arc::new(live_keys);
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

/// The keys of the deployment; makes the first ones where there are none, and where the store is no leftover of a restore.
async fn open_keys(
    config: &Config,
    sealer: &Arc<Sealer>,
    maker: &AwsLcKeyMaker,
    store: &dyn Store,
    now: Timestamp,
) -> Result<LiveKeys, WiringError> {
    let policy = config.tokens.key_policy();
    refuse_half_restored(store).await?;
    let ring = keys::first_ring(store, maker, &policy, now).await?;
    Ok(LiveKeys::open(&ring, Arc::clone(sealer), policy.algorithm)?)
}

/// Makes the keys of a deployment whose store nobody has used yet; proves those of any other.
///
/// # Errors
/// When they cannot be made, or do not open under the master key.
pub async fn make_first_keys(config: &Config, master_key: &MasterKey, store: &dyn Store) -> Result<(), WiringError> {
    let sealer = Arc::new(sealer(master_key));
    let maker = AwsLcKeyMaker::new(Arc::clone(&sealer));
    open_keys(config, &sealer, &maker, store, SystemClock.now())
        .await
        .map(drop)
}

/// Imports users into a store.
#[must_use]
pub fn import_service(config: &Config, store: Arc<dyn Store>) -> ImportService {
    ImportService {
        store,
        phones: config.phone_policy,
        entropy: Arc::new(DrawnAhead::new(SystemEntropy)),
        clock: Arc::new(SystemClock),
    }
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
