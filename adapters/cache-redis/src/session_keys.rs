//! Sealed session keys, in Redis.
//!
//! A user has one hash with the current key and the one before, each with the time until which it is good. It expires
//! with the later one. What it holds is sealed under the master key, so whoever reads Redis has nothing.

use std::fmt;

use async_trait::async_trait;
use redis::Script;
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::key_ring::Sealed;
use wxlogin_domain::ports::session_key_cache::SessionKeyCache;
use wxlogin_domain::session_key::SealedSessionKey;
use wxlogin_domain::timestamp::Timestamp;

use crate::connection::RedisCache;

/// Keeps the sealed keys of all replicas' users. While Redis is down there are none.
///
/// What bounds them is their time; where Redis has a bound of its own (`maxmemory`), the policy `volatile-ttl` lets those
/// go first that were kept first.
pub struct RedisSessionKeys {
    cache: RedisCache,
    keep: Script,
    kept: Script,
    forget: Script,
}

impl RedisSessionKeys {
    /// In this server.
    #[must_use]
    pub fn new(cache: RedisCache) -> Self {
        Self {
            cache,
            keep: Script::new(include_str!("scripts/keep.lua")),
            kept: Script::new(include_str!("scripts/kept.lua")),
            forget: Script::new(include_str!("scripts/forget.lua")),
        }
    }
}

impl fmt::Debug for RedisSessionKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisSessionKeys")
            .field("cache", &self.cache)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl SessionKeyCache for RedisSessionKeys {
    async fn keep(&self, app: &AppId, openid: &OpenId, key: SealedSessionKey, now: Timestamp, until: Timestamp) {
        let mut script = self.keep.key(self.cache.names.session_keys(app, openid));
        script
            .arg(&key.fingerprint[..])
            .arg(until.unix_millis())
            .arg(key.sealed.0)
            .arg(now.unix_millis());
        self.cache.run::<()>(&script).await;
    }

    async fn kept(&self, app: &AppId, openid: &OpenId, now: Timestamp) -> Vec<SealedSessionKey> {
        let script = self.kept.key(self.cache.names.session_keys(app, openid));
        let held: Option<(Held, Held)> = self.cache.run(&script).await;
        let held = held.into_iter().flat_map(<[Held; 2]>::from);
        held.filter_map(|held| good(held, now)).collect()
    }

    async fn forget(&self, app: &AppId, openid: &OpenId) {
        let script = self.forget.key(self.cache.names.session_keys(app, openid));
        self.cache.run::<()>(&script).await;
    }
}

/// A key as Redis holds it: fingerprint, until when in milliseconds, the key. Nothing where there is none.
type Held = (Option<Vec<u8>>, Option<i64>, Option<Vec<u8>>);

/// A key whose time has not come yet.
fn good((fingerprint, until, sealed): Held, now: Timestamp) -> Option<SealedSessionKey> {
    let is_good = now < Timestamp::from_unix_millis(until?);
    let key = SealedSessionKey {
        fingerprint: fingerprint?.try_into().ok()?,
        sealed: Sealed(sealed?),
    };
    is_good.then_some(key)
}
