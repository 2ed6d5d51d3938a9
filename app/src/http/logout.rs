//! `POST /v1/logout`

use poem_openapi::{ApiResponse, Object, OpenApi};
use wxlogin_domain::logout::{LogoutScope, LogoutService};

use super::Tag;
use super::bearer::{AccessTokenAuth, MY_CODES, People};
use super::body::{BODY_CODES, Fields, FromBody, JsonBody};
use super::came_from::CameFrom;
use super::problem::{Code, Problem, ProblemSet, Refused};

/// Which sessions to end.
#[derive(Object)]
#[oai(rename = "LogoutRequest", deny_unknown_fields)]
pub struct LogoutSchema {
    /// `true` ends every session of the account; otherwise only the one of the access token ends.
    all: Option<bool>,
}

/// The body, read.
pub struct LogoutBody(LogoutScope);

impl FromBody for LogoutBody {
    type Schema = LogoutSchema;
    const OPTIONAL: bool = true;

    fn read(fields: &mut Fields) -> Self {
        Self(match fields.flag("all") {
            Some(true) => LogoutScope::AllSessions,
            Some(false) | None => LogoutScope::ThisSession,
        })
    }
}

/// What a logout can answer besides success.
pub struct LogoutProblems;

impl ProblemSet for LogoutProblems {
    const CODES: &'static [&'static [Code]] = &[&MY_CODES, &BODY_CODES];
}

/// The answer of a logout.
#[derive(ApiResponse)]
pub enum LoggedOut {
    /// The sessions have ended; their tokens are refused from now on.
    #[oai(status = 204)]
    Done,
}

/// Logging out.
#[derive(Clone)]
pub struct LogoutApi {
    people: People,
    service: LogoutService,
}

impl LogoutApi {
    /// Served by this service.
    pub fn new(people: People, service: LogoutService) -> Self {
        Self { people, service }
    }
}

#[OpenApi]
impl LogoutApi {
    /// Log out
    ///
    /// Ends the session of the access token, or with `all` every session of the account. Refreshing and every call to
    /// this service see it at once; backends that verify access tokens by themselves see it when the token expires.
    #[oai(path = "/v1/logout", method = "post", operation_id = "logout", tag = "Tag::Login")]
    async fn logout(
        &self,
        auth: AccessTokenAuth,
        origin: CameFrom,
        body: JsonBody<LogoutBody>,
    ) -> Result<LoggedOut, Refused<LogoutProblems>> {
        let session = auth.person(&self.people).await?;
        self.service
            .logout(&session, body.0.0, &origin.0)
            .await
            .map_err(Problem::from)?;
        tracing::info!(account = %session.id.account, session = %session.id.session, "logged out");
        Ok(LoggedOut::Done)
    }
}
