//! What an error of the database means.

use std::fmt::Display;

use sqlx::Error;
use sqlx::postgres::{PgDatabaseError, PgSeverity};
use wxlogin_domain::ports::store::StoreError;

/// What to do about an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Somebody else was first: read again, decide again.
    Overtaken,
    /// The connection had died while nobody used it: nothing was done, and another one may do it.
    Lost,
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
        if database_error(&error).is_some_and(is_overtaken) {
            return Self::Overtaken;
        }
        Self::Store(match &error {
            Error::ColumnDecode { .. } | Error::ColumnNotFound(_) | Error::Decode(_) => {
                StoreError::Unreadable(bounded(&error))
            }
            _ => StoreError::Unavailable(bounded(&error)),
        })
    }
}

fn database_error(error: &Error) -> Option<&PgDatabaseError> {
    error.as_database_error()?.try_downcast_ref::<PgDatabaseError>()
}

/// The codes of <https://www.postgresql.org/docs/current/errcodes-appendix.html> that say so.
fn is_overtaken(error: &PgDatabaseError) -> bool {
    const SERIALIZATION_FAILURE: &str = "40001";
    const DEADLOCK_DETECTED: &str = "40P01";
    const UNIQUE_VIOLATION: &str = "23505";
    // What a row was to belong to went meanwhile.
    const FOREIGN_KEY_VIOLATION: &str = "23503";
    // By `lock_timeout`: whoever has the row may be done by the next attempt.
    const LOCK_NOT_AVAILABLE: &str = "55P03";
    [
        SERIALIZATION_FAILURE,
        DEADLOCK_DETECTED,
        UNIQUE_VIOLATION,
        FOREIGN_KEY_VIOLATION,
        LOCK_NOT_AVAILABLE,
    ]
    .contains(&error.code())
}

/// Whether the connection is still good after an error: the server refused a statement, and waits for the next one.
pub(crate) fn leaves_a_good_connection(error: &Error) -> bool {
    match database_error(error) {
        Some(error) => error.severity() == PgSeverity::Error,
        None => matches!(
            error,
            Error::RowNotFound | Error::ColumnDecode { .. } | Error::Decode(_)
        ),
    }
}

/// The words of an error, bounded: they go to logs. The server puts the values of rows into the details of an error,
/// which are not among them.
pub(crate) fn bounded(error: &dyn Display) -> String {
    error.to_string().chars().take(200).collect()
}
