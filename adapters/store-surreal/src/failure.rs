//! What an error of the database means.

use surrealdb::Error;
use surrealdb::types::{AlreadyExistsError, ErrorDetails, QueryError};
use wxlogin_domain::ports::store::StoreError;

/// What our own transactions throw when a guard fails.
pub(crate) const STALE: &str = "wxlogin: stale";

/// What to do about an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Somebody else was first: read again, decide again.
    Overtaken,
    /// Anything else.
    Store(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if is_overtaken(&error) {
            Self::Overtaken
        } else {
            Self::Store(store_error(&error))
        }
    }
}

/// A conflict, a record id that is taken meanwhile, or a guard of ours.
fn is_overtaken(error: &Error) -> bool {
    let message = error.message();
    match error.details() {
        ErrorDetails::Query(Some(QueryError::TransactionConflict))
        | ErrorDetails::AlreadyExists(Some(AlreadyExistsError::Record { .. })) => true,
        ErrorDetails::Thrown => message.contains(STALE),
        // Two paths of the engine lose the kind of a conflict on their way and keep its words.
        _ => message.contains("This transaction can be retried") || message.contains("Transaction retry required"),
    }
}

/// An error that is the store's own. The engine's words are bounded: they go to logs.
pub(crate) fn store_error(error: &Error) -> StoreError {
    StoreError::Unavailable(error.message().chars().take(200).collect())
}

/// The error that made a transaction fail. The database answers one error per statement, and all but one of them say
/// no more than that another one failed.
pub(crate) fn root_cause(mut response: surrealdb::IndexedResults) -> Result<surrealdb::IndexedResults, Failure> {
    let mut errors: Vec<(usize, Error)> = response.take_errors().into_iter().collect();
    if errors.is_empty() {
        return Ok(response);
    }
    errors.sort_by_key(|(statement, _)| *statement);
    let position = errors.iter().position(|(_, error)| !is_consequence(error)).unwrap_or(0);
    Err(errors.swap_remove(position).1.into())
}

fn is_consequence(error: &Error) -> bool {
    let aborted = error
        .message()
        .starts_with("Cannot COMMIT: the transaction was aborted");
    let skipped = matches!(
        error.details(),
        ErrorDetails::Query(Some(QueryError::NotExecuted | QueryError::Cancelled))
    );
    aborted || (skipped && !error.message().starts_with("Cannot COMMIT: "))
}
