//! The keys that this process has opened.

use crate::key_ring::KeyRing;

/// The ring's secrets do not open: another master key sealed them, or they were damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the key ring does not open: {0}")]
pub struct KeysDoNotOpen(pub String);

/// Holds the keys of a ring, opened, for signing and recognising tokens.
///
/// An implementation MUST replace all of them at once, and MUST keep those it has where the new ones do not open.
#[cfg_attr(feature = "test-support", mockall::automock)]
pub trait KeyHolder: Send + Sync {
    /// Takes the keys of a ring, unless they are held already.
    ///
    /// # Errors
    /// When one does not open.
    fn adopt(&self, ring: &KeyRing) -> Result<(), KeysDoNotOpen>;
}
