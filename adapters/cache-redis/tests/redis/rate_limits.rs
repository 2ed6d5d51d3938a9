//! How often somebody may ask, over all replicas.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use wxlogin_cache_redis::rate_limits::RedisRateLimits;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::rate_limits::RateLimits as _;
use wxlogin_domain::rate_limit::{Allowance, Rates, Subject, WINDOW};
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_throwaway::{Redis, required};

use crate::counting_alone::Alone;
use crate::{connect, directly, eventually, new_names, shared};

pub fn rates(per_address: u32, per_account: u32) -> Rates {
    Rates {
        per_address: NonZeroU32::new(per_address),
        per_account: NonZeroU32::new(per_account),
    }
}

pub fn address(number: u32) -> Subject {
    Subject::address(IpAddr::V4(Ipv4Addr::from_bits(number)))
}

fn account(byte: u8) -> Subject {
    Subject::Account(AccountId::from_bytes([byte; 16]))
}

fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock::at(Timestamp::from_unix_seconds(1_769_000_000)))
}

/// At the rates of a test, by its clock. Buckets of their own.
async fn limits(url: &str, rates: Rates, clock: &Arc<FixedClock>) -> RedisRateLimits {
    let cache = connect(url, &new_names()).await;
    RedisRateLimits::new(cache, rates, Alone::new()).with_clock(Arc::<FixedClock>::clone(clock))
}

async fn is_allowed(limits: &RedisRateLimits, subject: Subject) -> bool {
    limits.take(subject).await.unwrap().is_allowed
}

/// The same as that of the buckets in memory.
#[tokio::test]
async fn a_bucket_over_time() {
    let Some(url) = shared() else { return };
    let clock = clock();
    let limits = limits(&url, rates(4, 0), &clock).await;
    let mut table = String::new();
    let mut at = Duration::ZERO;
    for wait in [0, 0, 0, 0, 0, 14_999, 1, 0, 30_000, 0, 0, 600_000, 0] {
        let wait = Duration::from_millis(wait);
        clock.advance(wait);
        at += wait;
        let allowance = limits.take(address(1)).await.unwrap();
        assert_eq!((allowance.policy, allowance.quota.get()), ("address", 4));
        let word = if allowance.is_allowed { "allowed" } else { "refused" };
        let Allowance { remaining, reset, .. } = allowance;
        writeln!(
            table,
            "{:>7.3} s {word}, {remaining} left, reset {reset:?}",
            at.as_secs_f64()
        )
        .unwrap();
    }
    insta::assert_snapshot!(table, @r"
      0.000 s allowed, 3 left, reset 15s
      0.000 s allowed, 2 left, reset 30s
      0.000 s allowed, 1 left, reset 45s
      0.000 s allowed, 0 left, reset 60s
      0.000 s refused, 0 left, reset 15s
     14.999 s refused, 0 left, reset 1s
     15.000 s allowed, 0 left, reset 60s
     15.000 s refused, 0 left, reset 15s
     45.000 s allowed, 1 left, reset 45s
     45.000 s allowed, 0 left, reset 60s
     45.000 s refused, 0 left, reset 15s
    645.000 s allowed, 3 left, reset 15s
    645.000 s allowed, 2 left, reset 30s
    ");
}

#[tokio::test]
async fn what_is_promised_is_kept() {
    let Some(url) = shared() else { return };
    for quota in [1, 2, 7, 59, 60, 61, 1000] {
        let clock = clock();
        let limits = limits(&url, rates(quota, 0), &clock).await;
        let mut last = limits.take(address(1)).await.unwrap();
        for left in (0..quota - 1).rev() {
            last = limits.take(address(1)).await.unwrap();
            assert_eq!((last.is_allowed, last.remaining), (true, left), "{quota}");
        }
        let full_again = last.reset;
        assert!(full_again <= WINDOW, "{quota}");
        let refused = limits.take(address(1)).await.unwrap();
        assert!(!refused.is_allowed && refused.reset > Duration::ZERO, "{quota}");
        clock.advance(refused.reset);
        assert!(is_allowed(&limits, address(1)).await, "{quota}");
        clock.advance(full_again + refused.reset);
        let taken = limits.take(address(1)).await.unwrap();
        assert_eq!(taken.remaining, quota - 1, "{quota}");
    }
}

#[tokio::test]
async fn the_largest_quota_is_counted_too() {
    let Some(url) = shared() else { return };
    let limits = limits(&url, rates(u32::MAX, 0), &clock()).await;
    for left in [u32::MAX - 1, u32::MAX - 2] {
        let taken = limits.take(address(1)).await.unwrap();
        assert!(taken.is_allowed && taken.remaining.abs_diff(left) <= 1, "{taken:?}");
    }
}

#[tokio::test]
async fn each_subject_has_its_bucket() {
    let Some(url) = shared() else { return };
    let limits = limits(&url, rates(1, 2), &clock()).await;
    for subject in [address(1), address(2), account(1), account(1), account(2)] {
        assert!(is_allowed(&limits, subject).await, "{subject:?}");
    }
    for subject in [address(1), address(2), account(1)] {
        assert!(!is_allowed(&limits, subject).await, "{subject:?}");
    }
    assert_eq!(limits.take(account(3)).await.unwrap().policy, "account");
}

#[tokio::test]
async fn who_has_no_limit_is_not_counted() {
    let Some(url) = shared() else { return };
    let limits = limits(&url, rates(0, 1), &clock()).await;
    assert_eq!(limits.take(address(1)).await, None);
    assert!(limits.take(account(1)).await.is_some());
}

#[tokio::test]
async fn a_clock_set_back_frees_nobody() {
    let Some(url) = shared() else { return };
    let clock = clock();
    let limits = limits(&url, rates(1, 0), &clock).await;
    assert!(is_allowed(&limits, address(1)).await);
    for seconds in [1_768_999_999, 0, 1_769_000_059] {
        clock.set(Timestamp::from_unix_seconds(seconds));
        let refused = limits.take(address(1)).await.unwrap();
        assert!(!refused.is_allowed && refused.reset <= WINDOW, "{seconds}");
    }
    clock.set(Timestamp::from_unix_seconds(1_769_000_060));
    assert!(is_allowed(&limits, address(1)).await);
}

/// By the time of Redis, whose minute hardly passes during a test.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn racing_replicas_share_a_bucket() {
    const QUOTA: u32 = 20;
    let Some(url) = shared() else { return };
    // A minute may pass on a machine that stands still; that it stands still again and again is not to be expected.
    eventually("exactly the quota is allowed", async || {
        let names = new_names();
        let alone = Alone::new();
        let mut racers = Vec::new();
        for _ in 0..2 {
            let cache = connect(&url, &names).await;
            let limits = Arc::new(RedisRateLimits::new(
                cache,
                rates(QUOTA, 0),
                Arc::<Alone>::clone(&alone),
            ));
            for _ in 0..QUOTA {
                let limits = Arc::clone(&limits);
                racers.push(tokio::spawn(async move { is_allowed(&limits, address(1)).await }));
            }
        }
        let mut allowed = 0;
        for racer in racers {
            allowed += u32::from(racer.await.unwrap());
        }
        assert_eq!(alone.asked(), 0);
        assert!(allowed >= QUOTA);
        allowed == QUOTA
    })
    .await;
}

/// Nobody who has gone leaves anything for long.
#[tokio::test]
async fn a_bucket_is_gone_when_it_is_full_again() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let url = server.url();
    let limits = RedisRateLimits::new(connect(&url, &new_names()).await, rates(600, 0), Alone::new());
    let mut redis = directly(&url).await;
    for number in 0..10 {
        assert!(is_allowed(&limits, address(number)).await);
    }
    eventually("no bucket is left", async || {
        let keys: Vec<String> = redis::cmd("KEYS")
            .arg("*bucket*")
            .query_async(&mut redis)
            .await
            .unwrap();
        keys.is_empty()
    })
    .await;
}
