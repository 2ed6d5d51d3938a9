//! Codes: made on a user's phone, exchanged once by the app's server, dead after their lifetime.

use std::time::Duration;

use crate::bounded::BoundedMap;
use crate::clock::UnixTime;
use crate::session_key::SessionKey;
use crate::user::UserName;

/// Codes of one kind that live at the same time; enough for a load test that makes its codes in
/// advance.
const MOST_CODES: usize = 100_000;

/// What a login code stands for.
#[derive(Clone, Debug)]
pub(crate) struct Login {
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

/// All codes of one kind that have not expired. A code of one kind is unknown among those of
/// another, which is why a login code is no good for a phone number.
pub(crate) struct Codes<T> {
    issued: BoundedMap<String, Code<T>>,
}

struct Code<T> {
    appid: String,
    stands_for: T,
    expires_at: UnixTime,
    used: bool,
}

impl<T: Clone> Codes<T> {
    pub(crate) fn new() -> Self {
        Self {
            issued: BoundedMap::new(MOST_CODES),
        }
    }

    /// Puts a code into the world, whose text is fresh and random.
    pub(crate) fn issue(&mut self, text: String, appid: &str, stands_for: T, lifetime: Duration, now: UnixTime) {
        self.drop_expired(now);
        self.issued.insert(
            text,
            Code {
                appid: appid.to_owned(),
                stands_for,
                expires_at: now.plus(lifetime),
                used: false,
            },
        );
    }

    /// What a code would be exchanged for, without exchanging it.
    pub(crate) fn look_up(&self, code: &str, appid: &str, now: UnixTime) -> Result<&T, CodeRefused> {
        let code = self
            .issued
            .get(code)
            .filter(|code| now < code.expires_at && code.appid == appid)
            .ok_or(CodeRefused::Invalid)?;
        if code.used {
            return Err(CodeRefused::Used);
        }
        Ok(&code.stands_for)
    }

    /// Exchanges a code, which from then on is used.
    pub(crate) fn redeem(&mut self, code: &str, appid: &str, now: UnixTime) -> Result<T, CodeRefused> {
        let stands_for = self.look_up(code, appid, now)?.clone();
        if let Some(code) = self.issued.get_mut(code) {
            code.used = true;
        }
        Ok(stands_for)
    }

    /// All codes live equally long, so the oldest expires first; one that was born expired goes with those around it.
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

    fn issued(codes: &mut Codes<&'static str>, text: &str, now: u64) {
        let now = UnixTime::from_seconds(now);
        codes.issue(text.to_owned(), "wx1", "alice", LIFETIME, now);
    }

    #[test]
    fn a_code_works_once_until_the_second_it_expires() {
        let mut codes = Codes::new();
        issued(&mut codes, "code", 1000);
        issued(&mut codes, "late", 1000);

        let last_second = UnixTime::from_seconds(1299);
        let over = UnixTime::from_seconds(1300);
        assert_eq!(codes.look_up("code", "wx1", last_second), Ok(&"alice"));
        assert_eq!(codes.redeem("code", "wx1", last_second), Ok("alice"));
        assert_eq!(codes.redeem("code", "wx1", last_second), Err(CodeRefused::Used));
        assert_eq!(codes.look_up("code", "wx1", last_second), Err(CodeRefused::Used));
        for code in ["late", "code"] {
            assert_eq!(codes.redeem(code, "wx1", over), Err(CodeRefused::Invalid));
        }
    }

    #[test]
    fn another_apps_attempt_does_not_use_a_code_up() {
        let mut codes = Codes::new();
        let now = UnixTime::from_seconds(1000);
        issued(&mut codes, "code", 1000);

        assert_eq!(codes.redeem("code", "wx2", now), Err(CodeRefused::Invalid));

        assert_eq!(codes.redeem("code", "wx1", now), Ok("alice"));
    }

    #[test]
    fn expired_codes_are_dropped() {
        let mut codes = Codes::new();
        issued(&mut codes, "early", 1000);

        issued(&mut codes, "late", 1300);

        assert!(codes.issued.get("early").is_none());
        assert_eq!(codes.issued.iter().count(), 1);
    }
}
