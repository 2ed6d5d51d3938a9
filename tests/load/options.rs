//! What the command takes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

use crate::store::Kind;

/// What the service takes, beside what the machine can do
#[derive(Parser)]
#[command(name = "load", args_conflicts_with_subcommands = true)]
pub struct Command {
    /// A part of the run; started by the run itself.
    #[command(subcommand)]
    pub part: Option<PartName>,
    /// The run.
    #[command(flatten)]
    pub options: Options,
}

/// A part of the run that is a process of its own.
#[derive(Subcommand)]
pub enum PartName {
    /// The service's HTTP framework over constant answers
    Ceiling,
    /// The stand-in platform
    Platform,
}

/// The run.
#[derive(Args)]
pub struct Options {
    /// What the service stores accounts in
    #[arg(long, value_enum, default_value = "surrealkv")]
    pub store: Kind,
    /// Where that is, for a store that is a server: databases are made there, and removed
    #[arg(long, value_name = "URL")]
    pub store_url: Option<String>,
    /// How many connections there are; the last number is the one that is compared
    #[arg(long, value_delimiter = ',', default_value = "1,16,64")]
    pub connections: Vec<usize>,
    /// How many accounts there are before anybody logs in
    #[arg(long, value_delimiter = ',', default_value = "1000,100000,1000000")]
    pub accounts: Vec<u64>,
    /// How many milliseconds the platform takes
    #[arg(long, value_delimiter = ',', default_value = "0,50")]
    pub latency: Vec<u64>,
    /// For how many seconds each figure is measured
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// A directory for the table, the raw figures and the plot
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The service; by default the one that was built beside this program
    #[arg(long, value_name = "PATH")]
    program: Option<PathBuf>,
    /// The service without its database; by default target/plain/release/wxlogin
    #[arg(long, value_name = "PATH")]
    plain_program: Option<PathBuf>,
}

impl Options {
    /// For how long each figure is measured.
    ///
    /// # Errors
    /// When that is no time.
    pub fn measured(&self) -> anyhow::Result<Duration> {
        Duration::try_from_secs_f64(self.seconds).context("--seconds is no time")
    }

    /// The service.
    ///
    /// # Errors
    /// When it is not there: says how to build it.
    pub fn program(&self) -> anyhow::Result<PathBuf> {
        let program = existing(self.program.as_deref(), "wxlogin")?;
        program.context("the service is not there; build it with: cargo build --release -p wxlogin")
    }

    /// The service without its database, where it was built.
    ///
    /// # Errors
    /// When one was named and is not there.
    pub fn plain_program(&self) -> anyhow::Result<Option<PathBuf>> {
        let program = existing(self.plain_program.as_deref(), "../plain/release/wxlogin")?;
        if program.is_none() {
            eprintln!(
                "login without a store is left out; for it, build the service without its database with: \
                 cargo build --release -p wxlogin --no-default-features --target-dir target/plain"
            );
        }
        Ok(program)
    }
}

/// What was named, or what is there beside this program.
fn existing(named: Option<&Path>, beside: &str) -> anyhow::Result<Option<PathBuf>> {
    if let Some(named) = named {
        // The service works in a directory of its own, where a relative path means another file.
        let program = named.canonicalize();
        return program
            .map(Some)
            .with_context(|| format!("{} is not there", named.display()));
    }
    let own = std::env::current_exe()?;
    Ok(own
        .parent()
        .and_then(|directory| directory.join(beside).canonicalize().ok()))
}
