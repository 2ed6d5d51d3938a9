//! Session keys and rate limits in a Redis server of the tests' own.

mod counting_alone;
mod dump;
mod keys;
mod outages;
mod rate_limits;
mod session_keys;

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use secrecy::SecretBox;
use wxlogin_cache_redis::connection::RedisCache;
use wxlogin_cache_redis::names::Names;
use wxlogin_throwaway::{Redis, required};

/// Longer than anything takes here, however busy the machine is.
const PATIENT: Duration = Duration::from_secs(30);

/// Names that no other test has: they share a server.
fn new_names() -> Names {
    static NUMBER: AtomicU8 = AtomicU8::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    Names::new(&SecretBox::new(Box::new([number; 32])))
}

/// The URL of the server that the tests share: nothing where there is none.
fn shared() -> Option<String> {
    required(Redis::start(), "Redis").map(|server| server.url())
}

/// As a replica is connected, but patient.
async fn connect(url: &str, names: &Names) -> RedisCache {
    RedisCache::connect(url, names.clone(), PATIENT)
        .await
        .expect("a good URL")
}

/// A connection of the test's own.
async fn directly(url: &str) -> MultiplexedConnection {
    let client = redis::Client::open(url).expect("a good URL");
    client.get_multiplexed_async_connection().await.expect("it answers")
}

/// Polls for a minute at most.
async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..3000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never: {what}");
}
