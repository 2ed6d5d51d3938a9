//! The temporary key that WeChat shares with the backend.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretBox, SecretString};

use crate::key_ring::Sealed;

/// A `session_key`: 16 bytes, temporary, rotated by WeChat unannounced.
///
/// It opens encrypted user data and signs checks, and is nothing else: never stored, never sent, never a token.
#[derive(Debug, Clone)]
pub struct SessionKey {
    text: SecretString,
    bytes: Arc<SecretBox<[u8; 16]>>,
}

/// The text is not the base64 of 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a session_key: base64 of 16 bytes is expected")]
pub struct SessionKeyError;

impl SessionKey {
    /// Reads the base64 text of jscode2session.
    ///
    /// # Errors
    /// When the text is not the base64 of 16 bytes.
    pub fn parse(text: &str) -> Result<Self, SessionKeyError> {
        let mut bytes = [0; 16];
        // 16 bytes are exactly 24 characters of padded base64; the decoder wants room for 18 bytes.
        let mut room = [0; 18];
        if text.len() != 24 || STANDARD.decode_slice(text, &mut room) != Ok(16) {
            return Err(SessionKeyError);
        }
        bytes.copy_from_slice(&room[..16]);
        Ok(Self {
            text: text.into(),
            bytes: Arc::new(SecretBox::new(Box::new(bytes))),
        })
    }

    /// The 16 bytes: the AES-128 key of encrypted user data.
    #[must_use]
    pub fn expose_bytes(&self) -> &[u8; 16] {
        self.bytes.expose_secret()
    }

    /// The base64 text: WeChat's signatures are keyed with it as it stands.
    #[must_use]
    pub fn expose_text(&self) -> &str {
        self.text.expose_secret()
    }
}

/// A session key as it may be kept for a while: worth nothing to whoever lacks the master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedSessionKey {
    /// The same for the same key of the same user.
    pub fingerprint: [u8; 16],
    /// The key.
    pub sealed: Sealed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sixteen_bytes_and_nothing_else() {
        let key = SessionKey::parse("tiihtNczf5v6AKRyjwEUhQ==").unwrap();
        assert_eq!(key.expose_bytes()[..2], [0xb6, 0x28]);
        assert_eq!(key.expose_text(), "tiihtNczf5v6AKRyjwEUhQ==");
        for bad in [
            "",
            "tiihtNczf5v6AKRyjwEUhQ",
            "tiihtNczf5v6AKRyjwEU",
            "!iihtNczf5v6AKRyjwEUhQ==",
            "密",
        ] {
            assert!(SessionKey::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn debug_does_not_show_it() {
        let key = SessionKey::parse("tiihtNczf5v6AKRyjwEUhQ==").unwrap();
        let shown = format!("{key:?}");
        assert!(!shown.contains("tiiht") && !shown.contains("182"), "{shown}");
    }
}
