//! Erasing an account.

use wxlogin_domain::account::Account;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;

use crate::failure::Failure;
use crate::lease::Transaction;
use crate::open::PostgresStore;
use crate::rows::Id as _;

/// Identities, unionids and sessions go with it.
pub(crate) const REMOVE: &str = "DELETE FROM account WHERE id = $1";

impl Transaction<'_> {
    /// Removes an account, which has to be locked, with everything that belongs to it.
    pub(crate) async fn remove(&mut self, id: AccountId) -> Result<(), Failure> {
        self.execute(sqlx::query(REMOVE).bind(id.to_uuid())).await.map(drop)
    }

    async fn erase(&mut self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, Failure> {
        let Some(found) = self.locked_one(id).await? else {
            return Ok(None);
        };
        self.remove(id).await?;
        self.append([event]).await?;
        Ok(Some(found.account))
    }
}

impl PostgresStore {
    pub(crate) async fn try_erase(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, Failure> {
        let mut transaction = self.pool.lease().await?.begin().await?;
        let done = transaction.erase(id, event).await;
        transaction.settle(done).await
    }
}
