//! `POST /wxa/business/getuserphonenumber`: a phone code becomes a phone number.

use poem::http::Method;
use serde::{Deserialize, Serialize};

use super::errcode::Errcode;
use super::received::Received;
use super::{Api, token_holder};
use crate::phone::PhoneInfo;
use crate::state::State;
use crate::watermark::Watermark;

/// Fields that it does not know the platform passes over.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    code: String,
    #[serde(default)]
    openid: String,
}

#[derive(Serialize)]
pub(crate) struct Number {
    errcode: i64,
    errmsg: &'static str,
    phone_info: PhoneInfo,
}

/// Touches the code last: a request that is refused does not use it up, not even one that asks
/// for the number of somebody else.
pub(crate) fn answer(state: &mut State, received: &Received) -> Result<Number, Errcode> {
    if received.method != Method::POST {
        return Err(Errcode::REQUIRE_POST);
    }
    let appid = token_holder::appid(state, received)?;
    let wanted: Wanted = received.fields()?;
    if wanted.code.is_empty() {
        return Err(Errcode::CODE_MISSING);
    }
    let now = state.clock.now();
    state.quotas.admit(Api::Getuserphonenumber, &appid, now)?;
    // Of this kind of code the platform does not tell a used one from a wrong one.
    let given = state
        .phone_codes
        .look_up(&wanted.code, &appid, now)
        .map_err(|_| Errcode::INVALID_CODE)?;
    if !wanted.openid.is_empty() && wanted.openid != given.openid.as_str() {
        return Err(Errcode::INVALID_CODE);
    }
    let openid = given.openid.clone();
    state.quotas.admit_user(Api::Getuserphonenumber, &openid, now)?;

    let given = state
        .phone_codes
        .redeem(&wanted.code, &appid, now)
        .map_err(|_| Errcode::INVALID_CODE)?;
    Ok(Number {
        errcode: Errcode::OK.number(),
        errmsg: Errcode::OK.text(),
        phone_info: PhoneInfo {
            phone: given.phone,
            watermark: Watermark {
                timestamp: given.at.seconds(),
                appid,
            },
        },
    })
}
