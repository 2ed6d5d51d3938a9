//! Cryptography behind the domain's ports.
//!
//! | port | here | by |
//! |---|---|---|
//! | `Entropy` | [`system_entropy`], [`drawn_ahead`] | the operating system's generator, through AWS-LC |
//! | `KeyMaker` | [`key_maker`] | AWS-LC; private parts leave sealed only |
//! | `AccessTokens` | [`jwt`] | jsonwebtoken on AWS-LC, and AWS-LC itself to sign |
//! | `RefreshTokens` | [`refresh_mac`] | HMAC-SHA-256 |
//! | `IpPseudonyms` | [`ip_pseudonyms`] | HMAC-SHA-256 |
//! | `KeyHolder`, and the three above while keys change | [`live_keys`] | – |
//! | `UserDataCipher` | [`user_data`] | AES-128-CBC |
//! | `SessionKeySealer` | [`session_key_seal`] | [`sealer`], HMAC-SHA-256 |
//!
//! [`sealer`] encrypts what a store may hold, under the master key.

pub mod drawn_ahead;
pub mod ip_pseudonyms;
pub mod jwt;
pub mod key_maker;
pub mod live_keys;
mod recognised;
pub mod refresh_mac;
pub mod sealer;
pub mod session_key_seal;
mod signer;
pub mod system_entropy;
pub mod user_data;
mod wire;
