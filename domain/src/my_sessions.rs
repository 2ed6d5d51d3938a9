//! The sessions of one's own account: seeing where one is logged in, and ending what should not be.

use std::sync::Arc;

use crate::audit::Scribe;
use crate::end_session::{EndSessionError, end_session};
use crate::id::{AccountId, SessionId};
use crate::origin::Origin;
use crate::ports::clock::Clock;
use crate::ports::session_store::SessionStore;
use crate::ports::store::StoreError;
use crate::session::{EndReason, Session, SessionEnd, SessionRef};
use crate::timestamp::Timestamp;

/// The live sessions of an account, in the order in which they began.
pub(crate) async fn live_sessions(
    store: &dyn SessionStore,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<Session>, StoreError> {
    let mut sessions = store.sessions_of(account).await?;
    sessions.retain(|session| session.alive(now).is_ok());
    Ok(sessions)
}

/// Shows people their own sessions.
#[derive(Clone)]
pub struct MySessionsService {
    /// Where sessions are.
    pub sessions: Arc<dyn SessionStore>,
    /// Writes events.
    pub scribe: Scribe,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl MySessionsService {
    /// The live sessions of the account, in the order in which they began.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn list(&self, session: &Session) -> Result<Vec<Session>, StoreError> {
        live_sessions(&*self.sessions, session.id.account, self.clock.now()).await
    }

    /// Ends one of them, whichever it is. One that is over already stays over.
    ///
    /// # Errors
    /// When the account has no such session, or the store did not answer.
    pub async fn end(&self, session: &Session, which: SessionId, origin: &Origin) -> Result<(), EndSessionError> {
        let id = SessionRef {
            account: session.id.account,
            session: which,
        };
        let end = SessionEnd {
            reason: EndReason::Logout,
            at: self.clock.now(),
        };
        end_session(&*self.sessions, &self.scribe, id, end, origin).await
    }
}
