//! API keys: one row each, by name.

use async_trait::async_trait;
use wxlogin_domain::api_key::{ApiKey, ApiKeyName};
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::ports::api_key_store::ApiKeyStore;
use wxlogin_domain::ports::store::StoreError;

use crate::failure::Failure;
use crate::lease::{Statement, Transaction};
use crate::open::PostgresStore;
use crate::rows::api_key::{api_key, bind};
use crate::rows::readable;

pub(crate) const ALL: &str = "SELECT name, digest, scopes, created_at FROM api_key ORDER BY name";
pub(crate) const ADD: &str = "INSERT INTO api_key (name, digest, scopes, created_at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (name) DO NOTHING";
const REMOVE: &str = "DELETE FROM api_key WHERE name = $1";

impl Transaction<'_> {
    /// Does what a statement says, and tells of it where there was something to be done; answers whether there was.
    async fn change_keys(&mut self, change: Statement, event: &AuditEvent) -> Result<bool, Failure> {
        let has_changed = self.execute(change).await? == 1;
        if has_changed {
            self.append([event]).await?;
        }
        Ok(has_changed)
    }
}

impl PostgresStore {
    async fn change_keys(&self, change: impl Fn() -> Statement, event: &AuditEvent) -> Result<bool, StoreError> {
        self.patience
            .until_first(|| async {
                let mut transaction = self.pool.lease().await?.begin().await?;
                let done = transaction.change_keys(change(), event).await;
                transaction.settle(done).await
            })
            .await
    }
}

#[async_trait]
impl ApiKeyStore for PostgresStore {
    async fn api_keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        self.patience
            .until_first(|| async {
                let rows = self.pool.lease().await?.rows(sqlx::query(ALL)).await?;
                Ok(rows.iter().filter_map(|row| readable(api_key(row))).collect())
            })
            .await
    }

    async fn add_api_key(&self, key: &ApiKey, event: &AuditEvent) -> Result<bool, StoreError> {
        self.change_keys(|| bind(key, sqlx::query(ADD)), event).await
    }

    async fn remove_api_key(&self, name: &ApiKeyName, event: &AuditEvent) -> Result<bool, StoreError> {
        let remove = || sqlx::query(REMOVE).bind(name.as_str().to_owned());
        self.change_keys(remove, event).await
    }
}
