//! What the commands have in common that work on a whole store: `backup`, `restore`, `accounts import`.

use std::fmt;
use std::io::IsTerminal as _;
use std::path::Path;
use std::time::Duration;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::Instant;
use wxlogin_domain::ports::store::StoreError;

use super::development::{self, OrMake};
use crate::config::{Config, MasterKey, Mode, StoreUrl};

/// Which deployment is meant.
#[derive(Debug, Args)]
pub(super) struct Deployment {
    /// The deployment of `wxlogin dev` in this directory
    #[arg(long)]
    dev: bool,
}

impl Deployment {
    /// Under which rules the configuration is read.
    pub(super) fn mode(&self) -> Mode {
        if self.dev { Mode::Dev } else { Mode::Serve }
    }
}

/// The master key; that of `wxlogin dev` is in a file.
pub(super) fn master_key(config: &Config) -> anyhow::Result<MasterKey> {
    match config.master_key.clone() {
        Some(key) => Ok(key),
        None => development::master_key(OrMake::No),
    }
}

/// What is in memory is in the memory of the service, and nowhere else.
pub(super) fn refuse_memory(store: &StoreUrl) -> anyhow::Result<()> {
    anyhow::ensure!(
        *store != StoreUrl::Memory,
        "WXLOGIN_STORE: mem:// is forgotten when the process ends; name a store that lasts"
    );
    Ok(())
}

/// Whether a name means standard input or output.
pub(super) fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// How far it is, on a line of a terminal that is written anew; nothing where nobody looks on.
pub(super) struct Progress {
    of_what: &'static str,
    is_shown: bool,
    began: Instant,
    told: Option<Instant>,
}

/// How often the line is written.
const EVERY: Duration = Duration::from_millis(200);

impl Progress {
    pub(super) fn begin(of_what: &'static str) -> Self {
        Self {
            of_what,
            is_shown: std::io::stderr().is_terminal(),
            began: Instant::now(),
            told: None,
        }
    }

    /// So much is done.
    pub(super) fn tell(&mut self, done: u64) {
        if !self.is_shown || self.told.is_some_and(|told| told.elapsed() < EVERY) {
            return;
        }
        self.told = Some(Instant::now());
        let rate = u128::from(done) * 1000 / self.began.elapsed().as_millis().max(1);
        eprint!("\r\x1b[K{done} {}, {rate} a second", self.of_what);
    }

    /// Says something else, on a line that stays.
    pub(super) fn say(&mut self, line: fmt::Arguments<'_>) {
        let erased = if self.told.take().is_some() { "\r\x1b[K" } else { "" };
        eprintln!("{erased}{line}");
    }

    /// The line is free for something else.
    pub(super) fn end(self) {
        if self.told.is_some() {
            eprint!("\r\x1b[K");
        }
    }
}

/// How often something is tried that a store does not do.
const TRIES: u32 = 4;
/// How long to wait before the second time; twice as long before each further one.
const PAUSE: Duration = Duration::from_secs(if cfg!(test) { 0 } else { 1 });

/// Does what may be done again, a few times where the store cannot do it.
pub(super) async fn patiently<T, F>(attempt: impl Fn() -> F) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, StoreError>>,
{
    let mut pause = PAUSE;
    for _ in 1..TRIES {
        match attempt().await {
            Err(StoreError::Unavailable(_)) => tokio::time::sleep(pause).await,
            outcome => return outcome,
        }
        pause *= 2;
    }
    attempt().await
}

/// Does something until it is done, or until somebody wants the program to end: then what was opened is still closed in
/// order.
pub(super) async fn unless_stopped<T>(doing: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::select! {
        done = doing => done,
        _ = interrupt.recv() => anyhow::bail!("stopped"),
        _ = terminate.recv() => anyhow::bail!("stopped"),
    }
}
