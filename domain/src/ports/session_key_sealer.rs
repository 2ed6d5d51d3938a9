//! Sealing session keys, so that whoever keeps them holds nothing of worth.

use crate::identity::{AppId, OpenId};
use crate::session_key::{SealedSessionKey, SessionKey};

/// Seals session keys under the master key.
///
/// An implementation MUST bind what it seals to its (appid, openid), and MUST give the same fingerprint to the same key
/// of the same user, which tells nothing about the key to whoever lacks the master key.
pub trait SessionKeySealer: Send + Sync {
    /// Seals a key.
    fn seal(&self, app: &AppId, openid: &OpenId, key: &SessionKey) -> SealedSessionKey;

    /// Opens what was sealed for this user; nothing where it does not open, under another master key perhaps.
    fn open(&self, app: &AppId, openid: &OpenId, sealed: &SealedSessionKey) -> Option<SessionKey>;
}
