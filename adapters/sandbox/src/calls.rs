//! What has reached the platform, counted for tests that assert "asked once and no more".

use std::collections::HashMap;

use crate::bounded::BoundedMap;
use crate::platform::Api;

/// Codes counted one by one, for each endpoint that takes codes.
const MOST_CODES: usize = 10_000;

/// Longer codes count in the total only: no code the stand-in makes is near that, and a
/// stranger's text must not fill the memory.
const LONGEST_CODE: usize = 128;

/// Every request received, those included that are refused, or that a fault leaves unanswered.
#[derive(Default)]
pub(crate) struct Calls {
    totals: HashMap<Api, u64>,
    by_code: HashMap<Api, BoundedMap<String, u64>>,
}

impl Calls {
    /// Counts a request, and the code in it if there is one.
    pub(crate) fn count(&mut self, api: Api, code: Option<&str>) {
        *self.totals.entry(api).or_default() += 1;
        let Some(code) = code.filter(|code| code.len() <= LONGEST_CODE) else {
            return;
        };
        let by_code = self.by_code.entry(api).or_insert_with(|| BoundedMap::new(MOST_CODES));
        match by_code.get_mut(code) {
            Some(count) => *count += 1,
            None => by_code.insert(code.to_owned(), 1),
        }
    }

    pub(crate) fn total(&self, api: Api) -> u64 {
        self.totals.get(&api).copied().unwrap_or_default()
    }

    /// How often each code was sent, in no order.
    pub(crate) fn by_code(&self, api: Api) -> impl Iterator<Item = (&str, u64)> {
        self.by_code
            .get(&api)
            .into_iter()
            .flat_map(BoundedMap::iter)
            .map(|(code, count)| (code.as_str(), *count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_by_endpoint_and_code() {
        let mut calls = Calls::default();

        calls.count(Api::Jscode2session, Some("a"));
        calls.count(Api::Jscode2session, Some("a"));
        calls.count(Api::Jscode2session, None);
        calls.count(Api::Getuserphonenumber, Some("a"));
        calls.count(Api::StableToken, None);

        assert_eq!(calls.total(Api::Jscode2session), 3);
        assert_eq!(calls.total(Api::StableToken), 1);
        assert_eq!(calls.total(Api::Checksession), 0);
        assert_eq!(calls.by_code(Api::Jscode2session).collect::<Vec<_>>(), [("a", 2)]);
        assert_eq!(calls.by_code(Api::Getuserphonenumber).collect::<Vec<_>>(), [("a", 1)]);
        assert_eq!(calls.by_code(Api::StableToken).count(), 0);
    }

    #[test]
    fn the_memory_for_codes_is_bounded() {
        let mut calls = Calls::default();

        calls.count(Api::Jscode2session, Some(&"x".repeat(LONGEST_CODE + 1)));
        assert_eq!(calls.by_code(Api::Jscode2session).count(), 0);
        for number in 0..=MOST_CODES {
            calls.count(Api::Jscode2session, Some(&number.to_string()));
        }

        assert_eq!(calls.by_code(Api::Jscode2session).count(), MOST_CODES);
        assert!(calls.by_code(Api::Jscode2session).all(|(code, _)| code != "0"));
        assert_eq!(calls.total(Api::Jscode2session), 10_002);
    }
}
