//! `POST /v1/revoke`

use poem_openapi::{ApiResponse, OpenApi};
use wxlogin_domain::revoke::RevokeService;
use wxlogin_domain::token::PresentedToken;

use super::Tag;
use super::body::BODY_CODES;
use super::came_from::CameFrom;
use super::problem::{Code, Problem, ProblemSet, Refused};
use super::token_form::TokenForm;

/// What a revocation can answer besides success.
pub struct RevokeProblems;

impl ProblemSet for RevokeProblems {
    const CODES: &'static [&'static [Code]] = &[&BODY_CODES, &[Code::RateLimited, Code::StoreUnavailable]];
}

/// The answer of a revocation.
#[derive(ApiResponse)]
pub enum Revoked {
    /// The token is good for nothing any more, if it ever was. Nobody is told which.
    #[oai(status = 200)]
    Done,
}

/// Revocation.
#[derive(Clone)]
pub struct RevokeApi {
    service: RevokeService,
}

impl RevokeApi {
    /// Served by this service.
    pub fn new(service: RevokeService) -> Self {
        Self { service }
    }
}

#[OpenApi]
impl RevokeApi {
    /// Revoke a token
    ///
    /// Ends the session that an access token or a refresh token is of (RFC 7009). Holding the token is all that
    /// authorises: mini programs are public clients. A token that is unknown, or over already, is answered alike.
    #[oai(
        path = "/v1/revoke",
        method = "post",
        operation_id = "revokeToken",
        tag = "Tag::Login"
    )]
    async fn revoke(&self, origin: CameFrom, form: TokenForm) -> Result<Revoked, Refused<RevokeProblems>> {
        let token = PresentedToken::new(form.0);
        let ended = self.service.revoke(&token, &origin.0).await.map_err(Problem::from)?;
        if let Some(session) = ended {
            tracing::info!(account = %session.account, session = %session.session, "a token was revoked");
        }
        Ok(Revoked::Done)
    }
}
