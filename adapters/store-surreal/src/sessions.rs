//! Sessions.

use async_trait::async_trait;
use surrealdb::types::SurrealValue;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::ports::session_store::SessionStore;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::{Session, SessionEnd, SessionRef};

use crate::failure::root_cause;
use crate::id;
use crate::open::SurrealStore;
use crate::row::SessionRow;

/// Ends every session of an account that has not ended: one range of record ids, no index.
pub(crate) const END_ALL: &str = "
    UPDATE login_session:[$account_key, NONE]..[$account_key, ..]
        SET end_reason = $end_reason, ended_at = $ended_at
        WHERE end_reason = NONE RETURN NONE;";

/// The variables of an ending.
#[derive(SurrealValue)]
pub(crate) struct EndVariables {
    end_reason: Option<String>,
    ended_at: Option<i64>,
}

pub(crate) fn end_variables(end: Option<SessionEnd>) -> EndVariables {
    EndVariables {
        end_reason: end.map(|end| end.reason.as_str().to_owned()),
        ended_at: end.map(|end| end.at.unix_millis()),
    }
}

#[async_trait]
impl SessionStore for SurrealStore {
    async fn session(&self, id: SessionRef) -> Result<Option<Session>, StoreError> {
        self.patience
            .until_first(|| async {
                let row: Option<SessionRow> = self.db.select(id::session(id)).await?;
                Ok(row.map(|row| row.into_session(id)).transpose()?)
            })
            .await
    }

    async fn advance_session(&self, next: &Session) -> Result<bool, StoreError> {
        let Some(previous) = next.generation.0.checked_sub(1) else {
            return Ok(false);
        };
        self.patience
            .until_first(|| async {
                let mut response = self
                    .db
                    .query(
                        "UPDATE $id SET generation = $generation, rotated_at = $rotated_at, \
                         idle_expires_at = $idle_expires_at \
                         WHERE generation = $previous AND end_reason = NONE RETURN VALUE generation",
                    )
                    .bind(("id", id::session(next.id)))
                    .bind(("generation", i64::from(next.generation.0)))
                    .bind(("rotated_at", next.rotated_at.unix_millis()))
                    .bind(("idle_expires_at", next.idle_expires_at.unix_millis()))
                    .bind(("previous", i64::from(previous)))
                    .await?;
                let advanced: Option<i64> = response.take(0)?;
                Ok(advanced.is_some())
            })
            .await
    }

    async fn end_session(&self, id: SessionRef, end: SessionEnd) -> Result<(), StoreError> {
        self.patience
            .until_first(|| async {
                let response = self
                    .db
                    .query(
                        "UPDATE $id SET end_reason = $end_reason, ended_at = $ended_at \
                         WHERE end_reason = NONE RETURN NONE",
                    )
                    .bind(("id", id::session(id)))
                    .bind(end_variables(Some(end)).into_value())
                    .await?;
                root_cause(response).map(drop)
            })
            .await
    }

    async fn end_all_sessions(&self, account: AccountId, end: SessionEnd) -> Result<(), StoreError> {
        self.patience
            .until_first(|| async {
                let response = self
                    .db
                    .query(END_ALL)
                    .bind(("account_key", account.to_string()))
                    .bind(end_variables(Some(end)).into_value())
                    .await?;
                root_cause(response).map(drop)
            })
            .await
    }
}
