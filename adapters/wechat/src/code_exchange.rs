//! `GET /sns/jscode2session`: a code becomes an identity.

use std::collections::HashMap;

use async_trait::async_trait;
use wxlogin_domain::code::JsCode;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::code_exchange::{CodeExchange, CodeExchangeError, CodeSession};

use crate::credentials::{AppCredentials, AppSecret};
use crate::errcode::{code_exchange_error, remedy};
use crate::flight::{CodeState, Flights, Outcome};
use crate::platform::{CallFailure, Platform};
use crate::wire::{self, Read, Refusal};

/// Exchanges codes at the platform.
pub struct WechatCodeExchange {
    platform: Platform,
    secrets: HashMap<AppId, AppSecret>,
    flights: Flights,
}

impl WechatCodeExchange {
    /// For these apps.
    #[must_use]
    pub fn new(platform: Platform, apps: Vec<AppCredentials>) -> Self {
        Self {
            platform,
            secrets: apps.into_iter().map(|app| (app.app, app.secret)).collect(),
            flights: Flights::default(),
        }
    }
}

#[async_trait]
impl CodeExchange for WechatCodeExchange {
    async fn exchange(&self, app: &AppId, code: &JsCode) -> Result<CodeSession, CodeExchangeError> {
        let Some(secret) = self.secrets.get(app) else {
            // The service asks for configured apps only; WeChat would say the same of an unknown one.
            return Err(CodeExchangeError::AppMisconfigured { errcode: 40013 });
        };
        self.flights
            .join(app, code, || {
                let (platform, app, code, secret) = (self.platform.clone(), app.clone(), code.clone(), secret.clone());
                async move { call(&platform, &app, &code, &secret).await }
            })
            .await
    }
}

async fn call(platform: &Platform, app: &AppId, code: &JsCode, secret: &AppSecret) -> (Outcome, CodeState) {
    let request = platform.get(
        "/sns/jscode2session",
        &[
            ("appid", app.as_str()),
            ("secret", secret.expose()),
            ("js_code", code.expose()),
            ("grant_type", "authorization_code"),
        ],
    );
    let answer = match platform.call(request).await {
        Ok(answer) => answer,
        Err(CallFailure::NeverLeft) => return (Err(CodeExchangeError::Unavailable), CodeState::Unsent),
        Err(CallFailure::Ambiguous) => return (Err(CodeExchangeError::Unavailable), CodeState::Sent),
        Err(CallFailure::TooLarge) => return (Err(CodeExchangeError::BadResponse), CodeState::Sent),
    };
    let outcome = match wire::jscode2session(app, &answer.body) {
        Read::Success(session) => Ok(session),
        Read::Refused(refusal) => {
            log(app, &refusal, &[code.expose(), secret.expose()]);
            Err(code_exchange_error(refusal.errcode))
        }
        Read::Nonsense if answer.status >= 500 => {
            tracing::warn!(%app, status = answer.status, "WeChat answered with a server error");
            Err(CodeExchangeError::Unavailable)
        }
        Read::Nonsense => {
            tracing::warn!(%app, status = answer.status, "WeChat's answer is not the expected JSON");
            Err(CodeExchangeError::BadResponse)
        }
    };
    (outcome, CodeState::Sent)
}

/// Operator's faults are errors with their remedy; the rest is everyday business.
fn log(app: &AppId, refusal: &Refusal, secrets: &[&str]) {
    let errcode = refusal.errcode;
    let errmsg = presentable(&refusal.errmsg, secrets);
    if let Some(remedy) = remedy(errcode) {
        tracing::error!(%app, errcode, errmsg, remedy, "WeChat refuses the app");
    } else {
        tracing::info!(%app, errcode, errmsg, "WeChat refused a login");
    }
}

/// The platform's words (they end in the `rid` that its support asks for), without what must not be logged should
/// they repeat it.
fn presentable(errmsg: &str, secrets: &[&str]) -> String {
    let masked = secrets
        .iter()
        .fold(errmsg.to_owned(), |text, secret| text.replace(secret, "***"));
    masked
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(256)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platforms_words_are_kept_but_not_our_secrets() {
        let errmsg = "invalid code\u{1b}[31m abc123, secret s3cr3t, rid: 65-1\n";
        assert_eq!(
            presentable(errmsg, &["abc123", "s3cr3t"]),
            "invalid code [31m ***, secret ***, rid: 65-1 "
        );
        assert_eq!(presentable(&"长".repeat(1000), &["x"]).chars().count(), 256);
    }
}
