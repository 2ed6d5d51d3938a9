//! A client of several services that are one: each request goes to the next, as a load balancer would have it.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::client::Api;
use crate::program::Program;

/// Clients of several services, one after the other.
pub struct RoundRobin {
    services: Vec<Api>,
    next: AtomicUsize,
}

impl RoundRobin {
    /// Over these services, of which there is one at least.
    #[must_use]
    pub fn over(services: &[Program]) -> Self {
        assert!(!services.is_empty());
        Self {
            services: services.iter().map(Program::api).collect(),
            next: AtomicUsize::new(0),
        }
    }

    /// The one whose turn it is.
    pub fn next(&self) -> &Api {
        &self.services[self.next.fetch_add(1, Ordering::Relaxed) % self.services.len()]
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Api] {
        &self.services
    }
}
