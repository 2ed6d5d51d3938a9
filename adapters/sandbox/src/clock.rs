//! The stand-in's own clock: the wall clock, and whatever a test has put on top of it.

use std::time::{Duration, SystemTime};

/// The most a clock can be put ahead in all: 100 years, far from where any arithmetic ends.
const MOST_AHEAD: Duration = Duration::from_secs(100 * 366 * 24 * 60 * 60);

/// A moment, as the time since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UnixTime(Duration);

impl UnixTime {
    #[cfg(test)]
    pub(crate) const fn from_seconds(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }

    pub(crate) const fn seconds(self) -> u64 {
        self.0.as_secs()
    }

    pub(crate) const fn plus(self, later: Duration) -> Self {
        Self(self.0.saturating_add(later))
    }

    /// The time from here to `later`, zero if that is past.
    pub(crate) const fn until(self, later: Self) -> Duration {
        later.0.saturating_sub(self.0)
    }
}

/// A clock that runs with the wall clock and can be put ahead of it.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead: Duration,
}

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the stand-in reads the wall clock"
    )]
    pub(crate) fn now(&self) -> UnixTime {
        let wall = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        UnixTime(wall).plus(self.ahead)
    }

    /// Puts the clock ahead; an error, and no change, if that would be more than 100 years in all.
    pub(crate) fn advance(&mut self, by: Duration) -> Result<(), TooFarAhead> {
        let ahead = self.ahead.saturating_add(by);
        if ahead > MOST_AHEAD {
            return Err(TooFarAhead);
        }
        self.ahead = ahead;
        Ok(())
    }
}

/// The clock would be more than 100 years ahead.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the clock cannot be put more than 100 years ahead")]
pub(crate) struct TooFarAhead;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_ahead_and_not_beyond_its_end() {
        let mut clock = Clock::default();
        let before = clock.now();

        clock.advance(Duration::from_secs(301)).unwrap();

        assert!(before.until(clock.now()) >= Duration::from_secs(301));
        assert_eq!(clock.advance(Duration::MAX), Err(TooFarAhead));
        assert!(before.until(clock.now()) < Duration::from_secs(1000));
    }
}
