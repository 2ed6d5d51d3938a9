//! `GET /v1/verify`

use poem_openapi::{ApiResponse, OpenApi};
use wxlogin_domain::authenticate::Authenticator;

use super::Tag;
use super::bearer::{AccessTokenAuth, BEARER_CODES};
use super::problem::{Code, ProblemSet, Refused};

/// What a verification can answer besides success.
pub struct VerifyProblems;

impl ProblemSet for VerifyProblems {
    const CODES: &'static [&'static [Code]] = &[&BEARER_CODES];
}

/// The answer of a verification.
#[derive(ApiResponse)]
pub enum Verified {
    /// The access token is good and its session lives.
    #[oai(status = 204)]
    Good(
        /// Whose token it is: its `sub`.
        #[oai(header = "X-Account-Id")]
        String,
        /// Of which session: its `sid`.
        #[oai(header = "X-Session-Id")]
        String,
        /// In which mini program: its `client_id`.
        #[oai(header = "X-App-Id")]
        String,
        /// Who that is in that mini program.
        #[oai(header = "X-Open-Id")]
        String,
    ),
}

/// Forward authentication.
#[derive(Clone)]
pub struct VerifyApi {
    authenticator: Authenticator,
}

impl VerifyApi {
    /// Served by this authenticator.
    pub fn new(authenticator: Authenticator) -> Self {
        Self { authenticator }
    }
}

#[OpenApi]
impl VerifyApi {
    /// Verify an access token
    ///
    /// Forward authentication for gateways (nginx `auth_request`, Traefik, Caddy, APISIX): 204 with the identity in
    /// headers, 401 without a good token, 403 for a suspended account. Sees revocation at once.
    #[oai(
        path = "/v1/verify",
        method = "get",
        operation_id = "verifyToken",
        tag = "Tag::Backends"
    )]
    async fn verify(&self, auth: AccessTokenAuth) -> Result<Verified, Refused<VerifyProblems>> {
        let session = auth.session(&self.authenticator).await?;
        Ok(Verified::Good(
            session.id.account.to_string(),
            session.id.session.to_string(),
            session.identity.app.to_string(),
            session.identity.openid.to_string(),
        ))
    }
}
