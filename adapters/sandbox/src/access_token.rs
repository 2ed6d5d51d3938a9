//! Access tokens as `stable_token` hands them out: the same one to everybody, and two that work
//! for a while when it changes.

use std::collections::HashMap;
use std::time::Duration;

use crate::bounded::BoundedMap;
use crate::clock::UnixTime;
use crate::entropy::{self, EntropyError};

/// The platform's own figure: 7200 seconds.
const LIFETIME: Duration = Duration::from_secs(7200);

/// Within its last 5 minutes a token is replaced, and works on until its end.
const OVERLAP: Duration = Duration::from_secs(300);

/// Forced refreshes closer together than this do not refresh.
const FORCED_APART: Duration = Duration::from_secs(30);

/// The platform asks callers to allow 512 characters; today's tokens are about this long.
const LENGTH: usize = 136;

const LONGEST: usize = 512;

/// Tokens remembered after their end, to tell an expired one from one that never was.
const MOST_TOKENS: usize = 10_000;

/// An access token and the moment from which it is refused.
#[derive(Clone, Debug)]
pub(crate) struct AccessToken {
    pub(crate) text: String,
    pub(crate) expires_at: UnixTime,
}

/// Why the platform does not take a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenRefused {
    /// No token looks like this.
    Impossible,
    /// Never handed out, or replaced before its time.
    Unknown,
    /// Handed out, and past its end.
    Expired,
}

/// Each app's current token, and who all the tokens were handed out to.
pub(crate) struct AccessTokens {
    by_appid: HashMap<String, Standing>,
    handed_out: BoundedMap<String, HandedOut>,
}

struct Standing {
    current: AccessToken,
    /// Tokens of earlier generations have been replaced before their time.
    generation: u64,
    forced_at: Option<UnixTime>,
}

struct HandedOut {
    appid: String,
    generation: u64,
    expires_at: UnixTime,
}

impl AccessTokens {
    pub(crate) fn new() -> Self {
        Self {
            by_appid: HashMap::new(),
            handed_out: BoundedMap::new(MOST_TOKENS),
        }
    }

    /// The token there is, while it has more than 5 minutes left; then a new one beside it.
    pub(crate) fn issue(&mut self, appid: &str, now: UnixTime) -> Result<AccessToken, EntropyError> {
        match self.by_appid.get(appid) {
            Some(standing) if now.until(standing.current.expires_at) > OVERLAP => Ok(standing.current.clone()),
            Some(standing) => self.make(appid, standing.generation, standing.forced_at, now),
            None => self.make(appid, 0, None, now),
        }
    }

    /// Whether a refresh forced now is one. The platform documents that it is not, and that the
    /// caller gets the token there is, within 30 seconds of the one before.
    pub(crate) fn can_be_forced(&self, appid: &str, now: UnixTime) -> bool {
        self.by_appid
            .get(appid)
            .and_then(|standing| standing.forced_at)
            .is_none_or(|forced_at| forced_at.until(now) >= FORCED_APART)
    }

    /// A new token; all earlier ones stop working at once.
    pub(crate) fn force(&mut self, appid: &str, now: UnixTime) -> Result<AccessToken, EntropyError> {
        let generation = self.by_appid.get(appid).map_or(0, |standing| standing.generation + 1);
        self.make(appid, generation, Some(now), now)
    }

    /// What somebody else's forced refresh does to this app; it does not keep the app from
    /// forcing one itself.
    pub(crate) fn revoke(&mut self, appid: &str, now: UnixTime) -> Result<(), EntropyError> {
        let Some(standing) = self.by_appid.get(appid) else {
            return Ok(());
        };
        self.make(appid, standing.generation + 1, standing.forced_at, now)?;
        Ok(())
    }

    /// The app that this token speaks for.
    pub(crate) fn appid(&self, token: &str, now: UnixTime) -> Result<&str, TokenRefused> {
        if !has_a_tokens_form(token) {
            return Err(TokenRefused::Impossible);
        }
        let token = self.handed_out.get(token).ok_or(TokenRefused::Unknown)?;
        let is_replaced = self
            .by_appid
            .get(&token.appid)
            .is_none_or(|standing| token.generation < standing.generation);
        if is_replaced {
            Err(TokenRefused::Unknown)
        } else if token.expires_at <= now {
            Err(TokenRefused::Expired)
        } else {
            Ok(&token.appid)
        }
    }

    fn make(
        &mut self,
        appid: &str,
        generation: u64,
        forced_at: Option<UnixTime>,
        now: UnixTime,
    ) -> Result<AccessToken, EntropyError> {
        let current = AccessToken {
            text: entropy::alphanumeric(LENGTH)?,
            expires_at: now.plus(LIFETIME),
        };
        self.handed_out.insert(
            current.text.clone(),
            HandedOut {
                appid: appid.to_owned(),
                generation,
                expires_at: current.expires_at,
            },
        );
        self.by_appid.insert(
            appid.to_owned(),
            Standing {
                current: current.clone(),
                generation,
                forced_at,
            },
        );
        Ok(current)
    }
}

fn has_a_tokens_form(token: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=LONGEST).contains(&token.len()) && token.bytes().all(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> UnixTime {
        UnixTime::from_seconds(seconds)
    }

    #[test]
    fn the_same_token_until_its_last_five_minutes_then_two_that_work() {
        let mut tokens = AccessTokens::new();
        let first = tokens.issue("wx1", at(0)).unwrap();

        let same = tokens.issue("wx1", at(6899)).unwrap();
        assert_eq!(same.text, first.text);
        let second = tokens.issue("wx1", at(6900)).unwrap();
        assert_ne!(second.text, first.text);

        assert_eq!(tokens.appid(&first.text, at(7199)), Ok("wx1"));
        assert_eq!(tokens.appid(&second.text, at(7199)), Ok("wx1"));
        assert_eq!(tokens.appid(&first.text, at(7200)), Err(TokenRefused::Expired));
        assert_eq!(tokens.appid(&second.text, at(7200)), Ok("wx1"));
    }

    #[test]
    fn force_ends_all_earlier_tokens() {
        let mut tokens = AccessTokens::new();
        let first = tokens.issue("wx1", at(0)).unwrap();
        let second = tokens.issue("wx1", at(6900)).unwrap();

        let forced = tokens.force("wx1", at(6901)).unwrap();

        for ended in [first, second] {
            assert_eq!(tokens.appid(&ended.text, at(6901)), Err(TokenRefused::Unknown));
        }
        assert_eq!(tokens.appid(&forced.text, at(6901)), Ok("wx1"));
        assert_eq!(tokens.issue("wx1", at(6902)).unwrap().text, forced.text);
    }

    #[test]
    fn a_refresh_can_be_forced_every_thirty_seconds() {
        let mut tokens = AccessTokens::new();
        assert!(tokens.can_be_forced("wx1", at(0)));

        tokens.force("wx1", at(0)).unwrap();

        assert!(!tokens.can_be_forced("wx1", at(29)));
        assert!(tokens.can_be_forced("wx1", at(30)));
        assert!(tokens.can_be_forced("wx2", at(0)));
    }

    #[test]
    fn a_revoked_token_has_been_replaced_by_somebody_else() {
        let mut tokens = AccessTokens::new();
        tokens.revoke("wx1", at(0)).unwrap();
        let token = tokens.issue("wx1", at(0)).unwrap();

        tokens.revoke("wx1", at(1)).unwrap();

        assert_eq!(tokens.appid(&token.text, at(1)), Err(TokenRefused::Unknown));
        assert!(tokens.can_be_forced("wx1", at(1)));
        let next = tokens.issue("wx1", at(1)).unwrap();
        assert_eq!(tokens.appid(&next.text, at(1)), Ok("wx1"));
    }

    #[test]
    fn apps_have_tokens_of_their_own() {
        let mut tokens = AccessTokens::new();
        let one = tokens.issue("wx1", at(0)).unwrap();
        let two = tokens.issue("wx2", at(0)).unwrap();

        tokens.force("wx1", at(1)).unwrap();

        assert_eq!(tokens.appid(&one.text, at(1)), Err(TokenRefused::Unknown));
        assert_eq!(tokens.appid(&two.text, at(1)), Ok("wx2"));
    }

    #[test]
    fn an_impossible_token_is_not_just_unknown() {
        let tokens = AccessTokens::new();

        for impossible in ["", "a b", "a+b", "a/b=", "令牌", &"x".repeat(513)] {
            assert_eq!(
                tokens.appid(impossible, at(0)),
                Err(TokenRefused::Impossible),
                "{impossible}"
            );
        }
        for possible in ["x", "A-Z_09", &"x".repeat(512)] {
            assert_eq!(tokens.appid(possible, at(0)), Err(TokenRefused::Unknown), "{possible}");
        }
    }
}
