//! The key ring: replaced as a whole.

use async_trait::async_trait;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::ports::key_store::KeyStore;
use wxlogin_domain::ports::store::StoreError;

use crate::failure::Failure;
use crate::lease::Transaction;
use crate::open::PostgresStore;
use crate::rows::key_ring::{SELECT_RING, SigningKeyColumns, key_ring};
use crate::rows::unreadable;

/// Where there is none.
const BEGIN_RING: &str = "INSERT INTO key_ring (is_current, version, refresh_mac) VALUES (true, $1, $2) \
     ON CONFLICT (is_current) DO NOTHING";
/// Guards the ring: it has to be at the version before.
const REPLACE_RING: &str = "UPDATE key_ring SET version = $1, refresh_mac = $2 WHERE version = $1 - 1";
const FORGET_KEYS: &str = "DELETE FROM signing_key";
const ADD_KEYS: &str = "INSERT INTO signing_key \
     (place, kid, kty, public_1, public_2, created_at, state, state_at, private) \
     SELECT * FROM UNNEST($1::integer[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::bigint[], $7::text[], \
     $8::bigint[], $9::bytea[])";

impl Transaction<'_> {
    /// Stores a ring where the one before it is stored; answers whether it is.
    async fn replace_ring(&mut self, next: &KeyRing, events: &[AuditEvent]) -> Result<bool, Failure> {
        let write = if next.version == 1 { BEGIN_RING } else { REPLACE_RING };
        if !self.write_ring(write, next).await? {
            return Ok(false);
        }
        self.append(events).await?;
        Ok(true)
    }

    /// Stores a ring where there is none.
    pub(crate) async fn begin_ring(&mut self, ring: &KeyRing) -> Result<(), Failure> {
        self.write_ring(BEGIN_RING, ring).await.map(drop)
    }

    async fn write_ring(&mut self, write: &'static str, ring: &KeyRing) -> Result<bool, Failure> {
        let version = i64::try_from(ring.version).map_err(|_| unreadable("a key ring's version"))?;
        let write = sqlx::query(write).bind(version).bind(ring.refresh_mac.0.clone());
        if self.execute(write).await? == 0 {
            return Ok(false);
        }
        self.execute(sqlx::query(FORGET_KEYS)).await?;
        let keys = SigningKeyColumns::of(&ring.signing);
        self.execute(keys.bind_to(sqlx::query(ADD_KEYS))).await?;
        Ok(true)
    }
}

#[async_trait]
impl KeyStore for PostgresStore {
    async fn key_ring(&self) -> Result<Option<KeyRing>, StoreError> {
        self.patience
            .until_first(|| async {
                let rows = self.pool.lease().await?.rows(sqlx::query(SELECT_RING)).await?;
                Ok(key_ring(&rows)?)
            })
            .await
    }

    async fn replace_key_ring(&self, next: &KeyRing, events: &[AuditEvent]) -> Result<bool, StoreError> {
        self.patience
            .until_first(|| async {
                let mut transaction = self.pool.lease().await?.begin().await?;
                let done = transaction.replace_ring(next, events).await;
                transaction.settle(done).await
            })
            .await
    }
}
