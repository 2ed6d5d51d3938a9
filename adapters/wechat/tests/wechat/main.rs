//! The platform as it is met on a real connection, good and bad.

mod access_token;
mod fixture;
mod guard;
mod logs;
mod phone_exchange;
mod requests;
mod server;
mod session_key_checks;
mod socket;
