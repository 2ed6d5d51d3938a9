//! Whether the store is there, can be written, and opens under the master key.

use std::path::Path;

use super::Finding;
use crate::config::{Config, StoreUrl};
use crate::wiring::{self, OpenStore, WiringError};

/// Opens the store, writes to it, and tries the master key on its keys. A store that is not there yet is not made, and one
/// of an earlier release not upgraded: it is still that one's.
pub(super) async fn storage(config: &Config) -> Finding {
    if let StoreUrl::SurrealKv { path } = &config.store
        && !OpenStore::exists(&config.store)
    {
        return new_store(path);
    }
    let open = match OpenStore::open_as_it_is(&config.store).await {
        Ok(open) => open,
        Err(error @ WiringError::NotInThisBuild { .. }) => return super::not_in_this_build(&error),
        Err(error) if error.is_older_store() => {
            return Finding::open(format!(
                "storage: {:#}; it was left as it is, and not examined further",
                anyhow::Error::new(error)
            ));
        }
        Err(error) => {
            let remedy = match &config.store {
                StoreUrl::Postgres(_) => "see that the server runs, and check what WXLOGIN_STORE says of it",
                _ => "stop the service that uses the store, or check the path and its permissions",
            };
            return Finding::bad(format!("storage: {:#}", anyhow::Error::new(error)), remedy);
        }
    };
    let examined = async {
        open.store.ping().await?;
        open.store.prove_writable().await?;
        wiring::refuse_half_restored(&*open.store).await?;
        match (open.store.key_ring().await?, &config.master_key) {
            (Some(ring), Some(master_key)) => {
                wiring::prove_master_key(config, master_key, &ring)?;
                Ok("storage: it can be read and written, and its keys open under the master key")
            }
            _ => Ok("storage: it can be read and written; keys are made at the first start"),
        }
    }
    .await;
    open.close().await;
    match examined {
        Ok(what) => Finding::good(what),
        Err(error @ WiringError::WrongMasterKey(_)) => {
            Finding::bad("storage: the master key is not that of the store", error.to_string())
        }
        Err(WiringError::HalfRestored) => Finding::bad(
            "storage: it holds accounts and no keys: a restore into it was cut short",
            "empty the store, and restore the backup again",
        ),
        Err(error) => Finding::bad(
            format!("storage: {:#}", anyhow::Error::new(error)),
            "see that the store is up and writable, and that its disk is not full",
        ),
    }
}

/// Whether a store can be made there: whether the nearest directory that is there can be written.
fn new_store(path: &Path) -> Finding {
    let is_there = |directory: &&Path| directory.is_dir();
    let mut nearest = path.ancestors().filter(|parent| !parent.as_os_str().is_empty());
    let nearest = nearest.find(is_there).unwrap_or(Path::new("."));
    let probe = nearest.join(format!(".wxlogin-check-{}", std::process::id()));
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(&probe);
    match made.and_then(|_| std::fs::remove_file(&probe)) {
        Ok(()) => Finding::good("storage: there is none yet; it is made at the first start"),
        Err(error) => Finding::bad(
            format!(
                "storage: there is none yet, and {} cannot be written: {error}",
                nearest.display()
            ),
            "give the user that runs the service the right to write there, or name another path with WXLOGIN_STORE",
        ),
    }
}
