//! Login codes: made by `wx.login`, exchanged once, dead after their lifetime.

use std::time::Duration;

use crate::bounded::BoundedMap;
use crate::clock::UnixTime;
use crate::entropy::{self, EntropyError};
use crate::session_key::SessionKey;
use crate::user::UserName;

/// Codes that live at the same time; enough for a load test that makes its codes in advance.
const MOST_CODES: usize = 100_000;

/// Real codes have 32 characters of `A-Z a-z 0-9`.
const LENGTH: usize = 32;

/// What a code stands for.
#[derive(Clone, Debug)]
pub(crate) struct Login {
    pub(crate) appid: String,
    pub(crate) user: UserName,
    /// The key valid when the code was made, current or not when it is exchanged.
    pub(crate) session_key: SessionKey,
}

/// Why a code is not exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeRefused {
    /// Unknown, expired, or of another app.
    Invalid,
    /// Exchanged before, and not yet expired.
    Used,
}

/// All codes that have not expired.
pub(crate) struct Codes {
    issued: BoundedMap<String, Code>,
}

struct Code {
    login: Login,
    expires_at: UnixTime,
    used: bool,
}

impl Codes {
    pub(crate) fn new() -> Self {
        Self {
            issued: BoundedMap::new(MOST_CODES),
        }
    }

    pub(crate) fn issue(&mut self, login: Login, lifetime: Duration, now: UnixTime) -> Result<String, EntropyError> {
        self.drop_expired(now);
        let code = entropy::alphanumeric(LENGTH)?;
        self.issued.insert(
            code.clone(),
            Code {
                login,
                expires_at: now.plus(lifetime),
                used: false,
            },
        );
        Ok(code)
    }

    /// Exchanges a code, which from then on is used.
    pub(crate) fn redeem(&mut self, code: &str, appid: &str, now: UnixTime) -> Result<Login, CodeRefused> {
        let code = self
            .issued
            .get_mut(code)
            .filter(|code| now < code.expires_at && code.login.appid == appid)
            .ok_or(CodeRefused::Invalid)?;
        if code.used {
            return Err(CodeRefused::Used);
        }
        code.used = true;
        Ok(code.login.clone())
    }

    /// All codes live equally long, so the oldest expires first.
    fn drop_expired(&mut self, now: UnixTime) {
        while self.issued.oldest().is_some_and(|code| code.expires_at <= now) {
            self.issued.remove_oldest();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFETIME: Duration = Duration::from_secs(300);

    fn login() -> Login {
        Login {
            appid: "wx1".to_owned(),
            user: UserName::default(),
            session_key: SessionKey::new([7; 16]),
        }
    }

    #[test]
    fn a_code_works_once_until_the_second_it_expires() {
        let mut codes = Codes::new();
        let start = UnixTime::from_seconds(1000);
        let code = codes.issue(login(), LIFETIME, start).unwrap();
        let late = codes.issue(login(), LIFETIME, start).unwrap();

        let last_second = UnixTime::from_seconds(1299);
        let over = UnixTime::from_seconds(1300);
        assert!(codes.redeem(&code, "wx1", last_second).is_ok());
        let again = codes.redeem(&code, "wx1", last_second);
        assert_eq!(again.unwrap_err(), CodeRefused::Used);
        for code in [&late, &code] {
            let refused = codes.redeem(code, "wx1", over).unwrap_err();
            assert_eq!(refused, CodeRefused::Invalid);
        }
    }

    #[test]
    fn another_apps_attempt_does_not_use_a_code_up() {
        let mut codes = Codes::new();
        let now = UnixTime::from_seconds(1000);
        let code = codes.issue(login(), LIFETIME, now).unwrap();

        let other = codes.redeem(&code, "wx2", now).unwrap_err();

        assert_eq!(other, CodeRefused::Invalid);
        assert!(codes.redeem(&code, "wx1", now).is_ok());
    }

    #[test]
    fn expired_codes_are_dropped() {
        let mut codes = Codes::new();
        let code = codes.issue(login(), LIFETIME, UnixTime::from_seconds(1000)).unwrap();

        codes.issue(login(), LIFETIME, UnixTime::from_seconds(1300)).unwrap();

        assert!(codes.issued.get(&code).is_none());
        assert_eq!(codes.issued.iter().count(), 1);
    }
}
