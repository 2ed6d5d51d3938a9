//! Rows: the domain's values as the database holds them. Times are milliseconds since the Unix epoch.

mod account;
mod api_key;
mod audit;
mod key_ring;
mod push;
mod session;

use surrealdb::types::{Bytes, RecordId, SurrealValue, Value};
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::timestamp::Timestamp;

pub(crate) use account::AccountRow;
pub(crate) use api_key::ApiKeyRow;
pub(crate) use audit::{AccountEventRow, EventRow};
pub(crate) use key_ring::KeyRingRow;
pub(crate) use push::PushRow;
pub(crate) use session::SessionRow;

/// Which account an identity, a unionid or a telephone number belongs to.
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct LinkRow {
    pub(crate) account: RecordId,
}

/// A row, with its id.
pub(crate) fn with_id(id: RecordId, row: impl SurrealValue) -> Value {
    let mut value = row.into_value();
    if let Value::Object(fields) = &mut value {
        fields.insert("id", id);
    }
    value
}

/// A row that is not what this program wrote.
pub(crate) fn unreadable(what: &str) -> StoreError {
    StoreError::Unreadable(what.to_owned())
}

/// What a row among many holds. One that cannot be read, a later release's perhaps, is told of and left out: it must not
/// keep the others from being read.
pub(crate) fn readable<T>(read: Result<T, StoreError>) -> Option<T> {
    read.inspect_err(|error| tracing::error!(%error, "a row is left out"))
        .ok()
}

fn time(millis: i64) -> Timestamp {
    Timestamp::from_unix_millis(millis)
}

fn bytes(bytes: &[u8]) -> Bytes {
    Bytes::from(bytes.to_vec())
}

fn identity(appid: &str, openid: &str, unionid: Option<&str>) -> Result<WechatIdentity, StoreError> {
    Ok(WechatIdentity {
        app: AppId::parse(appid).map_err(|_| unreadable("an appid"))?,
        openid: OpenId::parse(openid).map_err(|_| unreadable("an openid"))?,
        unionid: unionid
            .map(UnionId::parse)
            .transpose()
            .map_err(|_| unreadable("a unionid"))?,
    })
}
