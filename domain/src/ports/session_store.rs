//! Sessions.

use async_trait::async_trait;

use super::store::StoreError;
use crate::id::AccountId;
use crate::session::{Session, SessionEnd, SessionRef};

/// Keeps sessions. See [`Store`](super::store::Store) for what all operations promise.
#[cfg_attr(feature = "test-support", mockall::automock)]
#[async_trait]
pub trait SessionStore: Send + Sync {
    /// The session, if there is one: ended and expired ones too.
    async fn session(&self, id: SessionRef) -> Result<Option<Session>, StoreError>;

    /// Stores a session's next generation.
    ///
    /// MUST do so only while the stored session has not ended and has the generation just before `next`'s; answers
    /// whether it did. Of concurrent callers with the same `next` exactly one gets `true`.
    async fn advance_session(&self, next: &Session) -> Result<bool, StoreError>;

    /// Ends a session. One that had ended keeps its first reason; one that is not there stays away.
    async fn end_session(&self, id: SessionRef, end: SessionEnd) -> Result<(), StoreError>;

    /// Ends every session of an account that has not ended yet.
    async fn end_all_sessions(&self, account: AccountId, end: SessionEnd) -> Result<(), StoreError>;
}
