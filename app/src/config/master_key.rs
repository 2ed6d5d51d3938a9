//! The key that seals what is secret at rest.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_PAD_INDIFFERENT};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretBox, SecretString};

use super::Mode;
use super::fault::{Faults, Flaw, Reported};
use super::raw::Group;
use super::settings::MASTER_KEY;

const LENGTH: usize = 32;

/// What development keys begin with, so that none of them ever protects anything real.
const DEVELOPMENT: [u8; 12] = *b"wxlogin-dev-";

const REMEDY: &str = "make one with: openssl rand -base64 32";

/// 32 bytes that seal signing keys and cached session keys. Shows nothing.
pub struct MasterKey(SecretBox<[u8; LENGTH]>);

/// The text is not a key; which is all that may be said about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MasterKeyError;

impl MasterKey {
    /// A key of development mode, marked as such. `wxlogin serve` refuses it.
    #[must_use]
    pub fn development(random: [u8; LENGTH - DEVELOPMENT.len()]) -> Self {
        Self(SecretBox::init_with_mut(|key: &mut [u8; LENGTH]| {
            let (mark, rest) = key.split_at_mut(DEVELOPMENT.len());
            mark.copy_from_slice(&DEVELOPMENT);
            rest.copy_from_slice(&random);
        }))
    }

    /// Always the same development key.
    #[must_use]
    pub fn for_testing() -> Self {
        Self::development(*b"always the same key.")
    }

    /// Reads a key in base64, standard alphabet, padded or not.
    ///
    /// # Errors
    /// When the text is not 32 bytes in base64.
    pub fn from_base64(text: &str) -> Result<Self, MasterKeyError> {
        let bytes = STANDARD_PAD_INDIFFERENT.decode(text).map_err(|_| MasterKeyError)?;
        let bytes = Zeroizing::new(bytes);
        if bytes.len() != LENGTH {
            return Err(MasterKeyError);
        }
        Ok(Self(SecretBox::init_with_mut(|key: &mut [u8; LENGTH]| {
            key.copy_from_slice(&bytes);
        })))
    }

    /// The key in base64, as [`MasterKey::from_base64`] reads it: for the file in which development mode keeps it.
    #[must_use]
    pub fn to_base64(&self) -> SecretString {
        STANDARD.encode(self.expose()).into()
    }

    /// The bytes.
    #[must_use]
    pub fn expose(&self) -> &[u8; LENGTH] {
        self.0.expose_secret()
    }

    /// Whether it is a key of development mode.
    #[must_use]
    pub fn is_development(&self) -> bool {
        self.expose().starts_with(&DEVELOPMENT)
    }

    /// Whether it may seal anything in this mode.
    #[must_use]
    pub fn is_good_in(&self, mode: Mode) -> bool {
        !self.is_placeholder() && (mode == Mode::Dev || !self.is_development())
    }

    /// No random key ever has all bytes alike; a placeholder does.
    fn is_placeholder(&self) -> bool {
        let [first, rest @ ..] = self.expose();
        rest.iter().all(|byte| byte == first)
    }

    pub(super) fn read(group: &Group, mode: Mode, faults: &mut Faults) -> Result<Option<Self>, Reported> {
        let key = group.parsed(&MASTER_KEY, faults, |text| {
            let key =
                Self::from_base64(text).map_err(|_| Flaw::new("is not 32 bytes in base64 (44 characters)", REMEDY))?;
            if key.is_placeholder() {
                return Err(Flaw::new("is one byte repeated, which anybody can guess", REMEDY));
            }
            if mode == Mode::Serve && key.is_development() {
                return Err(Flaw::new("is a generated development key", REMEDY));
            }
            Ok(key)
        })?;
        if key.is_none() && mode == Mode::Serve {
            return Err(group.report_missing(&MASTER_KEY, Flaw::new("is missing", REMEDY), faults));
        }
        Ok(key)
    }
}

impl Clone for MasterKey {
    fn clone(&self) -> Self {
        Self(SecretBox::init_with_mut(|key: &mut [u8; LENGTH]| {
            key.copy_from_slice(self.expose());
        }))
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(***)")
    }
}

impl fmt::Display for MasterKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not 32 bytes in base64")
    }
}

impl std::error::Error for MasterKeyError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_and_back() {
        let key = MasterKey::development([7; 20]);
        assert!(key.is_development());
        let text = key.to_base64();
        let text = text.expose_secret();
        for text in [text, text.trim_end_matches('=')] {
            assert_eq!(MasterKey::from_base64(text).unwrap().expose(), key.expose());
        }
        for bad in ["", "AAAA", &text[1..], &format!("{text}AAAA"), &text.replace('=', "-")] {
            assert_eq!(MasterKey::from_base64(bad).unwrap_err(), MasterKeyError, "{bad}");
        }
        assert_eq!(format!("{key:?}"), "MasterKey(***)");
    }
}
