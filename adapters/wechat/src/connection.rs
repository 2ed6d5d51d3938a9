//! One app's way to the platform: whatever is sent for it goes through here, past its guard.

use std::sync::Arc;

use reqwest::RequestBuilder;
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::ports::platform_health::AppHealth;
use wxlogin_domain::ports::wechat_failure::WechatFailure;

use crate::api::Api;
use crate::credentials::AppCredentials;
use crate::errcode;
use crate::flight::CodeState;
use crate::guard::{Guard, Verdict};
use crate::outbound::Outbound;
use crate::platform::{CallFailure, Platform};
use crate::remedies::Remedies;
use crate::wire::{Read, Refusal};

/// Sends the calls of one app.
pub(crate) struct Connection {
    pub(crate) platform: Platform,
    pub(crate) credentials: AppCredentials,
    guard: Arc<Guard>,
    remedies: Remedies,
}

/// What is sent.
pub(crate) struct Call<'a> {
    pub(crate) api: Api,
    /// Whose call it is, where that is known before.
    pub(crate) user: Option<&'a OpenId>,
    pub(crate) request: RequestBuilder,
    /// What the request carries and no log may, besides the app secret.
    pub(crate) secrets: &'a [&'a str],
}

/// Why a call did not bring what it was made for.
#[derive(Debug)]
pub(crate) enum CallError {
    /// The platform said no. Its words are fit for a log.
    Refused(Refusal),
    /// There is no answer to go by.
    Failed(WechatFailure, CodeState),
}

impl Connection {
    pub(crate) fn new(platform: Platform, credentials: AppCredentials, outbound: Outbound) -> Self {
        Self {
            guard: Arc::new(Guard::new(credentials.app.clone(), outbound)),
            platform,
            credentials,
            remedies: Remedies::default(),
        }
    }

    pub(crate) fn app(&self) -> &AppId {
        &self.credentials.app
    }

    pub(crate) fn health(&self) -> AppHealth {
        self.guard.health()
    }

    /// Sends a call, unless the guard forbids it, and reads its answer.
    pub(crate) async fn call<T>(
        &self,
        call: Call<'_>,
        read: impl FnOnce(&[u8]) -> Read<T> + Send,
    ) -> Result<T, CallError> {
        let permit = self
            .guard
            .admit(call.api, call.user)
            .map_err(|refusal| CallError::Failed(refusal, CodeState::Unsent))?;
        let (outcome, verdict) = match self.platform.call(call.request).await {
            Ok(answer) => match read(&answer.body) {
                Read::Success(success) => (Ok(success), Verdict::Ok),
                Read::Refused(refusal) => {
                    let verdict = Verdict::of_refusal(refusal.errcode);
                    (
                        Err(CallError::Refused(self.fit_for_a_log(refusal, call.secrets))),
                        verdict,
                    )
                }
                Read::Nonsense => (Err(self.nonsense(call.api, answer.status)), Verdict::Failed),
            },
            Err(CallFailure::TooLarge { status }) => (Err(self.nonsense(call.api, status)), Verdict::Failed),
            Err(CallFailure::NeverLeft) => (
                Err(CallError::Failed(WechatFailure::UNAVAILABLE, CodeState::Unsent)),
                Verdict::Failed,
            ),
            Err(CallFailure::Ambiguous) => (
                Err(CallError::Failed(WechatFailure::UNAVAILABLE, CodeState::Sent)),
                Verdict::Failed,
            ),
        };
        permit.end(verdict);
        outcome
    }

    /// Logs a refusal, each to whom it concerns: an operator's faults are errors with their remedy; the rest is everyday
    /// business.
    pub(crate) fn log(&self, api: Api, refusal: &Refusal) {
        if let Some(remedy) = errcode::remedy(refusal.errcode) {
            self.tell(api, refusal, remedy);
        } else {
            let (app, errcode, errmsg) = (self.app(), refusal.errcode, refusal.errmsg.as_str());
            tracing::info!(%app, api = api.name(), errcode, errmsg, "WeChat refuses a call");
        }
    }

    /// Tells an operator of a refusal and its remedy.
    pub(crate) fn tell(&self, api: Api, refusal: &Refusal, remedy: &str) {
        self.remedies.tell(self.app(), api, refusal, remedy);
    }

    fn fit_for_a_log(&self, refusal: Refusal, secrets: &[&str]) -> Refusal {
        let secrets: Vec<&str> = secrets
            .iter()
            .copied()
            .chain([self.credentials.secret.expose()])
            .collect();
        refusal.masked(&secrets)
    }

    /// What is not the platform's JSON: of a server in trouble, or of something in between that answers in its place.
    fn nonsense(&self, api: Api, status: u16) -> CallError {
        let (app, api) = (self.app(), api.name());
        let failure = if status >= 500 {
            tracing::warn!(%app, api, status, "WeChat answers with a server error");
            WechatFailure::UNAVAILABLE
        } else {
            tracing::warn!(%app, api, status, "WeChat's answer is not the expected JSON");
            WechatFailure::BadResponse
        };
        CallError::Failed(failure, CodeState::Sent)
    }
}
