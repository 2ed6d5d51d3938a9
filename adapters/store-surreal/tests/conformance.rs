//! SurrealDB keeps what every store promises, wherever it is.

use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use wxlogin_store_surreal::{Location, Server, SurrealStore};
use wxlogin_store_testkit::{Pace, conformance};
use wxlogin_throwaway::Surreal;

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

/// As replicas meet there: the guards of the database alone decide who is first.
async fn on_a_server() -> Option<(Arc<SurrealStore>, Arc<Surreal>)> {
    let surreal = Surreal::start()?;
    let store = open(Location::Server(server(&surreal.new_database()))).await;
    Some((Arc::new(store.as_if_shared()), surreal))
}

/// Of `ws://USER:PASSWORD@ADDRESS/NAMESPACE/DATABASE`.
fn server(url: &str) -> Server {
    let parts: Vec<&str> = url.split(['/', '@', ':']).filter(|part| !part.is_empty()).collect();
    let [_, user, password, host, port, namespace, database] = parts[..] else {
        panic!("{url} has another form");
    };
    Server {
        tls: false,
        address: format!("{host}:{port}"),
        user: user.into(),
        password: password.to_owned().into(),
        namespace: namespace.into(),
        database: database.into(),
    }
}

conformance!(mem, in_memory);
conformance!(surrealkv, in_a_directory);
// The server of the tests is built without optimisation.
conformance!(remote, on_a_server, Pace::Slow);
