//! A point in time, in whole milliseconds.

use std::fmt;
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Milliseconds since the Unix epoch, UTC.
///
/// Whole milliseconds, because every store can hold them exactly: what is read back equals what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The text is no time in RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time in RFC 3339")]
pub struct TimestampError;

/// 9999-12-31T23:59:59.999Z, the last instant that RFC 3339 can write.
const MAX_MILLIS: i64 = 253_402_300_799_999;

impl Timestamp {
    /// From milliseconds since the Unix epoch; clamped to the years 1970 to 9999.
    #[must_use]
    pub fn from_unix_millis(millis: i64) -> Self {
        Self(millis.clamp(0, MAX_MILLIS))
    }

    /// From seconds since the Unix epoch; clamped to the years 1970 to 9999.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self::from_unix_millis(seconds.saturating_mul(1000))
    }

    /// Reads RFC 3339, of any offset; what is finer than a millisecond is cut.
    ///
    /// # Errors
    /// When the text is no such time.
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| TimestampError)?;
        let millis = i64::try_from(moment.unix_timestamp_nanos().div_euclid(1_000_000)).map_err(|_| TimestampError)?;
        Ok(Self::from_unix_millis(millis))
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub fn unix_millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, rounded down, as in a JWT's `NumericDate`.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This instant and `span` more.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        let millis = i64::try_from(span.as_millis()).unwrap_or(MAX_MILLIS);
        Self::from_unix_millis(self.0.saturating_add(millis))
    }

    /// This instant less `span`.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        let millis = i64::try_from(span.as_millis()).unwrap_or(MAX_MILLIS);
        Self::from_unix_millis(self.0.saturating_sub(millis))
    }

    /// How long after `earlier` this is; zero if it is not after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, e.g. `2026-01-28T15:42:56Z`; the fraction is left out when it is zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = i128::from(self.0) * 1_000_000;
        let text = OffsetDateTime::from_unix_timestamp_nanos(nanos)
            .ok()
            .and_then(|moment| moment.format(&Rfc3339).ok())
            .ok_or(fmt::Error)?;
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_rfc3339_in_utc() {
        assert_eq!(
            Timestamp::from_unix_seconds(1_769_614_976).to_string(),
            "2026-01-28T15:42:56Z"
        );
        assert_eq!(
            Timestamp::from_unix_millis(1_769_614_976_120).to_string(),
            "2026-01-28T15:42:56.12Z"
        );
    }

    #[test]
    fn reads_what_it_writes_and_other_offsets() {
        for millis in [0, 1_769_614_976_120, MAX_MILLIS] {
            let moment = Timestamp::from_unix_millis(millis);
            assert_eq!(Timestamp::parse(&moment.to_string()), Ok(moment));
        }
        let there = Timestamp::parse("2026-01-28T23:42:56.1209+08:00");
        assert_eq!(there, Ok(Timestamp::from_unix_millis(1_769_614_976_120)));
        for bad in ["", "2026-01-28", "1769614976", "2026-01-28T15:42:56"] {
            assert_eq!(Timestamp::parse(bad), Err(TimestampError), "{bad}");
        }
    }

    #[test]
    fn never_leaves_the_range_it_can_write() {
        for millis in [i64::MIN, -1, 0, i64::MAX] {
            let moment = Timestamp::from_unix_millis(millis);
            assert!(!moment.plus(Duration::MAX).to_string().is_empty());
        }
    }
}
