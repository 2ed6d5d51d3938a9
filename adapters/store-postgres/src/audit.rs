//! The audit log.

use async_trait::async_trait;
use sqlx::types::Uuid;
use wxlogin_domain::audit::{AuditEvent, AuditPage, AuditQuery};
use wxlogin_domain::id::{AccountId, EventId};
use wxlogin_domain::page::Row;
use wxlogin_domain::ports::audit_store::AuditStore;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::timestamp::Timestamp;

use crate::failure::Failure;
use crate::lease::{Lease, Statement};
use crate::open::PostgresStore;
use crate::rows::event::{EventColumns, append_events, event, select_events};
use crate::rows::{Columns as _, Id as _, count, readable};

pub(crate) const APPEND: &str = append_events!("true");

pub(crate) const ALL: &str = select_events!("WHERE id < $1 AND id >= $2 ORDER BY id DESC LIMIT $3");
pub(crate) const OF_ACCOUNT: &str =
    select_events!("WHERE account_id = $4 AND id < $1 AND id >= $2 ORDER BY id DESC LIMIT $3");

/// Ids begin with the time: the oldest events are those with the least ids.
pub(crate) const SWEEP: &str = "DELETE FROM audit_event \
     WHERE id = ANY(ARRAY(SELECT id FROM audit_event ORDER BY id LIMIT $2)) AND at < $1";

fn append<'a>(events: impl IntoIterator<Item = &'a AuditEvent>) -> Statement {
    events
        .into_iter()
        .collect::<EventColumns>()
        .bind_to(sqlx::query(APPEND))
}

impl Lease<'_> {
    /// Tells the log of an act.
    pub(crate) async fn append<'a>(&mut self, events: impl IntoIterator<Item = &'a AuditEvent>) -> Result<(), Failure> {
        self.execute(append(events)).await.map(drop)
    }
}

/// A part of the log.
struct Range {
    account: Option<AccountId>,
    /// The first id that is in it.
    start: Uuid,
    /// The first id that is after it.
    end: Uuid,
}

impl Range {
    fn of(query: &AuditQuery) -> Self {
        let filter = &query.filter;
        Self {
            account: filter.account,
            start: filter.since.map_or(Uuid::nil(), first_id_of),
            end: filter.until.map_or(Uuid::max(), first_id_of),
        }
    }
}

/// Before the ids of all events of this millisecond: they begin with 48 bits of their time.
fn first_id_of(at: Timestamp) -> Uuid {
    let millis = u128::try_from(at.unix_millis()).unwrap_or(0);
    Uuid::from_u128(millis << 80)
}

impl PostgresStore {
    async fn events(
        &self,
        range: &Range,
        after: Option<EventId>,
        limit: usize,
    ) -> Result<Vec<Row<AuditEvent, EventId>>, Failure> {
        let end = after.map_or(Uuid::max(), EventId::to_uuid).min(range.end);
        let read = sqlx::query(if range.account.is_some() { OF_ACCOUNT } else { ALL });
        let read = read.bind(end).bind(range.start).bind(count(limit));
        let read = match range.account {
            Some(account) => read.bind(account.to_uuid()),
            None => read,
        };
        let rows = self.pool.lease().await?.rows(read).await?;
        let looked_at = rows.iter().map(|row| Ok((row.id("id")?, readable(event(row)))));
        looked_at.collect()
    }
}

#[async_trait]
impl AuditStore for PostgresStore {
    async fn append_audit(&self, event: &AuditEvent) -> Result<(), StoreError> {
        self.write(|| append([event])).await.map(drop)
    }

    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, StoreError> {
        let range = Range::of(query);
        self.patience
            .until_first(|| query.page(|after, limit| self.events(&range, after, limit)))
            .await
    }

    async fn sweep_audit(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        let sweep = || sqlx::query(SWEEP).bind(before.unix_millis()).bind(count(limit));
        let removed = self.write(sweep).await?;
        Ok(usize::try_from(removed).unwrap_or(usize::MAX))
    }
}
