//! What has reached the platform, counted for tests that assert "asked once and no more".

use crate::bounded::BoundedMap;
use crate::platform::Api;

/// Codes counted one by one.
const MOST_CODES: usize = 10_000;

/// Longer codes count in the total only: no code the stand-in makes is near that, and a
/// stranger's text must not fill the memory.
const LONGEST_CODE: usize = 128;

/// Every request received, those included that are refused, or that a fault leaves unanswered.
pub(crate) struct Calls {
    jscode2session: u64,
    by_code: BoundedMap<String, u64>,
    stable_token: u64,
    checksession: u64,
}

impl Calls {
    pub(crate) fn new() -> Self {
        Self {
            jscode2session: 0,
            by_code: BoundedMap::new(MOST_CODES),
            stable_token: 0,
            checksession: 0,
        }
    }

    /// Counts a request, and the login code in it where the endpoint takes one.
    pub(crate) fn count(&mut self, api: Api, code: Option<&str>) {
        *self.total_mut(api) += 1;
        let Some(code) = code.filter(|code| api == Api::Jscode2session && code.len() <= LONGEST_CODE) else {
            return;
        };
        match self.by_code.get_mut(code) {
            Some(count) => *count += 1,
            None => self.by_code.insert(code.to_owned(), 1),
        }
    }

    pub(crate) const fn total(&self, api: Api) -> u64 {
        match api {
            Api::Jscode2session => self.jscode2session,
            Api::StableToken => self.stable_token,
            Api::Checksession => self.checksession,
        }
    }

    /// How often each code was sent, in no order.
    pub(crate) fn by_code(&self) -> impl Iterator<Item = (&str, u64)> {
        self.by_code.iter().map(|(code, count)| (code.as_str(), *count))
    }

    fn total_mut(&mut self, api: Api) -> &mut u64 {
        match api {
            Api::Jscode2session => &mut self.jscode2session,
            Api::StableToken => &mut self.stable_token,
            Api::Checksession => &mut self.checksession,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_by_endpoint_and_code() {
        let mut calls = Calls::new();

        calls.count(Api::Jscode2session, Some("a"));
        calls.count(Api::Jscode2session, Some("a"));
        calls.count(Api::Jscode2session, None);
        calls.count(Api::StableToken, Some("a"));

        assert_eq!(calls.total(Api::Jscode2session), 3);
        assert_eq!(calls.total(Api::StableToken), 1);
        assert_eq!(calls.total(Api::Checksession), 0);
        assert_eq!(calls.by_code().collect::<Vec<_>>(), [("a", 2)]);
    }

    #[test]
    fn the_memory_for_codes_is_bounded() {
        let mut calls = Calls::new();

        calls.count(Api::Jscode2session, Some(&"x".repeat(LONGEST_CODE + 1)));
        assert_eq!(calls.by_code().count(), 0);
        for number in 0..=MOST_CODES {
            calls.count(Api::Jscode2session, Some(&number.to_string()));
        }

        assert_eq!(calls.by_code().count(), MOST_CODES);
        assert!(calls.by_code().all(|(code, _)| code != "0"));
        assert_eq!(calls.total(Api::Jscode2session), 10_002);
    }
}
