//! The key ring: one record, replaced as a whole.

use async_trait::async_trait;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::ports::key_store::KeyStore;
use wxlogin_domain::ports::store::StoreError;

use crate::failure::Failure;
use crate::id;
use crate::open::SurrealStore;
use crate::rows::KeyRingRow;
use crate::transaction::Transaction;

const BEGIN_RING: &str = "CREATE $ring CONTENT $row RETURN NONE;";
/// Guards the ring: it has to be at the version before.
const REPLACE_RING: &str = "
    LET $replaced = (UPDATE $ring CONTENT $row WHERE version = $row.version - 1 RETURN VALUE version);
    IF array::len($replaced) != 1 { THROW $stale };";

impl SurrealStore {
    async fn try_replace(&self, next: &KeyRing, events: &[AuditEvent]) -> Result<(), Failure> {
        let write = if next.version == 1 { BEGIN_RING } else { REPLACE_RING };
        Transaction::new()
            .then(write)
            .with("ring", id::key_ring())
            .with("row", KeyRingRow::of(next)?)
            .append(events)
            .commit(self)
            .await
    }
}

#[async_trait]
impl KeyStore for SurrealStore {
    async fn key_ring(&self) -> Result<Option<KeyRing>, StoreError> {
        self.patience
            .until_first(|| async {
                let row: Option<KeyRingRow> = self.db.select(id::key_ring()).await?;
                Ok(row.map(KeyRingRow::into_ring).transpose()?)
            })
            .await
    }

    async fn replace_key_ring(&self, next: &KeyRing, events: &[AuditEvent]) -> Result<bool, StoreError> {
        self.patience
            .once(async {
                match self.try_replace(next, events).await {
                    // The stored ring is not the one that `next` follows, or somebody writes it at this very moment.
                    Err(Failure::Overtaken) => Ok(false),
                    Err(Failure::Store(error)) => Err(error),
                    Ok(()) => Ok(true),
                }
            })
            .await
    }
}
