//! A connection in somebody's hands, and transactions on it.

use std::ops::{Deref, DerefMut};

use sqlx::Executor as _;
use sqlx::postgres::{PgArguments, PgConnection, PgRow};
use sqlx::query::Query;
use tokio::sync::SemaphorePermit;
use wxlogin_domain::ports::store::StoreError;

use crate::failure::{Failure, bounded, leaves_a_good_connection};
use crate::pool::{Live, Pool};

/// A statement with its values.
pub(crate) type Statement = Query<'static, sqlx::Postgres, PgArguments>;

/// A connection for one act. It goes back when it is dropped, unless it was left in the middle of something: then it is
/// closed, and the server undoes what was not committed.
pub(crate) struct Lease<'a> {
    pool: &'a Pool,
    _place: SemaphorePermit<'a>,
    live: Option<Live>,
    /// Whether nothing was sent on it yet, since it lay unused.
    is_untried: bool,
    /// Whether something was sent that was not answered yet, or not well.
    awaits_answer: bool,
    is_in_transaction: bool,
}

impl<'a> Lease<'a> {
    pub(crate) fn of_new(pool: &'a Pool, place: SemaphorePermit<'a>, live: Live) -> Self {
        Self {
            pool,
            _place: place,
            live: Some(live),
            is_untried: false,
            awaits_answer: false,
            is_in_transaction: false,
        }
    }

    /// One that lay unused may have died meanwhile; nobody asks it, for that would be one more round trip. What is sent
    /// first on it tells, and is sent again on another one: so an act begins with a read, with the beginning of a
    /// transaction, or with a write that may be done twice.
    pub(crate) fn of_rested(pool: &'a Pool, place: SemaphorePermit<'a>, live: Live) -> Self {
        let mut lease = Self::of_new(pool, place, live);
        lease.is_untried = true;
        lease
    }

    /// All rows that a statement answers.
    pub(crate) async fn rows(&mut self, statement: Statement) -> Result<Vec<PgRow>, Failure> {
        let answer = statement.fetch_all(self.connection()?).await;
        self.heard(answer)
    }

    /// The first row that a statement answers.
    pub(crate) async fn row(&mut self, statement: Statement) -> Result<Option<PgRow>, Failure> {
        Ok(self.rows(statement).await?.into_iter().next())
    }

    /// How many rows a statement touched.
    pub(crate) async fn execute(&mut self, statement: Statement) -> Result<u64, Failure> {
        let answer = statement.execute(self.connection()?).await;
        Ok(self.heard(answer)?.rows_affected())
    }

    /// Sends what has no values.
    pub(crate) async fn command(&mut self, command: &'static str) -> Result<(), Failure> {
        let answer = self.connection()?.execute(command).await;
        self.heard(answer).map(drop)
    }

    /// Begins a transaction.
    pub(crate) async fn begin(mut self) -> Result<Transaction<'a>, Failure> {
        self.command("BEGIN").await?;
        self.is_in_transaction = true;
        Ok(Transaction(self))
    }

    fn connection(&mut self) -> Result<&mut PgConnection, Failure> {
        self.awaits_answer = true;
        let live = self.live.as_mut().map(|live| &mut live.connection);
        live.ok_or_else(|| Failure::Store(StoreError::Unavailable("the connection is closed".into())))
    }

    fn heard<T>(&mut self, answer: Result<T, sqlx::Error>) -> Result<T, Failure> {
        let was_untried = std::mem::take(&mut self.is_untried);
        match answer {
            Ok(answer) => {
                self.awaits_answer = false;
                Ok(answer)
            }
            Err(error) if leaves_a_good_connection(&error) => {
                self.awaits_answer = false;
                Err(error.into())
            }
            Err(error) => {
                self.pool.forget_resting();
                tracing::debug!(error = bounded(&error), "a connection is lost");
                Err(if was_untried { Failure::Lost } else { error.into() })
            }
        }
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        if self.awaits_answer || self.is_in_transaction {
            return;
        }
        if let Some(live) = self.live.take() {
            self.pool.take_back(live);
        }
    }
}

/// An open transaction. What is dropped before it was settled is undone.
pub(crate) struct Transaction<'a>(Lease<'a>);

impl<'a> Deref for Transaction<'a> {
    type Target = Lease<'a>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Transaction<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl Transaction<'_> {
    /// Commits what was done, or undoes what failed, and answers what came of it.
    pub(crate) async fn settle<T>(mut self, done: Result<T, Failure>) -> Result<T, Failure> {
        match done {
            Ok(done) => {
                self.0.command("COMMIT").await?;
                self.0.is_in_transaction = false;
                Ok(done)
            }
            Err(failure) => {
                // Without it the connection would be closed, and another one made: too dear where many overtake each
                // other.
                if !self.0.awaits_answer && self.0.command("ROLLBACK").await.is_ok() {
                    self.0.is_in_transaction = false;
                }
                Err(failure)
            }
        }
    }
}
