//! Seeing to it that there are keys: made on the first start, shared by all that share the store.

use crate::key_ring::{Algorithm, KeyRing};
use crate::ports::key_maker::{KeyMaker, KeyMakerError};
use crate::ports::key_store::KeyStore;
use crate::ports::store::StoreError;
use crate::timestamp::Timestamp;

/// Why there are no keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnsureKeysError {
    /// None could be made.
    #[error(transparent)]
    Make(#[from] KeyMakerError),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How often to look again after another process changed the ring first.
const MAX_LOOKS: usize = 16;

/// The key ring with a signing key for `algorithm` in it; makes what is missing.
///
/// # Errors
/// When a key cannot be made, or the store does not answer.
pub async fn ensure_keys(
    store: &dyn KeyStore,
    maker: &dyn KeyMaker,
    algorithm: Algorithm,
    now: Timestamp,
) -> Result<KeyRing, EnsureKeysError> {
    for _ in 0..MAX_LOOKS {
        let next = match store.key_ring().await? {
            Some(ring) if ring.active(algorithm).is_some() => return Ok(ring),
            Some(ring) => ring.with(maker.signing_key(algorithm, now)?),
            None => KeyRing::new(maker.signing_key(algorithm, now)?, maker.refresh_mac_key()?),
        };
        if store.replace_key_ring(&next).await? {
            return Ok(next);
        }
    }
    Err(StoreError::Unavailable("the key ring changes too fast".into()).into())
}
