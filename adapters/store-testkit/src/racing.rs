//! Callers that start at the same moment.

use std::sync::Arc;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::RACERS;

/// Starts [`RACERS`] tasks at the same moment and collects what they answer.
pub(crate) async fn race<T, F>(racer: impl Fn(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let barrier = Arc::new(Barrier::new(RACERS));
    let mut tasks = JoinSet::new();
    for number in 0..RACERS {
        let barrier = Arc::clone(&barrier);
        let running = racer(number);
        tasks.spawn(async move {
            barrier.wait().await;
            running.await
        });
    }
    tasks.join_all().await
}
