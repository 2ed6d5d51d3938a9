//! Refreshes that go together: one transaction for all that wait at the same time.

use surrealdb::IndexedResults;
use surrealdb::types::{RecordId, SurrealValue, Variables};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::Session;
use wxlogin_domain::timestamp::Timestamp;

use crate::failure::Failure;
use crate::id;
use crate::known::{Scope, Written};
use crate::open::SurrealStore;
use crate::queue::{Queue, Waiting};

type Answer = Result<bool, Failure>;
pub(crate) type Refreshes = Queue<Session, Answer>;

/// Each guards itself, and those that are too late change nothing. A use may have been noted since the session was read.
const ADVANCE: &str = "
    BEGIN;
    LET $advanced = $nexts.map(|$next: object| (
        UPDATE $next.id SET generation = $next.generation,
            last_used_at = math::max([last_used_at ?? rotated_at, $next.last_used_at]),
            rotated_at = $next.rotated_at, idle_expires_at = $next.idle_expires_at
        WHERE generation = $next.previous AND end_reason = NONE
        RETURN VALUE last_used_at
    ));
    RETURN $advanced;
    COMMIT;";
/// Which statement's answer says what came of each.
const ADVANCED: usize = 2;

/// The next generation of a session.
#[derive(SurrealValue)]
struct Next {
    id: RecordId,
    previous: i64,
    generation: i64,
    last_used_at: i64,
    rotated_at: i64,
    idle_expires_at: i64,
}

impl Next {
    fn of(next: &Session) -> Self {
        let generation = i64::from(next.generation.0);
        Self {
            id: id::session(next.id),
            previous: generation - 1,
            generation,
            last_used_at: next.last_used_at.unix_millis(),
            rotated_at: next.rotated_at.unix_millis(),
            idle_expires_at: next.idle_expires_at.unix_millis(),
        }
    }
}

impl SurrealStore {
    pub(crate) async fn advance(&self, next: &Session) -> Result<bool, StoreError> {
        if next.generation.0 == 0 {
            return Ok(false);
        }
        self.patience
            .until_first(|| self.advance_with_others(next.clone()))
            .await
    }

    async fn advance_with_others(&self, next: Session) -> Answer {
        let (answer, is_worker_wanted) = self.refreshes.put(next);
        if is_worker_wanted {
            let store = self.handle();
            tokio::spawn(async move {
                while let Some(group) = store.refreshes.take() {
                    store.advance_group(group).await;
                }
            });
        }
        answer.await.unwrap_or(Err(Failure::Overtaken))
    }

    async fn advance_group(&self, group: Vec<Waiting<Session, Answer>>) {
        let nexts = group.iter().map(|waiting| waiting.job.clone()).collect();
        match self.patience.at_most(self.advance_all(nexts)).await {
            Ok(advanced) => {
                for (waiting, has_advanced) in group.into_iter().zip(advanced) {
                    waiting.answer(Ok(has_advanced));
                }
            }
            // Somebody else wrote to one of them. Which one it is shows when each goes alone.
            Err(Failure::Overtaken) if group.len() > 1 => {
                for waiting in group {
                    let alone = self.patience.at_most(self.advance_all(vec![waiting.job.clone()])).await;
                    waiting.answer(alone.map(|advanced| advanced == [true]));
                }
            }
            Err(failure) => {
                for waiting in group {
                    waiting.answer(Err(failure.clone()));
                }
            }
        }
    }

    /// Which of them have advanced. No two are of one session, or the later one has not.
    async fn advance_all(&self, nexts: Vec<Session>) -> Result<Vec<bool>, Failure> {
        let scopes: Vec<Scope> = nexts.iter().map(|next| Scope::Session(next.id)).collect();
        let mut variables = Variables::new();
        variables.insert("nexts", nexts.iter().map(Next::of).collect::<Vec<_>>());
        let read = |mut response: IndexedResults| {
            let uses: Vec<Vec<i64>> = response.take(ADVANCED)?;
            let advanced: Vec<bool> = uses.iter().map(|uses| !uses.is_empty()).collect();
            let sessions = nexts.into_iter().zip(uses).filter_map(|(next, uses)| {
                let last_used_at = Timestamp::from_unix_millis(*uses.first()?);
                Some(Session { last_used_at, ..next })
            });
            let sessions = sessions.collect();
            let accounts = Vec::new();
            Ok((advanced, Written { accounts, sessions }))
        };
        self.write(ADVANCE, variables, &scopes, read).await
    }
}
