//! The row of a message that WeChat pushed.

use surrealdb::types::SurrealValue;
use wxlogin_domain::push::PushAct;

/// That a message was honoured. Which one is said by the record id; whom it was about, by nothing.
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct PushRow {
    at: i64,
}

impl PushRow {
    pub(crate) fn of(act: &PushAct) -> Self {
        Self {
            at: act.at.unix_millis(),
        }
    }
}
