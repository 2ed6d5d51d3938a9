//! The commands.

mod accounts;
mod api_keys;
mod audit;
mod backup;
mod check;
mod copying;
mod dev;
mod development;
mod import;
mod keys;
mod new_file;
mod openapi;
mod operator;
mod restore;
mod sandbox;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Mode, Sources};

/// Login service for WeChat Mini Programs: run it, point the mini program at it, verify its tokens anywhere.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub struct Cli {
    /// Configuration file (TOML); also `WXLOGIN_CONFIG`. The environment and `.env` win over it
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Everything on this machine, with nothing configured: a stand-in WeChat, a database under ./data, generated keys
    Dev(dev::Dev),
    /// The real service
    Serve(serve::Serve),
    /// Examine configuration, clock, storage and WeChat credentials; a line per finding, exit 1 if one fails
    Check(check::Check),
    /// The stand-in WeChat platform alone, as a server for other people's tests
    Sandbox(sandbox::SandboxCommand),
    /// Print the OpenAPI document
    Openapi(openapi::OpenapiCommand),
    /// Signing keys: list, rotate, retire, seal anew
    Keys(keys::Keys),
    /// Operator's work on accounts: list, show, suspend, restore, delete, export, import, sessions
    Accounts(accounts::Accounts),
    /// API keys of backends and operators: list, create, remove
    ApiKeys(api_keys::ApiKeys),
    /// Read the audit log
    Audit(audit::Audit),
    // These two say more of themselves, at their own.
    Backup(backup::Backup),
    Restore(restore::Restore),
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// With what keeps it from running.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let config = self.config;
        match self.command {
            // On the heap: it runs two servers.
            Command::Dev(command) => Box::pin(command.run(config)).await,
            Command::Serve(command) => command.run(config).await,
            Command::Check(command) => command.run(config).await,
            Command::Sandbox(command) => command.run().await,
            Command::Openapi(command) => command.run(),
            Command::Keys(command) => command.run(config).await,
            Command::Accounts(command) => command.run(config).await,
            Command::ApiKeys(command) => command.run(config).await,
            Command::Audit(command) => command.run(config).await,
            Command::Backup(command) => command.run(config).await,
            Command::Restore(command) => command.run(config).await,
        }
    }
}

/// The configuration, or the faults on standard error.
fn load(file: Option<PathBuf>, listen: Option<String>, mode: Mode) -> Result<Config, ExitCode> {
    let sources = Sources {
        listen,
        ..Sources::from_process(file)
    };
    Config::load(sources, mode).map_err(|faults| {
        eprintln!("wxlogin cannot start with this configuration:\n{faults}");
        ExitCode::FAILURE
    })
}

/// Runs `$body`, or ends the command with what `load` said.
macro_rules! loaded {
    ($loading:expr) => {
        match $loading {
            Ok(config) => config,
            Err(exit) => return Ok(exit),
        }
    };
}
use loaded;
