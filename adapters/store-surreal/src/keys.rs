//! The key ring: one record, replaced as a whole.

use async_trait::async_trait;
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::ports::key_store::KeyStore;
use wxlogin_domain::ports::store::StoreError;

use crate::failure::{Failure, root_cause};
use crate::id;
use crate::open::SurrealStore;
use crate::row::KeyRingRow;

impl SurrealStore {
    async fn try_replace(&self, next: &KeyRing) -> Result<bool, Failure> {
        let row = KeyRingRow::of(next)?;
        if next.version == 1 {
            let created = self
                .db
                .query("CREATE $id CONTENT $row RETURN NONE")
                .bind(("id", id::key_ring()))
                .bind(("row", row))
                .await?;
            return root_cause(created).map(|_| true);
        }
        let mut response = self
            .db
            .query("UPDATE $id CONTENT $row WHERE version = $row.version - 1 RETURN VALUE version")
            .bind(("id", id::key_ring()))
            .bind(("row", row))
            .await?;
        let replaced: Option<i64> = response.take(0)?;
        Ok(replaced.is_some())
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

    async fn replace_key_ring(&self, next: &KeyRing) -> Result<bool, StoreError> {
        self.patience
            .once(async {
                match self.try_replace(next).await {
                    // Somebody else wrote the ring at this very moment: `next` follows an older one.
                    Err(Failure::Overtaken) => Ok(false),
                    Err(Failure::Store(error)) => Err(error),
                    Ok(replaced) => Ok(replaced),
                }
            })
            .await
    }
}
