//! Issuing the pair of tokens that a login or a refresh answers.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::account::Account;
use crate::ports::access_tokens::{AccessTokens, SignError};
use crate::ports::entropy::{Entropy, draw};
use crate::ports::refresh_tokens::RefreshTokens;
use crate::session::Session;
use crate::timestamp::Timestamp;
use crate::token::{AccessClaims, AccessToken, RefreshToken, TokenId, TokenPolicy};

/// An access token and the refresh token that follows it.
#[derive(Debug, Clone)]
pub struct IssuedTokens {
    /// For business backends.
    pub access: AccessToken,
    /// How long it is good.
    pub access_expires_in: Duration,
    /// For the next refresh.
    pub refresh: RefreshToken,
    /// How long it is good.
    pub refresh_expires_in: Duration,
}

/// Issues tokens for sessions.
#[derive(Clone)]
pub struct TokenIssuer {
    /// By whom, for whom, for how long.
    pub policy: TokenPolicy,
    /// Signs access tokens.
    pub access_tokens: Arc<dyn AccessTokens>,
    /// Makes refresh tokens.
    pub refresh_tokens: Arc<dyn RefreshTokens>,
    /// Draws the tokens' ids.
    pub entropy: Arc<dyn Entropy>,
}

impl TokenIssuer {
    /// Tokens for a session as it stands: a new access token, and the refresh token of the current generation.
    ///
    /// # Errors
    /// When the access token cannot be signed.
    pub fn issue(&self, account: &Account, session: &Session, now: Timestamp) -> Result<IssuedTokens, SignError> {
        let id = TokenId(URL_SAFE_NO_PAD.encode(draw::<16>(&*self.entropy)).into());
        let claims = AccessClaims::issue(&self.policy, account, session, id, now);
        Ok(IssuedTokens {
            access: self.access_tokens.sign(&claims)?,
            access_expires_in: claims.expires_at.since(now),
            refresh: self.refresh_tokens.make(session.id, session.generation),
            refresh_expires_in: session.refreshable_until().since(now),
        })
    }
}
