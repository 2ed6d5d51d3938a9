//! One exchange per code, however many ask: concurrent callers share it, later ones are told that the code was used.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};
use sha2::{Digest as _, Sha256};
use tokio::sync::oneshot;
use tokio::time::Instant;
use tracing::Instrument as _;

/// The future of what a task will have come to; any number of callers may wait for it.
pub(crate) type Flight<T> = Shared<BoxFuture<'static, T>>;

/// A flight, and how to land it. Where nothing lands because the task panicked, it is lost.
pub(crate) fn flight<T: Clone + Send + Sync + 'static>(
    lost: impl FnOnce() -> T + Send + 'static,
) -> (oneshot::Sender<T>, Flight<T>) {
    let (landed, outcome) = oneshot::channel();
    let outcome = outcome.map(|outcome| outcome.unwrap_or_else(|_| lost()));
    (landed, outcome.boxed().shared())
}

/// What an exchange of a code comes to.
pub(crate) trait Outcome: Clone + Send + Sync + 'static {
    /// That of a code that was sent before.
    fn repeated() -> Self;
    /// That of an exchange that broke off.
    fn lost() -> Self;
}

/// A code's own lifetime: afterwards WeChat itself knows it no more.
const REMEMBERED_FOR: Duration = Duration::from_secs(5 * 60);
/// Bounds the memory, for each kind of code, to some 30 MB; at 6,500 logins a second a code is still remembered for a
/// minute.
const MAX_REMEMBERED: usize = 400_000;

/// What the outcome of an exchange says about the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeState {
    /// WeChat may have seen it: it must not be sent again.
    Sent,
    /// WeChat has certainly not seen it, or not looked at it.
    Unsent,
}

/// A hash of the code and of whose it is: what is remembered instead of the code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Of parts none of which has a zero byte.
    pub(crate) fn of<const N: usize>(parts: [&str; N]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
            hash.update(b"\0");
        }
        let mut half = [0; 16];
        half.copy_from_slice(&hash.finalize()[..16]);
        Self(half)
    }
}

/// The exchanges under way, and the codes that were sent.
pub(crate) struct Flights<T>(Arc<Mutex<State<T>>>);

struct State<T> {
    under_way: HashMap<Fingerprint, Flight<T>>,
    sent: HashSet<Fingerprint>,
    sent_at: VecDeque<(Instant, Fingerprint)>,
}

// By hand: deriving them would ask the same of T.
impl<T> Clone for Flights<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Flights<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Default for State<T> {
    fn default() -> Self {
        Self {
            under_way: HashMap::new(),
            sent: HashSet::new(),
            sent_at: VecDeque::new(),
        }
    }
}

impl<T> State<T> {
    fn forget_old(&mut self, now: Instant) {
        while let Some((at, oldest)) = self.sent_at.front().copied() {
            if self.sent_at.len() <= MAX_REMEMBERED && now.duration_since(at) < REMEMBERED_FOR {
                break;
            }
            self.sent_at.pop_front();
            self.sent.remove(&oldest);
        }
    }

    fn remember(&mut self, code: Fingerprint, now: Instant) {
        if self.sent.insert(code) {
            self.sent_at.push_back((now, code));
        }
        self.forget_old(now);
    }
}

impl<T> Flights<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Outcome> Flights<T> {
    /// The outcome of the one exchange of this code: that which is under way, or `exchange`, started now. It runs to
    /// its end even where no caller waits any more.
    pub(crate) async fn join<F>(&self, key: Fingerprint, exchange: impl FnOnce() -> F) -> T
    where
        F: Future<Output = (T, CodeState)> + Send + 'static,
    {
        let (flight, landed) = {
            let mut state = self.state();
            state.forget_old(Instant::now());
            if let Some(flight) = state.under_way.get(&key) {
                (flight.clone(), None)
            } else if state.sent.contains(&key) {
                return T::repeated();
            } else {
                let (landed, flight) = flight(T::lost);
                state.under_way.insert(key, flight.clone());
                (flight, Some(landed))
            }
        };
        // Out of the lock: a runtime that is shutting down drops the task, and so its landing, at once.
        if let Some(landed) = landed {
            self.start(key, exchange(), landed);
        }
        flight.await
    }

    fn start(
        &self,
        key: Fingerprint,
        exchange: impl Future<Output = (T, CodeState)> + Send + 'static,
        landed: oneshot::Sender<T>,
    ) {
        // A guard, so that a panic in the exchange neither leaves the flight behind nor frees the code.
        let mut landing = Landing {
            flights: self.clone(),
            key,
            state: CodeState::Sent,
        };
        let running = async move {
            let (outcome, state) = exchange.await;
            landing.state = state;
            drop(landing);
            // Nobody may be waiting any more.
            let _ = landed.send(outcome);
        };
        // Its log lines belong to the request that began it.
        tokio::spawn(running.in_current_span());
    }
}

/// Ends a flight when it is dropped: under one lock, so that no caller finds it neither under way nor sent.
struct Landing<T> {
    flights: Flights<T>,
    key: Fingerprint,
    state: CodeState,
}

impl<T> Drop for Landing<T> {
    fn drop(&mut self) {
        let mut state = self.flights.state();
        state.under_way.remove(&self.key);
        if self.state == CodeState::Sent {
            state.remember(self.key, Instant::now());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq)]
    enum Said {
        Refused,
        Repeated,
        Lost,
    }

    impl Outcome for Said {
        fn repeated() -> Self {
            Self::Repeated
        }

        fn lost() -> Self {
            Self::Lost
        }
    }

    fn key() -> Fingerprint {
        Fingerprint::of(["wx4f4bc4dec97d474b", "a"])
    }

    #[tokio::test]
    async fn concurrent_callers_share_one_exchange() {
        let (flights, calls) = (Flights::default(), Arc::new(AtomicUsize::new(0)));
        let callers = (0..50).map(|_| {
            let (flights, calls) = (flights.clone(), Arc::clone(&calls));
            async move {
                flights
                    .join(key(), || async move {
                        calls.fetch_add(1, Ordering::SeqCst);
                        tokio::task::yield_now().await;
                        (Said::Refused, CodeState::Sent)
                    })
                    .await
            }
        });
        let outcomes = futures_util::future::join_all(callers).await;
        assert_eq!(calls.load(Ordering::SeqCst), 1);
        assert!(outcomes.iter().all(|outcome| *outcome == Said::Refused));
    }

    #[tokio::test]
    async fn a_repeat_is_told_that_the_code_was_used() {
        let flights = Flights::default();
        let send = || flights.join(key(), || async { (Said::Refused, CodeState::Sent) });
        assert_eq!(send().await, Said::Refused);
        assert_eq!(send().await, Said::Repeated);
    }

    #[test]
    fn a_sent_code_is_remembered_for_its_lifetime() {
        let (mut state, sent) = (State::<Said>::default(), Instant::now());
        let code = key();
        state.remember(code, sent);
        state.forget_old(sent + REMEMBERED_FOR.mul_f32(0.99));
        assert!(state.sent.contains(&code));
        state.forget_old(sent + REMEMBERED_FOR);
        assert!(state.sent.is_empty() && state.sent_at.is_empty());
    }

    #[tokio::test]
    async fn an_unsent_code_may_be_sent() {
        let flights = Flights::default();
        let refused = || async { (Said::Lost, CodeState::Unsent) };
        for _ in 0..2 {
            let outcome = flights.join(key(), refused).await;
            assert_eq!(outcome, Said::Lost);
        }
    }

    #[tokio::test]
    async fn the_same_code_of_another_app_is_another_code() {
        let flights = Flights::default();
        for app in ["wx4f4bc4dec97d474b", "wxba5fad812f8e6fb9"] {
            let outcome = flights
                .join(Fingerprint::of([app, "a"]), || async {
                    (Said::Refused, CodeState::Sent)
                })
                .await;
            assert_eq!(outcome, Said::Refused);
        }
    }

    #[tokio::test]
    async fn an_exchange_goes_on_when_its_caller_leaves() {
        let (flights, done) = (Flights::default(), Arc::new(AtomicUsize::new(0)));
        let (release, released) = tokio::sync::oneshot::channel::<()>();
        let exchange = {
            let done = Arc::clone(&done);
            move || async move {
                released.await.unwrap();
                done.fetch_add(1, Ordering::SeqCst);
                (Said::Refused, CodeState::Sent)
            }
        };
        let mut first = Box::pin(flights.join(key(), exchange));
        assert!(futures_util::poll!(&mut first).is_pending());
        drop(first);
        let second = flights.join(key(), || async { unreachable!("the first one is under way") });
        release.send(()).unwrap();
        assert_eq!(second.await, Said::Refused);
        assert_eq!(done.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_panic_frees_neither_the_flight_nor_the_code() {
        let flights = Flights::default();
        let outcome = flights.join(key(), || async { panic!("deliberate, in a test") }).await;
        assert_eq!(outcome, Said::Lost);
        let again = flights.join(key(), || async { (Said::Refused, CodeState::Sent) }).await;
        assert_eq!(again, Said::Repeated);
    }
}
