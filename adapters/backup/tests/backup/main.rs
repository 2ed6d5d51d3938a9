//! What is written is read again, and nothing else is.

mod arbitrary;
mod faults;
mod format;
mod round_trip;
