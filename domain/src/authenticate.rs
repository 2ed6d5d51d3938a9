//! Believing an access token, and seeing revocation at once.

use std::sync::Arc;

use crate::id::AccountId;
use crate::last_use::LastUse;
use crate::liveness::{Gone, why_over};
use crate::ports::access_tokens::{AccessTokens, ForeignToken};
use crate::ports::account_store::AccountStore;
use crate::ports::clock::Clock;
use crate::ports::session_store::SessionStore;
use crate::ports::store::StoreError;
use crate::session::Session;
use crate::token::{AccessClaims, ClaimsRefusal, PresentedAccessToken, TokenPolicy};

/// Why an access token is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthenticateError {
    /// It is not ours, not for us, or not valid yet.
    #[error("the access token is not valid")]
    Invalid,
    /// Its time is over.
    #[error("the access token has expired")]
    Expired,
    /// Its session is over.
    #[error("the session was ended")]
    Revoked,
    /// An operator suspended the account.
    #[error("the account {0} is suspended")]
    AccountSuspended(AccountId),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ForeignToken> for AuthenticateError {
    fn from(_: ForeignToken) -> Self {
        Self::Invalid
    }
}

impl From<ClaimsRefusal> for AuthenticateError {
    fn from(refusal: ClaimsRefusal) -> Self {
        match refusal {
            ClaimsRefusal::Expired => Self::Expired,
            ClaimsRefusal::NotYetValid | ClaimsRefusal::WrongIssuer | ClaimsRefusal::WrongAudience => Self::Invalid,
        }
    }
}

impl From<Gone> for AuthenticateError {
    fn from(gone: Gone) -> Self {
        match gone {
            Gone::Expired | Gone::Revoked => Self::Revoked,
            Gone::AccountSuspended(account) => Self::AccountSuspended(account),
        }
    }
}

/// Authenticates by access token: the signature, the claims, then one read of the session by its id.
#[derive(Clone)]
pub struct Authenticator {
    /// Recognises tokens.
    pub access_tokens: Arc<dyn AccessTokens>,
    /// Which claims are believed.
    pub policy: TokenPolicy,
    /// Where sessions are.
    pub sessions: Arc<dyn SessionStore>,
    /// Where accounts are.
    pub accounts: Arc<dyn AccountStore>,
    /// Collects when sessions were used.
    pub last_use: Arc<LastUse>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl Authenticator {
    /// The live session of a token. It counts as used.
    ///
    /// # Errors
    /// Says why there is none.
    pub async fn authenticate(&self, token: &PresentedAccessToken) -> Result<Session, AuthenticateError> {
        self.believe(token).await.map(|(_, session)| session)
    }

    /// What a token says, and its live session. It counts as used.
    ///
    /// # Errors
    /// Says why there is none.
    pub async fn believe(&self, token: &PresentedAccessToken) -> Result<(AccessClaims, Session), AuthenticateError> {
        let claims = self.access_tokens.recognise(token)?;
        let now = self.clock.now();
        claims.check(&self.policy, now)?;
        let session = self.sessions.session(claims.session).await?;
        let over = match session {
            None => None,
            Some(session) => match session.alive(now) {
                Ok(()) => {
                    self.last_use.note(&session, now);
                    return Ok((claims, session));
                }
                Err(over) => Some(over),
            },
        };
        Err(why_over(&*self.accounts, claims.subject(), over).await?.into())
    }
}
