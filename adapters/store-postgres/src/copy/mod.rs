//! Copying the whole store.

mod export;
pub(crate) mod import;

use std::time::Duration;

use async_trait::async_trait;
use wxlogin_domain::copy::CopyItem;
use wxlogin_domain::ports::copy_store::{CopyStore, Export};
use wxlogin_domain::ports::store::StoreError;

use self::export::Snapshot;
use self::import::Pile;
use crate::open::PostgresStore;
use crate::retry::Patience;
use crate::rows::{Columns as _, unreadable};

/// How long a piece of a copy may take. Nobody waits for one with a telephone in the hand.
const PIECE_DEADLINE: Duration = Duration::from_secs(60);

const IS_EMPTY: &str = "SELECT NOT (EXISTS (SELECT FROM account) OR EXISTS (SELECT FROM push_message) \
     OR EXISTS (SELECT FROM api_key) OR EXISTS (SELECT FROM audit_event) OR EXISTS (SELECT FROM key_ring)) AS is_empty";

#[async_trait]
impl CopyStore for PostgresStore {
    async fn is_empty(&self) -> Result<bool, StoreError> {
        self.patience
            .until_first(|| async {
                let row = self.pool.lease().await?.row(sqlx::query(IS_EMPTY)).await?;
                let row = row.ok_or_else(|| unreadable("whether the store is empty"))?;
                Ok(row.column("is_empty")?)
            })
            .await
    }

    async fn export(&self) -> Result<Box<dyn Export>, StoreError> {
        Ok(Box::new(Snapshot::begin(&self.options).await?))
    }

    async fn import(&self, items: &[CopyItem]) -> Result<(), StoreError> {
        Patience::new(PIECE_DEADLINE)
            .until_first(|| async {
                let mut transaction = self.pool.lease().await?.begin().await?;
                let done = transaction.import(Pile::of(items)).await;
                transaction.settle(done).await
            })
            .await
    }
}
