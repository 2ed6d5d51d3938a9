//! What was found, and what to do about it.

use std::fmt;

/// One thing that was looked at.
pub(super) enum Finding {
    /// It is as it should be.
    Good(String),
    /// It is not.
    Bad {
        /// What is wrong.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// Worth a look, and no fault: it could not be told, or is a matter of choice.
    Open(String),
}

impl Finding {
    pub(super) fn good(what: impl Into<String>) -> Self {
        Self::Good(what.into())
    }

    pub(super) fn bad(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Bad {
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    pub(super) fn open(what: impl Into<String>) -> Self {
        Self::Open(what.into())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Good(what) => write!(f, "ok    {what}"),
            Self::Bad { what, remedy } => write!(f, "FAIL  {what}\n      -> {remedy}"),
            Self::Open(what) => write!(f, "--    {what}"),
        }
    }
}
