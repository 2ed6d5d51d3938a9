//! The row of an API key.

use surrealdb::types::{Bytes, SurrealValue};
use wxlogin_domain::api_key::{ApiKey, ApiKeyDigest, ApiKeyName, Scope};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::timestamp::Timestamp;

use super::{bytes, time, unreadable};

/// An API key. The key itself is not in it, its digest is.
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct ApiKeyRow {
    /// The name as text; the record id has it too.
    name: String,
    digest: Bytes,
    scopes: Vec<String>,
    created_at: Option<i64>,
}

impl ApiKeyRow {
    pub(crate) fn of(key: &ApiKey) -> Self {
        Self {
            name: key.name.as_str().into(),
            digest: bytes(&key.digest.0),
            scopes: key.scopes.iter().map(|scope| scope.as_str().into()).collect(),
            created_at: key.created_at.map(Timestamp::unix_millis),
        }
    }

    pub(crate) fn into_key(self) -> Result<ApiKey, StoreError> {
        let digest = self.digest.to_vec().try_into().map_err(|_| unreadable("a digest"))?;
        let scopes = self.scopes.iter().map(|scope| Scope::parse(scope));
        Ok(ApiKey {
            name: ApiKeyName::parse(&self.name).map_err(|_| unreadable("an API key's name"))?,
            digest: ApiKeyDigest(digest),
            scopes: scopes
                .collect::<Option<_>>()
                .ok_or_else(|| unreadable("an API key's scope"))?,
            created_at: self.created_at.map(time),
        })
    }
}
