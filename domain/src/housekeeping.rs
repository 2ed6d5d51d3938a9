//! What is done as time passes: what is over is swept out, in small pieces, and what is there is counted on the way.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::account::AccountStatus;
use crate::id::AccountId;
use crate::ports::account_store::{AccountFilter, AccountQuery, AccountStore};
use crate::ports::audit_store::AuditStore;
use crate::ports::clock::Clock;
use crate::ports::push_store::PushStore;
use crate::ports::session_store::{SessionStore, SessionSweep};
use crate::ports::store::StoreError;
use crate::session::SessionRef;
use crate::timestamp::Timestamp;

/// How many rows a piece looks at.
const PIECE: usize = 500;
/// How long sessions are kept that are over: so long their tokens are told why they are refused, and so long the audit
/// of a theft finds them.
const DEAD_SESSIONS_KEPT: Duration = Duration::from_secs(7 * 86_400);

/// How long it is remembered that a pushed message was honoured: a repeat that came later would erase whoever has come
/// back since. It is a hash, and names nobody.
const PUSHES_KEPT: Duration = Duration::from_secs(400 * 86_400);

/// How much there is, as of the last time that everything was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Census {
    /// Accounts, suspended ones included.
    pub accounts: u64,
    /// Suspended accounts.
    pub suspended_accounts: u64,
    /// Live sessions.
    pub live_sessions: u64,
    /// When the counting ended.
    pub counted_at: Timestamp,
}

/// Whether a round of housekeeping is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// There is more to do.
    GoesOn,
    /// Everything was looked at once.
    Done,
}

/// A walk over a whole table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Walk<T> {
    At(Option<T>),
    Done,
}

/// How far the round has come.
#[derive(Debug, Clone, Copy)]
struct Progress {
    sessions: Walk<SessionRef>,
    accounts: Walk<AccountId>,
    audit_is_clean: bool,
    pushes_are_clean: bool,
    counted: Census,
}

impl Progress {
    fn beginning() -> Self {
        Self {
            sessions: Walk::At(None),
            accounts: Walk::At(None),
            audit_is_clean: false,
            pushes_are_clean: false,
            counted: Census {
                accounts: 0,
                suspended_accounts: 0,
                live_sessions: 0,
                counted_at: Timestamp::from_unix_millis(0),
            },
        }
    }

    fn is_done(&self) -> bool {
        self.sessions == Walk::Done && self.accounts == Walk::Done && self.audit_is_clean && self.pushes_are_clean
    }
}

struct State {
    progress: Progress,
    census: Option<Census>,
}

/// Keeps house. Several replicas may do so at once: what the one has swept, the other does not find.
#[derive(Clone)]
pub struct Housekeeper {
    sessions: Arc<dyn SessionStore>,
    accounts: Arc<dyn AccountStore>,
    audit: Arc<dyn AuditStore>,
    pushes: Arc<dyn PushStore>,
    audit_retention: Duration,
    clock: Arc<dyn Clock>,
    state: Arc<Mutex<State>>,
}

impl Housekeeper {
    /// Of this store.
    #[must_use]
    pub fn new(
        sessions: Arc<dyn SessionStore>,
        accounts: Arc<dyn AccountStore>,
        audit: Arc<dyn AuditStore>,
        pushes: Arc<dyn PushStore>,
        audit_retention: Duration,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            sessions,
            accounts,
            audit,
            pushes,
            audit_retention,
            clock,
            state: Arc::new(Mutex::new(State {
                progress: Progress::beginning(),
                census: None,
            })),
        }
    }

    /// What was counted last; nothing before the first round is done.
    #[must_use]
    pub fn census(&self) -> Option<Census> {
        self.state().census
    }

    /// Does a piece of each kind of work. To be called again and again, with a pause after each, and a longer one after
    /// each round. No kind waits for another: where one fails, the others go on.
    ///
    /// # Errors
    /// When the store did not do a part of it: that part is tried again, where it was.
    pub async fn step(&self) -> Result<Round, StoreError> {
        let mut progress = self.state().progress;
        let now = self.clock.now();
        let sessions = self.sweep_sessions(&mut progress, now).await;
        let accounts = self.count_accounts(&mut progress).await;
        let audit = self.sweep_audit(&mut progress, now).await;
        let pushes = self.sweep_pushes(&mut progress, now).await;
        let mut state = self.state();
        let round = if progress.is_done() {
            state.census = Some(Census {
                counted_at: now,
                ..progress.counted
            });
            state.progress = Progress::beginning();
            Round::Done
        } else {
            state.progress = progress;
            Round::GoesOn
        };
        drop(state);
        sessions.and(accounts).and(audit).and(pushes).map(|()| round)
    }

    async fn sweep_sessions(&self, progress: &mut Progress, now: Timestamp) -> Result<(), StoreError> {
        let Walk::At(after) = progress.sessions else {
            return Ok(());
        };
        let swept = self
            .sessions
            .sweep_sessions(&SessionSweep {
                now,
                dead_since: now.minus(DEAD_SESSIONS_KEPT),
                after,
                limit: PIECE,
            })
            .await?;
        progress.counted.live_sessions += swept.alive as u64;
        progress.sessions = swept.next.map_or(Walk::Done, |next| Walk::At(Some(next)));
        Ok(())
    }

    async fn count_accounts(&self, progress: &mut Progress) -> Result<(), StoreError> {
        let Walk::At(after) = progress.accounts else {
            return Ok(());
        };
        let page = self
            .accounts
            .accounts(&AccountQuery {
                filter: AccountFilter::default(),
                after,
                limit: PIECE,
            })
            .await?;
        let suspended = |status| status == AccountStatus::Suspended;
        let suspended = page.accounts.iter().filter(|account| suspended(account.status)).count();
        progress.counted.accounts += page.accounts.len() as u64;
        progress.counted.suspended_accounts += suspended as u64;
        progress.accounts = page.next.map_or(Walk::Done, |next| Walk::At(Some(next)));
        Ok(())
    }

    async fn sweep_audit(&self, progress: &mut Progress, now: Timestamp) -> Result<(), StoreError> {
        if !progress.audit_is_clean {
            let before = now.minus(self.audit_retention);
            progress.audit_is_clean = self.audit.sweep_audit(before, PIECE).await? < PIECE;
        }
        Ok(())
    }

    async fn sweep_pushes(&self, progress: &mut Progress, now: Timestamp) -> Result<(), StoreError> {
        if !progress.pushes_are_clean {
            let before = now.minus(PUSHES_KEPT);
            progress.pushes_are_clean = self.pushes.sweep_pushes(before, PIECE).await? < PIECE;
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
