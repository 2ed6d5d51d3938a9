//! Why WeChat did not do what it was asked for, whatever that was.

use std::time::Duration;

/// What can go wrong with any call to WeChat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WechatFailure {
    /// Too many calls for this user in a minute (45011).
    #[error("WeChat finds the calls too frequent")]
    RateLimited {
        /// When it is worth while to try again.
        retry_after: Duration,
    },
    /// The app's quota of the day is used up (45009).
    #[error("the app's daily quota at WeChat is used up")]
    QuotaExhausted,
    /// The app's credentials or its allow-list are wrong.
    #[error("WeChat refuses the app's configuration (errcode {errcode})")]
    AppMisconfigured {
        /// WeChat's number for it.
        errcode: i64,
    },
    /// WeChat refuses for a reason that this service has no word for.
    #[error("WeChat refuses (errcode {errcode})")]
    Rejected {
        /// WeChat's number for it.
        errcode: i64,
    },
    /// WeChat is busy, unreachable or too slow, or was so a moment ago and is left alone for now. Whether it has seen
    /// the request is unknown.
    #[error("WeChat is unavailable")]
    Unavailable {
        /// When it is worth while to try again, where that is known.
        retry_after: Option<Duration>,
    },
    /// WeChat answered something that is no answer.
    #[error("WeChat's answer makes no sense")]
    BadResponse,
    /// This service has as many calls of the app under way as it may, or has made as many in this minute: WeChat was not
    /// asked.
    #[error("too many calls of this app to WeChat are under way")]
    Overloaded {
        /// When it is worth while to try again.
        retry_after: Duration,
    },
}

impl WechatFailure {
    /// WeChat is unavailable, and nobody knows for how long.
    pub const UNAVAILABLE: Self = Self::Unavailable { retry_after: None };
}
