//! `GET /wxa/checksession`: whether a session key is still the user's current one.

use super::Api;
use super::errcode::Errcode;
use super::received::Received;
use super::signed_by_user::signer;
use crate::state::State;

pub(crate) fn answer(state: &mut State, received: &Received) -> Result<(), Errcode> {
    signer(state, Api::Checksession, received).map(|_| ())
}
