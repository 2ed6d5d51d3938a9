//! `GET /sandbox/journal`: the last requests to the platform, and what they were answered.

use serde::Serialize;

use super::Nothing;
use crate::journal::Numbered;
use crate::sandbox::Sandbox;

#[derive(Serialize)]
pub(super) struct Report {
    requests: Vec<Numbered>,
}

pub(super) fn show(sandbox: &Sandbox, _: &Nothing) -> Report {
    Report {
        requests: sandbox.state().journal.entries().cloned().collect(),
    }
}
