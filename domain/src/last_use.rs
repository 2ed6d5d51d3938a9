//! When sessions were last used: collected here and written together, so that no request waits for it.
//!
//! What is collected and not written yet is lost when the process is killed. It is a hint for people, nothing is decided
//! by it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::ports::session_store::SessionStore;
use crate::ports::store::StoreError;
use crate::session::{Session, SessionRef};
use crate::timestamp::Timestamp;

/// No more are collected between two writings: the memory is bounded whatever the load.
const MAX_PENDING: usize = 10_000;
/// How many are written in one go.
const BATCH: usize = 500;

/// Collects uses of sessions.
#[derive(Debug, Default)]
pub struct LastUse(Mutex<HashMap<SessionRef, Timestamp>>);

impl LastUse {
    /// Notes a use, if the one that is stored is some time ago.
    pub fn note(&self, session: &Session, now: Timestamp) {
        if !session.use_is_worth_noting(now) {
            return;
        }
        let mut pending = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pending.len() < MAX_PENDING || pending.contains_key(&session.id) {
            // The first use is the one that is written, so that a session costs one write a minute however often it is
            // used meanwhile.
            pending.entry(session.id).or_insert(now);
        }
    }

    /// Writes what was collected. To be called every few seconds, and before the store is closed.
    ///
    /// # Errors
    /// When the store does not answer: what it was given is lost, which matters little.
    pub async fn write(&self, store: &dyn SessionStore) -> Result<(), StoreError> {
        let pending = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let uses: Vec<_> = pending.into_iter().collect();
        for batch in uses.chunks(BATCH) {
            store.touch_sessions(batch).await?;
        }
        Ok(())
    }
}
