//! How many calls may be under way at once. Nobody waits for a place: whoever waited would hold a connection of the
//! service's own clients, and a slow platform would fill them all.

use std::time::Duration;

/// A place is free again as soon as any call ends.
pub(super) const RETRY_AFTER: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Bulkhead {
    places: usize,
    taken: usize,
}

impl Bulkhead {
    pub(super) fn new(places: usize) -> Self {
        Self { places, taken: 0 }
    }

    pub(super) fn is_full(&self) -> bool {
        self.taken >= self.places
    }

    pub(super) fn taken(&self) -> usize {
        self.taken
    }

    pub(super) fn enter(&mut self) {
        self.taken += 1;
    }

    pub(super) fn leave(&mut self) {
        self.taken = self.taken.saturating_sub(1);
    }
}
