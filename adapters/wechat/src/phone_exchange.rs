//! `POST /wxa/business/getuserphonenumber`: a code of the getPhoneNumber button becomes a number.
//!
//! Each success is billed to the app, so a double tap has to be one call.

use std::sync::Arc;

use async_trait::async_trait;
use wxlogin_domain::code::PhoneCode;
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::ports::phone_exchange::{PhoneExchange, PhoneExchangeError};
use wxlogin_domain::ports::wechat_failure::WechatFailure;
use wxlogin_domain::user_data::PhonePayload;

use crate::access_token::AccessToken;
use crate::api::Api;
use crate::apps::{App, Apps};
use crate::connection::{Call, CallError};
use crate::errcode::phone_exchange_error;
use crate::flight::{self, CodeState, Fingerprint, Flights};
use crate::wire;

type Outcome = Result<PhonePayload, PhoneExchangeError>;

impl flight::Outcome for Outcome {
    fn repeated() -> Self {
        Err(PhoneExchangeError::CodeInvalid)
    }

    fn lost() -> Self {
        Err(WechatFailure::UNAVAILABLE.into())
    }
}

/// Exchanges phone codes at the platform.
pub(crate) struct WechatPhoneExchange {
    apps: Arc<Apps>,
    flights: Flights<Outcome>,
}

impl WechatPhoneExchange {
    pub(crate) fn new(apps: Arc<Apps>) -> Self {
        Self {
            apps,
            flights: Flights::default(),
        }
    }
}

#[async_trait]
impl PhoneExchange for WechatPhoneExchange {
    async fn exchange_phone(&self, app: &AppId, openid: &OpenId, code: &PhoneCode) -> Outcome {
        let its = self.apps.get(app)?;
        let key = Fingerprint::of([app.as_str(), openid.as_str(), code.expose()]);
        let exchange = || {
            let (app, openid, code) = (Arc::clone(its), openid.clone(), code.clone());
            async move { exchange(&app, &openid, &code).await }
        };
        self.flights.join(key, exchange).await
    }
}

async fn exchange(app: &App, openid: &OpenId, code: &PhoneCode) -> (Outcome, CodeState) {
    let with = |token: AccessToken| async move { send(app, openid, code, &token).await };
    match app.with_token(Api::Getuserphonenumber, with).await {
        Ok(phone) => (Ok(phone), CodeState::Sent),
        Err(CallError::Refused(refusal)) => {
            app.connection.log(Api::Getuserphonenumber, &refusal);
            (Err(phone_exchange_error(refusal.errcode)), CodeState::Sent)
        }
        Err(CallError::Failed(failure, state)) => (Err(failure.into()), state),
    }
}

async fn send(app: &App, openid: &OpenId, code: &PhoneCode, token: &AccessToken) -> Result<PhonePayload, CallError> {
    let api = Api::Getuserphonenumber;
    let query = [("access_token", token.expose())];
    let call = Call {
        api,
        user: Some(openid),
        request: app
            .connection
            .platform
            .post(api, &query, wire::phone_request(openid, code)),
        secrets: &[code.expose(), token.expose()],
    };
    app.connection.call(call, wire::phone).await
}
