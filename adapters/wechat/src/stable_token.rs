//! `POST /cgi-bin/stable_token`: the proof that an app's credentials are good.
//!
//! Normal mode only: it never invalidates the token that another holder uses.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use wxlogin_domain::timestamp::Timestamp;

use crate::credentials::AppCredentials;
use crate::platform::{CallFailure, Platform};
use crate::wire::{self, Read};

#[derive(Serialize)]
struct Request<'a> {
    grant_type: &'static str,
    appid: &'a str,
    secret: &'a str,
    force_refresh: bool,
}

/// Why the credentials could not be proved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProbeError {
    /// WeChat refuses them.
    #[error("WeChat refuses with errcode {errcode}: {errmsg}")]
    Refused {
        /// WeChat's number.
        errcode: i64,
        /// WeChat's words; for 40164 they name the address that the call came from.
        errmsg: String,
    },
    /// WeChat was not reached.
    #[error("WeChat cannot be reached")]
    Unreachable,
    /// WeChat, or something in between, answered something else.
    #[error("the answer is not WeChat's")]
    BadResponse,
}

/// That WeChat accepts an app's credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probed {
    /// The time by WeChat's clock, where its answer says so.
    pub date: Option<Timestamp>,
}

/// Asks for an `access_token` and forgets it.
///
/// # Errors
/// Says why there is none.
pub async fn probe(platform: &Platform, credentials: &AppCredentials) -> Result<Probed, ProbeError> {
    let body = serde_json::to_vec(&Request {
        grant_type: "client_credential",
        appid: credentials.app.as_str(),
        secret: credentials.secret.expose(),
        force_refresh: false,
    })
    .map_err(|_| ProbeError::BadResponse)?;
    let answer = platform
        .call(platform.post("/cgi-bin/stable_token", body))
        .await
        .map_err(|failure| match failure {
            CallFailure::NeverLeft | CallFailure::Ambiguous => ProbeError::Unreachable,
            CallFailure::TooLarge => ProbeError::BadResponse,
        })?;
    match wire::stable_token(&answer.body) {
        Read::Success(()) => Ok(Probed {
            date: answer.date.and_then(timestamp),
        }),
        Read::Refused(refusal) => Err(ProbeError::Refused {
            errcode: refusal.errcode,
            errmsg: refusal.presentable(&[credentials.secret.expose()]),
        }),
        Read::Nonsense => Err(ProbeError::BadResponse),
    }
}

fn timestamp(date: SystemTime) -> Option<Timestamp> {
    let seconds = date.duration_since(UNIX_EPOCH).ok()?.as_secs();
    Some(Timestamp::from_unix_seconds(i64::try_from(seconds).ok()?))
}
