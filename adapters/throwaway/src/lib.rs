//! Throwaway servers for tests: of one's own, on a free loopback port, in a directory of their own.
//!
//! - [`Postgres`], [`Redis`], [`Surreal`]: `start` shares one per test process, `private` is for tests that stop or
//!   freeze it
//! - [`required`]: what becomes of a test whose server is not to be had
//!
//! However the test process ends, nothing of them is left: each is kept by a watchdog that waits for that end.
//! Servers that were there before are not looked for, and not touched.

mod control;
mod directory;
mod postgres;
mod program;
mod redis;
mod required;
mod server;
mod surreal;
mod watchdog;

pub use postgres::Postgres;
pub use redis::Redis;
pub use required::required;
pub use surreal::Surreal;
