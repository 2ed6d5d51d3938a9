//! `POST` and `DELETE /sandbox/fault`: the platform gets into trouble, and out of it.

use std::num::NonZeroU32;
use std::time::Duration;

use poem::http::StatusCode;
use serde::Deserialize;

use super::Nothing;
use super::refusal::Refusal;
use crate::fault::{BadBody, Failure, Fault};
use crate::platform::{Api, Errcode};
use crate::sandbox::Sandbox;

/// No client waits longer, and no connection is to be held for ever.
const LONGEST_LATENCY_MS: u64 = 60_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    #[serde(default)]
    endpoint: Api,
    times: Option<NonZeroU32>,
    latency_ms: Option<u64>,
    errcode: Option<i64>,
    http_status: Option<u16>,
    body: Option<BadBody>,
    #[serde(default)]
    disconnect: bool,
    #[serde(default)]
    hang: bool,
}

pub(super) fn arm(sandbox: &Sandbox, asked: &Asked) -> Result<Nothing, Refusal> {
    let fault = Fault {
        failure: failure(asked)?,
        latency: latency(asked)?,
    };
    if fault.failure.is_none() && fault.latency.is_zero() {
        return Err(Refusal::bad_request(
            "one of latency_ms, errcode, http_status, body, disconnect and hang is needed",
        ));
    }
    sandbox.state().faults.arm(asked.endpoint, fault, asked.times);
    Ok(Nothing {})
}

pub(super) fn clear(sandbox: &Sandbox, _: &Nothing) -> Nothing {
    sandbox.state().faults.clear();
    Nothing {}
}

fn failure(asked: &Asked) -> Result<Option<Failure>, Refusal> {
    let status = asked.http_status.map(status).transpose()?;
    let mut asked = [
        asked.errcode.map(Errcode::new).map(Failure::Errcode),
        status.map(Failure::HttpStatus),
        asked.body.map(Failure::Body),
        asked.disconnect.then_some(Failure::Disconnect),
        asked.hang.then_some(Failure::Hang),
    ]
    .into_iter()
    .flatten();
    let failure = asked.next();
    if asked.next().is_some() {
        return Err(Refusal::bad_request(
            "only one of errcode, http_status, body, disconnect and hang can be given",
        ));
    }
    Ok(failure)
}

/// A final status: those below 200 announce another one.
fn status(number: u16) -> Result<StatusCode, Refusal> {
    StatusCode::from_u16(number)
        .ok()
        .filter(|_| (200..=599).contains(&number))
        .ok_or_else(|| Refusal::bad_request("http_status: from 200 to 599"))
}

fn latency(asked: &Asked) -> Result<Duration, Refusal> {
    let latency_ms = asked.latency_ms.unwrap_or_default();
    if latency_ms > LONGEST_LATENCY_MS {
        return Err(Refusal::bad_request("latency_ms: up to 60000"));
    }
    Ok(Duration::from_millis(latency_ms))
}
