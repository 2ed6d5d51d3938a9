//! The rules of wxlogin. Pure: no I/O, no clock, no randomness; all of that comes through the [`ports`].
//!
//! | what | where |
//! |---|---|
//! | what WeChat says: codes, identities, keys, encrypted data, pushes | [`code`], [`identity`], [`session_key`], [`user_data`], [`push`], [`quota`] |
//! | what is kept: accounts, phones, sessions, keys | [`account`], [`phone_number`], [`session`], [`key_ring`], [`api_key`], [`id`], [`external_id`] |
//! | what a copy of all that is made of | [`copy`] |
//! | what is told of it: who did what, from where | [`audit`], [`origin`], [`client_kind`] |
//! | what is issued: claims and tokens | [`token`], [`issue`] |
//! | what a login does to accounts and sessions, what a merge and an import do | [`login_rules`], [`merge_rules`], [`import_rules`] |
//! | use cases of a person | [`login`], [`refresh`], [`logout`], [`me`], [`phone`], [`my_sessions`], [`my_session_key`], [`end_session`], [`revoke`] |
//! | what several of them share: opening WeChat's data, keeping its keys | [`user_data_reader`], [`session_keys`] |
//! | use cases of WeChat | [`push_events`] |
//! | use cases of those who trust the tokens | [`authenticate`], [`introspect`] |
//! | use cases of operators | [`accounts`], [`import`], [`keys`], [`api_keys`] |
//! | how often somebody may ask, how lists are read in pages | [`rate_limit`], [`page`] |
//! | what is done as time passes | [`housekeeping`], [`last_use`] |
//! | what the rules need from outside | [`ports`] |
//!
//! Invariants:
//! - A value that exists is valid: it was parsed, and is never checked again.
//! - A secret is a type of its own: it has no `Debug` that shows it and no way out but `expose`.
//! - Rules take the time as a value; services read the clock once per request.
//! - A store decides nothing: it applies [`login_rules::decide`] and [`session::Session`]'s transitions atomically.

pub mod account;
pub mod accounts;
pub mod api_key;
pub mod api_keys;
pub mod apps;
pub mod audit;
pub mod authenticate;
pub mod client_kind;
pub mod code;
pub mod copy;
pub mod end_session;
pub mod external_id;
pub mod housekeeping;
pub mod id;
pub mod identity;
pub mod import;
pub mod import_rules;
pub mod introspect;
pub mod issue;
pub mod key_ring;
pub mod keys;
pub mod last_use;
pub mod liveness;
pub mod login;
pub mod login_rules;
pub mod logout;
pub mod me;
pub mod merge_rules;
pub mod my_session_key;
pub mod my_sessions;
#[cfg(test)]
mod notation;
pub mod origin;
pub mod page;
pub mod phone;
pub mod phone_number;
pub mod ports;
pub mod push;
pub mod push_events;
pub mod quota;
pub mod rate_limit;
pub mod refresh;
pub mod revoke;
pub mod session;
pub mod session_key;
pub mod session_keys;
pub mod timestamp;
pub mod token;
pub mod user_data;
pub mod user_data_reader;
