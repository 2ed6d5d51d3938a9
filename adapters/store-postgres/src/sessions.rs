//! Sessions.

use std::collections::BTreeMap;

use async_trait::async_trait;
use sqlx::types::Uuid;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::ports::session_store::{SessionStore, SessionSweep, SessionsSwept};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::{Session, SessionEnd, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

use crate::failure::Failure;
use crate::lease::{Lease, Statement};
use crate::open::PostgresStore;
use crate::rows::event::{EventColumns, append_events};
use crate::rows::session::{select_sessions, session};
use crate::rows::{Id as _, readable};

pub(crate) const BY_ID: &str = select_sessions!("WHERE account_id = $1 AND session_id = $2");
/// In the order in which they began: that of their ids.
pub(crate) const OF_ACCOUNT: &str = select_sessions!("WHERE account_id = $1 ORDER BY session_id");

/// Guarded by the generation: of those who come with the same next one, one finds the one before.
pub(crate) const ADVANCE: &str = "UPDATE login_session SET generation = $3, \
     last_used_at = GREATEST(last_used_at, $4), rotated_at = $5, idle_expires_at = $6 \
     WHERE account_id = $1 AND session_id = $2 AND generation = $7 AND end_reason IS NULL";

/// Whoever ended before keeps the first reason.
pub(crate) const END_ONE: &str = concat!(
    "WITH told AS (",
    append_events!("true"),
    ") UPDATE login_session SET end_reason = $12, ended_at = $13 \
     WHERE account_id = $14 AND session_id = $15 AND end_reason IS NULL"
);
pub(crate) const END_ALL: &str = concat!(
    "WITH told AS (",
    append_events!("true"),
    ") UPDATE login_session SET end_reason = $12, ended_at = $13 WHERE account_id = $14 AND end_reason IS NULL"
);

/// A use never moves back.
pub(crate) const TOUCH: &str = "UPDATE login_session AS s SET last_used_at = u.at \
     FROM UNNEST($1::uuid[], $2::uuid[], $3::bigint[]) AS u (account_id, session_id, at) \
     WHERE s.account_id = u.account_id AND s.session_id = u.session_id AND s.last_used_at < u.at";

/// The statement that ends all sessions of an account and tells of it.
fn end_all<'a>(account: AccountId, end: SessionEnd, events: impl IntoIterator<Item = &'a AuditEvent>) -> Statement {
    let told = events.into_iter().collect::<EventColumns>();
    told.bind_to(sqlx::query(END_ALL))
        .bind(end.reason.as_str())
        .bind(end.at.unix_millis())
        .bind(account.to_uuid())
}

impl Lease<'_> {
    /// Ends all sessions of an account, and tells the log of the act.
    pub(crate) async fn end_all_sessions<'a>(
        &mut self,
        account: AccountId,
        end: SessionEnd,
        events: impl IntoIterator<Item = &'a AuditEvent>,
    ) -> Result<(), Failure> {
        self.execute(end_all(account, end, events)).await.map(drop)
    }

    pub(crate) async fn sessions_of(&mut self, account: AccountId) -> Result<Vec<Session>, Failure> {
        let rows = self.rows(sqlx::query(OF_ACCOUNT).bind(account.to_uuid())).await?;
        Ok(rows.iter().filter_map(|row| readable(session(row))).collect())
    }
}

impl PostgresStore {
    /// Writes with one statement that may be sent twice.
    pub(crate) async fn write(&self, statement: impl Fn() -> Statement) -> Result<u64, StoreError> {
        self.patience
            .until_first(|| async { self.pool.lease().await?.execute(statement()).await })
            .await
    }
}

#[async_trait]
impl SessionStore for PostgresStore {
    async fn session(&self, id: SessionRef) -> Result<Option<Session>, StoreError> {
        self.patience
            .until_first(|| async {
                let by_id = sqlx::query(BY_ID).bind(id.account.to_uuid());
                let row = self.pool.lease().await?.row(by_id.bind(id.session.to_uuid())).await?;
                Ok(row.as_ref().map(session).transpose()?)
            })
            .await
    }

    async fn sessions_of(&self, account: AccountId) -> Result<Vec<Session>, StoreError> {
        self.patience
            .until_first(|| async { self.pool.lease().await?.sessions_of(account).await })
            .await
    }

    async fn advance_session(&self, next: &Session) -> Result<bool, StoreError> {
        let Some(previous) = next.generation.0.checked_sub(1) else {
            return Ok(false);
        };
        let advanced = self
            .write(|| {
                sqlx::query(ADVANCE)
                    .bind(next.id.account.to_uuid())
                    .bind(next.id.session.to_uuid())
                    .bind(i64::from(next.generation.0))
                    .bind(next.last_used_at.unix_millis())
                    .bind(next.rotated_at.unix_millis())
                    .bind(next.idle_expires_at.unix_millis())
                    .bind(i64::from(previous))
            })
            .await?;
        Ok(advanced == 1)
    }

    async fn end_session(&self, id: SessionRef, end: SessionEnd, event: &AuditEvent) -> Result<(), StoreError> {
        let ended = || {
            let told = [event].into_iter().collect::<EventColumns>();
            told.bind_to(sqlx::query(END_ONE))
                .bind(end.reason.as_str())
                .bind(end.at.unix_millis())
                .bind(id.account.to_uuid())
                .bind(id.session.to_uuid())
        };
        self.write(ended).await.map(drop)
    }

    async fn end_all_sessions(
        &self,
        account: AccountId,
        end: SessionEnd,
        event: &AuditEvent,
    ) -> Result<(), StoreError> {
        self.write(|| end_all(account, end, [event])).await.map(drop)
    }

    async fn touch_sessions(&self, uses: &[(SessionRef, Timestamp)]) -> Result<(), StoreError> {
        // Each once, the latest use; and all in one order, so that two batches do not wait for each other.
        let mut latest: BTreeMap<(Uuid, Uuid), i64> = BTreeMap::new();
        for (id, at) in uses {
            let latest = latest
                .entry((id.account.to_uuid(), id.session.to_uuid()))
                .or_insert(at.unix_millis());
            *latest = at.unix_millis().max(*latest);
        }
        let accounts: Vec<Uuid> = latest.keys().map(|(account, _)| *account).collect();
        let sessions: Vec<Uuid> = latest.keys().map(|(_, session)| *session).collect();
        let times: Vec<i64> = latest.into_values().collect();
        let touched = || {
            let touch = sqlx::query(TOUCH).bind(accounts.clone());
            touch.bind(sessions.clone()).bind(times.clone())
        };
        self.write(touched).await.map(drop)
    }

    async fn sweep_sessions(&self, sweep: &SessionSweep) -> Result<SessionsSwept, StoreError> {
        self.patience.until_first(|| self.try_sweep_sessions(sweep)).await
    }
}
