//! Message push: the platform tells the app's server of an event.
//!
//! The facts are those of WeChat's public documentation of message push for Mini Programs.

mod aes_key;
mod destination;
mod envelope;
mod message;
mod postman;
mod request;

pub(crate) use aes_key::AesKey;
pub(crate) use destination::Destination;
pub(crate) use message::{Event, Format, OpenIdKey};
pub(crate) use postman::{Answer, NoPostman, Postman};
pub(crate) use request::{Mode, Push, Tamper, UrlCheck};
