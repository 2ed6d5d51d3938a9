//! What counts while Redis is down, in tests.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use wxlogin_domain::ports::rate_limits::RateLimits;
use wxlogin_domain::rate_limit::{Allowance, Subject};

/// Refuses everybody, and counts how often it was asked.
#[derive(Default)]
pub struct Alone {
    asked: AtomicU32,
}

impl Alone {
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    pub fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl RateLimits for Alone {
    async fn take(&self, subject: Subject) -> Option<Allowance> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Some(Allowance::refused(&subject, NonZeroU32::MIN, Duration::ZERO))
    }
}
