//! The rules of wxlogin. Pure: no I/O, no clock, no randomness; all of that comes through the [`ports`].
//!
//! | what | where |
//! |---|---|
//! | what WeChat says: codes, identities, keys, encrypted data | [`code`], [`identity`], [`session_key`], [`user_data`], [`quota`] |
//! | what is kept: accounts, phones, sessions, keys | [`account`], [`phone_number`], [`session`], [`key_ring`], [`id`] |
//! | what is issued: claims and tokens | [`token`], [`issue`] |
//! | what a login does to accounts | [`login_rules`] |
//! | use cases, one service and one error each | [`login`], [`refresh`], [`authenticate`], [`logout`], [`me`], [`keys`] |
//! | what the rules need from outside | [`ports`] |
//!
//! Invariants:
//! - A value that exists is valid: it was parsed, and is never checked again.
//! - A secret is a type of its own: it has no `Debug` that shows it and no way out but `expose`.
//! - Rules take the time as a value; services read the clock once per request.
//! - A store decides nothing: it applies [`login_rules::decide`] and [`session::Session`]'s transitions atomically.

pub mod account;
pub mod apps;
pub mod authenticate;
pub mod code;
pub mod id;
pub mod identity;
pub mod issue;
pub mod key_ring;
pub mod keys;
pub mod liveness;
pub mod login;
pub mod login_rules;
pub mod logout;
pub mod me;
pub mod phone_number;
pub mod ports;
pub mod quota;
pub mod refresh;
pub mod session;
pub mod session_key;
pub mod timestamp;
pub mod token;
pub mod user_data;
