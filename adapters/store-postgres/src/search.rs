//! Pages of accounts.

use sqlx::types::Uuid;
use wxlogin_domain::account::Account;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::page::Row;
use wxlogin_domain::ports::account_store::{AccountFilter, AccountPage, AccountQuery};

use crate::failure::Failure;
use crate::open::PostgresStore;
use crate::rows::account::{accounts, select_accounts};
use crate::rows::{Id as _, count, readable};

pub(crate) const ALL: &str = select_accounts!("SELECT * FROM account WHERE id > $1 ORDER BY id LIMIT $2");
pub(crate) const WITH_PHONE: &str =
    select_accounts!("SELECT * FROM account WHERE phone_number = $3 AND id > $1 ORDER BY id LIMIT $2");

impl PostgresStore {
    pub(crate) async fn search(&self, query: &AccountQuery) -> Result<AccountPage, Failure> {
        query
            .page(|after, limit| self.accounts_after(&query.filter, after, limit))
            .await
    }

    async fn accounts_after(
        &self,
        filter: &AccountFilter,
        after: Option<AccountId>,
        limit: usize,
    ) -> Result<Vec<Row<Account, AccountId>>, Failure> {
        let after = after.map_or(Uuid::nil(), AccountId::to_uuid);
        let read = match &filter.phone {
            None => sqlx::query(ALL).bind(after).bind(count(limit)),
            Some(phone) => {
                let read = sqlx::query(WITH_PHONE).bind(after).bind(count(limit));
                read.bind(phone.as_e164().to_owned())
            }
        };
        let rows = self.pool.lease().await?.rows(read).await?;
        let accounts = accounts(&rows)?.into_iter();
        let looked_at = accounts.map(|(id, found)| (id, readable(found).map(|found| found.account)));
        Ok(looked_at.collect())
    }
}
