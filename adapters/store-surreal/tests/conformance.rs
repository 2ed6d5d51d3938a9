//! The embedded stores keep what every store promises.

use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use wxlogin_store_surreal::{Location, SurrealStore};
use wxlogin_store_testkit::conformance;

/// The suite shares the machine with other tests: what it asks for is correctness, not the service's deadline.
const PATIENT: Duration = Duration::from_secs(120);

async fn open(location: Location) -> SurrealStore {
    SurrealStore::open(&location, PATIENT).await.expect("the store opens")
}

async fn in_memory() -> Option<(Arc<SurrealStore>, ())> {
    Some((Arc::new(open(Location::Memory).await), ()))
}

async fn in_a_directory() -> Option<(Arc<SurrealStore>, TempDir)> {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(Location::SurrealKv(directory.path().join("store"))).await;
    Some((Arc::new(store), directory))
}

/// As replicas meet: nothing is known, and the guards of the database alone decide who is first.
async fn contended() -> Option<(Arc<SurrealStore>, ())> {
    Some((Arc::new(open(Location::Memory).await.as_if_shared()), ()))
}

conformance!(mem, in_memory);
conformance!(surrealkv, in_a_directory);
conformance!(mem_contended, contended);
