//! What replicas share in a Redis server: sealed session keys, buckets of the rate limits.
//!
//! - [`connection`]: the one connection, and what becomes of its users while Redis is down
//! - [`session_keys`], [`rate_limits`]: the ports
//! - [`names`]: what a person or an address is called there
//!
//! Redis is a convenience here: nothing in it is missed for long, and nobody waits for it longer than
//! [`RedisCache::DEADLINE`](connection::RedisCache::DEADLINE). Each operation is one script on one key, so that replicas
//! do not undo each other's work. All keys expire by themselves.

pub mod connection;
mod link;
pub mod names;
mod outage;
pub mod rate_limits;
pub mod session_keys;
