//! The connections, and who has which.
//!
//! A pool of our own instead of the driver's. That one sends a message to the server whenever a connection comes back,
//! one more round trip beside the two of a login, and waits for its answer without a limit: when a network swallows
//! packets, all its places stay taken for minutes. Here a connection that was left in the middle of something is closed,
//! and its place is free at once.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;
use wxlogin_domain::ports::store::StoreError;

use crate::failure::Failure;
use crate::lease::Lease;

/// What lies unused for longer is closed instead of used: a firewall may have forgotten it and would swallow what is sent.
const LONGEST_REST: Duration = Duration::from_secs(60);
/// Connections are renewed after this time: servers keep what they learned about each, and names come to mean others.
const LONGEST_LIFE: Duration = Duration::from_secs(1800);

/// Connections to one server.
pub(crate) struct Pool {
    options: PgConnectOptions,
    places: Semaphore,
    /// Those in nobody's hands; the one that was used last is used next, so that what is too much grows old and goes.
    resting: Mutex<Vec<Resting>>,
}

/// A connection, and when it was made.
pub(crate) struct Live {
    pub(crate) connection: PgConnection,
    born: Instant,
}

struct Resting {
    live: Live,
    since: Instant,
}

impl Pool {
    pub(crate) fn new(options: PgConnectOptions, most: usize) -> Self {
        Self {
            options,
            places: Semaphore::new(most),
            resting: Mutex::new(Vec::with_capacity(most)),
        }
    }

    /// A connection for one act. Waits where all are taken: the caller has a deadline.
    pub(crate) async fn lease(&self) -> Result<Lease<'_>, Failure> {
        let place = self.place().await?;
        if let Some(live) = self.rested() {
            return Ok(Lease::of_rested(self, place, live));
        }
        let connection = PgConnection::connect_with(&self.options).await?;
        let born = Instant::now();
        Ok(Lease::of_new(self, place, Live { connection, born }))
    }

    async fn place(&self) -> Result<SemaphorePermit<'_>, Failure> {
        let closed = |_| Failure::Store(StoreError::Unavailable("the store is closed".into()));
        self.places.acquire().await.map_err(closed)
    }

    fn rested(&self) -> Option<Live> {
        let mut resting = self.resting();
        let now = Instant::now();
        let last = resting.pop()?;
        if now.duration_since(last.since) > LONGEST_REST {
            // All the others have rested for longer.
            resting.clear();
            return None;
        }
        resting.retain(|other| now.duration_since(other.since) <= LONGEST_REST);
        (now.duration_since(last.live.born) <= LONGEST_LIFE).then_some(last.live)
    }

    /// Takes back a connection that is ready for the next act.
    pub(crate) fn take_back(&self, live: Live) {
        if !self.places.is_closed() {
            let since = Instant::now();
            self.resting().push(Resting { live, since });
        }
    }

    /// Throws away all that rest: one of them has died, and the others with it.
    pub(crate) fn forget_resting(&self) {
        self.resting().clear();
    }

    /// Closes what rests, in order; what is in use closes as soon as it is not.
    pub(crate) async fn close(&self) {
        self.places.close();
        let resting = std::mem::take(&mut *self.resting());
        for rested in resting {
            // The server sees it either way.
            let _ = rested.live.connection.close().await;
        }
    }

    fn resting(&self) -> MutexGuard<'_, Vec<Resting>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
