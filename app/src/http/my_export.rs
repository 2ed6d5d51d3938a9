//! `GET /v1/me/export`: what is held about oneself.

use poem_openapi::OpenApi;
use poem_openapi::payload::Json;
use wxlogin_domain::accounts::AccountsService;

use super::Tag;
use super::bearer::{AccessTokenAuth, MY_CODES, People};
use super::came_from::CameFrom;
use super::export_wire::AccountExportBody;
use super::problem::{Code, Problem, ProblemSet, Refused};

/// What an export can answer besides it.
pub struct ExportMeProblems;

impl ProblemSet for ExportMeProblems {
    const CODES: &'static [&'static [Code]] = &[&MY_CODES];
}

/// Exporting one's own data.
#[derive(Clone)]
pub struct MyExportApi {
    people: People,
    service: AccountsService,
}

impl MyExportApi {
    /// Served by this service.
    pub fn new(people: People, service: AccountsService) -> Self {
        Self { people, service }
    }
}

#[OpenApi]
impl MyExportApi {
    /// Export my data
    ///
    /// Everything that is held about the account: the account itself, its sessions, and what the audit log has on it.
    /// What operators did is in it, and not which of them, nor from where.
    #[oai(
        path = "/v1/me/export",
        method = "get",
        operation_id = "exportMe",
        tag = "Tag::Account"
    )]
    async fn export(
        &self,
        auth: AccessTokenAuth,
        origin: CameFrom,
    ) -> Result<Json<AccountExportBody>, Refused<ExportMeProblems>> {
        let session = auth.person(&self.people).await?;
        let export = self
            .service
            .export(session.id.account, &origin.0)
            .await
            .map_err(Problem::from)?;
        // The session was live a moment ago: the account was erased since.
        let export = export.ok_or(Problem::new(Code::SessionRevoked))?;
        Ok(Json(AccountExportBody::for_its_owner(export, session.id.session)))
    }
}
