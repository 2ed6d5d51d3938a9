//! What the outcome of a call says of the platform.

/// How a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It brought what it was made for.
    Ok,
    /// The platform is well, and said no.
    Refused {
        /// Its number.
        errcode: i64,
    },
    /// The platform was not reached, did not answer, or answered no sense.
    Failed,
}

impl Verdict {
    /// Of a refusal. "System busy" is one by its form only.
    pub(crate) fn of_refusal(errcode: i64) -> Self {
        if errcode == -1 {
            Self::Failed
        } else {
            Self::Refused { errcode }
        }
    }
}
