//! What a run has found.

use serde::Serialize;

use crate::drive::Tally;
use crate::process::Memory;
use crate::signatures::Rates;
use crate::store::Kind;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// The framework's empty answer.
    ConstantEmpty,
    /// The framework's constant document.
    ConstantJson,
    /// The same, with a token that is signed.
    ConstantToken,
    /// The service's liveness: what it does for any request, and nothing else.
    Alive,
    /// A login of somebody who has an account.
    Login,
    /// A login of somebody who has none.
    FirstLogin,
    /// A refresh.
    Refresh,
    /// A verification of a token that is presented for the first time.
    VerifyNew,
    /// A verification of a token that was presented before.
    VerifySeen,
    /// An introspection.
    Introspect,
}

impl Operation {
    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::ConstantEmpty => "constant, empty",
            Self::ConstantJson => "constant, JSON",
            Self::ConstantToken => "constant + token",
            Self::Alive => "alive",
            Self::Login => "login",
            Self::FirstLogin => "first login",
            Self::Refresh => "refresh",
            Self::VerifyNew => "verify, unseen",
            Self::VerifySeen => "verify, seen",
            Self::Introspect => "introspect",
        }
    }
}

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The framework alone.
    Framework,
    /// The service without a database, on a map in its memory.
    Plain,
    /// The service.
    Service,
}

impl Subject {
    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Framework => "framework alone",
            Self::Plain => "service without a store",
            Self::Service => "service",
        }
    }
}

/// One figure.
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    /// Who was asked.
    pub subject: Subject,
    /// What.
    pub operation: Operation,
    /// How many accounts there were at first.
    pub accounts: u64,
    /// How many milliseconds the platform took.
    pub latency: u64,
    /// What came of it.
    #[serde(flatten)]
    pub tally: Tally,
}

/// A start of the service, and what it had in memory.
#[derive(Debug, Clone, Serialize)]
pub struct Start {
    /// How many accounts there were.
    pub accounts: u64,
    /// Milliseconds until it was ready.
    pub ready_millis: f64,
    /// Its memory when it had done nothing yet.
    pub idle: Memory,
    /// Its memory after the load.
    pub loaded: Memory,
}

/// Everything.
#[derive(Debug, Serialize)]
pub struct Measured {
    /// On which store.
    pub store: Kind,
    /// How many programs of others wanted a processor before the run.
    pub others: f64,
    /// What signatures cost here.
    pub signatures: Rates,
    /// Durable commits a second of the store itself, where they could be measured.
    pub commits: Option<f64>,
    /// Accounts a second that were restored into the largest store, two rows each, many to a commit.
    pub restored: Option<f64>,
    /// Starts of the service.
    pub starts: Vec<Start>,
    /// Requests.
    pub points: Vec<Point>,
}

impl Measured {
    /// The figure of an operation at the most connections, without latency.
    pub fn best(&self, subject: Subject, operation: Operation, accounts: Option<u64>) -> Option<&Point> {
        let wanted = |point: &&Point| {
            (point.subject, point.operation) == (subject, operation)
                && accounts.is_none_or(|accounts| accounts == point.accounts)
        };
        let least = self.points.iter().filter(wanted).map(|point| point.latency).min()?;
        let of_latency = self.points.iter().filter(wanted).filter(|point| point.latency == least);
        of_latency.max_by_key(|point| point.tally.connections)
    }

    /// How many answers were not what they should have been.
    pub fn failures(&self) -> u64 {
        self.points.iter().map(|point| point.tally.failed).sum()
    }
}
