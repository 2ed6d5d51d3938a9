//! The stand-in platform as its clients see it: over HTTP, with nothing of its insides.

mod access_token;
mod app_server;
mod check_session;
mod client;
mod control;
mod encrypted_data;
mod faults;
mod journal;
mod login;
mod phone_number;
mod push;
mod push_settings;
mod quota;
mod reset_session_key;
mod scenario;
mod socket;
