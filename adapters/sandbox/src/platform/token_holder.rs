//! Who sends an access token: the app that it was handed out to.

use super::errcode::Errcode;
use super::received::Received;
use crate::state::State;

/// The appid that the query's `access_token` speaks for.
pub(super) fn appid(state: &State, received: &Received) -> Result<String, Errcode> {
    let token = received.param("access_token").ok_or(Errcode::ACCESS_TOKEN_MISSING)?;
    let appid = state.access_tokens.appid(token, state.clock.now())?;
    Ok(appid.to_owned())
}
