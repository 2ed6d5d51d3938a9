//! The embedded stores keep what every store promises.

use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use wxlogin_store_surreal::{Location, SurrealStore};
use wxlogin_store_testkit::conformance;

/// The suite shares the machine with other tests: what it asks for is correctness, not the service's deadline.
const PATIENT: Duration = Duration::from_secs(30);

async fn open(location: Location) -> Arc<SurrealStore> {
    Arc::new(SurrealStore::open(&location, PATIENT).await.expect("the store opens"))
}

async fn in_memory() -> Option<(Arc<SurrealStore>, ())> {
    Some((open(Location::Memory).await, ()))
}

/// As replicas meet: the guards of the database alone decide who is first.
async fn contended() -> Option<(Arc<SurrealStore>, ())> {
    let store = SurrealStore::open(&Location::Memory, PATIENT)
        .await
        .expect("the store opens");
    Some((Arc::new(store.without_lanes()), ()))
}

async fn in_a_directory() -> Option<(Arc<SurrealStore>, TempDir)> {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(Location::SurrealKv(directory.path().join("store"))).await;
    Some((store, directory))
}

conformance!(mem, in_memory);
conformance!(mem_contended, contended);
conformance!(surrealkv, in_a_directory);
