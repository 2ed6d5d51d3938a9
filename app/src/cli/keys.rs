//! `wxlogin keys`: signing keys.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use poem::http::Method;
use serde_json::Value;
use wxlogin_domain::api_key::ApiKeyName;
use wxlogin_domain::origin::{Actor, Origin};

use super::operator::{Reach, print, secret_file, segment, with_admin_api};
use super::{load, loaded};
use crate::config::{Config, MasterKey};
use crate::wiring;

/// Signing keys
#[derive(Debug, Args)]
pub struct Keys {
    #[command(flatten)]
    reach: Reach,

    #[command(subcommand)]
    command: KeysCommand,
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
    /// List the signing keys: next, active, retiring and retired ones
    List,
    /// Let the next key take over. Keys rotate by themselves as well; this is for those who do not want to wait
    Rotate,
    /// Retire a compromised key at once: tokens that it signed are refused from now on
    Retire {
        /// The key's id, as `wxlogin keys list` shows it
        #[arg(allow_hyphen_values = true)]
        kid: String,
    },
    /// Replace the key of refresh tokens, where it has leaked: everybody logs in anew
    ReplaceRefreshKey {
        /// Really: every refresh token is refused from then on
        #[arg(long, required = true)]
        yes: bool,
    },
    /// Seal the keys of the store under a new master key. Stop the service before, and start it with the new one after
    Reseal {
        /// File that holds the new master key: 32 bytes in base64
        #[arg(long, value_name = "FILE")]
        new_master_key_file: PathBuf,
    },
}

impl Keys {
    pub(super) async fn run(self, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let config = loaded!(load(file, None, self.reach.mode()));
        let (method, path) = match self.command {
            KeysCommand::Reseal { new_master_key_file } => {
                return reseal(&self.reach, config, &new_master_key_file).await;
            }
            KeysCommand::List => (Method::GET, "/admin/v1/keys".to_owned()),
            KeysCommand::Rotate => (Method::POST, "/admin/v1/keys/rotate".to_owned()),
            KeysCommand::ReplaceRefreshKey { yes: _ } => {
                let path = "/admin/v1/keys/replace-refresh-key";
                with_admin_api(&self.reach, config, async |api| api.post(path).await).await?;
                return Ok(ExitCode::SUCCESS);
            }
            KeysCommand::Retire { kid } => (Method::POST, format!("/admin/v1/keys/{}/retire", segment(&kid)?)),
        };
        let keys = with_admin_api(&self.reach, config, async |api| api.call(method, &path, None).await).await?;
        print(format_args!("{}", table(&keys)))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The one command that works on the store itself: master keys do not travel.
async fn reseal(reach: &Reach, config: Config, new_master_key_file: &Path) -> anyhow::Result<ExitCode> {
    let (config, old) = reach.complete(config)?;
    let new = MasterKey::from_base64(&secret_file(new_master_key_file)?).ok();
    let new = new.filter(|key| key.is_good_in(reach.mode())).with_context(|| {
        format!(
            "{}: this is no master key for production; make one with: openssl rand -base64 32",
            new_master_key_file.display()
        )
    })?;
    let open = reach.store(&config).await?;
    let origin = Origin::service().by(Actor::ApiKey(ApiKeyName::command_line().as_str().into()));
    let resealed = wiring::reseal(&*open.store, &old, &new, &origin).await;
    open.close().await;
    if resealed? {
        println!("The keys are sealed under the new master key: start the service with it as WXLOGIN_MASTER_KEY.");
    } else {
        println!("There are no keys yet: start the service with the new master key.");
    }
    Ok(ExitCode::SUCCESS)
}

/// One line per key: its id, algorithm, what it does and since when, and when it was made.
fn table(answer: &Value) -> String {
    let line = |kid: &str, algorithm: &str, state: &str, time: &str, made: &str| {
        format!("{kid:<43}  {algorithm:<5}  {state:<8}  {time:<26}  {made}\n")
    };
    let mut table = line("KID", "ALG", "STATE", "SINCE", "MADE");
    for key in answer["keys"].as_array().into_iter().flatten() {
        let text = |name: &str| key[name].as_str().unwrap_or_default();
        let time = match text("until") {
            "" => text("since").to_owned(),
            until => format!("until {until}"),
        };
        table += &line(text("kid"), text("alg"), text("state"), &time, text("created_at"));
    }
    table
}
