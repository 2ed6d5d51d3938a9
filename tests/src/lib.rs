//! What whole-service tests start and talk to: the binary, the stand-in platform, an HTTP client.
//!
//! Everything listens on a free loopback port and lives in a directory of its own; what was started is stopped when
//! its handle is dropped.

#![expect(
    clippy::missing_panics_doc,
    reason = "a test's helper panics where the test has to fail"
)]

pub mod backend;
pub mod client;
pub mod database;
pub mod document;
pub mod eventually;
pub mod gateway;
pub mod lines;
pub mod platform;
pub mod program;
pub mod required;
pub mod round_robin;
pub mod serving;
pub mod signal;
