//! `GET /wxa/resetusersessionkey`: a new session key for a user, at the app's own wish.

use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::Api;
use super::errcode::Errcode;
use super::received::Received;
use super::signed_by_user::signer;
use crate::session_key::Rotation;
use crate::state::State;
use crate::user::OpenId;

#[derive(Serialize)]
pub(crate) struct Reset {
    errcode: i64,
    errmsg: &'static str,
    openid: OpenId,
    session_key: String,
}

pub(crate) fn answer(state: &mut State, received: &Received) -> Result<Reset, Errcode> {
    let signer = signer(state, Api::Resetusersessionkey, received)?;
    let key = state
        .session_keys
        .key(&signer.appid, &signer.openid, Rotation::Rotate)?;
    Ok(Reset {
        errcode: Errcode::OK.number(),
        errmsg: Errcode::OK.text(),
        openid: signer.openid,
        session_key: key.text().expose_secret().to_owned(),
    })
}
