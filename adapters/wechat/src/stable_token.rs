//! `POST /cgi-bin/stable_token`: the app's `access_token`, and thereby the proof that its credentials are good.
//!
//! Normal mode only: it never invalidates the token that another holder uses.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use reqwest::RequestBuilder;
use wxlogin_domain::ports::wechat_failure::WechatFailure;
use wxlogin_domain::timestamp::Timestamp;

use crate::api::Api;
use crate::connection::{Call, CallError, Connection};
use crate::credentials::AppCredentials;
use crate::errcode;
use crate::platform::{CallFailure, Platform};
use crate::wire::{self, Granted, Read};

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
    let answer = platform
        .call(request(platform, credentials))
        .await
        .map_err(|failure| match failure {
            CallFailure::NeverLeft | CallFailure::Ambiguous => ProbeError::Unreachable,
            CallFailure::TooLarge { .. } => ProbeError::BadResponse,
        })?;
    match wire::stable_token(&answer.body) {
        Read::Success(_) => Ok(Probed {
            date: answer.date.and_then(timestamp),
        }),
        Read::Refused(refusal) => {
            let refusal = refusal.masked(&[credentials.secret.expose()]);
            Err(ProbeError::Refused {
                errcode: refusal.errcode,
                errmsg: refusal.errmsg,
            })
        }
        Read::Nonsense => Err(ProbeError::BadResponse),
    }
}

/// Fetches the token of an app.
pub(crate) async fn fetch(connection: Arc<Connection>) -> Result<Granted, WechatFailure> {
    let call = Call {
        api: Api::StableToken,
        user: None,
        request: request(&connection.platform, &connection.credentials),
        secrets: &[],
    };
    connection
        .call(call, wire::stable_token)
        .await
        .map_err(|error| match error {
            CallError::Refused(refusal) => {
                connection.log(Api::StableToken, &refusal);
                errcode::failure(refusal.errcode)
            }
            CallError::Failed(failure, _) => failure,
        })
}

fn request(platform: &Platform, credentials: &AppCredentials) -> RequestBuilder {
    platform.post(Api::StableToken, &[], wire::stable_token_request(credentials))
}

fn timestamp(date: SystemTime) -> Option<Timestamp> {
    let seconds = date.duration_since(UNIX_EPOCH).ok()?.as_secs();
    Some(Timestamp::from_unix_seconds(i64::try_from(seconds).ok()?))
}
