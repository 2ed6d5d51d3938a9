//! Sessions.

use std::ops::Bound;

use async_trait::async_trait;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::ports::session_store::{SessionStore, SessionSweep, SessionsSwept};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::{Generation, Session, SessionEnd, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

use crate::MemoryStore;

#[async_trait]
impl SessionStore for MemoryStore {
    async fn session(&self, id: SessionRef) -> Result<Option<Session>, StoreError> {
        Ok(self.state().session_mut(id).cloned())
    }

    async fn sessions_of(&self, account: AccountId) -> Result<Vec<Session>, StoreError> {
        Ok(self.state().sessions_of(account).cloned().collect())
    }

    async fn advance_session(&self, next: &Session) -> Result<bool, StoreError> {
        let mut state = self.state();
        let Some(stored) = state.session_mut(next.id) else {
            return Ok(false);
        };
        let may = stored.end.is_none() && Generation(stored.generation.0.wrapping_add(1)) == next.generation;
        if may {
            // A use may have been noted since `next` was made.
            let last_used_at = stored.last_used_at.max(next.last_used_at);
            *stored = Session {
                last_used_at,
                ..next.clone()
            };
        }
        Ok(may)
    }

    async fn end_session(&self, id: SessionRef, end: SessionEnd, event: &AuditEvent) -> Result<(), StoreError> {
        let mut state = self.state();
        state.end(id, end);
        state.append(event);
        Ok(())
    }

    async fn end_all_sessions(
        &self,
        account: AccountId,
        end: SessionEnd,
        event: &AuditEvent,
    ) -> Result<(), StoreError> {
        let mut state = self.state();
        state.end_all(account, end);
        state.append(event);
        Ok(())
    }

    async fn touch_sessions(&self, uses: &[(SessionRef, Timestamp)]) -> Result<(), StoreError> {
        let mut state = self.state();
        for (id, at) in uses {
            if let Some(session) = state.session_mut(*id) {
                session.last_used_at = session.last_used_at.max(*at);
            }
        }
        Ok(())
    }

    async fn sweep_sessions(&self, sweep: &SessionSweep) -> Result<SessionsSwept, StoreError> {
        let mut state = self.state();
        let start = sweep.after.map_or(Bound::Unbounded, |after| {
            Bound::Excluded((after.account, after.session))
        });
        let looked_at: Vec<Session> = state
            .sessions
            .range((start, Bound::Unbounded))
            .take(sweep.limit)
            .map(|(_, session)| session.clone())
            .collect();
        let mut swept = SessionsSwept {
            removed: 0,
            alive: 0,
            next: None,
        };
        for session in &looked_at {
            match session.dead_since(sweep.now) {
                None => swept.alive += 1,
                Some(since) if since <= sweep.dead_since => {
                    state.sessions.remove(&(session.id.account, session.id.session));
                    swept.removed += 1;
                }
                Some(_) => {}
            }
        }
        if looked_at.len() == sweep.limit {
            swept.next = looked_at.last().map(|session| session.id);
        }
        Ok(swept)
    }
}
