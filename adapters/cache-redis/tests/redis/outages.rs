//! Redis stops, hangs, comes back: nobody waits long, and everything works again.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::timeout;
use tracing::instrument::WithSubscriber as _;
use wxlogin_cache_redis::connection::{ProbeError, RedisCache, probe};
use wxlogin_cache_redis::rate_limits::RedisRateLimits;
use wxlogin_domain::ports::rate_limits::RateLimits as _;
use wxlogin_throwaway::{Redis, required};

use crate::counting_alone::Alone;
use crate::keys::Keys;
use crate::rate_limits::{address, rates};
use crate::{PATIENT, connect, directly, eventually, new_names};

/// A replica with the deadline of the product.
struct Replica {
    cache: RedisCache,
    keys: Keys,
    limits: RedisRateLimits,
    alone: Arc<Alone>,
}

impl Replica {
    async fn start(url: &str) -> Self {
        let cache = RedisCache::connect(url, new_names(), RedisCache::DEADLINE).await;
        let cache = cache.expect("a good URL");
        let alone = Alone::new();
        let limits = RedisRateLimits::new(cache.clone(), rates(100, 0), Arc::<Alone>::clone(&alone));
        Self {
            keys: Keys::new(cache.clone()),
            limits,
            alone,
            cache,
        }
    }

    fn is_up(&self) -> bool {
        format!("{:?}", self.cache).contains("is_up: true")
    }

    /// Whether somebody is counted in Redis.
    async fn counts_there(&self) -> bool {
        let before = self.alone.asked();
        let allowance = self.limits.take(address(1)).await.expect("there is a limit");
        let is_there = self.alone.asked() == before;
        assert_eq!(allowance.is_allowed, is_there);
        is_there
    }

    /// Many calls at once, and each answers as if there were no Redis.
    async fn does_without(&self) {
        let calls = async {
            for _ in 0..50 {
                self.keys.keep("one", 1, 100).await;
                assert_eq!(self.keys.kept("one", 0).await, []);
                self.keys.forget("one").await;
                assert!(!self.counts_there().await);
            }
        };
        // Far more than they take, and far less than if each waited for its deadline.
        timeout(Duration::from_secs(10), calls).await.expect("nobody waits");
    }

    /// Everything is as it was, though what was kept need not be.
    async fn recovers(&self) {
        eventually("it is up again", async || {
            self.keys.keep("two", 1, 100).await;
            self.keys.kept("two", 0).await == [(1, 100)] && self.counts_there().await
        })
        .await;
    }
}

#[tokio::test]
async fn a_server_that_stops_is_missed_by_nobody_and_found_again() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let replica = Replica::start(&server.url()).await;
    replica.recovers().await;
    server.stop();
    eventually("it is down", async || {
        replica.keys.kept("two", 0).await;
        !replica.is_up()
    })
    .await;
    replica.does_without().await;
    server.start_again();
    replica.recovers().await;
}

/// Nothing breaks the connection, and nothing comes back over it.
#[tokio::test]
async fn a_server_that_hangs_is_given_up() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let replica = Replica::start(&server.url()).await;
    replica.recovers().await;
    server.freeze();
    // All of them wait for the same deadline, or for none.
    let first = async {
        let calls = (0..50).map(|_| replica.keys.kept("two", 0));
        for call in calls {
            assert_eq!(call.await, []);
        }
    };
    timeout(PATIENT, first).await.expect("they return");
    assert!(!replica.is_up());
    replica.does_without().await;
    server.thaw();
    replica.recovers().await;
}

#[tokio::test]
async fn a_server_that_is_down_at_the_start_is_used_when_it_is_up() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    server.stop();
    let replica = Replica::start(&server.url()).await;
    replica.does_without().await;
    server.start_again();
    replica.recovers().await;
}

/// Nobody has asked for anything when the server goes and comes: the next one finds it, all the same.
#[tokio::test]
async fn a_connection_that_broke_unnoticed_is_replaced() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let replica = Replica::start(&server.url()).await;
    replica.recovers().await;
    let mut redis = directly(&server.url()).await;
    let kill = redis::cmd("CLIENT").arg("KILL").arg("SKIPME").arg("yes").clone();
    let killed: i64 = kill.query_async(&mut redis).await.expect("it may");
    assert_eq!(killed, 1);
    eventually("it is seen to be down", async || !replica.is_up()).await;
    eventually("it is up again", async || replica.is_up()).await;
    assert!(replica.counts_there().await);
}

/// A server that answers is not one that can be used.
#[tokio::test]
async fn a_server_that_takes_no_writes_is_as_good_as_down() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let replica = Replica::start(&server.url()).await;
    replica.recovers().await;
    let mut redis = directly(&server.url()).await;
    let set = |bytes: &'static str| redis::cmd("CONFIG").arg("SET").arg("maxmemory").arg(bytes).clone();
    let _: () = set("1").query_async(&mut redis).await.expect("it may");
    eventually("it is down", async || !replica.counts_there().await && !replica.is_up()).await;
    replica.does_without().await;
    let Err(ProbeError::Unusable(why)) = probe(&server.url()).await else {
        panic!("it is full");
    };
    assert!(why.contains("maxmemory"), "{why}");
    let _: () = set("0").query_async(&mut redis).await.expect("it may");
    replica.recovers().await;
    assert_eq!(probe(&server.url()).await, Ok(()));
}

/// The user of the operators' guide, who may do nothing else.
#[tokio::test]
async fn the_rights_of_the_guide_are_enough() {
    const RIGHTS: &str = "on >canary ~wxlogin:* resetchannels -@all +@connection +@scripting +@read +@write +time";
    for guide in ["docs/operations.md", "docs/operations.zh-CN.md"] {
        let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(guide);
        let text = std::fs::read_to_string(guide).expect("a guide");
        let (_, rights) = RIGHTS.split_once(" ~").expect("keys");
        assert!(text.contains(rights), "the guide names other rights");
    }
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let mut redis = directly(&server.url()).await;
    let mut user = redis::cmd("ACL");
    user.arg("SETUSER")
        .arg("wxlogin")
        .arg(RIGHTS.split(' ').collect::<Vec<_>>());
    let _: () = user.query_async(&mut redis).await.expect("it may");
    let url = server.url().replace("//", "//wxlogin:canary@");
    assert_eq!(probe(&url).await, Ok(()));
    Replica::start(&url).await.recovers().await;
    let mut theirs = directly(&url).await;
    let other: Result<(), _> = redis::cmd("SET").arg("other").arg("").query_async(&mut theirs).await;
    assert!(other.is_err());
}

/// A restart, or `SCRIPT FLUSH`, empties the cache of scripts.
#[tokio::test]
async fn forgotten_scripts_are_sent_again() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let keys = Keys::new(connect(&server.url(), &new_names()).await);
    let mut redis = directly(&server.url()).await;
    for until in [100, 110, 120] {
        let flush = redis::cmd("SCRIPT").arg("FLUSH").clone();
        let _: () = flush.query_async(&mut redis).await.expect("it may");
        keys.keep("one", 1, until).await;
        assert_eq!(keys.kept("one", 0).await, [(1, until)]);
    }
}

/// Log lines as they are written.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        text.lines().map(str::to_owned).collect()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_tells_of_an_outage_once_and_never_the_password() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let mut redis = directly(&server.url()).await;
    let password = "canary-of-a-password";
    let set = |value: &str| redis::cmd("CONFIG").arg("SET").arg("requirepass").arg(value).clone();
    let _: () = set("another").query_async(&mut redis).await.expect("it may");

    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .finish();
    let url = server.url().replace("//", &format!("//:{password}@"));
    let replica = async {
        let replica = Replica::start(&url).await;
        replica.does_without().await;
        replica
    };
    let replica = replica.with_subscriber(subscriber).await;
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(
        lines[0].contains("WARN") && lines[0].contains("Redis cannot be used"),
        "{lines:#?}"
    );
    let why = probe(&url).await.unwrap_err();
    let shown = format!(
        "{lines:?} {:?} {:?} {:?} {why} {why:?}",
        replica.cache,
        replica.keys.debug(),
        replica.limits
    );
    assert!(!shown.contains("canary"), "{shown}");

    let _: () = set(password).query_async(&mut redis).await.expect("it may");
    replica.recovers().await;
}

#[tokio::test]
async fn a_url_of_something_else_is_refused() {
    for bad in [
        "",
        "redis://",
        "http://127.0.0.1",
        "redis://:canary@127.0.0.1/x",
        "redis://h:canary",
    ] {
        let error = RedisCache::connect(bad, new_names(), PATIENT).await.unwrap_err();
        assert!(!error.to_string().contains("canary"), "{bad}");
        assert!(matches!(probe(bad).await, Err(ProbeError::MalformedUrl(_))), "{bad}");
    }
}

/// Whoever speaks no TLS is down, and nothing panics.
#[tokio::test]
async fn tls_towards_a_server_without_it_is_an_outage() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let url = server.url().replace("redis://", "rediss://");
    let replica = Replica::start(&url).await;
    replica.does_without().await;
    assert!(matches!(probe(&url).await, Err(ProbeError::Unusable(_))));
}
