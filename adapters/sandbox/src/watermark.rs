//! The mark that the platform puts on a user's data.

use serde::Serialize;

/// Which app the data is for, and when the user gave it.
#[derive(Serialize)]
pub(crate) struct Watermark {
    /// Seconds since 1970-01-01 UTC, by the stand-in's clock.
    pub(crate) timestamp: u64,
    pub(crate) appid: String,
}
