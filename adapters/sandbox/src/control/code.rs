//! `POST /sandbox/code`: `wx.login` on a user's phone.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::target;
use crate::sandbox::Sandbox;
use crate::session_key::Rotation;
use crate::user::UserName;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    appid: Option<String>,
    #[serde(default)]
    user: UserName,
    #[serde(default = "rotate")]
    rotate: bool,
    #[serde(default)]
    expired: bool,
}

/// The real `wx.login` may or may not rotate the session key. A test that survives the rotation
/// survives both.
const fn rotate() -> bool {
    true
}

/// This and nothing else, so that it can be sent on to a login endpoint as it is.
#[derive(Serialize)]
pub(super) struct Code {
    pub(super) code: String,
}

pub(super) fn run(sandbox: &Sandbox, asked: &Asked) -> Result<Code, Refusal> {
    let config = sandbox.config();
    let appid = target::appid(config, asked.appid.as_deref())?;
    let rotation = if asked.rotate { Rotation::Rotate } else { Rotation::Keep };
    let lifetime = if asked.expired {
        Duration::ZERO
    } else {
        config.code_lifetime
    };
    let code = sandbox.state().log_in(appid, asked.user.clone(), rotation, lifetime)?;
    Ok(Code { code })
}
