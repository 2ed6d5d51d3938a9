//! Session keys of tests, shown as short as can be.

use wxlogin_cache_redis::connection::RedisCache;
use wxlogin_cache_redis::session_keys::RedisSessionKeys;
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::key_ring::Sealed;
use wxlogin_domain::ports::session_key_cache::SessionKeyCache as _;
use wxlogin_domain::session_key::SealedSessionKey;
use wxlogin_domain::timestamp::Timestamp;

pub const APP: &str = "wx4f4bc4dec97d474b";
pub const OTHER_APP: &str = "wxba5fad812f8e6fb9";

/// A key by its fingerprint and its end.
pub type Shown = (u8, i64);

/// The keys of one replica.
pub struct Keys(RedisSessionKeys);

impl Keys {
    pub fn new(cache: RedisCache) -> Self {
        Self(RedisSessionKeys::new(cache))
    }

    /// Keeps a key of this fingerprint until then, at second 0.
    pub async fn keep(&self, openid: &str, fingerprint: u8, until: i64) {
        self.keep_in(APP, openid, fingerprint, until).await;
    }

    pub async fn keep_in(&self, app: &str, openid: &str, fingerprint: u8, until: i64) {
        let key = SealedSessionKey {
            fingerprint: [fingerprint; 16],
            // Two sealings of one key differ; here, by when they end.
            sealed: Sealed(until.to_be_bytes().to_vec()),
        };
        self.keep_this(app, openid, key, until).await;
    }

    pub async fn keep_this(&self, app: &str, openid: &str, key: SealedSessionKey, until: i64) {
        let (app, openid) = user(app, openid);
        self.0.keep(&app, &openid, key, seconds(0), seconds(until)).await;
    }

    /// The fingerprints, and the sealings by when they end.
    pub async fn kept(&self, openid: &str, now: i64) -> Vec<Shown> {
        self.kept_in(APP, openid, now).await
    }

    pub async fn kept_in(&self, app: &str, openid: &str, now: i64) -> Vec<Shown> {
        let (app, openid) = user(app, openid);
        let kept = self.0.kept(&app, &openid, seconds(now)).await;
        let shown = |key: SealedSessionKey| {
            let end = key.sealed.0.try_into().expect("8 bytes");
            (key.fingerprint[0], i64::from_be_bytes(end))
        };
        kept.into_iter().map(shown).collect()
    }

    pub fn debug(&self) -> String {
        format!("{:?}", self.0)
    }

    pub async fn forget(&self, openid: &str) {
        let (app, openid) = user(APP, openid);
        self.0.forget(&app, &openid).await;
    }
}

pub fn user(app: &str, openid: &str) -> (AppId, OpenId) {
    (
        AppId::parse(app).expect("an appid"),
        OpenId::parse(openid).expect("an openid"),
    )
}

fn seconds(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds)
}
