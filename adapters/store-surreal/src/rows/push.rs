//! The row of a message that WeChat pushed.

use surrealdb::types::SurrealValue;
use wxlogin_domain::timestamp::Timestamp;

/// That a message was honoured. Which one is said by the record id; whom it was about, by nothing.
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct PushRow {
    at: i64,
}

impl PushRow {
    pub(crate) fn at(at: Timestamp) -> Self {
        Self { at: at.unix_millis() }
    }
}
