//! The buckets of all subjects, of which there are only so many.

use std::hash::{BuildHasher, RandomState};

use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::{DashMapStateStore, ShrinkableKeyedStateStore};
use wxlogin_domain::rate_limit::Subject;

/// Buckets that newcomers share where there is no room for one each.
const SHARED: u64 = 1024;

/// A bucket for each subject, up to a bound.
///
/// Beyond it newcomers share buckets, into which they fall by chance. Nobody is let in uncounted, so whoever has a
/// million addresses gains nothing by them. Nobody is forgotten to make room, so no subject gets a new bucket by pushing
/// out its own. And the others who come in such a flood share a bucket with some of it, not all of it.
pub(crate) struct Subjects {
    bound: usize,
    own: DashMapStateStore<Subject>,
    shared: DashMapStateStore<u64>,
    /// Seeded at random: nobody can tell who shares a bucket with whom.
    lots: RandomState,
}

impl Subjects {
    pub(crate) fn new(bound: usize) -> Self {
        Self {
            bound,
            own: DashMapStateStore::default(),
            shared: DashMapStateStore::default(),
            lots: RandomState::new(),
        }
    }
}

impl StateStore for Subjects {
    type Key = Subject;

    fn measure_and_replace<T, F, E>(&self, subject: &Subject, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        // Requests at the same time may pass the bound by as many as they are: it is there for the order of magnitude.
        if self.own.contains_key(subject) || self.own.len() < self.bound {
            self.own.measure_and_replace(subject, measure)
        } else {
            let lot = self.lots.hash_one(subject) % SHARED;
            self.shared.measure_and_replace(&lot, measure)
        }
    }
}

impl ShrinkableKeyedStateStore<Subject> for Subjects {
    fn retain_recent(&self, drop_below: Nanos) {
        self.own.retain_recent(drop_below);
        self.shared.retain_recent(drop_below);
    }

    fn len(&self) -> usize {
        self.own.len() + self.shared.len()
    }

    fn is_empty(&self) -> bool {
        self.own.is_empty() && self.shared.is_empty()
    }
}
