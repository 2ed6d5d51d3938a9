//! Revocation (RFC 7009): whoever holds a token may end the session that it is of. Mini programs are public clients, so
//! holding it is all that authorises.

use std::sync::Arc;

use crate::audit::{AuditAction, Scribe};
use crate::origin::Origin;
use crate::ports::access_tokens::AccessTokens;
use crate::ports::clock::Clock;
use crate::ports::refresh_tokens::RefreshTokens;
use crate::ports::session_store::SessionStore;
use crate::ports::store::StoreError;
use crate::session::{EndReason, Session, SessionEnd, SessionRef};
use crate::token::{PresentedAccessToken, PresentedRefreshToken, PresentedToken, TokenPolicy};

/// Revokes tokens.
#[derive(Clone)]
pub struct RevokeService {
    /// Recognises access tokens.
    pub access_tokens: Arc<dyn AccessTokens>,
    /// Which claims are believed.
    pub policy: TokenPolicy,
    /// Recognises refresh tokens.
    pub refresh_tokens: Arc<dyn RefreshTokens>,
    /// Where sessions are.
    pub sessions: Arc<dyn SessionStore>,
    /// Writes events.
    pub scribe: Scribe,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl RevokeService {
    /// Ends the session of a token; answers it, where there was one to end. What is no token of ours, or not any more,
    /// is revoked already.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn revoke(&self, token: &PresentedToken, origin: &Origin) -> Result<Option<SessionRef>, StoreError> {
        let now = self.clock.now();
        let Some(session) = self.session_of(token).await? else {
            return Ok(None);
        };
        if session.alive(now).is_err() {
            return Ok(None);
        }
        let event = self
            .scribe
            .event(origin, AuditAction::TokenRevoked, now)
            .on_session(session.id)
            .in_app(&session.identity.app);
        let end = SessionEnd {
            reason: EndReason::TokenRevoked,
            at: now,
        };
        self.sessions.end_session(session.id, end, &event).await?;
        Ok(Some(session.id))
    }

    /// A refresh token that was replaced ends its session as well: whoever still has it has no business with it.
    async fn session_of(&self, token: &PresentedToken) -> Result<Option<Session>, StoreError> {
        let refresh = PresentedRefreshToken::new(token.expose().to_owned());
        if let Ok((id, generation)) = self.refresh_tokens.recognise(&refresh) {
            let session = self.sessions.session(id).await?;
            return Ok(session.filter(|session| generation <= session.generation));
        }
        let access = PresentedAccessToken::new(token.expose().to_owned());
        let Ok(claims) = self.access_tokens.recognise(&access) else {
            return Ok(None);
        };
        // One that has expired is no credential any more: whoever finds it in an old log ends nothing.
        if claims.check(&self.policy, self.clock.now()).is_err() {
            return Ok(None);
        }
        self.sessions.session(claims.session).await
    }
}
