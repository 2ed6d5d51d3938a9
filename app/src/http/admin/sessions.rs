//! `/admin/v1/accounts/{id}/sessions`

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use wxlogin_domain::accounts::AccountsService;
use wxlogin_domain::id::SessionId;

use super::accounts::{AccountProblems, account_id, no_such_account};
use crate::http::Tag;
use crate::http::api_key::{Admin, Caller};
use crate::http::my_sessions::{SessionEnded, no_such_session};
use crate::http::problem::{Problem, Refused};
use crate::http::session_wire::SessionsBody;

/// Work on the sessions of accounts.
#[derive(Clone)]
pub struct AccountSessionsApi {
    service: AccountsService,
}

impl AccountSessionsApi {
    /// Served by this service.
    pub fn new(service: AccountsService) -> Self {
        Self { service }
    }
}

#[OpenApi]
impl AccountSessionsApi {
    /// List the sessions of an account
    ///
    /// The live ones, the oldest first.
    #[oai(
        path = "/admin/v1/accounts/:id/sessions",
        method = "get",
        operation_id = "listAccountSessions",
        tag = "Tag::Admin"
    )]
    async fn list(
        &self,
        caller: Caller<Admin>,
        /// The account's id.
        id: Path<String>,
    ) -> Result<Json<SessionsBody>, Refused<AccountProblems>> {
        let id = account_id(&id.0)?;
        let sessions = self.service.sessions(id, &caller.origin).await.map_err(Problem::from)?;
        Ok(Json(SessionsBody::new(sessions.ok_or_else(no_such_account)?, None)))
    }

    /// End all sessions of an account
    ///
    /// Its tokens are refused from now on; it may log in again.
    #[oai(
        path = "/admin/v1/accounts/:id/sessions",
        method = "delete",
        operation_id = "endAccountSessions",
        tag = "Tag::Admin"
    )]
    async fn end_all(
        &self,
        caller: Caller<Admin>,
        /// The account's id.
        id: Path<String>,
    ) -> Result<SessionEnded, Refused<AccountProblems>> {
        let id = account_id(&id.0)?;
        let is_there = self
            .service
            .end_sessions(id, &caller.origin)
            .await
            .map_err(Problem::from)?;
        if is_there {
            Ok(SessionEnded::Done)
        } else {
            Err(no_such_account().into())
        }
    }

    /// End one session of an account
    ///
    /// One device is logged out; the others stay.
    #[oai(
        path = "/admin/v1/accounts/:id/sessions/:session_id",
        method = "delete",
        operation_id = "endAccountSession",
        tag = "Tag::Admin"
    )]
    async fn end(
        &self,
        caller: Caller<Admin>,
        /// The account's id.
        id: Path<String>,
        /// The session's id.
        session_id: Path<String>,
    ) -> Result<SessionEnded, Refused<AccountProblems>> {
        let id = account_id(&id.0)?;
        let session = SessionId::parse(&session_id.0).map_err(|_| no_such_session())?;
        self.service
            .end_session(id, session, &caller.origin)
            .await
            .map_err(Problem::from)?;
        Ok(SessionEnded::Done)
    }
}
