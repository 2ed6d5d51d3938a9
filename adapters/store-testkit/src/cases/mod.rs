//! The cases, by what they are about.

#![expect(
    clippy::missing_panics_doc,
    reason = "a case is a test: it panics where the store breaks the promise that its name states"
)]

pub mod act;
pub mod api_key;
pub mod audit;
pub mod cap;
pub mod copy;
pub mod copy_race;
pub mod copy_use;
pub mod erase;
pub mod health;
pub mod import;
pub mod import_race;
pub mod keys;
pub mod login;
pub mod merge;
pub mod merge_race;
pub mod phone;
pub mod push;
pub mod race;
pub mod search;
pub mod session;
pub mod suspension;
pub mod sweep;
pub mod touch;
pub mod unionid;
