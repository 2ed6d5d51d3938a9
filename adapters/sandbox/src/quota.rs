//! Quotas: how often an app, and each of its users, may call an endpoint.

use std::collections::HashMap;
use std::time::Duration;

use serde::Serialize;

use crate::bounded::BoundedMap;
use crate::clock::UnixTime;
use crate::platform::Api;
use crate::user::OpenId;

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Apps or users counted for one limit.
const MOST_COUNTED: usize = 10_000;

/// Forced refreshes of an app's access token in a day.
const FORCED_PER_DAY: u64 = 20;

/// An endpoint's limits; a limit that is not there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Limits {
    #[serde(rename = "per_minute")]
    pub(crate) minute: Option<u64>,
    #[serde(rename = "per_day")]
    pub(crate) day: Option<u64>,
    #[serde(rename = "per_user_per_minute")]
    pub(crate) user_minute: Option<u64>,
}

impl Limits {
    /// The platform's own, with one exception: it takes 100 logins a minute of each user, and the
    /// stand-in any number, because a load test has few users with many logins.
    const fn of(api: Api) -> Self {
        match api {
            Api::StableToken => Self {
                minute: Some(10_000),
                day: Some(500_000),
                user_minute: None,
            },
            Api::Jscode2session | Api::Checksession | Api::Resetusersessionkey | Api::Getuserphonenumber => Self {
                minute: None,
                day: None,
                user_minute: None,
            },
        }
    }
}

/// The quota that a call would go beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exceeded {
    Minute,
    Day,
}

/// The limits in force, and the calls counted against them.
///
/// A minute or a day begins with the first call counted in it. The platform's days end at
/// midnight in Beijing; a test that runs across midnight is better off with these. A call that is
/// refused for its frequency is not counted.
pub(crate) struct Quotas {
    by_api: HashMap<Api, Quota>,
    forced: Windows,
}

struct Quota {
    limits: Limits,
    minutes: Windows,
    days: Windows,
    user_minutes: Windows,
}

impl Quotas {
    pub(crate) fn new() -> Self {
        Self {
            by_api: HashMap::new(),
            forced: Windows::new(DAY),
        }
    }

    /// Puts limits in force for an endpoint, and begins to count anew.
    pub(crate) fn set(&mut self, api: Api, limits: Limits) {
        self.by_api.insert(api, Quota::new(limits));
    }

    pub(crate) fn limits(&self, api: Api) -> Limits {
        self.by_api.get(&api).map_or(Limits::of(api), |quota| quota.limits)
    }

    /// Counts an app's call, unless it goes beyond a quota.
    pub(crate) fn admit(&mut self, api: Api, appid: &str, now: UnixTime) -> Result<(), Exceeded> {
        let Quota {
            limits, minutes, days, ..
        } = self.quota(api);
        if days.is_full(appid, limits.day, now) {
            return Err(Exceeded::Day);
        }
        if minutes.is_full(appid, limits.minute, now) {
            return Err(Exceeded::Minute);
        }
        days.count(appid, limits.day, now);
        minutes.count(appid, limits.minute, now);
        Ok(())
    }

    /// Counts a call about a user, unless it goes beyond the quota. An openid is of one app.
    pub(crate) fn admit_user(&mut self, api: Api, openid: &OpenId, now: UnixTime) -> Result<(), Exceeded> {
        let Quota {
            limits, user_minutes, ..
        } = self.quota(api);
        if user_minutes.is_full(openid.as_str(), limits.user_minute, now) {
            return Err(Exceeded::Minute);
        }
        user_minutes.count(openid.as_str(), limits.user_minute, now);
        Ok(())
    }

    /// Counts a forced refresh of the access token, unless there were 20 within a day.
    pub(crate) fn admit_forced(&mut self, appid: &str, now: UnixTime) -> Result<(), Exceeded> {
        if self.forced.is_full(appid, Some(FORCED_PER_DAY), now) {
            return Err(Exceeded::Day);
        }
        self.forced.count(appid, Some(FORCED_PER_DAY), now);
        Ok(())
    }

    fn quota(&mut self, api: Api) -> &mut Quota {
        self.by_api.entry(api).or_insert_with(|| Quota::new(Limits::of(api)))
    }
}

impl Quota {
    fn new(limits: Limits) -> Self {
        Self {
            limits,
            minutes: Windows::new(MINUTE),
            days: Windows::new(DAY),
            user_minutes: Windows::new(MINUTE),
        }
    }
}

/// One window of time for each app or user that has called.
struct Windows {
    length: Duration,
    by_key: BoundedMap<String, Window>,
}

struct Window {
    ends_at: UnixTime,
    calls: u64,
}

impl Windows {
    fn new(length: Duration) -> Self {
        Self {
            length,
            by_key: BoundedMap::new(MOST_COUNTED),
        }
    }

    fn is_full(&self, key: &str, limit: Option<u64>, now: UnixTime) -> bool {
        let Some(limit) = limit else { return false };
        let calls = match self.by_key.get(key) {
            Some(window) if now < window.ends_at => window.calls,
            _ => 0,
        };
        calls >= limit
    }

    /// Counts a call, if there is a limit to count it for.
    fn count(&mut self, key: &str, limit: Option<u64>, now: UnixTime) {
        if limit.is_none() {
            return;
        }
        match self.by_key.get_mut(key) {
            Some(window) if now < window.ends_at => window.calls += 1,
            _ => {
                let window = Window {
                    ends_at: now.plus(self.length),
                    calls: 1,
                };
                self.by_key.insert(key.to_owned(), window);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user::UserName;

    const API: Api = Api::Getuserphonenumber;

    fn at(seconds: u64) -> UnixTime {
        UnixTime::from_seconds(seconds)
    }

    fn limited(limits: Limits) -> Quotas {
        let mut quotas = Quotas::new();
        quotas.set(API, limits);
        quotas
    }

    #[test]
    fn a_minute_begins_with_its_first_call() {
        let mut quotas = limited(Limits {
            minute: Some(2),
            ..Limits::default()
        });

        assert_eq!(quotas.admit(API, "wx1", at(59)), Ok(()));
        assert_eq!(quotas.admit(API, "wx1", at(60)), Ok(()));
        assert_eq!(quotas.admit(API, "wx1", at(118)), Err(Exceeded::Minute));
        assert_eq!(quotas.admit(API, "wx2", at(118)), Ok(()));
        assert_eq!(quotas.admit(Api::Checksession, "wx1", at(118)), Ok(()));
        assert_eq!(quotas.admit(API, "wx1", at(119)), Ok(()));
    }

    #[test]
    fn a_call_refused_counts_for_no_quota() {
        let mut quotas = limited(Limits {
            minute: Some(1),
            day: Some(2),
            ..Limits::default()
        });

        assert_eq!(quotas.admit(API, "wx1", at(0)), Ok(()));
        assert_eq!(quotas.admit(API, "wx1", at(1)), Err(Exceeded::Minute));
        assert_eq!(quotas.admit(API, "wx1", at(60)), Ok(()));
        assert_eq!(quotas.admit(API, "wx1", at(61)), Err(Exceeded::Day));
        assert_eq!(quotas.admit(API, "wx1", at(86_400)), Ok(()));
    }

    #[test]
    fn users_are_counted_one_by_one() {
        let mut quotas = limited(Limits {
            user_minute: Some(1),
            ..Limits::default()
        });
        let alice = UserName::default();

        assert_eq!(quotas.admit_user(API, &alice.openid("wx1"), at(0)), Ok(()));
        assert_eq!(
            quotas.admit_user(API, &alice.openid("wx1"), at(0)),
            Err(Exceeded::Minute)
        );
        assert_eq!(quotas.admit_user(API, &alice.openid("wx2"), at(0)), Ok(()));
    }

    #[test]
    fn the_platforms_own_limits_are_the_defaults() {
        let mut quotas = Quotas::new();

        for _ in 0..10_000 {
            assert_eq!(quotas.admit(Api::StableToken, "wx1", at(0)), Ok(()));
            assert_eq!(quotas.admit(Api::Jscode2session, "wx1", at(0)), Ok(()));
        }
        assert_eq!(quotas.admit(Api::StableToken, "wx1", at(0)), Err(Exceeded::Minute));
        assert_eq!(quotas.admit(Api::Jscode2session, "wx1", at(0)), Ok(()));
        for _ in 0..20 {
            assert_eq!(quotas.admit_forced("wx1", at(0)), Ok(()));
        }
        assert_eq!(quotas.admit_forced("wx1", at(86_399)), Err(Exceeded::Day));
        assert_eq!(quotas.admit_forced("wx1", at(86_400)), Ok(()));
    }

    #[test]
    fn nobody_is_counted_where_there_is_no_limit() {
        let mut quotas = Quotas::new();

        quotas.admit(API, "wx1", at(0)).unwrap();
        quotas
            .admit_user(API, &UserName::default().openid("wx1"), at(0))
            .unwrap();

        let quota = quotas.quota(API);
        for windows in [&quota.minutes, &quota.days, &quota.user_minutes] {
            assert_eq!(windows.by_key.iter().count(), 0);
        }
    }
}
