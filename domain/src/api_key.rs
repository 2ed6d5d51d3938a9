//! API keys: what other backends and operators show to be let in. Only their digests are kept.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConditionallySelectable as _, ConstantTimeEq as _};

use crate::timestamp::Timestamp;

/// What an API key allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The operators' part of the API.
    Admin,
    /// Token introspection.
    Introspect,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Admin, Self::Introspect];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Introspect => "introspect",
        }
    }

    /// The scope of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }
}

/// Who uses an API key: 1 to 64 of `A-Z a-z 0-9 _ . -`. One is reserved: `command-line`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiKeyName(Box<str>);

/// The text is no name for an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name is 1 to 64 characters of A-Z a-z 0-9 _ . -, and not command-line, . or ..")]
pub struct ApiKeyNameError;

/// What whoever uses the command line on the machine of the store is called, so that nobody else is.
const COMMAND_LINE: &str = "command-line";

impl ApiKeyName {
    /// The name that the command line has for itself.
    #[must_use]
    pub fn command_line() -> Self {
        Self(COMMAND_LINE.into())
    }

    /// Checks a name.
    ///
    /// # Errors
    /// When it has other characters, none, or too many, is that of the command line, or is one that means something in a
    /// path.
    pub fn parse(text: &str) -> Result<Self, ApiKeyNameError> {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        if (1..=64).contains(&text.len()) && text.bytes().all(is_allowed) && ![COMMAND_LINE, ".", ".."].contains(&text)
        {
            Ok(Self(text.into()))
        } else {
            Err(ApiKeyNameError)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The SHA-256 of a key. Keys are long and random, so a plain hash hides them as well as a slow one would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiKeyDigest(pub [u8; 32]);

impl ApiKeyDigest {
    /// The digest of a key.
    #[must_use]
    pub fn of(key: &SecretString) -> Self {
        Self(Sha256::digest(key.expose_secret().as_bytes()).into())
    }
}

/// An API key, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Who uses it. Unique.
    pub name: ApiKeyName,
    /// What recognises it.
    pub digest: ApiKeyDigest,
    /// What it allows.
    pub scopes: Vec<Scope>,
    /// When it was made; not known of those that the configuration has.
    pub created_at: Option<Timestamp>,
}

/// What somebody shows to be let in.
#[derive(Debug, Clone)]
pub struct PresentedApiKey {
    /// The name that goes with it, where one was given.
    pub name: Option<Box<str>>,
    /// The key.
    pub key: SecretString,
}

/// The key that was shown, among those that are known.
///
/// The time that this takes depends on how many keys are known and on the length of what was shown, and on nothing
/// else: digests are compared in constant time, all of them, whichever fits.
#[must_use]
pub fn recognise<'a>(known: &'a [ApiKey], presented: &PresentedApiKey) -> Option<&'a ApiKey> {
    let digest = ApiKeyDigest::of(&presented.key);
    let mut fitting = 0_u64;
    for (number, key) in (1_u64..).zip(known) {
        let fits: Choice = key.digest.0.ct_eq(&digest.0);
        fitting = u64::conditional_select(&fitting, &number, fits);
    }
    let found = known.get(usize::try_from(fitting.checked_sub(1)?).ok()?)?;
    let is_named_so = presented.name.as_deref().is_none_or(|name| name == found.name.as_str());
    is_named_so.then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, key: &str) -> ApiKey {
        ApiKey {
            name: ApiKeyName::parse(name).unwrap(),
            digest: ApiKeyDigest::of(&key.into()),
            scopes: vec![Scope::Introspect],
            created_at: None,
        }
    }

    #[test]
    fn keys_are_recognised_by_themselves_and_with_their_own_name() {
        let known = [key("orders", "first"), key("shop", "second"), key("ops", "third")];
        for (name, shown, found) in [
            (None, "first", Some("orders")),
            (None, "third", Some("ops")),
            (Some("shop"), "second", Some("shop")),
            (Some("orders"), "second", None),
            (Some(""), "second", None),
            (None, "fourth", None),
            (None, "", None),
        ] {
            let presented = PresentedApiKey {
                name: name.map(Into::into),
                key: shown.into(),
            };
            let recognised = recognise(&known, &presented).map(|key| key.name.as_str());
            assert_eq!(recognised, found, "{name:?} {shown}");
        }
        let presented = PresentedApiKey {
            name: None,
            key: "first".into(),
        };
        assert_eq!(recognise(&[], &presented), None);
        assert!(!format!("{presented:?}").contains("first"));
    }

    #[test]
    fn names() {
        assert!(ApiKeyName::parse("orders-backend_2.eu").is_ok());
        for bad in ["", "a b", "a:b", "名", "command-line", ".", "..", &"a".repeat(65)] {
            assert!(ApiKeyName::parse(bad).is_err(), "{bad:?}");
        }
    }

    /// The example of FIPS 180-2 for SHA-256.
    #[test]
    fn digest_of_the_standard() {
        let digest = ApiKeyDigest::of(&"abc".into());
        assert_eq!(digest.0[..4], [0xba, 0x78, 0x16, 0xbf]);
    }
}
