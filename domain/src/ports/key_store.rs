//! The key ring.

use async_trait::async_trait;

use super::store::StoreError;
use crate::audit::AuditEvent;
use crate::key_ring::KeyRing;

/// Keeps the one key ring of a deployment. See [`Store`](super::store::Store) for what all operations promise.
#[cfg_attr(feature = "test-support", mockall::automock)]
#[async_trait]
pub trait KeyStore: Send + Sync {
    /// The ring, once there is one.
    async fn key_ring(&self) -> Result<Option<KeyRing>, StoreError>;

    /// Stores a ring, and adds the events to the audit log.
    ///
    /// MUST do so only where the stored one has the version just before `next`'s (version 1: where there is none);
    /// answers whether it did. Of concurrent callers exactly one gets `true`.
    async fn replace_key_ring(&self, next: &KeyRing, events: &[AuditEvent]) -> Result<bool, StoreError>;
}
