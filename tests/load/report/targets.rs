//! What the service is meant to reach: shares of what the machine can do, in one run, at the most connections.

use crate::drive::ratio;
use crate::measured::{Measured, Operation, Subject};
use crate::store::Kind;

/// An aim, and what came of it.
pub struct Target {
    /// What is compared.
    pub what: String,
    /// What it is compared with, and what that was.
    pub ceiling: Option<(&'static str, f64)>,
    /// What was measured.
    pub measured: f64,
    /// What was aimed at.
    pub aim: Aim,
}

/// What was aimed at.
#[derive(Clone, Copy)]
pub enum Aim {
    /// At least this share of the ceiling.
    Share(f64),
    /// At most so many times the other one.
    Times(f64),
    /// At most so many of a unit.
    AtMost(f64, &'static str),
}

impl Target {
    /// What was measured, as what was aimed at is said.
    pub fn reached(&self) -> f64 {
        match (self.aim, self.ceiling) {
            (Aim::Share(_) | Aim::Times(_), Some((_, ceiling))) => ratio(self.measured, ceiling),
            _ => self.measured,
        }
    }

    /// Whether the aim was reached.
    pub fn is_met(&self) -> bool {
        match self.aim {
            Aim::Share(least) => self.reached() >= least,
            Aim::Times(most) | Aim::AtMost(most, _) => self.reached() <= most,
        }
    }
}

/// All that can be judged by what was measured.
pub fn all(measured: &Measured) -> Vec<Target> {
    let mut targets = shares(measured);
    targets.extend(growth(measured));
    targets.extend(footprint(measured));
    targets
}

/// Operations beside their ceilings.
pub fn shares(measured: &Measured) -> Vec<Target> {
    let least_accounts = measured.starts.iter().map(|start| start.accounts).min();
    let framework = |operation| rate(measured, Subject::Framework, operation, None);
    let plain_login = rate(measured, Subject::Plain, Operation::Login, None);
    let checks = Some(measured.signatures.verified_on_two);
    let login_share = if measured.store == Kind::Postgres { 0.4 } else { 0.6 };
    let constant_empty = framework(Operation::ConstantEmpty);
    [
        (Operation::VerifySeen, "constant, empty", constant_empty, 0.6),
        (Operation::VerifyNew, "signature checks on two processors", checks, 0.5),
        (
            Operation::Introspect,
            "constant, JSON",
            framework(Operation::ConstantJson),
            0.4,
        ),
        (
            Operation::Refresh,
            "constant + token",
            framework(Operation::ConstantToken),
            0.35,
        ),
        (Operation::Login, "login without a store", plain_login, login_share),
    ]
    .into_iter()
    .filter_map(|(operation, name, ceiling, share)| {
        Some(Target {
            what: operation.name().into(),
            ceiling: Some((name, ceiling?)),
            measured: rate(measured, Subject::Service, operation, least_accounts)?,
            aim: Aim::Share(share),
        })
    })
    .collect()
}

/// A login among many accounts beside one among few: what it costs is how long it takes.
fn growth(measured: &Measured) -> Option<Target> {
    let accounts = || measured.starts.iter().map(|start| start.accounts);
    let (few, many) = accounts().min().zip(accounts().max())?;
    let cost = |accounts| {
        let rate = rate(measured, Subject::Service, Operation::Login, Some(accounts));
        rate.map(|rate| ratio(1e6, rate))
    };
    (few < many).then_some(())?;
    Some(Target {
        what: format!("login among {many} accounts, µs"),
        ceiling: Some(("the same among the fewest", cost(few)?)),
        measured: cost(many)?,
        aim: Aim::Times(1.2),
    })
}

fn footprint(measured: &Measured) -> Vec<Target> {
    let Some(largest) = measured.starts.iter().max_by_key(|start| start.accounts) else {
        return Vec::new();
    };
    let accounts = largest.accounts;
    let mebibytes = |kibibytes| crate::drive::count(kibibytes) / 1024.0;
    [
        ("memory, idle", mebibytes(largest.idle.resident), 60.0, "MB"),
        ("memory, after load", mebibytes(largest.loaded.resident), 256.0, "MB"),
        ("ready after", largest.ready_millis, 1000.0, "ms"),
    ]
    .into_iter()
    .map(|(what, figure, most, unit)| Target {
        what: format!("{what}, {accounts} accounts"),
        ceiling: None,
        measured: figure,
        aim: Aim::AtMost(most, unit),
    })
    .collect()
}

fn rate(measured: &Measured, subject: Subject, operation: Operation, accounts: Option<u64>) -> Option<f64> {
    let point = measured.best(subject, operation, accounts)?;
    Some(point.tally.rate)
}
