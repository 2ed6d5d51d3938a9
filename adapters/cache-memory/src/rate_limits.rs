//! Token buckets, by governor.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use governor::clock::Clock as _;
use governor::middleware::StateInformationMiddleware;
use governor::{Quota, RateLimiter};
use wxlogin_domain::ports::clock::Clock;
use wxlogin_domain::ports::rate_limits::RateLimits;
use wxlogin_domain::rate_limit::{Allowance, Rates, Subject};

use crate::subjects::Subjects;
use crate::ticks::Ticks;

type Buckets = RateLimiter<Subject, Subjects, Ticks, StateInformationMiddleware>;

/// Subjects of one kind that have a bucket of their own: some 10 MB of them.
const MAX_SUBJECTS: usize = 100_000;
/// How many requests lie between two sweeps. A sweep looks at every bucket, so this many requests pay for at most
/// [`MAX_SUBJECTS`] looks: a dozen each.
const SWEEP_EVERY: u32 = 8192;

/// Counts requests in this process alone.
pub struct MemoryRateLimits {
    per_address: Option<Limit>,
    per_account: Option<Limit>,
}

impl MemoryRateLimits {
    /// At these rates, by a clock that nobody corrects.
    #[must_use]
    pub fn new(rates: Rates) -> Self {
        Self::with_ticks(rates, MAX_SUBJECTS, Ticks::monotonic)
    }

    /// At these rates, by this clock: one that is set back keeps people waiting.
    #[must_use]
    pub fn with_clock(rates: Rates, clock: Arc<dyn Clock>) -> Self {
        Self::with_ticks(rates, MAX_SUBJECTS, move || Ticks::OfDay(Arc::clone(&clock)))
    }

    fn with_ticks(rates: Rates, bound: usize, ticks: impl Fn() -> Ticks) -> Self {
        let limit = |quota: Option<NonZeroU32>| quota.map(|quota| Limit::new(quota, bound, ticks()));
        Self {
            per_address: limit(rates.per_address),
            per_account: limit(rates.per_account),
        }
    }
}

#[async_trait]
impl RateLimits for MemoryRateLimits {
    async fn take(&self, subject: Subject) -> Option<Allowance> {
        let limit = match subject {
            Subject::Address(_) => &self.per_address,
            Subject::Account(_) | Subject::Session(_) => &self.per_account,
        };
        limit.as_ref().map(|limit| limit.take(subject))
    }
}

/// The buckets of one kind of subject.
struct Limit {
    quota: NonZeroU32,
    buckets: Buckets,
    takes: AtomicU32,
}

impl Limit {
    fn new(quota: NonZeroU32, bound: usize, ticks: Ticks) -> Self {
        // A bucket holds a minute's worth, and refills evenly.
        let buckets = RateLimiter::new(Quota::per_minute(quota), Subjects::new(bound), ticks);
        Self {
            quota,
            buckets,
            takes: AtomicU32::new(0),
        }
    }

    fn take(&self, subject: Subject) -> Allowance {
        self.sweep_now_and_then();
        match self.buckets.check_key(&subject) {
            Ok(left) => Allowance::allowed(&subject, self.quota, left.remaining_burst_capacity()),
            Err(refused) => {
                let wait = refused.wait_time_from(self.buckets.clock().now());
                Allowance::refused(&subject, self.quota, wait)
            }
        }
    }

    /// A bucket that is full again is as good as none.
    fn sweep_now_and_then(&self) {
        if self.takes.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.buckets.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::net::{IpAddr, Ipv4Addr};
    use std::time::Duration;

    use wxlogin_domain::id::AccountId;
    use wxlogin_domain::ports::clock::FixedClock;
    use wxlogin_domain::rate_limit::WINDOW;
    use wxlogin_domain::timestamp::Timestamp;

    use super::*;

    fn rates(per_address: u32, per_account: u32) -> Rates {
        Rates {
            per_address: NonZeroU32::new(per_address),
            per_account: NonZeroU32::new(per_account),
        }
    }

    fn clock() -> Arc<FixedClock> {
        Arc::new(FixedClock::at(Timestamp::from_unix_seconds(1_769_000_000)))
    }

    fn address(number: u32) -> Subject {
        Subject::address(IpAddr::V4(Ipv4Addr::from_bits(number)))
    }

    fn account(byte: u8) -> Subject {
        Subject::Account(AccountId::from_bytes([byte; 16]))
    }

    async fn is_allowed(limits: &MemoryRateLimits, subject: Subject) -> bool {
        limits.take(subject).await.unwrap().is_allowed
    }

    #[tokio::test]
    async fn a_bucket_over_time() {
        let clock = clock();
        let limits = MemoryRateLimits::with_clock(rates(4, 0), clock.clone());
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
        for quota in [1, 2, 7, 59, 60, 61, 1000] {
            let clock = clock();
            let limits = MemoryRateLimits::with_clock(rates(quota, 0), clock.clone());
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
    async fn each_subject_has_its_bucket() {
        let limits = MemoryRateLimits::with_clock(rates(1, 2), clock());
        for subject in [address(1), address(2), account(1), account(1), account(2)] {
            assert!(is_allowed(&limits, subject).await, "{subject:?}");
        }
        for subject in [address(1), address(2), account(1)] {
            assert!(!is_allowed(&limits, subject).await, "{subject:?}");
        }
        let policy = limits.take(account(3)).await.unwrap().policy;
        assert_eq!(policy, "account");
    }

    #[tokio::test]
    async fn who_has_no_limit_is_not_counted() {
        let limits = MemoryRateLimits::with_clock(rates(0, 1), clock());
        assert_eq!(limits.take(address(1)).await, None);
        assert!(limits.take(account(1)).await.is_some());
        let limits = MemoryRateLimits::new(rates(1, 0));
        assert!(is_allowed(&limits, address(1)).await);
        assert!(!is_allowed(&limits, address(1)).await);
        assert_eq!(limits.take(account(1)).await, None);
    }

    #[tokio::test]
    async fn a_clock_set_back_neither_panics_nor_frees_anybody() {
        let clock = clock();
        let limits = MemoryRateLimits::with_clock(rates(1, 0), clock.clone());
        assert!(is_allowed(&limits, address(1)).await);
        for seconds in [1_768_999_999, 0, 1_769_000_059] {
            clock.set(Timestamp::from_unix_seconds(seconds));
            assert!(!is_allowed(&limits, address(1)).await, "{seconds}");
        }
        clock.set(Timestamp::from_unix_seconds(1_769_000_060));
        assert!(is_allowed(&limits, address(1)).await);
    }

    #[tokio::test]
    async fn full_buckets_are_dropped_now_and_then() {
        let clock = clock();
        let limits = MemoryRateLimits::with_clock(rates(60, 0), clock.clone());
        let buckets = &limits.per_address.as_ref().unwrap().buckets;
        for number in 0..SWEEP_EVERY - 1 {
            assert!(is_allowed(&limits, address(number)).await);
        }
        assert_eq!(buckets.len(), SWEEP_EVERY as usize - 1);
        clock.advance(WINDOW);
        assert!(is_allowed(&limits, address(u32::MAX)).await);
        assert_eq!(buckets.len(), 1);
    }

    #[tokio::test]
    async fn beyond_the_bound_newcomers_share_buckets() {
        let clock = clock();
        let limits = MemoryRateLimits::with_ticks(rates(1, 0), 10, || Ticks::OfDay(clock.clone()));
        let mut allowed = 0;
        for number in 0..20_000 {
            allowed += u32::from(is_allowed(&limits, address(number)).await);
        }
        // The first ten, and then one for each bucket that is shared.
        assert!((11..=10 + 1024).contains(&allowed), "{allowed}");
        let buckets = &limits.per_address.as_ref().unwrap().buckets;
        assert!(buckets.len() <= 10 + 1024);
        for number in 0..10 {
            assert!(
                !is_allowed(&limits, address(number)).await,
                "{number} has its own, still empty"
            );
        }
        clock.advance(WINDOW * 2);
        for number in 0..SWEEP_EVERY {
            is_allowed(&limits, address(number)).await;
        }
        assert!(buckets.len() <= 10 + 1024);
    }
}
