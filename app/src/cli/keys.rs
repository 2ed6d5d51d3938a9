//! `wxlogin keys`: signing keys.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use wxlogin_domain::key_ring::KeyRing;

use super::{load, loaded};
use crate::config::Mode;
use crate::wiring::OpenStore;

/// Signing keys
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// List the signing keys of the store
    List,
}

impl Keys {
    pub(super) async fn run(self, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let config = loaded!(load(file, None, Mode::Serve));
        anyhow::ensure!(
            OpenStore::exists(&config.store),
            "there is no store yet at WXLOGIN_STORE: it is made, and keys with it, at the first start of the service"
        );
        let open = OpenStore::open(&config.store).await?;
        let ring = open.store.key_ring().await;
        open.close().await;
        match ring? {
            Some(ring) => print!("{}", table(&ring)),
            None => println!("There are no keys yet: they are made at the first start of the service."),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// One line per key: its id, algorithm, what it does, and when it was made.
fn table(ring: &KeyRing) -> String {
    let line = |kid: &str, algorithm: &str, state: &str, made: &str| {
        format!("{kid:<43}  {algorithm:<5}  {state:<8}  {made}\n")
    };
    let mut table = line("KID", "ALG", "STATE", "MADE");
    for key in &ring.signing {
        let algorithm = key.public.algorithm();
        let active = ring.active(algorithm).is_some_and(|active| active.id == key.id);
        let state = if active { "active" } else { "verifies" };
        table += &line(&key.id.0, algorithm.as_str(), state, &key.created_at.to_string());
    }
    table
}
