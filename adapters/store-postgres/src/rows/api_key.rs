//! The row of an API key. The key itself is not in it, its digest is.

use sqlx::postgres::PgRow;
use wxlogin_domain::api_key::{ApiKey, ApiKeyDigest, ApiKeyName, Scope};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::timestamp::Timestamp;

use super::{Columns as _, unreadable};
use crate::lease::Statement;

/// Gives a statement the next four values.
pub(crate) fn bind(key: &ApiKey, statement: Statement) -> Statement {
    let scopes: Vec<String> = key.scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
    statement
        .bind(key.name.as_str().to_owned())
        .bind(key.digest.0.to_vec())
        .bind(scopes)
        .bind(key.created_at.map(Timestamp::unix_millis))
}

pub(crate) fn api_key(row: &PgRow) -> Result<ApiKey, StoreError> {
    let digest = row.column::<&[u8]>("digest")?.try_into();
    let scopes = row.column::<Vec<String>>("scopes")?;
    let scopes: Option<_> = scopes.iter().map(|scope| Scope::parse(scope)).collect();
    let created_at: Option<i64> = row.column("created_at")?;
    Ok(ApiKey {
        name: ApiKeyName::parse(row.text("name")?).map_err(|_| unreadable("an API key's name"))?,
        digest: ApiKeyDigest(digest.map_err(|_| unreadable("a digest"))?),
        scopes: scopes.ok_or_else(|| unreadable("an API key's scope"))?,
        created_at: created_at.map(Timestamp::from_unix_millis),
    })
}
