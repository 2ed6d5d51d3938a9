//! `wxlogin backup`: the whole store into a file.

use std::io::{IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use wxlogin_domain::ports::store::Store;

use super::copying::{Deployment, Progress, is_dash, refuse_memory, unless_stopped};
use super::new_file::NewFile;
use super::operator::{not_opened, secret_file};
use super::{load, loaded};
use crate::config::{Config, LogFilter};
use crate::logging;
use crate::wiring::{self, BackupWriter, Counts, Lock, OpenStore, Recipient};

/// Copy the whole store into a file, from which any backend can be filled
///
/// In it: accounts with identities, phone numbers and sessions, messages that WeChat pushed, digests of API keys, the
/// audit log, and the signing keys, sealed. Not in it: the master key, without which the signing keys open for nobody (keep
/// it, elsewhere), the configuration with its secrets, session keys of WeChat, and tokens: those that people hold stay
/// good.
///
/// An embedded store serves one process at a time: stop the service first. Other stores are copied while they serve.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write, which must not be there yet; - is standard output
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Encrypt to this public key, age1…, of an identity that age-keygen has made; may be given several times
    #[arg(long, value_name = "AGE1…")]
    recipient: Vec<Recipient>,

    /// Encrypt with the passphrase in this file
    #[arg(long, value_name = "FILE", conflicts_with = "recipient")]
    passphrase_file: Option<PathBuf>,

    #[command(flatten)]
    deployment: Deployment,
}

/// Where a backup goes.
enum Destination {
    Output,
    File(NewFile),
}

impl Destination {
    fn of(path: &Path) -> anyhow::Result<Self> {
        if is_dash(path) {
            anyhow::ensure!(
                !std::io::stdout().is_terminal(),
                "standard output is a terminal: lead it into a file, or name one"
            );
            return Ok(Self::Output);
        }
        NewFile::begin(path).map(Self::File)
    }

    fn output(&self) -> anyhow::Result<Box<dyn Write + Send>> {
        Ok(match self {
            Self::Output => Box::new(std::io::stdout()),
            Self::File(file) => Box::new(file.output()?),
        })
    }

    /// Only what is whole is kept.
    fn keep(self) -> anyhow::Result<()> {
        match self {
            Self::Output => Ok(()),
            Self::File(file) => file.keep(),
        }
    }
}

impl Backup {
    pub(super) async fn run(self, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let config = loaded!(load(file, None, self.deployment.mode()));
        logging::start(&LogFilter::warnings());
        let lock = self.lock()?;
        let destination = Destination::of(&self.file)?;
        let counts = back_up(&config, destination.output()?, &lock).await?;
        destination.keep()?;
        eprintln!("Copied: {counts}.");
        eprintln!("The keys open under the master key only, which is not in the backup: keep it, elsewhere.");
        Ok(ExitCode::SUCCESS)
    }

    fn lock(&self) -> anyhow::Result<Lock> {
        if let Some(path) = &self.passphrase_file {
            return Lock::passphrase(&secret_file(path)?).with_context(|| path.display().to_string());
        }
        if self.recipient.is_empty() {
            return Ok(Lock::Open);
        }
        Ok(Lock::Recipients(self.recipient.clone()))
    }
}

/// Copies the store of a configuration.
async fn back_up(config: &Config, output: impl Write + Send, lock: &Lock) -> anyhow::Result<Counts> {
    refuse_memory(&config.store)?;
    anyhow::ensure!(
        OpenStore::exists(&config.store),
        "there is no store yet at {}",
        config.store
    );
    let open = Box::pin(OpenStore::open_to_back_up(&config.store))
        .await
        .map_err(not_opened)?;
    let copied = unless_stopped(copy(&*open.store, output, lock)).await;
    open.close().await;
    copied
}

/// Copies a store.
pub(super) async fn copy(store: &dyn Store, output: impl Write + Send, lock: &Lock) -> anyhow::Result<Counts> {
    wiring::refuse_half_restored(store).await?;
    anyhow::ensure!(!store.is_empty().await?, "there is nothing in the store yet");
    let mut writer = wiring::begin_backup(output, lock)?;
    let mut progress = Progress::begin("items");
    let copied = write(store, &mut writer, &mut progress).await;
    progress.end();
    copied?;
    Ok(writer.finish()?.1)
}

async fn write<W: Write + Send>(
    store: &dyn Store,
    writer: &mut BackupWriter<W>,
    progress: &mut Progress,
) -> anyhow::Result<()> {
    let mut export = store.export().await?;
    while let Some(piece) = export.next().await? {
        for item in &piece {
            writer.write(item)?;
        }
        progress.tell(writer.counts().items());
    }
    Ok(())
}
