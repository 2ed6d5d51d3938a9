//! The apps that this service speaks for.

use std::collections::HashMap;
use std::sync::Arc;

use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::platform_health::{AppHealth, PlatformHealth};
use wxlogin_domain::ports::wechat_failure::WechatFailure;

use crate::access_token::{AccessToken, TokenKeeper};
use crate::api::Api;
use crate::connection::{CallError, Connection};
use crate::credentials::AppCredentials;
use crate::errcode::{REMEDY_OF_A_REFUSED_TOKEN, refuses_the_token};
use crate::flight::CodeState;
use crate::outbound::Outbound;
use crate::platform::Platform;
use crate::stable_token;

/// One app: its connection, and its token once one is needed.
pub(crate) struct App {
    pub(crate) connection: Arc<Connection>,
    tokens: TokenKeeper,
}

impl App {
    fn new(platform: Platform, credentials: AppCredentials, outbound: Outbound) -> Self {
        let connection = Arc::new(Connection::new(platform, credentials, outbound));
        let fetch = {
            let connection = Arc::clone(&connection);
            move || stable_token::fetch(Arc::clone(&connection))
        };
        Self {
            connection,
            tokens: TokenKeeper::new(fetch),
        }
    }

    /// Makes a call that needs the app's token. Where the platform refuses the token, which it looks at before anything
    /// else, the token is renewed and the call made again, both once.
    ///
    /// Where the renewal brings the same token back, the call is not made again. Had somebody replaced the token (which
    /// is how one is refused before its time), `stable_token` would hand out its successor; that it hands out the same
    /// one means that the platform contradicts itself, and the same call would meet with the same refusal.
    pub(crate) async fn with_token<T, F>(&self, api: Api, call: impl Fn(AccessToken) -> F) -> Result<T, CallError>
    where
        F: Future<Output = Result<T, CallError>>,
    {
        let without_token = |failure| CallError::Failed(failure, CodeState::Unsent);
        let refused = self.tokens.token().await.map_err(without_token)?;
        let refusal = match call(refused.token.clone()).await {
            Err(CallError::Refused(refusal)) if refuses_the_token(refusal.errcode) => refusal,
            outcome => return outcome,
        };
        let (app, errcode, errmsg) = (self.connection.app(), refusal.errcode, refusal.errmsg.as_str());
        tracing::info!(%app, api = api.name(), errcode, errmsg, "WeChat refuses the access_token: it is renewed");

        let renewed = self.tokens.renewed(&refused).await.map_err(without_token)?;
        let refusal = if renewed.token == refused.token {
            refusal
        } else {
            match call(renewed.token).await {
                Err(CallError::Refused(refusal)) if refuses_the_token(refusal.errcode) => refusal,
                outcome => return outcome,
            }
        };
        self.connection.tell(api, &refusal, REMEDY_OF_A_REFUSED_TOKEN);
        let errcode = refusal.errcode;
        Err(CallError::Failed(
            WechatFailure::AppMisconfigured { errcode },
            CodeState::Unsent,
        ))
    }
}

/// All of them.
pub(crate) struct Apps(HashMap<AppId, Arc<App>>);

impl Apps {
    pub(crate) fn new(platform: Platform, apps: Vec<AppCredentials>, outbound: Outbound) -> Self {
        let app = move |credentials: AppCredentials| {
            let id = credentials.app.clone();
            (id, Arc::new(App::new(platform.clone(), credentials, outbound)))
        };
        Self(apps.into_iter().map(app).collect())
    }

    /// The service asks for configured apps only; of an unknown one the platform would say the same.
    pub(crate) fn get(&self, app: &AppId) -> Result<&Arc<App>, WechatFailure> {
        self.0
            .get(app)
            .ok_or(WechatFailure::AppMisconfigured { errcode: 40013 })
    }
}

impl PlatformHealth for Apps {
    fn health(&self) -> Vec<AppHealth> {
        let mut health: Vec<AppHealth> = self.0.values().map(|app| app.connection.health()).collect();
        health.sort_unstable_by(|one, other| one.app.cmp(&other.app));
        health
    }
}
