//! What goes on beside the requests: keys are looked after, what is over is swept, uses of sessions are written.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::task::JoinSet;
use wxlogin_domain::housekeeping::{Housekeeper, Round};
use wxlogin_domain::last_use::LastUse;
use wxlogin_domain::ports::store::Store;

use crate::services::Services;

/// How often the store is asked what other replicas changed of keys and API keys. A replica may take
/// [`wxlogin_domain::key_ring::PICK_UP`], four times as long.
const PICK_UP_EVERY: Duration = Duration::from_secs(15);
/// How often uses of sessions are written.
const USES_WRITTEN_EVERY: Duration = Duration::from_secs(5);
/// The pause after a piece of housekeeping: requests go first.
const PAUSE: Duration = Duration::from_secs(1);
/// The pause after a round of it, and after a failure.
const LONG_PAUSE: Duration = Duration::from_secs(60);

/// Work that goes on until it is stopped.
pub struct Background {
    tasks: JoinSet<()>,
    last_use: Arc<LastUse>,
    store: Arc<dyn Store>,
}

impl Background {
    /// Starts it.
    #[must_use]
    pub fn start(services: &Services) -> Self {
        let mut tasks = JoinSet::new();
        let (last_use, store) = (Arc::clone(&services.last_use), Arc::clone(&services.store));
        let services = services.clone();
        let housekeeper = services.housekeeper.clone();
        let uses = (Arc::clone(&last_use), Arc::clone(&store));
        tasks.spawn(unceasing("pick-up", move || pick_up(services.clone())));
        tasks.spawn(unceasing("housekeeping", move || keep_house(housekeeper.clone())));
        tasks.spawn(unceasing("last use", move || {
            write_uses(Arc::clone(&uses.0), Arc::clone(&uses.1))
        }));
        Self { tasks, last_use, store }
    }

    /// Stops it, and writes what is collected.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
        write(&self.last_use, &*self.store).await;
    }
}

/// Begins anew after a panic: a service whose keys are not looked after any more would look healthy for months.
async fn unceasing<F: Future<Output = ()>>(name: &'static str, work: impl Fn() -> F) {
    loop {
        if AssertUnwindSafe(work()).catch_unwind().await.is_err() {
            tracing::error!(name, "background work panicked, and begins anew");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn pick_up(services: Services) {
    loop {
        tokio::time::sleep(PICK_UP_EVERY).await;
        if let Err(error) = services.keys.tend().await {
            tracing::error!(%error, "the signing keys cannot be looked after; those in use stay");
        }
        if let Err(error) = services.api_keys.reload().await {
            tracing::error!(%error, "the API keys cannot be read anew; those known stay");
        }
    }
}

async fn keep_house(housekeeper: Housekeeper) {
    loop {
        let pause = match housekeeper.step().await {
            Ok(Round::GoesOn) => PAUSE,
            Ok(Round::Done) => LONG_PAUSE,
            Err(error) => {
                tracing::warn!(%error, "housekeeping waits for the store");
                LONG_PAUSE
            }
        };
        tokio::time::sleep(pause).await;
    }
}

async fn write_uses(last_use: Arc<LastUse>, store: Arc<dyn Store>) {
    loop {
        tokio::time::sleep(USES_WRITTEN_EVERY).await;
        write(&last_use, &*store).await;
    }
}

async fn write(last_use: &LastUse, store: &dyn Store) {
    if let Err(error) = last_use.write(store).await {
        tracing::warn!(%error, "when sessions were last used was not written");
    }
}
