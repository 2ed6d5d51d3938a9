//! What a refusal of the service says.

use std::time::Duration;

use progenitor_client::Error;
use reqwest::header::RETRY_AFTER;

use crate::types::{Problem, ProblemCode};

/// The problem within an error, where the service refused the call. Other errors never reached it, or were no answer of
/// it.
pub trait Refusal {
    /// What happened, and what to do about it.
    fn problem(&self) -> Option<&Problem>;

    /// How long to wait before the next try, where the service says so.
    fn retry_after(&self) -> Option<Duration>;
}

impl Refusal for Error<Problem> {
    fn problem(&self) -> Option<&Problem> {
        match self {
            Self::ErrorResponse(answer) => Some(answer),
            _ => None,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        let Self::ErrorResponse(answer) = self else {
            return None;
        };
        let seconds = answer.headers().get(RETRY_AFTER)?.to_str().ok()?;
        seconds.parse().ok().map(Duration::from_secs)
    }
}

impl Problem {
    /// The code, where it is one that this release of the client knows. `action` says what to do about any.
    #[must_use]
    pub fn known_code(&self) -> Option<ProblemCode> {
        self.code.parse().ok()
    }
}
