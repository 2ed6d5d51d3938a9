//! `POST /cgi-bin/stable_token`: the app's access token.

use poem::http::Method;
use serde::{Deserialize, Serialize};

use super::errcode::Errcode;
use super::jscode2session::authenticate;
use super::received::Received;
use crate::access_token::Mode;
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
    let body = received.body.as_deref().ok_or(Errcode::DATA_FORMAT)?;
    let wanted: Wanted = serde_json::from_slice(body).map_err(|_| Errcode::DATA_FORMAT)?;
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

    let mode = if wanted.force_refresh {
        Mode::ForceRefresh
    } else {
        Mode::Normal
    };
    let now = state.clock.now();
    let token = state.access_tokens.issue(&wanted.appid, mode, now)?;
    Ok(Token {
        expires_in: now.until(token.expires_at).as_secs(),
        access_token: token.text,
    })
}
