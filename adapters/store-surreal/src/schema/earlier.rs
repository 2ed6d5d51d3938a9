//! Databases as earlier releases left them.

use std::time::Duration;

use surrealdb::types::Variables;
use tempfile::TempDir;

use crate::open::{Location, SurrealStore};

pub(super) async fn open(directory: &TempDir) -> SurrealStore {
    let location = Location::SurrealKv(directory.path().join("store"));
    SurrealStore::open(&location, Duration::from_secs(30)).await.unwrap()
}

/// A directory with nothing in it but what a script writes.
pub(super) async fn left_behind(script: &str, variables: Variables) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory).await;
    for query in ["REMOVE DATABASE wxlogin", "DEFINE DATABASE wxlogin"] {
        store.db.query(query).await.unwrap().check().unwrap();
    }
    let written = store.db.query(script.to_owned()).bind_all(variables).await;
    written.unwrap().check().unwrap();
    store.close().await;
    directory
}
