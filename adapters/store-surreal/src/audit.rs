//! The audit log.

use async_trait::async_trait;
use surrealdb::types::{RecordId, SurrealValue, Value};
use wxlogin_domain::audit::{AuditEvent, AuditPage, AuditQuery};
use wxlogin_domain::id::{AccountId, EventId};
use wxlogin_domain::page::Row;
use wxlogin_domain::ports::audit_store::AuditStore;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::timestamp::Timestamp;

use crate::failure::{Failure, root_cause};
use crate::id;
use crate::open::SurrealStore;
use crate::rows::{AccountEventRow, EventRow, readable};
use crate::transaction::Transaction;

/// Adds the events of an act, as a part of its transaction. One that is there stays: an act that is tried again tells
/// of itself once.
const APPEND: &str = "INSERT IGNORE $event_rows RETURN NONE;";

/// What [`APPEND`] adds: the events, and the entries under their accounts.
fn rows<'a>(events: impl IntoIterator<Item = &'a AuditEvent>) -> Vec<Value> {
    let mut rows = Vec::new();
    for event in events {
        let row = EventRow::of(event);
        rows.extend(entry(&row).map(|id| {
            let event = row.id.clone();
            AccountEventRow { id, event }.into_value()
        }));
        rows.push(row.into_value());
    }
    rows
}

impl Transaction {
    /// Tells the log of the act.
    pub(crate) fn append<'a>(self, events: impl IntoIterator<Item = &'a AuditEvent>) -> Self {
        self.then(APPEND).with("event_rows", rows(events))
    }
}

/// The entry of an event under its account.
fn entry(row: &EventRow) -> Option<RecordId> {
    id::account_event(row.account_id.as_deref()?, &row.id)
}

pub(crate) const ALL: &str = "SELECT * FROM type::record('audit_event', $after>..$end) LIMIT $limit";
pub(crate) const OF_ACCOUNT: &str = "SELECT VALUE event.* FROM \
    type::record('account_event', [$account_key, $after]>..[$account_key, $end]) LIMIT $limit";

pub(crate) const OLDEST: &str = "SELECT id, at, account_id FROM audit_event ORDER BY id DESC LIMIT $limit";

/// A part of the log.
struct Range {
    account: Option<AccountId>,
    /// Before the first key.
    start: String,
    /// After the last key.
    end: String,
}

impl Range {
    fn of(query: &AuditQuery) -> Self {
        const MILLISECOND: std::time::Duration = std::time::Duration::from_millis(1);
        let filter = &query.filter;
        let before = |at: Timestamp| id::event_keys_of(at.minus(MILLISECOND));
        let since = filter.since.filter(|since| since.unix_millis() > 0);
        Self {
            account: filter.account,
            start: filter.until.map_or(String::new(), before),
            end: since.map_or_else(|| id::AFTER_EVENT_KEYS.to_owned(), before),
        }
    }
}

/// An event that is to be swept.
#[derive(SurrealValue)]
struct OldRow {
    id: RecordId,
    at: i64,
    account_id: Option<String>,
}

impl SurrealStore {
    async fn events(
        &self,
        range: &Range,
        after: Option<EventId>,
        limit: usize,
    ) -> Result<Vec<Row<AuditEvent, EventId>>, Failure> {
        let after = after.map_or(String::new(), id::event_key).max(range.start.clone());
        if after >= range.end {
            return Ok(Vec::new());
        }
        let mut response = self
            .db
            .query(if range.account.is_some() { OF_ACCOUNT } else { ALL })
            .bind(("account_key", range.account.map(|account| account.to_string())))
            .bind(("after", after))
            .bind(("end", range.end.clone()))
            .bind(("limit", limit))
            .await?;
        let rows: Vec<EventRow> = response.take(0)?;
        let looked_at = |row: EventRow| Ok((row.event_id()?, readable(row.into_event())));
        rows.into_iter().map(looked_at).collect()
    }

    async fn try_sweep_audit(&self, before: Timestamp, limit: usize) -> Result<usize, Failure> {
        let mut response = self.db.query(OLDEST).bind(("limit", limit)).await?;
        let mut old: Vec<OldRow> = response.take(0)?;
        old.retain(|row| row.at < before.unix_millis());
        if old.is_empty() {
            return Ok(0);
        }
        let entries: Vec<RecordId> = old
            .iter()
            .filter_map(|row| id::account_event(row.account_id.as_deref()?, &row.id))
            .collect();
        let events: Vec<RecordId> = old.into_iter().map(|row| row.id).collect();
        let response = self
            .db
            .query(
                "BEGIN; DELETE $entries RETURN NONE; \
                 LET $gone = (DELETE $events RETURN BEFORE); RETURN array::len($gone); COMMIT;",
            )
            .bind(("entries", entries))
            .bind(("events", events))
            .await?;
        let removed: Option<i64> = root_cause(response)?.take(3)?;
        Ok(removed.and_then(|removed| usize::try_from(removed).ok()).unwrap_or(0))
    }
}

#[async_trait]
impl AuditStore for SurrealStore {
    async fn append_audit(&self, event: &AuditEvent) -> Result<(), StoreError> {
        self.patience
            .until_first(|| Transaction::new().append([event]).commit(self))
            .await
    }

    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, StoreError> {
        let range = Range::of(query);
        self.patience
            .until_first(|| query.page(|after, limit| self.events(&range, after, limit)))
            .await
    }

    async fn sweep_audit(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        self.patience.until_first(|| self.try_sweep_audit(before, limit)).await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use wxlogin_domain::audit::{AuditAction, AuditFilter};
    use wxlogin_domain::origin::Origin;

    use super::*;
    use crate::open::{Location, SurrealStore};

    /// What a later release may have written, before its operator went back to this one.
    #[tokio::test(flavor = "multi_thread")]
    async fn an_event_of_a_later_release_is_left_out_and_swept() {
        let store = SurrealStore::open(&Location::Memory, Duration::from_secs(30))
            .await
            .unwrap();
        let at = |seconds: i64| Timestamp::from_unix_seconds(1_769_000_000 + seconds);
        let events: Vec<AuditEvent> = (0..3)
            .map(|seconds| AuditEvent::new(&Origin::service(), AuditAction::KeyRetired, at(seconds), [1; 10]))
            .collect();
        for event in &events {
            store.append_audit(event).await.unwrap();
        }
        let renamed = store
            .db
            .query("UPDATE $id SET action = 'something_new'")
            .bind(("id", id::event(events[1].id)))
            .await;
        renamed.and_then(surrealdb::IndexedResults::check).unwrap();

        let query = AuditQuery {
            filter: AuditFilter::default(),
            after: None,
            limit: 10,
        };
        let page = store.audit(&query).await.unwrap();
        assert_eq!(page.events, [events[2].clone(), events[0].clone()]);
        assert_eq!(store.sweep_audit(at(2), 10).await, Ok(2));
    }
}
