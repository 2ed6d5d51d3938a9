//! Making refresh tokens, and recognising one's own.

use crate::session::{Generation, SessionRef};
use crate::token::{PresentedRefreshToken, RefreshToken};

/// The text is no refresh token that was made here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a refresh token of ours")]
pub struct ForeignRefreshToken;

/// Makes and recognises refresh tokens: a session, a generation, and a MAC over both.
///
/// The same session and generation always make the same token: that is how a lost reply is answered again without
/// storing any token.
///
/// An implementation MUST make tokens that nobody can make without the key, and MUST compare MACs in constant time.
#[cfg_attr(feature = "test-support", mockall::automock)]
pub trait RefreshTokens: Send + Sync {
    /// The token of a generation of a session.
    fn make(&self, session: SessionRef, generation: Generation) -> RefreshToken;

    /// Which generation of which session a token is of, if its form and MAC are good.
    ///
    /// # Errors
    /// When they are not.
    fn recognise(&self, token: &PresentedRefreshToken) -> Result<(SessionRef, Generation), ForeignRefreshToken>;
}

#[cfg(feature = "test-support")]
impl MockRefreshTokens {
    /// Tokens that anybody can read, and make: the generation of one session in words.
    #[must_use]
    pub fn readable(session: SessionRef) -> Self {
        let mut mock = Self::new();
        mock.expect_make()
            .returning(|_, generation| RefreshToken::new(format!("generation {}", generation.0)));
        mock.expect_recognise().returning(move |token| {
            let generation = token
                .expose()
                .strip_prefix("generation ")
                .and_then(|number| number.parse().ok());
            generation
                .map(|number| (session, Generation(number)))
                .ok_or(ForeignRefreshToken)
        });
        mock
    }
}
