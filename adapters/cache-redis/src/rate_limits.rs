//! Token buckets, in Redis.
//!
//! Each subject has one key, which is gone when its bucket is full again: a minute after the last request at the latest.
//! Redis tells the time, so that replicas whose clocks differ count alike.

use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use redis::Script;
use wxlogin_domain::ports::clock::Clock;
use wxlogin_domain::ports::rate_limits::RateLimits;
use wxlogin_domain::rate_limit::{Allowance, Rates, Subject};

use crate::connection::RedisCache;

/// Counts the requests of all replicas. While Redis is down this one counts alone, by another implementation.
pub struct RedisRateLimits {
    cache: RedisCache,
    rates: Rates,
    alone: Arc<dyn RateLimits>,
    clock: Option<Arc<dyn Clock>>,
    take: Script,
}

impl RedisRateLimits {
    /// At these rates; while Redis is down, by what counts in this process alone.
    #[must_use]
    pub fn new(cache: RedisCache, rates: Rates, alone: Arc<dyn RateLimits>) -> Self {
        Self {
            cache,
            rates,
            alone,
            clock: None,
            take: Script::new(include_str!("scripts/take.lua")),
        }
    }

    /// By this clock, not that of Redis. Buckets are forgotten after a minute of Redis's time all the same.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self {
            clock: Some(clock),
            ..self
        }
    }

    /// Asks Redis; nothing while it is down.
    async fn take_there(&self, subject: &Subject, quota: NonZeroU32) -> Option<Allowance> {
        let mut script = self.take.key(self.cache.names.bucket(subject));
        script.arg(quota.get());
        if let Some(clock) = &self.clock {
            script.arg(clock.now().unix_millis().saturating_mul(1000));
        }
        let (is_allowed, remaining, wait): (bool, u32, u64) = self.cache.run(&script).await?;
        Some(if is_allowed {
            Allowance::allowed(subject, quota, remaining)
        } else {
            Allowance::refused(subject, quota, Duration::from_micros(wait))
        })
    }
}

#[async_trait]
impl RateLimits for RedisRateLimits {
    async fn take(&self, subject: Subject) -> Option<Allowance> {
        let quota = self.rates.of(&subject)?;
        match self.take_there(&subject, quota).await {
            Some(allowance) => Some(allowance),
            None => self.alone.take(subject).await,
        }
    }
}

impl fmt::Debug for RedisRateLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisRateLimits")
            .field("cache", &self.cache)
            .field("rates", &self.rates)
            .finish_non_exhaustive()
    }
}
