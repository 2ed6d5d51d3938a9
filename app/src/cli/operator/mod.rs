//! How the operator's commands reach the service: they are clients of its admin API.
//!
//! Where the store can be opened, the API is served within the process; where the running service has the store to
//! itself, as with an embedded database, the service is asked over HTTP. Either way it is the same calls, the same use
//! cases and the same audit log.

mod local;
mod remote;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use clap::Args;
use poem::http::Method;
use serde_json::Value;
use url::Url;

use self::local::Local;
use self::remote::Remote;
use super::development::{self, OrMake};
use crate::config::{self, Config, LogFilter, MasterKey, Mode, StoreUrl};
use crate::logging;
use crate::wiring::{OpenStore, WiringError};

/// The most that the API has on a page.
const LARGEST_PAGE: usize = 100;

/// Which deployment is meant.
#[derive(Debug, Args)]
pub struct Reach {
    /// The deployment of `wxlogin dev` in this directory
    #[arg(long, global = true)]
    dev: bool,

    /// Address of the running service, where it is not the one that `WXLOGIN_LISTEN` says
    #[arg(long, global = true, value_name = "URL", value_parser = config::parse_base_url)]
    service: Option<Url>,
}

impl Reach {
    /// Under which rules the configuration is read.
    pub(super) fn mode(&self) -> Mode {
        if self.dev { Mode::Dev } else { Mode::Serve }
    }

    /// For a command that asks no service.
    pub(super) fn refuse_service(&self, why: &str) -> anyhow::Result<()> {
        anyhow::ensure!(self.service.is_none(), "--service: {why}");
        Ok(())
    }

    /// The configuration with what `wxlogin dev` adds to it, and the master key.
    pub(super) fn complete(&self, mut config: Config) -> anyhow::Result<(Config, MasterKey)> {
        if self.dev {
            config.api_keys.push(development::admin_key(OrMake::No)?);
        }
        let master_key = match config.master_key.clone() {
            Some(key) => key,
            None => development::master_key(OrMake::No)?,
        };
        Ok((config, master_key))
    }

    /// The admin API of the deployment.
    pub(super) async fn admin_api(&self, config: Config) -> anyhow::Result<AdminApi> {
        let (config, master_key) = self.complete(config)?;
        if let Some(service) = &self.service {
            return Ok(AdminApi::Remote(Remote::at(service.clone(), &config)?));
        }
        if config.store == StoreUrl::Memory {
            // What is in memory is in the memory of the service.
            return Ok(AdminApi::Remote(Remote::of(&config)?));
        }
        anyhow::ensure!(
            OpenStore::exists(&config.store),
            "there is no store yet at WXLOGIN_STORE: it is made at the first start of the service"
        );
        match OpenStore::open(&config.store).await {
            Ok(open) => {
                let ring = open.store.key_ring().await;
                if !matches!(ring, Ok(Some(_))) {
                    open.close().await;
                    ring?;
                    anyhow::bail!("there is nothing in the store yet: keys are made at the first start of the service");
                }
                Ok(AdminApi::Local(Local::on(open, config, &master_key).await?))
            }
            Err(error) if error.is_locked() => Ok(AdminApi::Remote(Remote::of(&config)?)),
            Err(error) => Err(error.into()),
        }
    }

    /// The store itself, for what must not go over a wire.
    pub(super) async fn store(&self, config: &Config) -> anyhow::Result<OpenStore> {
        anyhow::ensure!(
            config.store != StoreUrl::Memory && OpenStore::exists(&config.store),
            "there is no store at WXLOGIN_STORE to work on"
        );
        OpenStore::open(&config.store).await.map_err(not_opened)
    }
}

/// Why a command that needs the store itself does not get it.
pub(super) fn not_opened(error: WiringError) -> anyhow::Error {
    let locked = error.is_locked();
    let error = anyhow::Error::new(error);
    if locked {
        error.context("stop the service first: an embedded store serves one process at a time")
    } else {
        error
    }
}

/// The admin API, wherever it is.
pub(super) enum AdminApi {
    Local(Local),
    Remote(Remote),
}

/// What the API answered.
struct Answer {
    status: u16,
    body: Value,
}

impl AdminApi {
    /// Makes a call; the answer's body is null where it has none.
    ///
    /// # Errors
    /// With what the problem document says, where the call is refused.
    pub(super) async fn call(&self, method: Method, path: &str, body: Option<Value>) -> anyhow::Result<Value> {
        let answer = match self {
            Self::Local(local) => local.call(method, path, body).await,
            Self::Remote(remote) => remote.call(method, path, body).await,
        }?;
        if answer.status < 400 {
            return Ok(answer.body);
        }
        let text = |name: &str| answer.body[name].as_str().unwrap_or_default().to_owned();
        let mut message = format!("{}: {}", text("code"), text("detail"));
        for error in answer.body["errors"].as_array().into_iter().flatten() {
            let part = |name: &str| error[name].as_str().unwrap_or_default();
            write!(message, "\n  {}: {}", part("field"), part("reason"))?;
        }
        anyhow::bail!("{message}")
    }

    /// `GET`
    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.call(Method::GET, path, None).await
    }

    /// Walks through the pages of a list: `each` gets its items one by one, at most `limit` of them.
    pub(super) async fn each(
        &self,
        path: &str,
        filters: &[(&str, Option<&str>)],
        items: &str,
        limit: usize,
        mut each: impl FnMut(&Value) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let (mut left, mut cursor) = (limit, None::<String>);
        while left > 0 {
            let size = left.min(LARGEST_PAGE).to_string();
            let place = [("cursor", cursor.as_deref()), ("limit", Some(size.as_str()))];
            let page = self.get(&path_with(path, &[filters, &place].concat())).await?;
            for item in page[items].as_array().into_iter().flatten() {
                each(item)?;
                left = left.saturating_sub(1);
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => break,
            }
        }
        Ok(())
    }

    /// `POST` without a body.
    pub(super) async fn post(&self, path: &str) -> anyhow::Result<Value> {
        self.call(Method::POST, path, None).await
    }

    /// `DELETE`
    pub(super) async fn delete(&self, path: &str) -> anyhow::Result<Value> {
        self.call(Method::DELETE, path, None).await
    }

    /// Leaves it: a store that was opened is closed.
    pub(super) async fn leave(self) {
        if let Self::Local(local) = self {
            local.close().await;
        }
    }
}

/// Something that names a thing, as a segment of a path. None of our names needs escaping; what does is a mistake.
pub(super) fn segment(name: &str) -> anyhow::Result<&str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    anyhow::ensure!(
        name.bytes().all(is_plain) && name.bytes().any(|byte| byte != b'.'),
        "{name:?} names nothing"
    );
    Ok(name)
}

/// A path with query parameters; those without a value are left out.
fn path_with(path: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// Runs a command on the admin API, and leaves it whatever came of it.
pub(super) async fn with_admin_api<T>(
    reach: &Reach,
    config: Config,
    command: impl AsyncFnOnce(&AdminApi) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    // A command prints what it was asked for; what went wrong beneath it is told besides.
    logging::start(&LogFilter::warnings());
    // Opening a database is a large future.
    let api = Box::pin(reach.admin_api(config)).await?;
    let outcome = command(&api).await;
    api.leave().await;
    outcome
}

/// Prints what was asked for. Unlike `print!` it does not panic where nobody reads on: `wxlogin audit | head`.
pub(super) fn print(text: std::fmt::Arguments<'_>) -> anyhow::Result<()> {
    Ok(std::io::stdout().write_fmt(text)?)
}

/// Prints an item of a list, on a line of its own.
pub(super) fn print_line(item: &Value) -> anyhow::Result<()> {
    print(format_args!("{item}\n"))
}

/// A file that holds a secret, as `_FILE` settings do.
pub(super) fn secret_file(path: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.trim().to_owned())
}
