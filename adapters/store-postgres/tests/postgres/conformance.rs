//! A store in PostgreSQL keeps what every store promises.

use std::sync::Arc;
use std::time::Duration;

use wxlogin_store_postgres::PostgresStore;
use wxlogin_store_testkit::conformance;
use wxlogin_throwaway::Postgres;

/// The suite shares the machine with other tests: what it asks for is correctness, not the service's deadline.
const PATIENT: Duration = Duration::from_secs(30);

/// A database of its own for each case, on one server.
async fn open() -> Option<(Arc<PostgresStore>, Arc<Postgres>)> {
    let server = Postgres::start()?;
    let url = server.new_database();
    let store = PostgresStore::open(&url, PATIENT).await.expect("the store opens");
    Some((Arc::new(store), server))
}

conformance!(postgres, open);
