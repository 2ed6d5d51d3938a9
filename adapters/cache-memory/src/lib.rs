//! What is held in the memory of this process, and lost with it.
//!
//! - [`session_keys`]: sealed session keys, for data that are still to be opened
//! - [`rate_limits`]: how often somebody may ask
//!
//! Both are bounded, however many users and addresses there are.

pub mod rate_limits;
pub mod session_keys;
mod subjects;
mod ticks;
