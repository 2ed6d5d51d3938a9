//! The session key of one's own: whether the one that is kept here still is WeChat's, and a new one in its place.

use std::sync::Arc;

use crate::audit::{AuditAction, Scribe};
use crate::identity::WechatIdentity;
use crate::origin::Origin;
use crate::ports::audit_store::AuditStore;
use crate::ports::clock::Clock;
use crate::ports::session_key_checks::{ResetError, SessionKeyChecks};
use crate::ports::store::StoreError;
use crate::ports::wechat_failure::WechatFailure;
use crate::session::Session;
use crate::session_key::SessionKey;
use crate::session_keys::SessionKeyVault;

/// Why a session key was not replaced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResetMyKeyError {
    /// None is kept, or the one that is kept is not the current one: only a `wx.login` brings that.
    #[error("the session key that is kept is not the current one")]
    Stale,
    /// WeChat did not replace it.
    #[error(transparent)]
    Wechat(#[from] WechatFailure),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ResetError> for ResetMyKeyError {
    fn from(error: ResetError) -> Self {
        match error {
            ResetError::Stale => Self::Stale,
            ResetError::Wechat(failure) => Self::Wechat(failure),
        }
    }
}

/// Looks after people's session keys.
#[derive(Clone)]
pub struct MySessionKeyService {
    /// The keys.
    pub vault: SessionKeyVault,
    /// WeChat.
    pub checks: Arc<dyn SessionKeyChecks>,
    /// Where the audit log is.
    pub audit: Arc<dyn AuditStore>,
    /// Writes events.
    pub scribe: Scribe,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl MySessionKeyService {
    /// Whether encrypted data without a code have a chance: a key is kept, and WeChat says that it is the current one.
    ///
    /// # Errors
    /// When WeChat did not say.
    pub async fn is_current(&self, session: &Session) -> Result<bool, WechatFailure> {
        let who = &session.identity;
        match self.current(who).await {
            Some(key) => self.checks.is_current(&who.app, &who.openid, &key).await,
            None => Ok(false),
        }
    }

    /// Has WeChat replace the key, and keeps the new one: whatever was encrypted under the old ones is void.
    ///
    /// # Errors
    /// Says why it was not replaced.
    pub async fn reset(&self, session: &Session, origin: &Origin) -> Result<(), ResetMyKeyError> {
        let who = &session.identity;
        let key = self.current(who).await.ok_or(ResetMyKeyError::Stale)?;
        let new = self.checks.reset(&who.app, &who.openid, &key).await?;
        let now = self.clock.now();
        self.vault.forget(who).await;
        self.vault.keep(who, &new, now).await;
        let event = self.scribe.event(origin, AuditAction::SessionKeyReset, now);
        let event = event.on_session(session.id).in_app(&who.app);
        Ok(self.audit.append_audit(&event).await?)
    }

    async fn current(&self, who: &WechatIdentity) -> Option<SessionKey> {
        let kept = self.vault.kept(&who.app, &who.openid, self.clock.now()).await;
        kept.into_iter().next()
    }
}
