//! The lines of a backup as JSON: twins of the domain's types.
//!
//! What is absent is left out. Times are RFC 3339 in UTC, bytes are base64 of the standard alphabet with padding, all
//! else is as the API and the stores write it.

mod account;
mod api_key;
mod event;
mod field;
mod key_ring;
mod line;
mod push;
mod session;

pub(crate) use field::WireError;
pub(crate) use line::{End, Header, HeaderStart, Line, item_line};
