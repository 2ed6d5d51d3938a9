//! WeChat's checksession and resetusersessionkey: whether a session key still is the user's, and a new one in its place.

use async_trait::async_trait;

use super::wechat_failure::WechatFailure;
use crate::identity::{AppId, OpenId};
use crate::session_key::SessionKey;

/// Why a session key was not replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResetError {
    /// The key that signed the wish is not the user's any more (87009).
    #[error("the session key is not the user's current one")]
    Stale,
    /// Anything that can go wrong with any call.
    #[error(transparent)]
    Wechat(#[from] WechatFailure),
}

/// Looks after session keys at WeChat. The key itself is never sent: it signs the request.
#[cfg_attr(feature = "test-support", mockall::automock)]
#[async_trait]
pub trait SessionKeyChecks: Send + Sync {
    /// Whether this is the user's current key.
    async fn is_current(&self, app: &AppId, openid: &OpenId, key: &SessionKey) -> Result<bool, WechatFailure>;

    /// Replaces the user's key, and answers the new one.
    async fn reset(&self, app: &AppId, openid: &OpenId, key: &SessionKey) -> Result<SessionKey, ResetError>;
}
