//! The cases, by what they are about.

#![expect(
    clippy::missing_panics_doc,
    reason = "a case is a test: it panics where the store breaks the promise that its name states"
)]

pub mod keys;
pub mod login;
pub mod race;
pub mod session;
pub mod suspension;
