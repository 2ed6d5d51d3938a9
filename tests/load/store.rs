//! The stores that can be measured: an empty one for every number of accounts.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail, ensure};
use clap::ValueEnum;
use serde::Serialize;

/// What the service stores accounts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A `SurrealKV` directory
    Surrealkv,
    /// Memory; gone when the service ends
    Mem,
    /// A PostgreSQL server, which the URL's user may make databases in
    Postgres,
    /// A `SurrealDB` server
    Surreal,
}

impl Kind {
    /// Its name, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Surrealkv => "surrealkv",
            Self::Mem => "mem",
            Self::Postgres => "postgres",
            Self::Surreal => "surreal",
        }
    }

    /// Whether accounts are restored into it; into others their people log in.
    pub fn is_restored(self) -> bool {
        matches!(self, Self::Surrealkv | Self::Postgres)
    }
}

/// The name of the databases that are made on a server. What has the name is removed.
const DATABASE: &str = "wxlogin_load";

/// An empty store: what `WXLOGIN_STORE` has to be.
///
/// # Errors
/// When it cannot be made.
pub fn empty(kind: Kind, server: Option<&str>, directory: &Path) -> anyhow::Result<String> {
    match kind {
        Kind::Mem => Ok("mem://".into()),
        Kind::Surrealkv => Ok(format!("surrealkv://{}", directory.join("store").display())),
        Kind::Postgres => {
            let server = named(server)?;
            psql(server, &format!("DROP DATABASE IF EXISTS {DATABASE}"))?;
            psql(server, &format!("CREATE DATABASE {DATABASE}"))?;
            Ok(database_of(server, DATABASE))
        }
        Kind::Surreal => {
            // It makes a database when it is first used.
            let directory = directory.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let name: String = directory.chars().filter(char::is_ascii_alphanumeric).collect();
            Ok(database_of(named(server)?, &format!("{DATABASE}_{name}")))
        }
    }
}

/// Empties a store that something was in.
///
/// # Errors
/// When that is not possible.
pub fn empty_again(kind: Kind, server: Option<&str>, directory: &Path) -> anyhow::Result<()> {
    match kind {
        Kind::Surrealkv => Ok(std::fs::remove_dir_all(directory.join("store"))?),
        Kind::Postgres => empty(kind, server, directory).map(drop),
        Kind::Mem | Kind::Surreal => Ok(()),
    }
}

/// Removes what was made on a server.
///
/// # Errors
/// When it does not go.
pub fn remove(kind: Kind, server: Option<&str>) -> anyhow::Result<()> {
    if kind == Kind::Postgres {
        psql(named(server)?, &format!("DROP DATABASE IF EXISTS {DATABASE}"))?;
    }
    Ok(())
}

fn named(server: Option<&str>) -> anyhow::Result<&str> {
    server.context("say with --store-url where the server is")
}

/// The same URL with another database at its end.
fn database_of(server: &str, name: &str) -> String {
    let (path, query) = server.split_once('?').unwrap_or((server, ""));
    let before = path.rsplit_once('/').map_or(path, |(before, _)| before);
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    };
    format!("{before}/{name}{query}")
}

fn psql(server: &str, command: &str) -> anyhow::Result<()> {
    let done = Command::new("psql")
        .args(["--quiet", "--no-psqlrc", "--command", command])
        .arg(server)
        .output();
    match done {
        Err(error) => bail!("psql is needed for --store postgres: {error}"),
        Ok(done) => {
            ensure!(
                done.status.success(),
                "psql: {}",
                String::from_utf8_lossy(&done.stderr).trim()
            );
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_database_of_the_same_server() {
        for (server, database) in [
            ("postgres://u:p@h:5432/postgres", "postgres://u:p@h:5432/wxlogin_load"),
            (
                "postgres://u@h/postgres?sslmode=disable",
                "postgres://u@h/wxlogin_load?sslmode=disable",
            ),
            ("ws://u:p@h:8000/ns/db", "ws://u:p@h:8000/ns/wxlogin_load"),
        ] {
            assert_eq!(database_of(server, DATABASE), database);
        }
    }
}
