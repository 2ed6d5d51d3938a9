//! Access tokens in requests: who is calling.

use poem_openapi::SecurityScheme;
use poem_openapi::auth::Bearer;
use wxlogin_domain::authenticate::{AuthenticateError, Authenticator};
use wxlogin_domain::rate_limit::Subject;
use wxlogin_domain::session::Session;
use wxlogin_domain::token::{AccessClaims, PresentedAccessToken};

use super::problem::{Code, Problem};
use super::rate_limit::RateLimiter;

/// The access token of a login or a refresh.
#[derive(SecurityScheme)]
#[oai(rename = "accessToken", ty = "bearer", bearer_format = "JWT")]
pub struct AccessTokenAuth(Bearer);

impl AccessTokenAuth {
    /// Out of a request that was not read by the framework.
    pub fn new(bearer: Bearer) -> Self {
        Self(bearer)
    }

    /// The live session of the token, of a person who has not asked too often.
    pub async fn person(self, people: &People) -> Result<Session, Problem> {
        let session = self.session(&people.authenticator).await?;
        people.limiter.admit(Subject::Account(session.id.account)).await?;
        Ok(session)
    }

    /// The live session of the token. By value, so that the raw token goes no further.
    pub async fn session(self, authenticator: &Authenticator) -> Result<Session, Problem> {
        let token = PresentedAccessToken::new(self.0.token);
        Ok(authenticator.authenticate(&token).await?)
    }

    /// What the token says, and its live session. By value too.
    pub async fn believed(self, authenticator: &Authenticator) -> Result<(AccessClaims, Session), Problem> {
        let token = PresentedAccessToken::new(self.0.token);
        Ok(authenticator.believe(&token).await?)
    }
}

/// Lets people in who look after their own account.
#[derive(Clone)]
pub struct People {
    /// Believes their tokens.
    pub authenticator: Authenticator,
    /// Counts their requests.
    pub limiter: RateLimiter,
}

/// The problems that every call with an access token can answer.
pub const BEARER_CODES: [Code; 6] = [
    Code::Unauthorized,
    Code::TokenInvalid,
    Code::TokenExpired,
    Code::SessionRevoked,
    Code::AccountSuspended,
    Code::StoreUnavailable,
];

/// Those, and that of asking too often: what every call on one's own account can answer.
pub const MY_CODES: [Code; 7] = [
    Code::Unauthorized,
    Code::TokenInvalid,
    Code::TokenExpired,
    Code::SessionRevoked,
    Code::AccountSuspended,
    Code::RateLimited,
    Code::StoreUnavailable,
];

impl From<AuthenticateError> for Problem {
    fn from(error: AuthenticateError) -> Self {
        match error {
            AuthenticateError::Invalid => Self::new(Code::TokenInvalid),
            AuthenticateError::Expired => Self::new(Code::TokenExpired),
            AuthenticateError::Revoked => Self::new(Code::SessionRevoked),
            AuthenticateError::AccountSuspended(_) => Self::new(Code::AccountSuspended),
            AuthenticateError::Store(error) => error.into(),
        }
    }
}
