//! The key ring.

use async_trait::async_trait;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::ports::key_store::KeyStore;
use wxlogin_domain::ports::store::StoreError;

use crate::MemoryStore;

#[async_trait]
impl KeyStore for MemoryStore {
    async fn key_ring(&self) -> Result<Option<KeyRing>, StoreError> {
        Ok(self.state().key_ring.clone())
    }

    async fn replace_key_ring(&self, next: &KeyRing, events: &[AuditEvent]) -> Result<bool, StoreError> {
        let mut state = self.state();
        let stored = state.key_ring.as_ref().map_or(0, |ring| ring.version);
        let may = stored + 1 == next.version;
        if may {
            state.key_ring = Some(next.clone());
            for event in events {
                state.append(event);
            }
        }
        Ok(may)
    }
}
