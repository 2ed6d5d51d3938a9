//! The rows of an account: its own, and those of its identities.

use sqlx::postgres::PgRow;
use sqlx::types::Uuid;
use wxlogin_domain::account::{Account, AccountStatus, AvatarUrl, LinkedIdentity, Nickname, Profile};
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::phone_number::{PhoneNumber, VerifiedPhone};
use wxlogin_domain::ports::store::StoreError;

use super::{Columns as _, Id as _, unreadable};
use crate::lease::Statement;

/// An account that was read, and which revision of it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) account: Account,
    pub(crate) rev: i64,
    pub(crate) session_rows: i64,
}

/// The id of an account, and what is read of it.
pub(crate) type Read = (AccountId, Result<Found, StoreError>);

/// The columns of accounts `a` with their identities `i`: a row for each identity.
macro_rules! account_columns {
    () => {
        "a.id, a.rev, a.session_rows, a.status, a.created_at, a.last_login_at, a.nickname, a.avatar_url, \
         a.phone_number, a.phone_country_code, a.phone_verified_at, a.external_id, \
         i.appid, i.openid, i.unionid, i.first_seen_at, i.unionid_conflict"
    };
}
pub(crate) use account_columns;

/// Accounts and their identities, out of `$accounts`. The identities are in the order in which they came, and are looked
/// for account by account: of a page of unknown length the planner thinks that it is a good part of the table, and would
/// read all identities that there are.
macro_rules! select_accounts {
    ($accounts:literal) => {
        concat!(
            "SELECT ",
            $crate::rows::account::account_columns!(),
            " FROM (",
            $accounts,
            ") AS a LEFT JOIN LATERAL (SELECT * FROM identity WHERE account_id = a.id ORDER BY place) AS i ON true \
             ORDER BY a.id, i.place"
        )
    };
}
pub(crate) use select_accounts;

/// The accounts of rows that [`select_accounts`] answers: their ids, and what is read of them.
pub(crate) fn accounts(rows: &[PgRow]) -> Result<Vec<Read>, StoreError> {
    let mut accounts = Vec::new();
    let mut rest = rows;
    while let Some(first) = rest.first() {
        let id: AccountId = first.id("id")?;
        let is_other = |row: &PgRow| row.id("id").is_ok_and(|other: AccountId| other != id);
        let (own, others) = rest.split_at(rest.iter().position(is_other).unwrap_or(rest.len()));
        accounts.push((id, found(own)));
        rest = others;
    }
    Ok(accounts)
}

/// The account of its rows, of which there is one at the least.
pub(crate) fn found(rows: &[PgRow]) -> Result<Found, StoreError> {
    let row = rows.first().ok_or_else(|| unreadable("an account"))?;
    let has_identity = |row: &&PgRow| !matches!(row.text_if_any("appid"), Ok(None));
    // What is shown only must not lock anybody out: a rule that was tightened since hides the value, no more.
    let nickname = row.text_if_any("nickname")?;
    let avatar_url = row.text_if_any("avatar_url")?;
    let external_id = row.text_if_any("external_id")?;
    let account = Account {
        id: row.id("id")?,
        status: AccountStatus::parse(row.text("status")?).ok_or_else(|| unreadable("an account status"))?,
        created_at: row.time("created_at")?,
        last_login_at: row.time("last_login_at")?,
        profile: Profile {
            nickname: nickname.and_then(|text| Nickname::parse(text).ok()),
            avatar_url: avatar_url.and_then(|text| AvatarUrl::parse(text).ok()),
        },
        phone: phone(row)?,
        external_id: external_id.and_then(|text| ExternalId::parse(text).ok()),
        identities: rows.iter().filter(has_identity).map(linked).collect::<Result<_, _>>()?,
    };
    Ok(Found {
        account,
        rev: row.column("rev")?,
        session_rows: row.column("session_rows")?,
    })
}

fn phone(row: &PgRow) -> Result<Option<VerifiedPhone>, StoreError> {
    let Some(number) = row.text_if_any("phone_number")? else {
        return Ok(None);
    };
    let country_code = u16::try_from(row.column::<i32>("phone_country_code")?);
    let number = country_code
        .ok()
        .and_then(|country_code| PhoneNumber::restore(number, country_code).ok());
    Ok(Some(VerifiedPhone {
        number: number.ok_or_else(|| unreadable("a phone number"))?,
        verified_at: row.time("phone_verified_at")?,
    }))
}

fn linked(row: &PgRow) -> Result<LinkedIdentity, StoreError> {
    Ok(LinkedIdentity {
        identity: row.identity()?,
        first_seen_at: row.time("first_seen_at")?,
        unionid_conflict: row.id_if_any("unionid_conflict")?,
    })
}

/// Accounts, column by column: one or many are written by the same statement.
#[derive(Default)]
pub(crate) struct AccountColumns {
    id: Vec<Uuid>,
    session_rows: Vec<i64>,
    status: Vec<String>,
    created_at: Vec<i64>,
    last_login_at: Vec<i64>,
    nickname: Vec<Option<String>>,
    avatar_url: Vec<Option<String>>,
    phone_number: Vec<Option<String>>,
    phone_country_code: Vec<Option<i32>>,
    phone_verified_at: Vec<Option<i64>>,
    external_id: Vec<Option<String>>,
}

impl AccountColumns {
    /// An account, and how many sessions it has rows of.
    pub(crate) fn of_one(account: &Account, session_rows: i64) -> Self {
        let mut columns = Self::default();
        columns.push(account, session_rows);
        columns
    }

    pub(crate) fn push(&mut self, account: &Account, session_rows: i64) {
        let phone = account.phone.as_ref();
        let number = phone.map(|phone| &phone.number);
        let profile = &account.profile;
        self.id.push(account.id.to_uuid());
        self.session_rows.push(session_rows);
        self.status.push(account.status.as_str().to_owned());
        self.created_at.push(account.created_at.unix_millis());
        self.last_login_at.push(account.last_login_at.unix_millis());
        let nickname = profile.nickname.as_ref().map(|name| name.as_str().to_owned());
        self.nickname.push(nickname);
        let avatar_url = profile.avatar_url.as_ref().map(|url| url.as_str().to_owned());
        self.avatar_url.push(avatar_url);
        self.phone_number.push(number.map(|number| number.as_e164().to_owned()));
        let country_code = number.map(|number| number.country_code().into());
        self.phone_country_code.push(country_code);
        let verified_at = phone.map(|phone| phone.verified_at.unix_millis());
        self.phone_verified_at.push(verified_at);
        let external_id = account.external_id.as_ref().map(|id| id.as_str().to_owned());
        self.external_id.push(external_id);
    }

    /// Gives a statement the next eleven values.
    pub(crate) fn bind_to(self, statement: Statement) -> Statement {
        statement
            .bind(self.id)
            .bind(self.session_rows)
            .bind(self.status)
            .bind(self.created_at)
            .bind(self.last_login_at)
            .bind(self.nickname)
            .bind(self.avatar_url)
            .bind(self.phone_number)
            .bind(self.phone_country_code)
            .bind(self.phone_verified_at)
            .bind(self.external_id)
    }
}
