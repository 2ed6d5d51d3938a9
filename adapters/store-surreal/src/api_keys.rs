//! API keys: one record each, by name.

use async_trait::async_trait;
use wxlogin_domain::api_key::{ApiKey, ApiKeyName};
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::ports::api_key_store::ApiKeyStore;
use wxlogin_domain::ports::store::StoreError;

use crate::failure::Failure;
use crate::id;
use crate::open::SurrealStore;
use crate::rows::{ApiKeyRow, readable};
use crate::transaction::Transaction;

const REMOVE: &str = "
    LET $gone = (DELETE $key RETURN BEFORE);
    IF array::len($gone) != 1 { THROW $stale };";

impl SurrealStore {
    async fn has_api_key(&self, name: &ApiKeyName) -> Result<bool, Failure> {
        let row: Option<ApiKeyRow> = self.db.select(id::api_key(name)).await?;
        Ok(row.is_some())
    }
}

#[async_trait]
impl ApiKeyStore for SurrealStore {
    async fn api_keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        self.patience
            .until_first(|| async {
                let rows: Vec<ApiKeyRow> = self.db.query("SELECT * FROM api_key").await?.take(0)?;
                let mut keys: Vec<ApiKey> = rows.into_iter().filter_map(|row| readable(row.into_key())).collect();
                keys.sort_by(|one, other| one.name.cmp(&other.name));
                Ok(keys)
            })
            .await
    }

    async fn add_api_key(&self, key: &ApiKey, event: &AuditEvent) -> Result<bool, StoreError> {
        self.patience
            .until_first(|| async {
                if self.has_api_key(&key.name).await? {
                    return Ok(false);
                }
                Transaction::new()
                    .then("CREATE $key CONTENT $row RETURN NONE;")
                    .with("key", id::api_key(&key.name))
                    .with("row", ApiKeyRow::of(key))
                    .append([event])
                    .commit(self)
                    .await?;
                Ok(true)
            })
            .await
    }

    async fn remove_api_key(&self, name: &ApiKeyName, event: &AuditEvent) -> Result<bool, StoreError> {
        self.patience
            .until_first(|| async {
                if !self.has_api_key(name).await? {
                    return Ok(false);
                }
                Transaction::new()
                    .then(REMOVE)
                    .with("key", id::api_key(name))
                    .append([event])
                    .commit(self)
                    .await?;
                Ok(true)
            })
            .await
    }
}
