//! `GET /sns/jscode2session`: a code becomes an identity.

use std::sync::Arc;

use async_trait::async_trait;
use wxlogin_domain::code::JsCode;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::code_exchange::{CodeExchange, CodeExchangeError, CodeSession};
use wxlogin_domain::ports::wechat_failure::WechatFailure;

use crate::api::Api;
use crate::apps::Apps;
use crate::connection::{Call, CallError, Connection};
use crate::errcode::code_exchange_error;
use crate::flight::{self, CodeState, Fingerprint, Flights};
use crate::wire;

type Outcome = Result<CodeSession, CodeExchangeError>;

impl flight::Outcome for Outcome {
    fn repeated() -> Self {
        Err(CodeExchangeError::CodeAlreadyUsed)
    }

    fn lost() -> Self {
        Err(WechatFailure::UNAVAILABLE.into())
    }
}

/// Exchanges login codes at the platform.
pub(crate) struct WechatCodeExchange {
    apps: Arc<Apps>,
    flights: Flights<Outcome>,
}

impl WechatCodeExchange {
    pub(crate) fn new(apps: Arc<Apps>) -> Self {
        Self {
            apps,
            flights: Flights::default(),
        }
    }
}

#[async_trait]
impl CodeExchange for WechatCodeExchange {
    async fn exchange(&self, app: &AppId, code: &JsCode) -> Outcome {
        let connection = &self.apps.get(app)?.connection;
        let key = Fingerprint::of([app.as_str(), code.expose()]);
        let exchange = || {
            let (connection, code) = (Arc::clone(connection), code.clone());
            async move { exchange(&connection, &code).await }
        };
        self.flights.join(key, exchange).await
    }
}

async fn exchange(connection: &Connection, code: &JsCode) -> (Outcome, CodeState) {
    let app = connection.app();
    let query = [
        ("appid", app.as_str()),
        ("secret", connection.credentials.secret.expose()),
        ("js_code", code.expose()),
        ("grant_type", "authorization_code"),
    ];
    let call = Call {
        api: Api::Jscode2session,
        user: None,
        request: connection.platform.get(Api::Jscode2session, &query),
        secrets: &[code.expose()],
    };
    match connection.call(call, |body| wire::jscode2session(app, body)).await {
        Ok(session) => (Ok(session), CodeState::Sent),
        Err(CallError::Refused(refusal)) => {
            connection.log(Api::Jscode2session, &refusal);
            (Err(code_exchange_error(refusal.errcode)), CodeState::Sent)
        }
        Err(CallError::Failed(failure, state)) => (Err(failure.into()), state),
    }
}
