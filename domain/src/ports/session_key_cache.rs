//! Where session keys wait, sealed, for data that were encrypted under them.

use async_trait::async_trait;

use crate::identity::{AppId, OpenId};
use crate::session_key::SealedSessionKey;
use crate::timestamp::Timestamp;

/// Keeps sealed session keys for a while: the current one and the one before, per (appid, openid).
///
/// It is a convenience, and loses nothing that a `wx.login` would not bring again. So it has no errors: an
/// implementation that cannot reach its memory says so in the log, and behaves as an empty one.
///
/// An implementation
/// - MUST be bounded: where it is full, the keys that were kept first go first;
/// - MUST NOT keep anything durably;
/// - MUST answer within a fraction of a second.
#[async_trait]
pub trait SessionKeyCache: Send + Sync {
    /// Keeps a key until then, and the one that was current as the one before. A key that is current already, by its
    /// fingerprint, displaces nothing.
    ///
    /// MUST drop what was kept of others until before `now`: a service that only logs people in never asks for it.
    async fn keep(&self, app: &AppId, openid: &OpenId, key: SealedSessionKey, now: Timestamp, until: Timestamp);

    /// The keys whose time has not come by `now`: the current one first.
    async fn kept(&self, app: &AppId, openid: &OpenId, now: Timestamp) -> Vec<SealedSessionKey>;

    /// Forgets them.
    async fn forget(&self, app: &AppId, openid: &OpenId);
}
