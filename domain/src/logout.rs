//! Logging out: this session, or all of the account's.

use std::sync::Arc;

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
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl LogoutService {
    /// Logs out.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn logout(&self, session: &Session, scope: LogoutScope) -> Result<(), StoreError> {
        let end = SessionEnd {
            reason: EndReason::Logout,
            at: self.clock.now(),
        };
        match scope {
            LogoutScope::ThisSession => self.sessions.end_session(session.id, end).await,
            LogoutScope::AllSessions => self.sessions.end_all_sessions(session.id.account, end).await,
        }
    }
}
