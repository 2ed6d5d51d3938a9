//! Waiting for what comes about by itself.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Far beyond anything that is waited for; only what never comes takes so long.
const DEADLINE: Duration = Duration::from_secs(60);
/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// Looks again and again until `look` finds something, and answers that.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(started.elapsed() < DEADLINE, "this did not come about: {what}");
        sleep(PAUSE).await;
    }
}
