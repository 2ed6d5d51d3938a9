//! The time of day.

use crate::timestamp::Timestamp;

/// Tells the time.
///
/// An implementation MUST answer without blocking. It MAY step backwards (a corrected clock); the rules bear it.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// A clock that stands still until a test moves it.
#[cfg(feature = "test-support")]
#[derive(Debug)]
pub struct FixedClock(std::sync::atomic::AtomicI64);

#[cfg(feature = "test-support")]
impl FixedClock {
    /// Stands at `now`.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(now.unix_millis().into())
    }

    /// Moves on.
    pub fn advance(&self, span: std::time::Duration) {
        self.set(self.now().plus(span));
    }

    /// Moves to `now`.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.unix_millis(), std::sync::atomic::Ordering::SeqCst);
    }
}

#[cfg(feature = "test-support")]
impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.0.load(std::sync::atomic::Ordering::SeqCst))
    }
}
