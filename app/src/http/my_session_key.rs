//! `POST /v1/me/session-key/check` and `/reset`

use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use wxlogin_domain::my_session_key::{MySessionKeyService, ResetMyKeyError};

use super::Tag;
use super::bearer::{AccessTokenAuth, MY_CODES, People};
use super::came_from::CameFrom;
use super::problem::{Code, Problem, ProblemSet, Refused, text};
use super::wechat_failure::{At, WECHAT_CODES};

/// Whether the key is good.
#[derive(Object)]
#[oai(rename = "SessionKeyCheck")]
pub struct SessionKeyCheckBody {
    /// Whether a `session_key` is kept from the last login, and WeChat says that it is the current one. Where it is not,
    /// call `wx.login` before encrypted data are asked for.
    current: bool,
}

/// What checking the key can answer besides the finding.
pub struct CheckProblems;

impl ProblemSet for CheckProblems {
    const CODES: &'static [&'static [Code]] = &[&MY_CODES, &WECHAT_CODES];
}

/// What replacing the key can answer besides success.
pub struct ResetProblems;

impl ProblemSet for ResetProblems {
    const CODES: &'static [&'static [Code]] = &[&MY_CODES, &WECHAT_CODES, &[Code::SessionKeyStale]];
}

impl From<At<ResetMyKeyError>> for Problem {
    fn from(At(error, now): At<ResetMyKeyError>) -> Self {
        match error {
            ResetMyKeyError::Stale => Self::new(Code::SessionKeyStale).with_detail(text(
                "服务端没有保存当前的 session_key：上次登录太久，或者微信已经换了新的。重新调用 wx.login 登录后再试。",
                "The current session_key is not kept here: the last login was too long ago, or WeChat has another one by \
                 now. Call wx.login and log in, then try again.",
            )),
            ResetMyKeyError::Wechat(failure) => At(failure, now).into(),
            ResetMyKeyError::Store(error) => error.into(),
        }
    }
}

/// The answer of replacing the key.
#[derive(ApiResponse)]
pub enum SessionKeyReset {
    /// WeChat has made a new one, which is kept in the place of the old ones.
    #[oai(status = 204)]
    Done,
}

/// The session key of one's own.
#[derive(Clone)]
pub struct MySessionKeyApi {
    people: People,
    service: MySessionKeyService,
}

impl MySessionKeyApi {
    /// Served by this service.
    pub fn new(people: People, service: MySessionKeyService) -> Self {
        Self { people, service }
    }
}

#[OpenApi]
impl MySessionKeyApi {
    /// Check my session key
    ///
    /// Asks WeChat (checksession) whether the `session_key` that is kept from the last login still is the current one: by
    /// that a mini program knows whether encrypted data can be sent without a new `wx.login`. The key itself never
    /// leaves this service.
    #[oai(
        path = "/v1/me/session-key/check",
        method = "post",
        operation_id = "checkMySessionKey",
        tag = "Tag::Account"
    )]
    async fn check(&self, auth: AccessTokenAuth) -> Result<Json<SessionKeyCheckBody>, Refused<CheckProblems>> {
        let session = auth.person(&self.people).await?;
        let checked = self.service.is_current(&session).await;
        let current = checked.map_err(|failure| Problem::from(At(failure, self.service.clock.now())))?;
        Ok(Json(SessionKeyCheckBody { current }))
    }

    /// Reset my session key
    ///
    /// Has WeChat replace the `session_key` (resetusersessionkey): whatever was encrypted under the old one does not open
    /// any more. Needs the current key to be kept; otherwise `session_key_stale`.
    #[oai(
        path = "/v1/me/session-key/reset",
        method = "post",
        operation_id = "resetMySessionKey",
        tag = "Tag::Account"
    )]
    async fn reset(&self, auth: AccessTokenAuth, origin: CameFrom) -> Result<SessionKeyReset, Refused<ResetProblems>> {
        let session = auth.person(&self.people).await?;
        let reset = self.service.reset(&session, &origin.0).await;
        reset.map_err(|error| Problem::from(At(error, self.service.clock.now())))?;
        tracing::info!(account = %session.id.account, "a session key was reset");
        Ok(SessionKeyReset::Done)
    }
}
