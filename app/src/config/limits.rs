//! How much the service takes on at once.

use super::fault::{Faults, Flaw, Reported, quoted};
use super::raw::Group;
use super::settings::MAX_CONCURRENT_REQUESTS;

/// How much the service takes on at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests served at once.
    pub max_concurrent_requests: usize,
}

impl Limits {
    /// Enough for any test.
    #[must_use]
    pub fn for_testing() -> Self {
        Self {
            max_concurrent_requests: 1024,
        }
    }

    pub(super) fn read(group: &Group, faults: &mut Faults) -> Result<Self, Reported> {
        Ok(Self {
            max_concurrent_requests: group.required(&MAX_CONCURRENT_REQUESTS, faults, requests)?,
        })
    }
}

fn requests(text: &str) -> Result<usize, Flaw> {
    let number = text.parse().ok().filter(|number| (1..=1_000_000).contains(number));
    number.ok_or_else(|| {
        let problem = format!("{} is not a number of requests", quoted(text));
        Flaw::new(problem, "write a whole number from 1 to 1000000")
    })
}
