//! Introspection (RFC 7662): whether an access token is good at this very moment, and whose it is.
//!
//! Refresh tokens are answered as inactive. They are for this service alone: a backend that took one for an access token
//! because introspection called it active would be deceived.

use crate::account::{Account, AccountStatus};
use crate::authenticate::{AuthenticateError, Authenticator};
use crate::ports::store::StoreError;
use crate::session::Session;
use crate::token::{AccessClaims, PresentedAccessToken};

/// What introspection says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Introspection {
    /// The token is good.
    Active(Box<ActiveToken>),
    /// It is not: unknown, malformed, expired, revoked, of a suspended account. Nobody is told which.
    Inactive,
}

/// A good token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveToken {
    /// What it says.
    pub claims: AccessClaims,
    /// Its session.
    pub session: Session,
    /// Its account.
    pub account: Account,
}

/// Introspects tokens.
#[derive(Clone)]
pub struct IntrospectService {
    /// Believes access tokens.
    pub authenticator: Authenticator,
}

impl IntrospectService {
    /// What there is to say of a token.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn introspect(&self, token: &PresentedAccessToken) -> Result<Introspection, StoreError> {
        let (claims, session) = match self.authenticator.believe(token).await {
            Ok(believed) => believed,
            Err(AuthenticateError::Store(error)) => return Err(error),
            Err(_) => return Ok(Introspection::Inactive),
        };
        // Leeway is for clocks that differ. Here the issuer's own clock judges.
        if self.authenticator.clock.now() >= claims.expires_at {
            return Ok(Introspection::Inactive);
        }
        // It may have been suspended since the session was read.
        let account = self.authenticator.accounts.account(claims.subject()).await?;
        let account = account.filter(|account| account.status == AccountStatus::Active);
        Ok(account.map_or(Introspection::Inactive, |account| {
            Introspection::Active(Box::new(ActiveToken {
                claims,
                session,
                account,
            }))
        }))
    }
}
