//! What `wxlogin dev` makes for itself and keeps in the working directory, so that a restart finds its store readable, and
//! so that the operator's commands find the same keys with `--dev`.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::Context as _;
use secrecy::{ExposeSecret as _, SecretString};
use wxlogin_domain::api_key::ApiKeyName;

use crate::config::{ApiKey, MasterKey};
use crate::wiring;

/// What is shorter is no key: a file that was cut, perhaps.
const SHORTEST: usize = 32;

const MASTER_KEY_FILE: &str = "data/dev-master-key";
/// Where the API key is.
pub(super) const ADMIN_KEY_FILE: &str = "data/dev-admin-key";

/// What to do where a file is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrMake {
    /// Make it.
    Yes,
    /// Say that `wxlogin dev` makes it.
    No,
}

/// The master key of this working directory.
pub(super) fn master_key(or_make: OrMake) -> anyhow::Result<MasterKey> {
    let path = Path::new(MASTER_KEY_FILE);
    let text = read_or_make(path, or_make, || wiring::new_development_key().to_base64())?;
    MasterKey::from_base64(text.expose_secret()).with_context(|| {
        format!(
            "{}: remove it together with the store beside it to start anew",
            path.display()
        )
    })
}

/// The API key of this working directory, with all scopes.
pub(super) fn admin_key(or_make: OrMake) -> anyhow::Result<ApiKey> {
    let key = read_or_make(Path::new(ADMIN_KEY_FILE), or_make, wiring::new_api_key)?;
    Ok(ApiKey::internal(ApiKeyName::parse("dev")?, key))
}

fn read_or_make(path: &Path, or_make: OrMake, make: impl FnOnce() -> SecretString) -> anyhow::Result<SecretString> {
    match std::fs::read_to_string(path) {
        Ok(text) if text.trim().len() >= SHORTEST => return Ok(text.trim().into()),
        Ok(_) => anyhow::bail!("{} holds no key: remove it", path.display()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
    anyhow::ensure!(
        or_make == OrMake::Yes,
        "{} is not there: `wxlogin dev` makes it in the directory that it is started in",
        path.display()
    );
    let secret = make();
    write(path, &secret).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(secret)
}

/// For the owner's eyes only, and whole or not at all.
fn write(path: &Path, secret: &SecretString) -> std::io::Result<()> {
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory)?;
    }
    let new = path.with_extension("new");
    // What a start that was killed left behind.
    let _ = std::fs::remove_file(&new);
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&new)?;
    writeln!(file, "{}", secret.expose_secret())?;
    file.sync_all()?;
    std::fs::rename(new, path)
}
