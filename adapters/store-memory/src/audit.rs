//! The audit log.

use std::ops::Bound;

use async_trait::async_trait;
use wxlogin_domain::audit::{AuditEvent, AuditPage, AuditQuery};
use wxlogin_domain::id::EventId;
use wxlogin_domain::ports::audit_store::AuditStore;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::timestamp::Timestamp;

use crate::MemoryStore;

#[async_trait]
impl AuditStore for MemoryStore {
    async fn append_audit(&self, event: &AuditEvent) -> Result<(), StoreError> {
        self.state().append(event);
        Ok(())
    }

    async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, StoreError> {
        let state = self.state();
        let end = query.after.map_or(Bound::Unbounded, Bound::Excluded);
        let mut fitting = state
            .audit
            .range((Bound::Unbounded, end))
            .rev()
            .map(|(_, event)| event)
            .filter(|event| query.filter.fits(event));
        let events: Vec<AuditEvent> = fitting.by_ref().take(query.limit).cloned().collect();
        let is_more = fitting.next().is_some();
        let next = events.last().filter(|_| is_more).map(|event| event.id);
        Ok(AuditPage { events, next })
    }

    async fn sweep_audit(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        let mut state = self.state();
        let old: Vec<EventId> = state
            .audit
            .values()
            .take_while(|event| event.at < before)
            .take(limit)
            .map(|event| event.id)
            .collect();
        for id in &old {
            state.audit.remove(id);
        }
        Ok(old.len())
    }
}
