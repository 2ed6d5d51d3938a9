//! Rows: the domain's values as the database holds them. Times are milliseconds since the Unix epoch.

pub(crate) mod account;
pub(crate) mod api_key;
pub(crate) mod event;
pub(crate) mod identity;
pub(crate) mod key_ring;
pub(crate) mod push;
pub(crate) mod session;

use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::types::Uuid;
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::timestamp::Timestamp;

/// Ids, as the database holds them: in the same order.
pub(crate) trait Id: Copy {
    fn to_uuid(self) -> Uuid;
    fn of_uuid(uuid: Uuid) -> Self;
}

macro_rules! ids {
    ($($id:ty)+) => {
        $(impl Id for $id {
            fn to_uuid(self) -> Uuid {
                Uuid::from_bytes(self.to_bytes())
            }

            fn of_uuid(uuid: Uuid) -> Self {
                Self::from_bytes(uuid.into_bytes())
            }
        })+
    };
}

ids!(AccountId SessionId EventId);

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

/// The columns of a row, by name.
pub(crate) trait Columns {
    fn column<'r, T>(&'r self, name: &'static str) -> Result<T, StoreError>
    where
        T: sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>;

    fn id<I: Id>(&self, name: &'static str) -> Result<I, StoreError> {
        Ok(I::of_uuid(self.column(name)?))
    }

    fn id_if_any<I: Id>(&self, name: &'static str) -> Result<Option<I>, StoreError> {
        Ok(self.column::<Option<Uuid>>(name)?.map(I::of_uuid))
    }

    fn time(&self, name: &'static str) -> Result<Timestamp, StoreError> {
        Ok(Timestamp::from_unix_millis(self.column(name)?))
    }

    fn text(&self, name: &'static str) -> Result<&str, StoreError> {
        self.column(name)
    }

    fn text_if_any(&self, name: &'static str) -> Result<Option<&str>, StoreError> {
        self.column(name)
    }

    /// The columns `appid`, `openid` and `unionid`.
    fn identity(&self) -> Result<WechatIdentity, StoreError> {
        let unionid = self.text_if_any("unionid")?.map(UnionId::parse);
        Ok(WechatIdentity {
            app: AppId::parse(self.text("appid")?).map_err(|_| unreadable("an appid"))?,
            openid: OpenId::parse(self.text("openid")?).map_err(|_| unreadable("an openid"))?,
            unionid: unionid.transpose().map_err(|_| unreadable("a unionid"))?,
        })
    }
}

impl Columns for PgRow {
    fn column<'r, T>(&'r self, name: &'static str) -> Result<T, StoreError>
    where
        T: sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        self.try_get(name).map_err(|_| unreadable(name))
    }
}

/// A number of rows, as the database counts.
pub(crate) fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
