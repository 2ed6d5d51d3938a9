//! Signing access tokens, and recognising one's own.

use crate::key_ring::{KeyId, PublicKey};
use crate::token::{AccessClaims, AccessToken, PresentedAccessToken};

/// The token could not be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an access token could not be signed")]
pub struct SignError;

/// The text is no access token that a key of ours has signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an access token of ours")]
pub struct ForeignToken;

/// Signs and recognises access tokens: JWTs with `typ: at+jwt`.
///
/// An implementation MUST accept the configured algorithm alone, whatever the token's header says, MUST require the
/// `typ`, and MUST know the key by its `kid`. It does not look at the clock: the claims are judged by
/// [`AccessClaims::check`].
#[cfg_attr(feature = "test-support", mockall::automock)]
pub trait AccessTokens: Send + Sync {
    /// Signs claims with the active key.
    ///
    /// # Errors
    /// When the cryptographic library fails.
    fn sign(&self, claims: &AccessClaims) -> Result<AccessToken, SignError>;

    /// The claims of a token, if its form and signature are good.
    ///
    /// # Errors
    /// When they are not.
    fn recognise(&self, token: &PresentedAccessToken) -> Result<AccessClaims, ForeignToken>;

    /// The keys that verifiers need: what the JWKS publishes.
    fn public_keys(&self) -> Vec<(KeyId, PublicKey)>;
}

#[cfg(feature = "test-support")]
impl MockAccessTokens {
    /// Signs everything with the same word, and recognises nothing.
    #[must_use]
    pub fn signing() -> Self {
        let mut mock = Self::new();
        mock.expect_sign().returning(|_| Ok(AccessToken::new("signed".into())));
        mock
    }

    /// Recognises every text as a token with these claims.
    #[must_use]
    pub fn recognising(outcome: Result<AccessClaims, ForeignToken>) -> Self {
        let mut mock = Self::new();
        mock.expect_recognise().returning(move |_| outcome.clone());
        mock
    }
}
