//! Whoever reads Redis learns nothing.

use std::net::IpAddr;
use std::sync::Arc;

use wxlogin_cache_redis::rate_limits::RedisRateLimits;
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::key_ring::Sealed;
use wxlogin_domain::ports::rate_limits::RateLimits as _;
use wxlogin_domain::rate_limit::Subject;
use wxlogin_domain::session::SessionRef;
use wxlogin_domain::session_key::SealedSessionKey;
use wxlogin_throwaway::{Redis, required};

use crate::counting_alone::Alone;
use crate::keys::{APP, Keys};
use crate::rate_limits::rates;
use crate::{connect, directly, new_names};

#[tokio::test]
async fn a_dump_tells_nobody_apart() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let url = server.url();
    let mut redis = directly(&url).await;
    // What is compressed does not show, and can be read all the same.
    let plain = redis::cmd("CONFIG").arg("SET").arg("rdbcompression").arg("no").clone();
    let _: () = plain.query_async(&mut redis).await.unwrap();
    let cache = connect(&url, &new_names()).await;
    let keys = Keys::new(cache.clone());
    let openid = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
    let sealed = SealedSessionKey {
        fingerprint: [0xf1; 16],
        sealed: Sealed(b"sealed, as far as this crate knows".to_vec()),
    };
    keys.keep_this(APP, openid, sealed, 1000).await;
    let limits = RedisRateLimits::new(cache, rates(1, 1), Arc::<Alone>::clone(&Alone::new()));
    let account = AccountId::from_bytes(*b"account account!");
    let session = SessionId::from_bytes(*b"session session!");
    let address: IpAddr = "203.0.113.99".parse().unwrap();
    for subject in [
        Subject::address(address),
        Subject::Account(account),
        Subject::Session(SessionRef { account, session }),
    ] {
        assert!(limits.take(subject).await.unwrap().is_allowed);
    }

    let names: Vec<Vec<u8>> = redis::cmd("KEYS").arg("*").query_async(&mut redis).await.unwrap();
    let mut seen = Vec::new();
    for name in &names {
        seen.extend_from_slice(name);
        let dump: Option<Vec<u8>> = redis::cmd("DUMP").arg(name).query_async(&mut redis).await.unwrap();
        // The key of a probe may just have expired.
        seen.extend(dump.unwrap_or_default());
        let left: i64 = redis::cmd("PTTL").arg(name).query_async(&mut redis).await.unwrap();
        assert_ne!(left, -1, "everything expires");
    }
    let contains = |secret: &[u8]| seen.windows(secret.len()).any(|window| window == secret);
    assert!(contains(b"wxlogin:session-keys:") && contains(b"wxlogin:bucket:") && contains(b"sealed, as far"));
    assert!(names.iter().filter(|name| name.starts_with(b"wxlogin:bucket:")).count() == 3);
    let (account, session) = (account.to_string(), session.to_string());
    let secrets = [
        openid,
        APP,
        "203.0.113.99",
        &*account,
        &*session,
        "account account!",
        "session session!",
    ];
    for secret in secrets {
        assert!(!contains(secret.as_bytes()), "{secret}");
    }
}
