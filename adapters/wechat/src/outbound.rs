//! How much of this service's traffic WeChat is to bear.

use std::num::NonZeroU32;

/// Limits of the calls to WeChat, for each app on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outbound {
    /// How many calls may be under way at once.
    pub max_in_flight: usize,
    /// How many calls may be made in a minute; WeChat itself limits the day.
    pub per_minute: Option<NonZeroU32>,
    /// How many calls may be made for one user in a minute, where the user is known before the call.
    pub per_user_per_minute: Option<NonZeroU32>,
}

impl Default for Outbound {
    fn default() -> Self {
        Self {
            max_in_flight: 256,
            per_minute: None,
            // WeChat's own limit: what is beyond it would be refused there (45011).
            per_user_per_minute: NonZeroU32::new(100),
        }
    }
}
