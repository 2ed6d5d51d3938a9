//! The stand-in platform as its clients see it: over HTTP, with nothing of its insides.

mod access_token;
mod check_session;
mod client;
mod control;
mod encrypted_data;
mod faults;
mod login;
mod socket;
