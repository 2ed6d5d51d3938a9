//! How WeChat does, as far as the calls to it tell.

use crate::identity::AppId;

/// Whether WeChat is called for an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circuit {
    /// It is.
    Closed,
    /// It failed again and again, and is left alone for a while.
    Open,
    /// The while is over: one call tries whether it is well again.
    HalfOpen,
}

impl Circuit {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half_open",
        }
    }
}

/// How many calls of one kind had one outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallCount {
    /// WeChat's name for the call: `jscode2session`.
    pub api: &'static str,
    /// How it went: `ok`, `refused`, `failed`, or `not_sent`.
    pub outcome: &'static str,
    /// How many.
    pub count: u64,
}

/// How the calls of an app do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppHealth {
    /// Which app.
    pub app: AppId,
    /// Whether WeChat is called for logins.
    pub login_circuit: Circuit,
    /// Whether it is called for what needs an `access_token`. Apart, so that trouble with those keeps nobody from logging
    /// in.
    pub access_token_circuit: Circuit,
    /// How many calls are under way.
    pub in_flight: usize,
    /// How the calls went since the start.
    pub calls: Vec<CallCount>,
}

/// Tells how WeChat does, without asking it.
pub trait PlatformHealth: Send + Sync {
    /// For each app.
    fn health(&self) -> Vec<AppHealth>;
}
