//! Access tokens as `stable_token` hands them out: the same one to everybody, and two that work
//! for a while when it changes.

use std::collections::HashMap;
use std::time::Duration;

use crate::clock::UnixTime;
use crate::entropy::{self, EntropyError};

/// The platform's own figure: 7200 seconds.
const LIFETIME: Duration = Duration::from_secs(7200);

/// Within its last 5 minutes a token is replaced, and works on until its end.
const OVERLAP: Duration = Duration::from_secs(300);

/// The platform asks callers to allow 512 characters; today's tokens are about this long.
const LENGTH: usize = 136;

/// An access token and the moment from which it is refused.
#[derive(Clone, Debug)]
pub(crate) struct AccessToken {
    pub(crate) text: String,
    pub(crate) expires_at: UnixTime,
}

/// Whether the caller wants a new token at any price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The token there is, while it has more than 5 minutes left.
    Normal,
    /// A new token; all earlier ones stop working at once.
    ForceRefresh,
}

/// The tokens of each app that has asked for one.
#[derive(Default)]
pub(crate) struct AccessTokens {
    by_appid: HashMap<String, Issued>,
}

struct Issued {
    current: AccessToken,
    previous: Option<AccessToken>,
}

impl AccessTokens {
    pub(crate) fn issue(&mut self, appid: &str, mode: Mode, now: UnixTime) -> Result<AccessToken, EntropyError> {
        let standing = match mode {
            Mode::Normal => self.by_appid.get(appid).map(|issued| &issued.current),
            Mode::ForceRefresh => None,
        };
        if let Some(current) = standing
            && now.until(current.expires_at) > OVERLAP
        {
            return Ok(current.clone());
        }
        let previous = standing.cloned();
        let current = AccessToken {
            text: entropy::alphanumeric(LENGTH)?,
            expires_at: now.plus(LIFETIME),
        };
        self.by_appid.insert(
            appid.to_owned(),
            Issued {
                current: current.clone(),
                previous,
            },
        );
        Ok(current)
    }

    /// The app that this token speaks for, while it is valid.
    pub(crate) fn appid(&self, token: &str, now: UnixTime) -> Option<&str> {
        self.by_appid
            .iter()
            .find(|(_, issued)| {
                std::iter::once(&issued.current)
                    .chain(&issued.previous)
                    .any(|issued| issued.text == token && now < issued.expires_at)
            })
            .map(|(appid, _)| appid.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> UnixTime {
        UnixTime::from_seconds(seconds)
    }

    #[test]
    fn the_same_token_until_its_last_five_minutes_then_two_that_work() {
        let mut tokens = AccessTokens::default();
        let first = tokens.issue("wx1", Mode::Normal, at(0)).unwrap();

        let same = tokens.issue("wx1", Mode::Normal, at(6899)).unwrap();
        assert_eq!(same.text, first.text);
        let second = tokens.issue("wx1", Mode::Normal, at(6900)).unwrap();
        assert_ne!(second.text, first.text);

        assert_eq!(tokens.appid(&first.text, at(7199)), Some("wx1"));
        assert_eq!(tokens.appid(&second.text, at(7199)), Some("wx1"));
        assert_eq!(tokens.appid(&first.text, at(7200)), None);
        assert_eq!(tokens.appid(&second.text, at(7200)), Some("wx1"));
    }

    #[test]
    fn force_refresh_ends_all_earlier_tokens() {
        let mut tokens = AccessTokens::default();
        let first = tokens.issue("wx1", Mode::Normal, at(0)).unwrap();
        let second = tokens.issue("wx1", Mode::Normal, at(6900)).unwrap();

        let forced = tokens.issue("wx1", Mode::ForceRefresh, at(6901)).unwrap();

        assert_eq!(tokens.appid(&first.text, at(6901)), None);
        assert_eq!(tokens.appid(&second.text, at(6901)), None);
        assert_eq!(tokens.appid(&forced.text, at(6901)), Some("wx1"));
    }

    #[test]
    fn apps_have_tokens_of_their_own() {
        let mut tokens = AccessTokens::default();
        let one = tokens.issue("wx1", Mode::Normal, at(0)).unwrap();
        let two = tokens.issue("wx2", Mode::Normal, at(0)).unwrap();

        assert_eq!(tokens.appid(&one.text, at(1)), Some("wx1"));
        assert_eq!(tokens.appid(&two.text, at(1)), Some("wx2"));
        assert_eq!(tokens.appid("", at(1)), None);
    }
}
