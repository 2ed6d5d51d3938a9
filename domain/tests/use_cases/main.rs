//! The use cases, with WeChat and the cryptography mocked and, where state matters, the store in memory.

mod accounts;
mod api_keys;
mod authenticate;
mod housekeeping;
mod introspect;
mod keys;
mod last_use;
mod login;
mod my_sessions;
mod refresh;
mod revoke;
mod sample;
