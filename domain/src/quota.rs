//! When WeChat's daily quota begins anew.

use std::time::Duration;

use crate::timestamp::Timestamp;

/// WeChat counts days in China Standard Time, UTC+8, which knows no summer time.
const UTC_OFFSET_SECONDS: i64 = 8 * 3600;
const DAY_SECONDS: i64 = 86_400;

/// From `now` to the next midnight in China; at least one second.
#[must_use]
pub fn daily_quota_resets_in(now: Timestamp) -> Duration {
    let since_midnight = (now.unix_seconds() + UTC_OFFSET_SECONDS).rem_euclid(DAY_SECONDS);
    Duration::from_secs(u64::try_from(DAY_SECONDS - since_midnight).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_ends_at_sixteen_hundred_utc() {
        // 2026-01-28T15:59:59Z and the second after.
        let before = Timestamp::from_unix_seconds(1_769_615_999);
        assert_eq!(daily_quota_resets_in(before), Duration::from_secs(1));
        let after = before.plus(Duration::from_secs(1));
        assert_eq!(daily_quota_resets_in(after), Duration::from_secs(86_400));
    }
}
