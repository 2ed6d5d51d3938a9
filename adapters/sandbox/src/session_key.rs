//! Session keys: what the platform, a user's phone and the app's server have in common.

use std::borrow::Borrow as _;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretBox, SecretString};

use crate::bounded::BoundedMap;
use crate::entropy::{self, EntropyError};
use crate::user::OpenId;

/// Users remembered, over all apps.
const MOST_USERS: usize = 10_000;

/// A session key of 16 bytes, known to the world as its base64 text.
#[derive(Clone)]
pub(crate) struct SessionKey(Arc<SecretBox<[u8; 16]>>);

impl SessionKey {
    pub(crate) fn new(bytes: [u8; 16]) -> Self {
        Self(Arc::new(SecretBox::new(Box::new(bytes))))
    }

    pub(crate) fn random() -> Result<Self, EntropyError> {
        entropy::bytes().map(Self::new)
    }

    pub(crate) fn bytes(&self) -> &[u8; 16] {
        self.0.expose_secret()
    }

    /// The base64 text, which is what signatures are made with.
    pub(crate) fn text(&self) -> SecretString {
        STANDARD.encode(self.bytes()).into()
    }

    #[cfg(test)]
    pub(crate) fn from_text(text: &str) -> Self {
        Self::new(STANDARD.decode(text).unwrap().try_into().unwrap())
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(…)")
    }
}

/// Whether `wx.login` makes a new session key; the real one may or may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rotation {
    /// A new key, in place of the one there is.
    Rotate,
    /// The key there is, or a first one.
    Keep,
}

/// The current session key of each user in each app; an openid stands for both.
pub(crate) struct SessionKeys {
    current: BoundedMap<OpenId, Current>,
}

struct Current {
    appid: String,
    key: SessionKey,
}

impl SessionKeys {
    pub(crate) fn new() -> Self {
        Self {
            current: BoundedMap::new(MOST_USERS),
        }
    }

    /// The user's session key from now on.
    pub(crate) fn key(&mut self, appid: &str, openid: &OpenId, rotation: Rotation) -> Result<SessionKey, EntropyError> {
        let kept = match rotation {
            Rotation::Keep => self.of(appid, openid.borrow()),
            Rotation::Rotate => None,
        };
        let key = match kept {
            Some(key) => key.clone(),
            None => SessionKey::random()?,
        };
        // Written even if it is the old one: who was seen last is forgotten last.
        self.current.insert(
            openid.clone(),
            Current {
                appid: appid.to_owned(),
                key: key.clone(),
            },
        );
        Ok(key)
    }

    /// The current session key of a user of this app, if the platform knows such a user.
    pub(crate) fn of(&self, appid: &str, openid: &str) -> Option<&SessionKey> {
        self.current
            .get(openid)
            .filter(|current| current.appid == appid)
            .map(|current| &current.key)
    }

    /// The user of this app that an openid from outside names, if the platform knows such a user.
    pub(crate) fn user(&self, appid: &str, openid: &str) -> Option<&OpenId> {
        let (openid, current) = self.current.get_key_value(openid)?;
        (current.appid == appid).then_some(openid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user::UserName;

    #[test]
    fn a_key_shows_in_no_debug_and_has_24_characters_of_text() {
        let key = SessionKey::from_text("tiihtNczf5v6AKRyjwEUhQ==");

        assert_eq!(format!("{key:?}"), "SessionKey(…)");
        assert_eq!(key.text().expose_secret(), "tiihtNczf5v6AKRyjwEUhQ==");
    }

    #[test]
    fn rotation_makes_a_new_key_and_keeping_does_not() {
        let mut keys = SessionKeys::new();
        let openid = UserName::default().openid("wx1");

        let first = keys.key("wx1", &openid, Rotation::Keep).unwrap();
        let kept = keys.key("wx1", &openid, Rotation::Keep).unwrap();
        let rotated = keys.key("wx1", &openid, Rotation::Rotate).unwrap();

        assert_eq!(first.bytes(), kept.bytes());
        assert_ne!(first.bytes(), rotated.bytes());
        let current = keys.of("wx1", &openid.to_string()).unwrap();
        assert_eq!(current.bytes(), rotated.bytes());
        assert!(keys.of("wx2", &openid.to_string()).is_none());
        assert!(keys.of("wx1", "oNobody").is_none());
        assert_eq!(keys.user("wx1", &openid.to_string()), Some(&openid));
        assert_eq!(keys.user("wx2", &openid.to_string()), None);
    }
}
