//! `wxlogin restore`: an empty store from a backup.

use std::fs::File;
use std::io::{self, BufReader, Seek as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use wxlogin_domain::copy::CopyItem;
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::ports::copy_store::{CopyStore, MAX_PIECE};

use super::copying::{Deployment, Progress, is_dash, master_key, patiently, refuse_memory, unless_stopped};
use super::operator::{not_opened, secret_file};
use super::{load, loaded};
use crate::config::{Config, LogFilter, MasterKey, StoreUrl};
use crate::logging;
use crate::wiring::{self, BackupReader, Counts, OpenStore, Unlock};

/// Fill an empty store from a backup
///
/// The file is read from beginning to end before anything is written: one that was cut short or altered, or whose keys do
/// not open under the configured master key, changes nothing. Start the service when it is done; people stay logged in as
/// they were when the backup was made.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup, of whatever backend; - is standard input, which is kept in a nameless file of the temporary directory
    /// (`TMPDIR`) meanwhile
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// File of the private key that opens it, as age-keygen writes it
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,

    /// File of the passphrase that opens it
    #[arg(long, value_name = "FILE", conflicts_with = "identity")]
    passphrase_file: Option<PathBuf>,

    #[command(flatten)]
    deployment: Deployment,
}

/// How many rows a piece has, about: an account has one, and one for each session. Enough to be quick, and little beside
/// what a store takes in one transaction.
const ROWS: usize = 500;

impl Restore {
    pub(super) async fn run(self, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let config = loaded!(load(file, None, self.deployment.mode()));
        logging::start(&LogFilter::warnings());
        refuse_memory(&config.store)?;
        let master_key = master_key(&config)?;
        let mut backup = Proven::of(open(&self.file)?, self.unlock()?)?;
        backup.opens_under(&master_key, &config)?;
        let open = Box::pin(OpenStore::open_to_restore(&config.store))
            .await
            .map_err(not_opened)?;
        let restored = fill(&config.store, &*open.store, &mut backup).await;
        open.close().await;
        eprintln!("Restored into {}: {}.", config.store, restored?);
        Ok(ExitCode::SUCCESS)
    }

    fn unlock(&self) -> anyhow::Result<Unlock> {
        let (path, read): (_, fn(&str) -> _) = match (&self.identity, &self.passphrase_file) {
            (Some(path), _) => (path, Unlock::identities),
            (None, Some(path)) => (path, Unlock::passphrase),
            (None, None) => return Ok(Unlock::none()),
        };
        read(&secret_file(path)?).with_context(|| path.display().to_string())
    }
}

/// The file, which is read twice; what comes from elsewhere is kept meanwhile, in a file that has no name and that nobody
/// else can open.
fn open(path: &Path) -> anyhow::Result<File> {
    if !is_dash(path) {
        return File::open(path).with_context(|| format!("cannot read {}", path.display()));
    }
    let mut file = tempfile::tempfile().context("cannot keep standard input in the temporary directory")?;
    io::copy(&mut io::stdin(), &mut file).context("cannot keep standard input in the temporary directory")?;
    file.rewind()?;
    Ok(file)
}

/// A backup that is known to be whole.
struct Proven {
    file: File,
    unlock: Unlock,
    /// Its signing keys.
    key_ring: KeyRing,
}

impl Proven {
    /// Reads it from beginning to end.
    fn of(mut file: File, unlock: Unlock) -> anyhow::Result<Self> {
        let examined = wiring::examine(BufReader::new(&mut file), &unlock)?;
        let key_ring = examined
            .key_ring
            .context("the backup has no signing keys: it is not that of a deployment")?;
        Ok(Self { file, unlock, key_ring })
    }

    /// Whether the service can use it: with another master key nobody could log in, when everything is written.
    fn opens_under(&self, master_key: &MasterKey, config: &Config) -> anyhow::Result<()> {
        wiring::prove_master_key(config, master_key, &self.key_ring).map_err(|_| {
            anyhow::anyhow!(
                "WXLOGIN_MASTER_KEY: the keys in the backup do not open under it; set the key that the service had when \
                 the backup was made. Nothing was written"
            )
        })
    }
}

/// Fills a store that has to be empty, and says what to do where that does not succeed.
async fn fill(url: &StoreUrl, store: &dyn CopyStore, backup: &mut Proven) -> anyhow::Result<Counts> {
    anyhow::ensure!(
        store.is_empty().await?,
        "the store {url} is not empty, and a backup is restored into an empty one only. Name a new one with \
         WXLOGIN_STORE, or, where this one is of a restore that was cut short or is not needed any more, {}",
        how_to_empty(url)
    );
    unless_stopped(import(store, backup)).await.with_context(|| {
        format!(
            "the restore was cut short, and the store {url} holds a part of the backup, with which the service does not \
             start. To begin anew, {}",
            how_to_empty(url)
        )
    })
}

fn how_to_empty(store: &StoreUrl) -> String {
    match store {
        StoreUrl::SurrealKv { path } => format!("remove the directory {}", path.display()),
        StoreUrl::Memory | StoreUrl::SurrealRemote(_) | StoreUrl::Postgres(_) => {
            "drop its database and create it again".to_owned()
        }
    }
}

/// Imports a backup, piece by piece. The key ring comes last, and not before the file was once more found to be whole: as
/// long as it is not there, the service does not start.
async fn import(store: &dyn CopyStore, backup: &mut Proven) -> anyhow::Result<Counts> {
    backup.file.rewind()?;
    let mut reader = BackupReader::open(BufReader::new(&backup.file), &backup.unlock)?;
    let mut progress = Progress::begin("items");
    let imported = import_pieces(store, &mut reader, &backup.key_ring, &mut progress).await;
    progress.end();
    imported?;
    Ok(reader.counts())
}

async fn import_pieces(
    store: &dyn CopyStore,
    reader: &mut BackupReader<'_>,
    proven: &KeyRing,
    progress: &mut Progress,
) -> anyhow::Result<()> {
    let mut key_ring = None;
    let mut piece = Vec::new();
    let mut rows = 0;
    while let Some(item) = reader.next_item()? {
        if let CopyItem::KeyRing(ring) = item {
            key_ring = Some(ring);
            continue;
        }
        rows += rows_of(&item);
        piece.push(item);
        if rows >= ROWS || piece.len() == MAX_PIECE {
            import_piece(store, &piece).await?;
            progress.tell(reader.counts().items());
            piece.clear();
            rows = 0;
        }
    }
    import_piece(store, &piece).await?;
    let key_ring = key_ring.filter(|ring| **ring == *proven);
    let key_ring = key_ring.context("the file was altered while it was read")?;
    import_piece(store, &[CopyItem::KeyRing(key_ring)]).await
}

fn rows_of(item: &CopyItem) -> usize {
    match item {
        CopyItem::Account(copy) => 1 + copy.sessions.len(),
        _ => 1,
    }
}

/// What is there already stays as it is.
async fn import_piece(store: &dyn CopyStore, piece: &[CopyItem]) -> anyhow::Result<()> {
    Ok(patiently(|| store.import(piece)).await?)
}

#[cfg(test)]
mod tests;
