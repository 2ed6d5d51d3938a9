//! `/sandbox/fault` and `/sandbox/scenario`: the platform gets into trouble, and out of it.

use serde::Deserialize;

use super::Nothing;
use super::refusal::Refusal;
use crate::fault::{Armed, Fault, Faults};
use crate::platform::Api;
use crate::sandbox::Sandbox;
use crate::scenario::{BadStep, Script, Step};

/// One fault, of the endpoint most asked for if none is named, and for ever if no number is given.
pub(super) fn arm(sandbox: &Sandbox, asked: &Step) -> Result<Nothing, Refusal> {
    let fault = asked.fault().map_err(|BadStep(reason)| Refusal::bad_request(reason))?;
    if fault == Fault::default() {
        return Err(Refusal::bad_request(
            "one of latency_ms, errcode, http_status, body, disconnect and hang is needed",
        ));
    }
    let armed = Armed {
        fault,
        left: asked.times,
    };
    sandbox.state().faults.arm(asked.api.unwrap_or_default(), armed);
    Ok(Nothing {})
}

/// What is armed from here on is the scenario and nothing else.
pub(super) fn play(sandbox: &Sandbox, asked: &Script) -> Result<Nothing, Refusal> {
    let scenario = asked
        .scenario()
        .map_err(|error| Refusal::bad_request(error.to_string()))?;
    sandbox.state().faults = Faults::of(&scenario);
    Ok(Nothing {})
}

pub(super) fn show(sandbox: &Sandbox, _: &Nothing) -> Script {
    Script::of(sandbox.state().faults.armed())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cleared {
    #[serde(alias = "api")]
    endpoint: Option<Api>,
}

/// What is armed for one endpoint; everything, if none is named.
pub(super) fn clear(sandbox: &Sandbox, asked: &Cleared) -> Nothing {
    let faults = &mut sandbox.state().faults;
    match asked.endpoint {
        Some(api) => faults.disarm(api),
        None => *faults = Faults::default(),
    }
    Nothing {}
}
