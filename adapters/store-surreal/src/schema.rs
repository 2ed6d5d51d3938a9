//! Tables, and the version of what is in them.

use surrealdb::Surreal;
use surrealdb::engine::local::Db;

use crate::id;
use crate::open::OpenError;

/// The version that this program reads and writes.
const VERSION: i64 = 1;

/// Undefined tables are errors to readers, so they exist from the first start. What is in a row is the business of
/// [`row`](crate::row): the tables are schemaless, and the record ids are the unique keys.
const TABLES: &str = "
    DEFINE TABLE IF NOT EXISTS schema SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS account SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS identity SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS unionid SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS login_session SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS key_ring SCHEMALESS;
";

/// Makes what is missing; refuses what a later release wrote.
pub(crate) async fn migrate(db: &Surreal<Db>) -> Result<(), OpenError> {
    let found = version(db).await.map_err(|error| failed(&error))?;
    match found {
        Some(VERSION) => Ok(()),
        Some(found) if found > VERSION => Err(OpenError::NewerSchema { found, known: VERSION }),
        // Version 1 is the first one: whatever has no version is new.
        _ => {
            db.query(TABLES)
                .await
                .and_then(surrealdb::IndexedResults::check)
                .map_err(|error| failed(&error))?;
            db.query("UPSERT $id SET version = $version RETURN NONE")
                .bind(("id", id::schema()))
                .bind(("version", VERSION))
                .await
                .and_then(surrealdb::IndexedResults::check)
                .map(drop)
                .map_err(|error| failed(&error))
        }
    }
}

async fn version(db: &Surreal<Db>) -> surrealdb::Result<Option<i64>> {
    db.query("DEFINE TABLE IF NOT EXISTS schema SCHEMALESS; SELECT VALUE version FROM $id")
        .bind(("id", id::schema()))
        .await?
        .take(1)
}

fn failed(error: &surrealdb::Error) -> OpenError {
    OpenError::Failed(error.message().to_owned())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::open::{Location, SurrealStore};

    #[tokio::test(flavor = "multi_thread")]
    async fn what_a_later_release_wrote_is_refused() {
        let store = SurrealStore::open(&Location::Memory, Duration::from_secs(30))
            .await
            .unwrap();
        assert_eq!(migrate(&store.db).await, Ok(()), "a second start finds its own version");
        let later = store
            .db
            .query("UPDATE $id SET version = 2")
            .bind(("id", id::schema()))
            .await;
        later.and_then(surrealdb::IndexedResults::check).unwrap();
        let refused = migrate(&store.db).await;
        assert_eq!(refused, Err(OpenError::NewerSchema { found: 2, known: 1 }));
    }
}
