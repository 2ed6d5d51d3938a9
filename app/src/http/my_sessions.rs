//! `GET /v1/me/sessions` and `DELETE /v1/me/sessions/{id}`

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use wxlogin_domain::end_session::EndSessionError;
use wxlogin_domain::id::SessionId;
use wxlogin_domain::my_sessions::MySessionsService;

use super::Tag;
use super::bearer::{AccessTokenAuth, MY_CODES, People};
use super::came_from::CameFrom;
use super::problem::{Code, Problem, ProblemSet, Refused, text};
use super::session_wire::SessionsBody;

/// What listing the sessions can answer besides them.
pub struct ListSessionsProblems;

impl ProblemSet for ListSessionsProblems {
    const CODES: &'static [&'static [Code]] = &[&MY_CODES];
}

/// What ending a session can answer besides success.
pub struct EndSessionProblems;

impl ProblemSet for EndSessionProblems {
    const CODES: &'static [&'static [Code]] = &[&MY_CODES, &[Code::NotFound]];
}

/// No session of that id is there to be ended.
pub fn no_such_session() -> Problem {
    Problem::new(Code::NotFound).with_detail(text("该账号没有这个会话。", "The account has no such session."))
}

impl From<EndSessionError> for Problem {
    fn from(error: EndSessionError) -> Self {
        match error {
            EndSessionError::Unknown => no_such_session(),
            EndSessionError::Store(error) => error.into(),
        }
    }
}

/// The answer of ending sessions.
#[derive(ApiResponse)]
pub enum SessionEnded {
    /// It has ended, now or before; its tokens are refused.
    #[oai(status = 204)]
    Done,
}

/// The sessions of one's own account.
#[derive(Clone)]
pub struct MySessionsApi {
    people: People,
    service: MySessionsService,
}

impl MySessionsApi {
    /// Served by this service.
    pub fn new(people: People, service: MySessionsService) -> Self {
        Self { people, service }
    }
}

#[OpenApi]
impl MySessionsApi {
    /// List my sessions
    ///
    /// Where the account is logged in: the live sessions, the oldest first. An account has 20 at the most (by default);
    /// a login beyond that ends the oldest.
    #[oai(
        path = "/v1/me/sessions",
        method = "get",
        operation_id = "listMySessions",
        tag = "Tag::Account"
    )]
    async fn list(&self, auth: AccessTokenAuth) -> Result<Json<SessionsBody>, Refused<ListSessionsProblems>> {
        let session = auth.person(&self.people).await?;
        let sessions = self.service.list(&session).await.map_err(Problem::from)?;
        Ok(Json(SessionsBody::new(sessions, Some(session.id.session))))
    }

    /// End one of my sessions
    ///
    /// Logs a device out from afar; the current session may be ended as well.
    #[oai(
        path = "/v1/me/sessions/:id",
        method = "delete",
        operation_id = "endMySession",
        tag = "Tag::Account"
    )]
    async fn end(
        &self,
        auth: AccessTokenAuth,
        origin: CameFrom,
        /// The session's id.
        id: Path<String>,
    ) -> Result<SessionEnded, Refused<EndSessionProblems>> {
        let session = auth.person(&self.people).await?;
        let id = SessionId::parse(&id.0).map_err(|_| no_such_session())?;
        self.service.end(&session, id, &origin.0).await.map_err(Problem::from)?;
        tracing::info!(account = %session.id.account, session = %id, "a session was ended by its owner");
        Ok(SessionEnded::Done)
    }
}
