//! The WeChat platform's HTTP API, as a login service calls it.
//!
//! What the service calls, each behind a port of the domain:
//! - `code_exchange`: jscode2session; a login code is sent at most once
//! - `phone_exchange`: getuserphonenumber; so is a phone code
//! - `session_key_checks`: checksession and resetusersessionkey
//! - [`stable_token`]: the `access_token`; also one call by which `wxlogin check` proves an app's credentials
//!
//! What they share:
//! - `apps`: the apps, and how a call comes by its token
//! - `access_token`: keeps an app's token
//! - `connection`: whatever is sent for an app goes through here
//! - `guard`: how much is sent, and whether at all ([`Outbound`] has its limits)
//! - `flight`: one exchange per code, however many ask
//! - `wire`: the platform's JSON
//! - [`errcode`]: what the platform's numbers mean, and what an operator does about them; `remedies` tells him
//! - [`platform`]: the one HTTP client, with its deadlines and limits
//!
//! The app secret, the code and the token travel in the query string, so no URL ever reaches a log or an error here.

mod access_token;
mod api;
mod apps;
mod code_exchange;
mod connection;
pub mod credentials;
pub mod errcode;
mod flight;
mod guard;
mod outbound;
mod phone_exchange;
pub mod platform;
mod remedies;
mod session_key_checks;
pub mod stable_token;
mod wire;

use std::sync::Arc;

use wxlogin_domain::ports::code_exchange::CodeExchange;
use wxlogin_domain::ports::phone_exchange::PhoneExchange;
use wxlogin_domain::ports::platform_health::PlatformHealth;
use wxlogin_domain::ports::session_key_checks::SessionKeyChecks;

use self::apps::Apps;
use self::code_exchange::WechatCodeExchange;
use self::credentials::AppCredentials;
pub use self::outbound::Outbound;
use self::phone_exchange::WechatPhoneExchange;
use self::platform::Platform;
use self::session_key_checks::WechatSessionKeyChecks;

/// The platform, as the domain wants it.
#[derive(Clone)]
pub struct Connections {
    /// Login codes.
    pub code_exchange: Arc<dyn CodeExchange>,
    /// Phone codes.
    pub phone_exchange: Arc<dyn PhoneExchange>,
    /// Session keys.
    pub session_key_checks: Arc<dyn SessionKeyChecks>,
    /// How it does.
    pub health: Arc<dyn PlatformHealth>,
}

/// Speaks to the platform for these apps. Nothing is sent yet.
#[must_use]
pub fn connect(platform: Platform, apps: Vec<AppCredentials>, outbound: Outbound) -> Connections {
    let apps = Arc::new(Apps::new(platform, apps, outbound));
    Connections {
        code_exchange: Arc::new(WechatCodeExchange::new(Arc::clone(&apps))),
        phone_exchange: Arc::new(WechatPhoneExchange::new(Arc::clone(&apps))),
        session_key_checks: Arc::new(WechatSessionKeyChecks::new(Arc::clone(&apps))),
        health: apps,
    }
}
