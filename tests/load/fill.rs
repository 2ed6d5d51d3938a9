//! A store with many accounts in it, made as an operator would make one: restored from a backup.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::process::Command;

use anyhow::{Context as _, bail};
use tokio::time::Instant;
use wxlogin_backup::{BackupReader, BackupWriter, Lock, Unlock};
use wxlogin_domain::account::{Account, LinkedIdentity};
use wxlogin_domain::copy::{AccountCopy, CopyItem};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, WechatIdentity};
use wxlogin_domain::timestamp::Timestamp;

use crate::platform;
use crate::service::{APPID, Service, Setup};

/// When the accounts came to be.
fn at() -> Timestamp {
    Timestamp::from_unix_seconds(1_769_000_000)
}

/// Makes the accounts of so many users in an empty store, and answers how many a second were restored. `empty` empties
/// the store again: what is restored needs the keys of a service that was on it.
///
/// # Errors
/// When the program does not do it.
pub async fn restored(setup: &Setup, accounts: u64, empty: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let seed = setup.directory.join("seed.backup");
    Service::start(setup).await?.stop()?;
    perform(setup, "backup", &seed)?;
    empty()?;
    let filled = setup.directory.join("filled.backup");
    write(&seed, &filled, accounts)?;
    let started = Instant::now();
    perform(setup, "restore", &filled)?;
    #[expect(clippy::cast_precision_loss, reason = "a rate is no exact number")]
    let rate = accounts as f64 / started.elapsed().as_secs_f64();
    fs::remove_file(filled)?;
    Ok(rate)
}

fn perform(setup: &Setup, command: &str, file: &std::path::Path) -> anyhow::Result<()> {
    let done = Command::new(&setup.program)
        .arg(command)
        .arg(file)
        .current_dir(&setup.directory)
        .env_clear()
        .envs(setup.environment())
        .output()
        .with_context(|| format!("cannot start {}", setup.program.display()))?;
    if !done.status.success() {
        bail!("wxlogin {command}: {}", String::from_utf8_lossy(&done.stderr).trim());
    }
    Ok(())
}

/// The seed with accounts in it.
fn write(seed: &std::path::Path, filled: &std::path::Path, accounts: u64) -> anyhow::Result<()> {
    let mut seed = BackupReader::open(BufReader::new(File::open(seed)?), &Unlock::none())?;
    let output = BufWriter::new(File::create(filled)?);
    let mut backup = BackupWriter::begin(output, &Lock::Open, at(), "load")?;
    for user in 0..accounts {
        backup.write(&account(user)?)?;
    }
    while let Some(item) = seed.next_item()? {
        backup.write(&item)?;
    }
    backup.finish()?;
    Ok(())
}

/// The account of a user of the stand-in platform.
fn account(user: u64) -> anyhow::Result<CopyItem> {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&user.to_be_bytes());
    let identity = WechatIdentity {
        app: AppId::parse(APPID)?,
        openid: OpenId::parse(&platform::openid(user))?,
        unionid: None,
    };
    let mut account = Account::new(AccountId::new(at(), random), at());
    account.identities.push(LinkedIdentity {
        identity,
        first_seen_at: at(),
        unionid_conflict: None,
    });
    Ok(CopyItem::Account(Box::new(AccountCopy {
        account,
        unionids: Vec::new(),
        sessions: Vec::new(),
    })))
}
