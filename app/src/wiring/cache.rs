//! Where session keys and counts of requests are kept for a while.

use std::sync::Arc;

use wxlogin_cache_memory::rate_limits::MemoryRateLimits;
use wxlogin_cache_memory::session_keys::MemorySessionKeys;
#[cfg(feature = "redis")]
use wxlogin_cache_redis::{
    connection::{self, RedisCache},
    names::Names,
    rate_limits::RedisRateLimits,
    session_keys::RedisSessionKeys,
};
#[cfg(feature = "redis")]
use wxlogin_crypto::sealer;
use wxlogin_domain::ports::clock::Clock;
use wxlogin_domain::ports::rate_limits::RateLimits;
use wxlogin_domain::ports::session_key_cache::SessionKeyCache;

use super::error::WiringError;
#[cfg(feature = "redis")]
use super::secret;
use crate::config::{CacheUrl, Config, MasterKey};

/// For how many users session keys are kept: some 50 MB when it is full.
const MAX_SESSION_KEYS: usize = 100_000;

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

#[cfg(not(feature = "redis"))]
fn no_redis() -> WiringError {
    WiringError::NotInThisBuild {
        setting: "WXLOGIN_CACHE",
        what: "Redis (feature `redis`)",
        instead: "memory://",
    }
}
