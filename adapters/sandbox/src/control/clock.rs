//! `POST /sandbox/clock`: time passes, for the stand-in alone.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::sandbox::Sandbox;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    advance_seconds: u64,
}

#[derive(Serialize)]
pub(super) struct Time {
    /// Seconds since 1970-01-01 UTC.
    now: u64,
}

pub(super) fn run(sandbox: &Sandbox, asked: &Asked) -> Result<Time, Refusal> {
    let mut state = sandbox.state();
    state
        .clock
        .advance(Duration::from_secs(asked.advance_seconds))
        .map_err(|error| Refusal::bad_request(format!("advance_seconds: {error}")))?;
    Ok(Time {
        now: state.clock.now().seconds(),
    })
}
