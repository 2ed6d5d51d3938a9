//! Access tokens that were recognised before: a busy token's signature is checked once, not a thousand times.
//!
//! What is remembered is what the token says, by a hash of the whole token. It lives as long as the keys do that were
//! asked (another ring has another memory); whether its time is over, or its session, is judged anew each time.

use aws_lc_rs::digest::{SHA256, digest};
use quick_cache::sync::Cache;
use wxlogin_domain::ports::access_tokens::ForeignToken;
use wxlogin_domain::token::{AccessClaims, PresentedAccessToken};

/// How many tokens are remembered at the most, some 10 MB. Only good ones are: nobody fills this with noise.
const MOST: usize = 20_000;

/// Tokens that were recognised.
pub(crate) struct RecognisedTokens(Cache<[u8; 32], AccessClaims>);

impl RecognisedTokens {
    pub(crate) fn new() -> Self {
        Self(Cache::new(MOST))
    }

    /// What a token says: remembered, or found out now.
    pub(crate) fn claims(
        &self,
        token: &PresentedAccessToken,
        recognise: impl FnOnce() -> Result<AccessClaims, ForeignToken>,
    ) -> Result<AccessClaims, ForeignToken> {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, token.expose().as_bytes()).as_ref());
        if let Some(claims) = self.0.get(&hash) {
            return Ok(claims);
        }
        let claims = recognise()?;
        self.0.insert(hash, claims.clone());
        Ok(claims)
    }
}
