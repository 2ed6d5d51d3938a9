//! What the buckets tell the time by.

use std::sync::Arc;
use std::time::Duration;

use governor::clock::{Clock as _, MonotonicClock};
use governor::nanos::Nanos;
use wxlogin_domain::ports::clock::Clock;

/// A time source of token buckets.
pub(crate) enum Ticks {
    /// Time since a start, which no correction of the clock moves.
    Monotonic {
        start: <MonotonicClock as governor::clock::Clock>::Instant,
    },
    /// The time of day, as this clock has it.
    OfDay(Arc<dyn Clock>),
}

impl Ticks {
    pub(crate) fn monotonic() -> Self {
        Self::Monotonic {
            start: MonotonicClock.now(),
        }
    }
}

impl governor::clock::Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        match self {
            Self::Monotonic { start } => MonotonicClock.now().duration_since(*start).into(),
            Self::OfDay(clock) => {
                let millis = u64::try_from(clock.now().unix_millis()).unwrap_or(0);
                Duration::from_millis(millis).into()
            }
        }
    }
}
