//! The audit log.

use async_trait::async_trait;

use super::store::StoreError;
use crate::audit::{AuditEvent, AuditPage, AuditQuery};
use crate::timestamp::Timestamp;

/// Keeps the audit log. Most events are written by the very acts that they tell of, in the same transaction: see the
/// other parts of [`Store`](super::store::Store). An event is written once, however often it is given.
#[cfg_attr(feature = "test-support", mockall::automock)]
#[async_trait]
pub trait AuditStore: Send + Sync {
    /// Adds an event that goes with no other write.
    async fn append_audit(&self, event: &AuditEvent) -> Result<(), StoreError>;

    /// A page of the log, newest first.
    ///
    /// MUST show each event once over all pages, however many are added and swept meanwhile. MAY answer fewer events
    /// than were asked for, also none, with a place to go on from: so that a rare filter never scans the whole log.
    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, StoreError>;

    /// Removes events of before `before`, at most `limit` of them; answers how many it removed.
    async fn sweep_audit(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError>;
}
