//! Opening the store, however long it takes until it can be reached.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::background::Background;
use crate::config::{Config, MasterKey};
use crate::services::Services;
use crate::wiring::{self, Foundations, OpenStore, WiringError};

/// The pause after the first attempt in vain. Each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause: how long a store may have been back and still not be used.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How often the log is told that the store still cannot be reached.
const SAID_EVERY: Duration = Duration::from_secs(30);

/// A service whose store is open.
pub struct Opened {
    /// The store.
    pub open: OpenStore,
    /// The use cases on it.
    pub services: Services,
}

impl Opened {
    /// Ends what goes on beside the requests, and closes the store in order.
    pub async fn close(self, background: Background) {
        background.stop().await;
        drop(self.services);
        self.open.close().await;
    }
}

/// Opens the store of a configuration as soon as it can be reached.
///
/// # Errors
/// What waiting does not help against: another master key, a newer schema, a directory that is in use.
pub async fn open(config: &Config, master_key: &MasterKey) -> Result<Opened, WiringError> {
    // On the heap: it holds whatever the opening of any database needs.
    patiently(|| Box::pin(attempt(config, master_key))).await
}

async fn attempt(config: &Config, master_key: &MasterKey) -> Result<Opened, WiringError> {
    let open = OpenStore::open(&config.store).await?;
    let services = async {
        let foundations = Foundations::new(config, master_key, open.store.clone()).await?;
        wiring::services(config, master_key, foundations).await
    };
    match services.await {
        Ok(services) => Ok(Opened { open, services }),
        Err(error) => {
            open.close().await;
            Err(error)
        }
    }
}

async fn patiently<T, F>(attempt: impl Fn() -> F) -> Result<T, WiringError>
where
    F: Future<Output = Result<T, WiringError>>,
{
    let (mut pause, mut said) = (FIRST_PAUSE, None::<Instant>);
    loop {
        let error = match attempt().await {
            Err(error) if error.is_unreachable() => error,
            settled => {
                if settled.is_ok() && said.is_some() {
                    tracing::info!("the store can be reached");
                }
                return settled;
            }
        };
        if said.is_none_or(|said| said.elapsed() >= SAID_EVERY) {
            said = Some(Instant::now());
            tracing::warn!(
                error = format!("{:#}", anyhow::Error::new(error)),
                "the store cannot be reached; until it can, requests are answered store_unavailable"
            );
        }
        sleep(with_jitter(pause)).await;
        pause = LONGEST_PAUSE.min(2 * pause);
    }
}

/// So that replicas, which lost their store in one moment, do not come back in one.
fn with_jitter(pause: Duration) -> Duration {
    pause.mul_f64(0.75 + 0.25 * fastrand::f64())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use wxlogin_domain::ports::store::StoreError;

    use super::*;

    fn unreachable() -> WiringError {
        StoreError::Unavailable("connection refused".into()).into()
    }

    #[tokio::test(start_paused = true)]
    async fn a_store_is_waited_for() {
        let (started, attempts) = (Instant::now(), Cell::new(0));
        let opened = patiently(async || {
            attempts.set(attempts.get() + 1);
            if started.elapsed() < Duration::from_secs(60) {
                Err(unreachable())
            } else {
                Ok("open")
            }
        });
        assert_eq!(opened.await.expect("it is there by now"), "open");
        assert!(
            (12..=20).contains(&attempts.get()),
            "{} attempts in a minute",
            attempts.get()
        );
        assert!(started.elapsed() <= Duration::from_secs(60) + LONGEST_PAUSE);
    }

    #[tokio::test(start_paused = true)]
    async fn what_waiting_does_not_help_against_is_told_at_once() {
        let started = Instant::now();
        let refused = patiently::<(), _>(async || Err(WiringError::WrongMasterKey("of another".into())));
        assert!(matches!(refused.await, Err(WiringError::WrongMasterKey(_))));
        let unreadable = patiently::<(), _>(async || Err(StoreError::Unreadable("a row".into()).into()));
        assert!(matches!(unreadable.await, Err(WiringError::Store(_))));
        assert_eq!(started.elapsed(), Duration::ZERO);
    }
}
