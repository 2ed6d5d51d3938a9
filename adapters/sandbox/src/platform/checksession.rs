//! `GET /wxa/checksession`: whether a session key is still the user's current one.

use poem::http::Method;
use secrecy::ExposeSecret as _;

use super::errcode::Errcode;
use super::received::Received;
use crate::signature;
use crate::state::State;

pub(crate) fn answer(state: &State, received: &Received) -> Result<(), Errcode> {
    if received.method != Method::GET {
        return Err(Errcode::REQUIRE_GET);
    }
    let token = received.param("access_token").ok_or(Errcode::ACCESS_TOKEN_MISSING)?;
    let appid = state
        .access_tokens
        .appid(token, state.clock.now())
        .ok_or(Errcode::INVALID_CREDENTIAL)?;
    let session_key = received
        .param("openid")
        .and_then(|openid| state.session_keys.of(appid, openid))
        .ok_or(Errcode::INVALID_OPENID)?;
    if received.param("sig_method") != Some("hmac_sha256") {
        return Err(Errcode::INVALID_SIGNATURE);
    }
    let given = received.param("signature").ok_or(Errcode::INVALID_SIGNATURE)?;
    // The message signed is empty: this request has no body.
    let expected = signature::session_signature(session_key.text().expose_secret(), b"");
    if signature::same(given, &expected) {
        Ok(())
    } else {
        Err(Errcode::INVALID_SIGNATURE)
    }
}
