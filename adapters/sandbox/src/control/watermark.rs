//! The mark that the platform puts into everything it encrypts.

use serde::Serialize;

/// Which app the data is for, and when it was made.
#[derive(Serialize)]
pub(super) struct Watermark<'a> {
    /// Seconds since 1970-01-01 UTC, by the stand-in's clock.
    pub(super) timestamp: u64,
    pub(super) appid: &'a str,
}
