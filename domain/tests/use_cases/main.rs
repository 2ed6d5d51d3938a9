//! The use cases, with WeChat and the cryptography mocked and, where state matters, the store in memory.

mod authenticate;
mod keys;
mod login;
mod refresh;
mod sample;
