//! What a login finds.

use sqlx::postgres::PgRow;
use sqlx::types::Uuid;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::login_rules::{KnownAccounts, LoginRecord};

use super::statements::CANDIDATES;
use crate::failure::Failure;
use crate::lease::Lease;
use crate::rows::account::{Found, found};
use crate::rows::{Columns as _, Id as _};

/// The accounts that a login could belong to.
pub(super) struct Candidates {
    by_identity: Option<Found>,
    pub(super) by_unionid: Option<Found>,
    with_phone: Vec<AccountId>,
}

impl Candidates {
    pub(super) fn of(&self, id: AccountId) -> Option<&Found> {
        [&self.by_identity, &self.by_unionid]
            .into_iter()
            .flatten()
            .find(|found| found.account.id == id)
    }

    pub(super) fn known(&self) -> KnownAccounts {
        let account = |found: &Option<Found>| found.as_ref().map(|found| found.account.clone());
        KnownAccounts {
            by_identity: account(&self.by_identity),
            by_unionid: account(&self.by_unionid),
            with_phone: self.with_phone.clone(),
        }
    }
}

impl Lease<'_> {
    /// All at one moment: the identity may just move from one of the accounts to the other.
    pub(super) async fn candidates(&mut self, login: &LoginRecord) -> Result<Candidates, Failure> {
        let identity = &login.identity;
        let binding = login.phone.as_ref().filter(|_| login.wants_unique_phone());
        let read = sqlx::query(CANDIDATES)
            .bind(identity.app.to_string())
            .bind(identity.openid.to_string())
            .bind(identity.unionid.as_ref().map(ToString::to_string))
            .bind(binding.map(|binding| binding.phone.number.as_e164().to_owned()));
        let mut rows = self.rows(read).await?;
        let holders: Vec<Uuid> = match rows.first() {
            Some(row) => row.column("holders")?,
            None => Vec::new(),
        };
        // The one row of nobody is there for the sake of the holders.
        rows.retain(|row| !matches!(row.column::<Option<Uuid>>("id"), Ok(None)));
        let is_by_identity = |row: &PgRow| row.column::<bool>("by_identity").is_ok_and(|is| is);
        let (by_identity, by_unionid): (Vec<PgRow>, Vec<PgRow>) = rows.into_iter().partition(is_by_identity);
        let account = |rows: &[PgRow]| (!rows.is_empty()).then(|| found(rows)).transpose();
        Ok(Candidates {
            by_identity: account(&by_identity)?,
            by_unionid: account(&by_unionid)?,
            with_phone: holders.into_iter().map(AccountId::of_uuid).collect(),
        })
    }
}
