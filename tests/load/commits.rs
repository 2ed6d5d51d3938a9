//! How many small durable commits the store itself makes: no service on it is faster than that.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::store::Kind;

/// As many clients as make PostgreSQL fastest on a small machine.
const CLIENTS: &str = "32";
/// One small row, in a transaction of its own.
const INSERT: &str = "INSERT INTO commits (id, body) VALUES (gen_random_uuid(), repeat('x', 300));\n";

/// Commits a second of a store, where something is there to measure it with.
pub fn rate(kind: Kind, store: &str, directory: &Path, measured: Duration) -> Option<f64> {
    match kind {
        Kind::Postgres => pgbench(store, directory, measured),
        Kind::Surrealkv | Kind::Mem | Kind::Surreal => None,
    }
}

/// None where there is no pgbench.
fn pgbench(store: &str, directory: &Path, measured: Duration) -> Option<f64> {
    let table = "CREATE TABLE IF NOT EXISTS commits (id uuid PRIMARY KEY, body text NOT NULL)";
    let made = Command::new("psql")
        .args(["--quiet", "--command", table, store])
        .output();
    made.ok().filter(|made| made.status.success())?;
    let script = directory.join("commit.sql");
    fs::write(&script, INSERT).ok()?;
    let seconds = measured.as_secs().max(1).to_string();
    let done = Command::new("pgbench")
        .args([
            "--no-vacuum",
            "--protocol=prepared",
            "--jobs=2",
            "--client",
            CLIENTS,
            "--time",
            &seconds,
            "--file",
        ])
        .arg(&script)
        .arg(store)
        .output();
    let output = String::from_utf8(done.ok()?.stdout).ok()?;
    let line = output.lines().find_map(|line| line.strip_prefix("tps = "))?;
    line.split_whitespace().next()?.parse().ok()
}
