//! How often somebody may ask.

use async_trait::async_trait;

use crate::rate_limit::{Allowance, Subject};

/// Counts requests by token buckets: a bucket holds as many as a minute's worth, and refills evenly.
///
/// It has no errors: an implementation that cannot reach its memory says so in the log, and counts in this process alone.
///
/// An implementation MUST be bounded, however many subjects there are.
#[async_trait]
pub trait RateLimits: Send + Sync {
    /// Takes one out of the subject's bucket; nothing where the subject has no limit.
    async fn take(&self, subject: Subject) -> Option<Allowance>;
}
