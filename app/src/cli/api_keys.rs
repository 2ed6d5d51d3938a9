//! `wxlogin api-keys`: the keys with which backends and operators call the service.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use poem::http::Method;
use serde_json::{Value, json};

use super::operator::{Reach, print, segment, with_admin_api};
use super::{load, loaded};

/// API keys of backends and operators
#[derive(Debug, Args)]
pub struct ApiKeys {
    #[command(flatten)]
    reach: Reach,

    #[command(subcommand)]
    command: ApiKeysCommand,
}

#[derive(Debug, Subcommand)]
enum ApiKeysCommand {
    /// List the API keys: their names, scopes and age, never the keys
    List,
    /// Make an API key, and print it this once
    Create {
        /// Who will use it
        name: String,
        /// What it allows; may be given several times
        #[arg(long = "scope", value_enum, required = true)]
        scopes: Vec<ScopeArgument>,
    },
    /// Remove an API key
    Remove {
        /// Its name
        name: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ScopeArgument {
    Admin,
    Introspect,
}

impl ScopeArgument {
    fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Introspect => "introspect",
        }
    }
}

impl ApiKeys {
    pub(super) async fn run(self, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let config = loaded!(load(file, None, self.reach.mode()));
        let command = self.command;
        with_admin_api(&self.reach, config, async |api| {
            match command {
                ApiKeysCommand::List => {
                    let keys = api.get("/admin/v1/api-keys").await?;
                    print(format_args!("{}", table(&keys)))?;
                }
                ApiKeysCommand::Create { name, scopes } => {
                    let scopes: Vec<&str> = scopes.into_iter().map(ScopeArgument::as_str).collect();
                    let body = json!({ "name": name, "scopes": scopes });
                    let created = api.call(Method::POST, "/admin/v1/api-keys", Some(body)).await?;
                    print(format_args!("{}\n", created["key"].as_str().unwrap_or_default()))?;
                }
                ApiKeysCommand::Remove { name } => {
                    api.delete(&format!("/admin/v1/api-keys/{}", segment(&name)?)).await?;
                }
            }
            Ok(ExitCode::SUCCESS)
        })
        .await
    }
}

fn table(answer: &Value) -> String {
    let line = |name: &str, scopes: &str, made: &str| format!("{name:<24}  {scopes:<18}  {made}\n");
    let mut table = line("NAME", "SCOPES", "MADE");
    for key in answer["api_keys"].as_array().into_iter().flatten() {
        let scopes: Vec<&str> = key["scopes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let made = key["created_at"].as_str().unwrap_or("(configuration)");
        table += &line(key["name"].as_str().unwrap_or_default(), &scopes.join(","), made);
    }
    table
}
