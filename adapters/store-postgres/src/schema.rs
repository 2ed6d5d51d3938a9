//! Tables, and the version of what is in them.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{Row as _, SqlSafeStr as _};

use crate::failure::bounded;
use crate::open::OpenError;

/// What brings an empty database to the version of this program, step by step. A step that was released is never
/// changed: what is to be different is a step of its own.
const STEPS: [(i64, &str, &str); 1] = [(1, "tables", include_str!("../migrations/1_tables.sql"))];

/// Which steps were taken. Not the driver's own name: another program that uses it may share the schema.
const TABLE: &str = "wxlogin_schema";
const TABLE_EXISTS: &str = "SELECT current_setting('server_encoding') AS encoding, current_schema() AS schema, \
     to_regclass(quote_ident(current_schema()) || '.wxlogin_schema') IS NOT NULL AS is_there";
const VERSION: &str = "SELECT max(version) AS version FROM wxlogin_schema WHERE success";

/// The oldest release of PostgreSQL that is tested against, as it numbers them.
const OLDEST_SERVER: u32 = 130_000;

/// The version that this program reads and writes.
fn known() -> i64 {
    STEPS.iter().map(|(version, ..)| *version).max().unwrap_or(0)
}

/// Which version the database has; none where nothing is in it yet.
///
/// # Errors
/// When it cannot be used at all, or a later release wrote it.
pub(crate) async fn version(connection: &mut PgConnection) -> Result<Option<i64>, OpenError> {
    if connection
        .server_version_num()
        .is_some_and(|server| server < OLDEST_SERVER)
    {
        return Err(OpenError::Failed("PostgreSQL 13 or later is needed".into()));
    }
    let row = sqlx::query(TABLE_EXISTS).fetch_one(&mut *connection).await?;
    if row.try_get::<&str, _>("encoding")? != "UTF8" {
        return Err(OpenError::Failed("the encoding of the database must be UTF8".into()));
    }
    if row.try_get::<Option<&str>, _>("schema")?.is_none() {
        return Err(OpenError::Failed(
            "the search_path names no schema that there is".into(),
        ));
    }
    if !row.try_get::<bool, _>("is_there")? {
        return Ok(None);
    }
    let row: PgRow = sqlx::query(VERSION).fetch_one(&mut *connection).await?;
    let known = known();
    match row.try_get::<Option<i64>, _>("version")? {
        Some(found) if found > known => Err(OpenError::NewerSchema { found, known }),
        found => Ok(found),
    }
}

/// Makes what is missing. Whoever comes at the same time waits, and finds it made.
pub(crate) async fn migrate(connection: &mut PgConnection, found: Option<i64>) -> Result<(), OpenError> {
    if found == Some(known()) {
        return Ok(());
    }
    migrator()
        .run_direct(None, connection, false)
        .await
        .map_err(|error| match error {
            // A later release came first.
            MigrateError::VersionMissing(found) => OpenError::NewerSchema { found, known: known() },
            error => OpenError::Failed(bounded(&error)),
        })
}

/// Sees that the database is of this version; one in which nothing is yet is of any.
pub(crate) async fn examine(connection: &mut PgConnection, found: Option<i64>) -> Result<(), OpenError> {
    let known = known();
    match found {
        Some(found) if found < known => Err(OpenError::OlderSchema { found, known }),
        found => migrate(connection, found).await,
    }
}

fn migrator() -> Migrator {
    let step = |(version, name, sql): (i64, &'static str, &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    let mut migrator = Migrator::with_migrations(STEPS.map(step).into());
    migrator.dangerous_set_table_name(TABLE);
    migrator
}
