//! API keys: one record each, by name.

use async_trait::async_trait;
use wxlogin_domain::api_key::{ApiKey, ApiKeyName};
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::ports::api_key_store::ApiKeyStore;
use wxlogin_domain::ports::store::StoreError;

use crate::failure::{Failure, STALE, root_cause};
use crate::open::SurrealStore;
use crate::rows::{ApiKeyRow, readable};
use crate::{audit, id};

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
                let rows: Vec<ApiKeyRow> = self.db.select("api_key").await?;
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
                let response = self
                    .db
                    .query(format!(
                        "BEGIN; CREATE $key CONTENT $row RETURN NONE; {} COMMIT;",
                        audit::APPEND
                    ))
                    .bind(("key", id::api_key(&key.name)))
                    .bind(("row", ApiKeyRow::of(key)))
                    .bind(("event_rows", audit::rows([event])))
                    .await?;
                root_cause(response).map(|_| true)
            })
            .await
    }

    async fn remove_api_key(&self, name: &ApiKeyName, event: &AuditEvent) -> Result<bool, StoreError> {
        self.patience
            .until_first(|| async {
                if !self.has_api_key(name).await? {
                    return Ok(false);
                }
                let response = self
                    .db
                    .query(format!(
                        "BEGIN; LET $gone = (DELETE $key RETURN BEFORE); \
                         IF array::len($gone) != 1 {{ THROW $stale }}; {} COMMIT;",
                        audit::APPEND
                    ))
                    .bind(("key", id::api_key(name)))
                    .bind(("stale", STALE))
                    .bind(("event_rows", audit::rows([event])))
                    .await?;
                root_cause(response).map(|_| true)
            })
            .await
    }
}
