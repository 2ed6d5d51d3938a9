//! Trying again when somebody else was first, and giving up in time.

use std::time::Duration;

use wxlogin_domain::ports::store::StoreError;

use crate::failure::Failure;

/// How long callers wait.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    deadline: Duration,
}

/// Bounds the retries; the deadline usually comes first.
const MAX_ATTEMPTS: u32 = 100;
/// The longest wait between two attempts, in milliseconds.
const MAX_WAIT_MILLIS: u64 = 32;

impl Patience {
    pub(crate) fn new(deadline: Duration) -> Self {
        Self { deadline }
    }

    /// Runs an operation once.
    pub(crate) async fn once<T>(
        &self,
        operation: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        tokio::time::timeout(self.deadline, operation)
            .await
            .unwrap_or_else(|_| Err(deadline_passed()))
    }

    /// Runs a part of an operation for which nobody in particular waits.
    pub(crate) async fn at_most<T>(&self, part: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        tokio::time::timeout(self.deadline, part)
            .await
            .unwrap_or_else(|_| Err(deadline_passed().into()))
    }

    /// Runs an operation until nobody overtakes it. It must decide anew from what it reads each time.
    pub(crate) async fn until_first<T, F>(&self, operation: impl Fn() -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        self.once(until_first(operation)).await
    }
}

/// Runs an operation until nobody overtakes it, however long it takes.
pub(crate) async fn until_first<T, F>(operation: impl Fn() -> F) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, Failure>>,
{
    for attempt in 0..MAX_ATTEMPTS {
        match operation().await {
            Ok(done) => return Ok(done),
            Err(Failure::Store(error)) => return Err(error),
            Err(Failure::Overtaken) => pause(attempt).await,
        }
    }
    Err(StoreError::Unavailable("too much contention on one record".into()))
}

fn deadline_passed() -> StoreError {
    StoreError::Unavailable("the deadline has passed".into())
}

/// Waits a random while, longer the more often it happens, so that contenders come apart.
async fn pause(attempt: u32) {
    let most = (1_u64 << attempt.min(5)).min(MAX_WAIT_MILLIS) * 1000;
    tokio::time::sleep(Duration::from_micros(fastrand::u64(0..most))).await;
}
