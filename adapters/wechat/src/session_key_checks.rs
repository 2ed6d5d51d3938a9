//! `GET /wxa/checksession` and `GET /wxa/resetusersessionkey`: requests about a user that prove that the sender has the
//! user's session key, and do not send it.

use std::fmt::Write as _;
use std::sync::Arc;

use async_trait::async_trait;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::ports::session_key_checks::{ResetError, SessionKeyChecks};
use wxlogin_domain::ports::wechat_failure::WechatFailure;
use wxlogin_domain::session_key::SessionKey;

use crate::access_token::AccessToken;
use crate::api::Api;
use crate::apps::{App, Apps};
use crate::connection::{Call, CallError};
use crate::errcode::{WRONG_SIGNATURE, failure};
use crate::wire::{self, Read};

/// Looks after session keys at the platform.
pub(crate) struct WechatSessionKeyChecks {
    apps: Arc<Apps>,
}

impl WechatSessionKeyChecks {
    pub(crate) fn new(apps: Arc<Apps>) -> Self {
        Self { apps }
    }
}

#[async_trait]
impl SessionKeyChecks for WechatSessionKeyChecks {
    async fn is_current(&self, app: &AppId, openid: &OpenId, key: &SessionKey) -> Result<bool, WechatFailure> {
        let app = self.apps.get(app)?;
        match send(app, Api::Checksession, openid, key, wire::checked).await {
            Ok(()) => Ok(true),
            Err(ResetError::Stale) => Ok(false),
            Err(ResetError::Wechat(failure)) => Err(failure),
        }
    }

    async fn reset(&self, app: &AppId, openid: &OpenId, key: &SessionKey) -> Result<SessionKey, ResetError> {
        let app = self.apps.get(app)?;
        let read = |body: &[u8]| wire::reset(openid, body);
        send(app, Api::Resetusersessionkey, openid, key, read).await
    }
}

async fn send<T>(
    app: &App,
    api: Api,
    openid: &OpenId,
    key: &SessionKey,
    read: impl Fn(&[u8]) -> Read<T> + Send + Sync,
) -> Result<T, ResetError> {
    // The requests have no body.
    let signature = &signature(key, b"");
    let read = &read;
    let with = |token: AccessToken| async move {
        let query = [
            ("access_token", token.expose()),
            ("openid", openid.as_str()),
            ("signature", signature),
            ("sig_method", "hmac_sha256"),
        ];
        let call = Call {
            api,
            user: Some(openid),
            request: app.connection.platform.get(api, &query),
            // The key is not sent. But WeChat knows it, and a stand-in may say what it knows.
            secrets: &[token.expose(), signature, key.expose_text()],
        };
        app.connection.call(call, read).await
    };
    app.with_token(api, with).await.map_err(|error| match error {
        CallError::Refused(refusal) => {
            app.connection.log(api, &refusal);
            match refusal.errcode {
                WRONG_SIGNATURE => ResetError::Stale,
                errcode => failure(errcode).into(),
            }
        }
        CallError::Failed(failure, _) => failure.into(),
    })
}

/// The platform's: in lowercase hexadecimal, an HMAC-SHA256 whose key is the base64 text as it stands.
fn signature(key: &SessionKey, message: &[u8]) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.expose_text().as_bytes()).expect("an HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platforms_own_example() {
        let key = SessionKey::parse("o0q0otL8aEzpcZL/FT9WsQ==").unwrap();
        assert_eq!(
            signature(&key, br#"{"foo":"bar"}"#),
            "654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b"
        );
    }
}
