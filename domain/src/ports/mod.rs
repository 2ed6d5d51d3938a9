//! What the rules need from the outside. One file is one port: its trait, its error, and the MUSTs that every
//! implementation keeps.

pub mod access_tokens;
pub mod account_store;
pub mod api_key_store;
pub mod audit_store;
pub mod clock;
pub mod code_exchange;
pub mod copy_store;
pub mod entropy;
pub mod ip_pseudonyms;
pub mod key_holder;
pub mod key_maker;
pub mod key_store;
pub mod phone_exchange;
pub mod platform_health;
pub mod push_messages;
pub mod push_store;
pub mod rate_limits;
pub mod refresh_tokens;
pub mod session_key_cache;
pub mod session_key_checks;
pub mod session_key_sealer;
pub mod session_store;
pub mod store;
pub mod user_data_cipher;
pub mod wechat_failure;
