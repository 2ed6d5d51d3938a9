//! API keys.

use async_trait::async_trait;
use wxlogin_domain::api_key::{ApiKey, ApiKeyName};
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::ports::api_key_store::ApiKeyStore;
use wxlogin_domain::ports::store::StoreError;

use crate::MemoryStore;

#[async_trait]
impl ApiKeyStore for MemoryStore {
    async fn api_keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        Ok(self.state().api_keys.values().cloned().collect())
    }

    async fn add_api_key(&self, key: &ApiKey, event: &AuditEvent) -> Result<bool, StoreError> {
        let mut state = self.state();
        let may = !state.api_keys.contains_key(&key.name);
        if may {
            state.api_keys.insert(key.name.clone(), key.clone());
            state.append(event);
        }
        Ok(may)
    }

    async fn remove_api_key(&self, name: &ApiKeyName, event: &AuditEvent) -> Result<bool, StoreError> {
        let mut state = self.state();
        let removed = state.api_keys.remove(name).is_some();
        if removed {
            state.append(event);
        }
        Ok(removed)
    }
}
