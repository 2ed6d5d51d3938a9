//! `POST /sandbox/rotate`: the platform changes a user's session key, as it does unannounced.

use serde::Deserialize;

use super::refusal::Refusal;
use super::{Nothing, target};
use crate::sandbox::Sandbox;
use crate::session_key::Rotation;
use crate::user::UserName;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    appid: Option<String>,
    #[serde(default)]
    user: UserName,
}

pub(super) fn run(sandbox: &Sandbox, asked: &Asked) -> Result<Nothing, Refusal> {
    let appid = target::appid(sandbox.config(), asked.appid.as_deref())?;
    sandbox.state().session_key(appid, &asked.user, Rotation::Rotate)?;
    Ok(Nothing {})
}
