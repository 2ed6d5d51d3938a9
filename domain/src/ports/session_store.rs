//! Sessions.

use async_trait::async_trait;

use super::store::StoreError;
use crate::audit::AuditEvent;
use crate::id::AccountId;
use crate::session::{Session, SessionEnd, SessionRef};
use crate::timestamp::Timestamp;

/// A bounded piece of the work of sweeping: all sessions are walked through in the order of their ids, piece by piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionSweep {
    /// The time now.
    pub now: Timestamp,
    /// Sessions that were over by then are removed.
    pub dead_since: Timestamp,
    /// Where the piece before ended; none at the beginning.
    pub after: Option<SessionRef>,
    /// How many sessions are looked at, at the most.
    pub limit: usize,
}

/// What a piece of sweeping did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionsSwept {
    /// How many were removed.
    pub removed: usize,
    /// How many of those that were looked at are alive.
    pub alive: usize,
    /// Where the next piece goes on; none at the end.
    pub next: Option<SessionRef>,
}

/// Keeps sessions. See [`Store`](super::store::Store) for what all operations promise.
#[cfg_attr(feature = "test-support", mockall::automock)]
#[async_trait]
pub trait SessionStore: Send + Sync {
    /// The session, if there is one: ended and expired ones too.
    ///
    /// SHOULD be one read by record id: every verification makes it.
    async fn session(&self, id: SessionRef) -> Result<Option<Session>, StoreError>;

    /// The sessions of an account in the order in which they began: ended and expired ones too, as long as they are
    /// kept.
    async fn sessions_of(&self, account: AccountId) -> Result<Vec<Session>, StoreError>;

    /// Stores a session's next generation.
    ///
    /// MUST do so only while the stored session has not ended and has the generation just before `next`'s; answers
    /// whether it did. Of concurrent callers with the same `next` exactly one gets `true`.
    async fn advance_session(&self, next: &Session) -> Result<bool, StoreError>;

    /// Ends a session, and adds the event to the audit log. A session that had ended keeps its first reason; one that is
    /// not there stays away.
    async fn end_session(&self, id: SessionRef, end: SessionEnd, event: &AuditEvent) -> Result<(), StoreError>;

    /// Ends every session of an account that has not ended yet, and adds the event to the audit log.
    async fn end_all_sessions(&self, account: AccountId, end: SessionEnd, event: &AuditEvent)
    -> Result<(), StoreError>;

    /// Notes when sessions were last used. Never moves that time back, changes nothing else, and passes over sessions
    /// that are not there.
    async fn touch_sessions(&self, uses: &[(SessionRef, Timestamp)]) -> Result<(), StoreError>;

    /// Does a piece of sweeping.
    ///
    /// MUST NOT remove a session that is alive, nor one that was not over by `dead_since`.
    async fn sweep_sessions(&self, sweep: &SessionSweep) -> Result<SessionsSwept, StoreError>;
}
