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
            log(app, &refusal, &[secret.expose(), code.expose()]);
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
    let errmsg = refusal.presentable(secrets);
    if let Some(remedy) = remedy(errcode) {
        tracing::error!(%app, errcode, errmsg, remedy, "WeChat refuses the app");
    } else {
        tracing::info!(%app, errcode, errmsg, "WeChat refused a login");
    }
}
