//! What `checksession` and `resetusersessionkey` have in common: a request about one user, signed
//! with that user's session key.

use poem::http::Method;
use secrecy::ExposeSecret as _;

use super::errcode::Errcode;
use super::received::Received;
use super::{Api, token_holder};
use crate::signature;
use crate::state::State;
use crate::user::OpenId;

/// Whom a request is about.
pub(super) struct Signer {
    pub(super) appid: String,
    pub(super) openid: OpenId,
}

/// The user whose current session key has signed.
pub(super) fn signer(state: &mut State, api: Api, received: &Received) -> Result<Signer, Errcode> {
    if received.method != Method::GET {
        return Err(Errcode::REQUIRE_GET);
    }
    let appid = token_holder::appid(state, received)?;
    let now = state.clock.now();
    state.quotas.admit(api, &appid, now)?;

    let given = received.param("openid").ok_or(Errcode::INVALID_OPENID)?;
    let session_key = state.session_keys.of(&appid, given).ok_or(Errcode::INVALID_OPENID)?;
    if received.param("sig_method") != Some("hmac_sha256") {
        return Err(Errcode::INVALID_SIGNATURE);
    }
    let signature = received.param("signature").ok_or(Errcode::INVALID_SIGNATURE)?;
    // The message signed is empty: these requests have no body.
    let expected = signature::session_signature(session_key.text().expose_secret(), b"");
    if !signature::same(signature, &expected) {
        return Err(Errcode::INVALID_SIGNATURE);
    }

    let openid = state
        .session_keys
        .user(&appid, given)
        .ok_or(Errcode::INVALID_OPENID)?
        .clone();
    state.quotas.admit_user(api, &openid, now)?;
    Ok(Signer { appid, openid })
}
