//! The configuration: read once, checked whole, then carried about as values that need no more checking.
//!
//! Four layers, later wins: the defaults of the table [`settings()`], the file (TOML), `.env`, the environment; then
//! the command's own flags. [`Sources`] gathers them, `raw` holds what they say under the key where they say it, and
//! each section turns its part into values. What is wrong anywhere is a [`Fault`]; all of them are told together.
//!
//! Secrets are kept so that no `Debug` shows them, and no fault repeats one. Paths are relative to the working
//! directory.

mod api_keys;
mod apps;
mod audit;
mod base_url;
mod cache;
mod dotenv;
mod duration;
mod fault;
mod file;
mod limits;
mod log;
mod lookup;
mod master_key;
mod phone;
mod raw;
mod secret_url;
mod server;
mod settings;
mod sources;
mod store;
#[cfg(test)]
mod tests;
mod tokens;
mod variables;
mod wechat;

pub use api_keys::ApiKey;
pub use apps::App;
pub use audit::Audit;
pub use cache::CacheUrl;
pub use fault::{Fault, Faults};
pub use limits::Limits;
pub use log::LogFilter;
pub use master_key::{MasterKey, MasterKeyError};
pub use secret_url::SecretUrl;
pub use server::{Server, Tls};
pub use settings::{Fallback, Setting, Shape, settings};
pub use sources::Sources;
pub use store::{StoreUrl, SurrealRemote};
pub use tokens::Tokens;
pub use wechat::Wechat;

use wxlogin_domain::phone_number::PhonePolicy;

use fault::Reported;
use raw::Raw;

/// The address of a server, as a command's argument: `http` only towards this machine itself.
///
/// # Errors
/// Says what is wrong with it.
pub fn parse_base_url(text: &str) -> Result<url::Url, String> {
    base_url::parse(text, "https://login.example.com").map_err(fault::Flaw::into_text)
}

/// Which rules a configuration has to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Those of the real service, and of the commands that work on its data.
    Serve,
    /// Those of `wxlogin dev`: nothing need be set, and nobody but this machine is served.
    Dev,
}

/// The whole configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// What the service listens on.
    pub server: Server,
    /// Where accounts are kept.
    pub store: StoreUrl,
    /// Where session keys and rate limits are kept.
    pub cache: CacheUrl,
    /// The mini programs, in the order of the file. At least one, except in dev mode; no two of the same id.
    pub apps: Vec<App>,
    /// How WeChat is called.
    pub wechat: Wechat,
    /// What tokens say and how long they live.
    pub tokens: Tokens,
    /// What seals secrets at rest. Always there, except in dev mode.
    pub master_key: Option<MasterKey>,
    /// The keys of operators and other backends.
    pub api_keys: Vec<ApiKey>,
    /// How long the audit log goes back.
    pub audit: Audit,
    /// Whose a phone number is.
    pub phone_policy: PhonePolicy,
    /// How much is taken on, and asked of WeChat.
    pub limits: Limits,
    /// What is logged.
    pub log: LogFilter,
}

impl Config {
    /// Reads and checks the whole configuration.
    ///
    /// # Errors
    /// With everything that is wrong, not only the first of it.
    pub fn load(sources: Sources, mode: Mode) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let raw = sources.merge(&mut faults);
        match Self::read(&raw, mode, &mut faults) {
            Ok(config) if faults.is_empty() => Ok(config),
            _ => Err(faults),
        }
    }

    /// A service in memory with one app.
    #[must_use]
    pub fn for_testing() -> Self {
        Self {
            server: Server::for_testing(),
            store: StoreUrl::for_testing(),
            cache: CacheUrl::for_testing(),
            apps: vec![App::for_testing()],
            wechat: Wechat::for_testing(),
            tokens: Tokens::for_testing(),
            master_key: Some(MasterKey::for_testing()),
            api_keys: vec![ApiKey::for_testing()],
            audit: Audit::for_testing(),
            phone_policy: PhonePolicy::Shared,
            limits: Limits::for_testing(),
            log: LogFilter::for_testing(),
        }
    }

    fn read(raw: &Raw, mode: Mode, faults: &mut Faults) -> Result<Self, Reported> {
        // Every section is read before the first failure counts, so that all of them have told theirs.
        let server = Server::read(&raw.top, mode, faults);
        let store = StoreUrl::read(&raw.top, faults);
        let cache = CacheUrl::read(&raw.top, faults);
        let apps = apps::read(raw, mode, faults);
        let wechat = Wechat::read(&raw.top, faults);
        let listen = server
            .as_ref()
            .map(|server| server.listen)
            .map_err(|reported| *reported);
        let tokens = Tokens::read(&raw.top, mode, listen, faults);
        let master_key = MasterKey::read(&raw.top, mode, faults);
        let api_keys = api_keys::read(raw, faults);
        let audit = Audit::read(&raw.top, faults);
        let phone_policy = phone::read(&raw.top, faults);
        let limits = Limits::read(&raw.top, faults);
        let log = LogFilter::read(&raw.top, faults);
        Ok(Self {
            server: server?,
            store: store?,
            cache: cache?,
            apps: apps?,
            wechat: wechat?,
            tokens: tokens?,
            master_key: master_key?,
            api_keys: api_keys?,
            audit: audit?,
            phone_policy: phone_policy?,
            limits: limits?,
            log: log?,
        })
    }
}
