//! `POST /cgi-bin/stable_token`: the app's access token.

use poem::http::Method;
use serde::{Deserialize, Serialize};

use super::Api;
use super::errcode::Errcode;
use super::jscode2session::authenticate;
use super::received::Received;
use crate::config::SandboxConfig;
use crate::state::State;

/// Fields that it does not know the platform passes over.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    grant_type: String,
    #[serde(default)]
    appid: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    force_refresh: bool,
}

#[derive(Serialize)]
pub(crate) struct Token {
    access_token: String,
    /// Seconds left, at most 7200.
    expires_in: u64,
}

pub(crate) fn answer(config: &SandboxConfig, state: &mut State, received: &Received) -> Result<Token, Errcode> {
    if received.method != Method::POST {
        return Err(Errcode::REQUIRE_POST);
    }
    let wanted: Wanted = received.fields()?;
    if wanted.grant_type != "client_credential" {
        return Err(Errcode::INVALID_GRANT_TYPE);
    }
    if wanted.appid.is_empty() {
        return Err(Errcode::APPID_MISSING);
    }
    if wanted.secret.is_empty() {
        return Err(Errcode::SECRET_MISSING);
    }
    authenticate(config, &wanted.appid, &wanted.secret)?;

    let (appid, now) = (&wanted.appid, state.clock.now());
    state.quotas.admit(Api::StableToken, appid, now)?;
    let token = if wanted.force_refresh && state.access_tokens.can_be_forced(appid, now) {
        state.quotas.admit_forced(appid, now)?;
        state.access_tokens.force(appid, now)?
    } else {
        state.access_tokens.issue(appid, now)?
    };
    Ok(Token {
        expires_in: now.until(token.expires_at).as_secs(),
        access_token: token.text,
    })
}
