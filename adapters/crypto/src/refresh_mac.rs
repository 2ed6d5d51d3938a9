//! Refresh tokens: a session, a generation, and an HMAC-SHA-256 over both.
//!
//! ```text
//! wxr_ base64url( account 16 | session 16 | generation 4, big-endian | tag 32 )
//! ```

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::ports::refresh_tokens::{ForeignRefreshToken, RefreshTokens};
use wxlogin_domain::session::{Generation, SessionRef};
use wxlogin_domain::token::{PresentedRefreshToken, RefreshToken};

/// Lets secret scanners, and people, see what a string is.
const PREFIX: &str = "wxr_";
/// Keeps this MAC apart from any other under the same key.
const CONTEXT: &[u8] = b"wxlogin refresh token v1";
const PAYLOAD: usize = 16 + 16 + 4;
const TAG: usize = 32;
/// Base64 of payload and tag, without padding.
const TEXT: usize = PREFIX.len() + ((PAYLOAD + TAG) * 4).div_ceil(3);

/// Makes and recognises refresh tokens with the key ring's MAC key.
pub struct HmacRefreshTokens(hmac::Key);

impl HmacRefreshTokens {
    /// With this key.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }
}

impl RefreshTokens for HmacRefreshTokens {
    fn make(&self, session: SessionRef, generation: Generation) -> RefreshToken {
        let mut bytes = Vec::with_capacity(PAYLOAD + TAG);
        bytes.extend_from_slice(&session.account.to_bytes());
        bytes.extend_from_slice(&session.session.to_bytes());
        bytes.extend_from_slice(&generation.0.to_be_bytes());
        let tag = hmac::sign(&self.0, &authenticated(&bytes));
        bytes.extend_from_slice(tag.as_ref());
        RefreshToken::new(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    fn recognise(&self, token: &PresentedRefreshToken) -> Result<(SessionRef, Generation), ForeignRefreshToken> {
        // The length first: nothing long is ever decoded.
        let text = Some(token.expose())
            .filter(|text| text.len() == TEXT)
            .and_then(|text| text.strip_prefix(PREFIX))
            .ok_or(ForeignRefreshToken)?;
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| ForeignRefreshToken)?;
        let (payload, tag) = bytes.split_at_checked(PAYLOAD).ok_or(ForeignRefreshToken)?;
        // Compares in constant time.
        hmac::verify(&self.0, &authenticated(payload), tag).map_err(|_| ForeignRefreshToken)?;
        let (account, rest) = payload.split_first_chunk().ok_or(ForeignRefreshToken)?;
        let (session, rest) = rest.split_first_chunk().ok_or(ForeignRefreshToken)?;
        let generation = rest.first_chunk().ok_or(ForeignRefreshToken)?;
        let session = SessionRef {
            account: AccountId::from_bytes(*account),
            session: SessionId::from_bytes(*session),
        };
        Ok((session, Generation(u32::from_be_bytes(*generation))))
    }
}

fn authenticated(payload: &[u8]) -> Vec<u8> {
    [CONTEXT, payload].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(byte: u8) -> HmacRefreshTokens {
        HmacRefreshTokens(hmac::Key::new(hmac::HMAC_SHA256, &[byte; 32]))
    }

    fn session(byte: u8) -> SessionRef {
        SessionRef {
            account: AccountId::from_bytes([byte; 16]),
            session: SessionId::from_bytes([byte ^ 0xff; 16]),
        }
    }

    fn presented(token: &RefreshToken) -> PresentedRefreshToken {
        PresentedRefreshToken::new(token.expose().into())
    }

    #[test]
    fn own_tokens_are_recognised() {
        let token = tokens(1).make(session(7), Generation(u32::MAX));
        assert_eq!(token.expose().len(), TEXT);
        let recognised = tokens(1).recognise(&presented(&token));
        assert_eq!(recognised, Ok((session(7), Generation(u32::MAX))));
    }

    #[test]
    fn a_generation_has_one_token() {
        let make = || tokens(1).make(session(7), Generation(3)).expose().to_owned();
        assert_eq!(make(), make());
        assert_ne!(make(), tokens(1).make(session(7), Generation(4)).expose());
    }

    #[test]
    fn a_token_of_another_key_is_foreign() {
        let token = tokens(2).make(session(7), Generation(3));
        assert_eq!(tokens(1).recognise(&presented(&token)), Err(ForeignRefreshToken));
    }

    #[test]
    fn any_changed_character_is_noticed() {
        let token = tokens(1).make(session(7), Generation(3)).expose().to_owned();
        for place in 0..token.len() {
            for other in ['A', 'B', '=', ' ', '_'] {
                let mut changed = token.clone();
                changed.replace_range(place..=place, &other.to_string());
                if changed != token {
                    let recognised = tokens(1).recognise(&PresentedRefreshToken::new(changed));
                    assert_eq!(recognised, Err(ForeignRefreshToken), "character {place}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_else_is_recognised(text in ".{0,200}|wxr_[A-Za-z0-9_-]{91}") {
            prop_assert!(tokens(1).recognise(&PresentedRefreshToken::new(text)).is_err());
        }
    }
}
