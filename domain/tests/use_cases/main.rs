//! The use cases, with WeChat and the cryptography mocked and, where state matters, the store in memory.

mod accounts;
mod api_keys;
mod authenticate;
mod half_restored;
mod housekeeping;
mod import;
mod introspect;
mod keys;
mod last_use;
mod login;
mod my_session_key;
mod my_sessions;
mod phone;
mod push_events;
mod refresh;
mod revoke;
mod sample;
mod user_data_reader;
