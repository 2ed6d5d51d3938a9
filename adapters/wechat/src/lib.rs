//! The WeChat platform's HTTP API, as a login service calls it.
//!
//! - [`code_exchange`]: jscode2session behind the domain's port; a code is sent at most once
//! - [`stable_token`]: one `access_token` call, by which `wxlogin check` proves an app's credentials
//! - [`platform`]: the one HTTP client, with its deadlines and limits
//! - [`errcode`]: what the platform's numbers mean, and what an operator does about them
//! - `flight`: one exchange per code, however many ask
//! - `wire`: the platform's JSON
//!
//! The app secret and the code travel in the query string, so no URL ever reaches a log or an error here.

pub mod code_exchange;
pub mod credentials;
pub mod errcode;
mod flight;
pub mod platform;
pub mod stable_token;
mod wire;
