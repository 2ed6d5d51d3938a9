//! Ending one session, whoever wishes it: the person from another one, or an operator.

use crate::audit::{AuditAction, Scribe};
use crate::origin::Origin;
use crate::ports::session_store::SessionStore;
use crate::ports::store::StoreError;
use crate::session::{SessionEnd, SessionRef};

/// Why a session is not ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndSessionError {
    /// The account has no such session.
    #[error("the account has no such session")]
    Unknown,
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Ends a session. One that is over already stays over, and nothing is told of it.
///
/// # Errors
/// When there is no such session, or the store did not answer.
pub(crate) async fn end_session(
    sessions: &dyn SessionStore,
    scribe: &Scribe,
    id: SessionRef,
    end: SessionEnd,
    origin: &Origin,
) -> Result<(), EndSessionError> {
    let Some(found) = sessions.session(id).await? else {
        return Err(EndSessionError::Unknown);
    };
    if found.alive(end.at).is_err() {
        return Ok(());
    }
    let event = scribe
        .event(origin, AuditAction::SessionEnded, end.at)
        .on_session(id)
        .in_app(&found.identity.app);
    Ok(sessions.end_session(id, end, &event).await?)
}
