//! Logging out: this session, or all of the account's.

use std::sync::Arc;

use crate::audit::{AuditAction, Scribe};
use crate::origin::Origin;
use crate::ports::clock::Clock;
use crate::ports::session_store::SessionStore;
use crate::ports::store::StoreError;
use crate::session::{EndReason, Session, SessionEnd};

/// Which sessions a logout ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoutScope {
    /// The one of the token.
    ThisSession,
    /// Every one of the account.
    AllSessions,
}

/// Ends sessions at their owner's wish.
#[derive(Clone)]
pub struct LogoutService {
    /// Where sessions are.
    pub sessions: Arc<dyn SessionStore>,
    /// Writes events.
    pub scribe: Scribe,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl LogoutService {
    /// Logs out.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn logout(&self, session: &Session, scope: LogoutScope, origin: &Origin) -> Result<(), StoreError> {
        let now = self.clock.now();
        let end = SessionEnd {
            reason: EndReason::Logout,
            at: now,
        };
        let action = match scope {
            LogoutScope::ThisSession => AuditAction::LoggedOut,
            LogoutScope::AllSessions => AuditAction::LoggedOutEverywhere,
        };
        let event = self
            .scribe
            .event(origin, action, now)
            .on_session(session.id)
            .in_app(&session.identity.app);
        match scope {
            LogoutScope::ThisSession => self.sessions.end_session(session.id, end, &event).await,
            LogoutScope::AllSessions => self.sessions.end_all_sessions(session.id.account, end, &event).await,
        }
    }
}
