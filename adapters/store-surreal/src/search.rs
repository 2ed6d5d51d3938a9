//! Pages of accounts.

use wxlogin_domain::account::Account;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::page::Row;
use wxlogin_domain::ports::account_store::{AccountFilter, AccountPage, AccountQuery};

use crate::failure::Failure;
use crate::open::SurrealStore;
use crate::rows::{AccountRow, readable};

pub(crate) const ALL: &str = "SELECT * FROM type::record('account', $after>..) LIMIT $limit";
pub(crate) const WITH_PHONE: &str = "SELECT VALUE account.* FROM \
    type::record('phone', [$number, $after]>..[$number, ..]) LIMIT $limit";

impl SurrealStore {
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
        let number = filter.phone.as_ref().map(|phone| phone.as_e164().to_owned());
        let mut response = self
            .db
            .query(if number.is_some() { WITH_PHONE } else { ALL })
            .bind(("number", number))
            .bind(("after", after.map_or(String::new(), |after| after.to_string())))
            .bind(("limit", limit))
            .await?;
        let rows: Vec<AccountRow> = response.take(0)?;
        let looked_at = |row: AccountRow| Ok((row.id()?, readable(row.into_account())));
        rows.into_iter().map(looked_at).collect()
    }
}
