//! `POST /sandbox/access-token/revoke`: somebody else has the app's secret and forces a refresh.

use serde::Deserialize;

use super::refusal::Refusal;
use super::{Nothing, target};
use crate::sandbox::Sandbox;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    appid: Option<String>,
}

/// The app's server gets to know by the refusal of its next call, and may then ask for the token
/// that works.
pub(super) fn revoke(sandbox: &Sandbox, asked: &Asked) -> Result<Nothing, Refusal> {
    let appid = target::appid(sandbox.config(), asked.appid.as_deref())?;
    let mut state = sandbox.state();
    let now = state.clock.now();
    state.access_tokens.revoke(appid, now)?;
    Ok(Nothing {})
}
