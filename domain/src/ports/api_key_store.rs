//! API keys that were made at run time.

use async_trait::async_trait;

use super::store::StoreError;
use crate::api_key::{ApiKey, ApiKeyName};
use crate::audit::AuditEvent;

/// Keeps API keys. See [`Store`](super::store::Store) for what all operations promise.
#[cfg_attr(feature = "test-support", mockall::automock)]
#[async_trait]
pub trait ApiKeyStore: Send + Sync {
    /// All of them, by name.
    async fn api_keys(&self) -> Result<Vec<ApiKey>, StoreError>;

    /// Adds a key, and the event to the audit log; answers whether it did.
    ///
    /// MUST do nothing where the name is taken.
    async fn add_api_key(&self, key: &ApiKey, event: &AuditEvent) -> Result<bool, StoreError>;

    /// Removes a key, and adds the event to the audit log; answers whether it did.
    async fn remove_api_key(&self, name: &ApiKeyName, event: &AuditEvent) -> Result<bool, StoreError>;
}
