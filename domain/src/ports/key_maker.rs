//! Making keys.

use crate::key_ring::{Algorithm, NewKey, Sealed};
use crate::timestamp::Timestamp;

/// No key could be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key could not be made")]
pub struct KeyMakerError;

/// Makes keys and seals their private parts under the master key.
///
/// An implementation MUST NOT let a private part leave unsealed.
pub trait KeyMaker: Send + Sync {
    /// A new signing key.
    ///
    /// # Errors
    /// When the cryptographic library fails.
    fn signing_key(&self, algorithm: Algorithm, now: Timestamp) -> Result<NewKey, KeyMakerError>;

    /// A new key for the MAC of refresh tokens.
    ///
    /// # Errors
    /// When the cryptographic library fails.
    fn refresh_mac_key(&self) -> Result<Sealed, KeyMakerError>;
}
