//! `POST /sandbox/user`: whether the platform tells a user's unionid.

use serde::Deserialize;

use super::Nothing;
use crate::sandbox::Sandbox;
use crate::user::UserName;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    #[serde(default)]
    user: UserName,
    unionid: bool,
}

pub(super) fn run(sandbox: &Sandbox, asked: &Asked) -> Nothing {
    sandbox.state().send_unionid(asked.user.clone(), asked.unionid);
    Nothing {}
}
