//! `POST /v1/token/refresh`

use poem_openapi::{Object, OpenApi};
use wxlogin_domain::rate_limit::Subject;
use wxlogin_domain::refresh::{RefreshError, RefreshService};
use wxlogin_domain::token::PresentedRefreshToken;

use super::Tag;
use super::body::{BODY_CODES, Fields, FromBody, JsonBody};
use super::came_from::CameFrom;
use super::problem::{Code, Problem, ProblemSet, Refused};
use super::rate_limit::RateLimiter;
use super::wire::TokensBody;
use super::written::Written;

/// Exchanges a refresh token for new tokens.
#[derive(Object)]
#[oai(rename = "RefreshRequest", deny_unknown_fields)]
pub struct RefreshSchema {
    /// The newest refresh token of the session.
    #[oai(validator(min_length = 1))]
    refresh_token: String,
}

/// The body, read.
pub struct RefreshBody(PresentedRefreshToken);

impl FromBody for RefreshBody {
    type Schema = RefreshSchema;

    fn read(fields: &mut Fields) -> Self {
        Self(PresentedRefreshToken::new(fields.required_text("refresh_token")))
    }
}

/// What a refresh can answer besides tokens.
pub struct RefreshProblems;

impl ProblemSet for RefreshProblems {
    const CODES: &'static [&'static [Code]] = &[
        &BODY_CODES,
        &[
            Code::RefreshTokenInvalid,
            Code::RefreshTokenExpired,
            Code::RefreshTokenReused,
            Code::SessionRevoked,
            Code::AccountSuspended,
            Code::RateLimited,
            Code::StoreUnavailable,
        ],
    ];
}

impl From<RefreshError> for Problem {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Invalid => Self::new(Code::RefreshTokenInvalid),
            RefreshError::Expired => Self::new(Code::RefreshTokenExpired),
            RefreshError::Reused(_) => Self::new(Code::RefreshTokenReused),
            RefreshError::Revoked => Self::new(Code::SessionRevoked),
            RefreshError::AccountSuspended(_) => Self::new(Code::AccountSuspended),
            RefreshError::Store(error) => error.into(),
            RefreshError::Sign(error) => error.into(),
        }
    }
}

/// Refreshing tokens.
#[derive(Clone)]
pub struct RefreshApi {
    limiter: RateLimiter,
    service: RefreshService,
}

impl RefreshApi {
    /// Served by this service.
    pub fn new(limiter: RateLimiter, service: RefreshService) -> Self {
        Self { limiter, service }
    }
}

#[OpenApi]
impl RefreshApi {
    /// Refresh the tokens
    ///
    /// Answers a new access token and a new refresh token; the one presented is used up. A repeat of the immediately
    /// preceding token within the grace window (60 seconds by default), after a lost reply say, answers the same
    /// successor. Anything older, or later, is taken for theft and ends the session.
    #[oai(
        path = "/v1/token/refresh",
        method = "post",
        operation_id = "refreshToken",
        tag = "Tag::Login"
    )]
    async fn refresh(
        &self,
        origin: CameFrom,
        body: JsonBody<RefreshBody>,
    ) -> Result<Written<TokensBody>, Refused<RefreshProblems>> {
        // A token that is not ours is refused without a look at the store, and nobody's to count.
        if let Some(session) = self.service.session_of(&body.0.0) {
            self.limiter.admit(Subject::Session(session)).await?;
        }
        let done = self.service.refresh(&body.0.0, &origin.0).await.inspect_err(|error| {
            if let RefreshError::Reused(id) = error {
                tracing::warn!(
                    account = %id.account,
                    session = %id.session,
                    "a refresh token was used again; its session is ended"
                );
            }
        })?;
        Ok(Written(TokensBody::new(&done.tokens, done.account, false)))
    }
}
