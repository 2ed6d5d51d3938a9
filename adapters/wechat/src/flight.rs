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
use wxlogin_domain::code::JsCode;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::code_exchange::{CodeExchangeError, CodeSession};

pub(crate) type Outcome = Result<CodeSession, CodeExchangeError>;

/// A code's own lifetime: afterwards WeChat itself knows it no more.
const REMEMBERED_FOR: Duration = Duration::from_secs(5 * 60);
/// Bounds the memory to some 30 MB; at 6,500 logins a second a code is still remembered for a minute.
const MAX_REMEMBERED: usize = 400_000;

/// What the outcome of an exchange says about the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeState {
    /// WeChat may have seen it: it must not be sent again.
    Sent,
    /// WeChat has certainly not seen it.
    Unsent,
}

/// A hash of (appid, code): what is remembered instead of the code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Fingerprint([u8; 16]);

impl Fingerprint {
    fn of(app: &AppId, code: &JsCode) -> Self {
        let digest = Sha256::new()
            .chain_update(app.as_str())
            .chain_update(b"\0")
            .chain_update(code.expose())
            .finalize();
        let mut half = [0; 16];
        half.copy_from_slice(&digest[..16]);
        Self(half)
    }
}

/// The exchanges under way, and the codes that were sent.
#[derive(Clone, Default)]
pub(crate) struct Flights(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    under_way: HashMap<Fingerprint, Shared<BoxFuture<'static, Outcome>>>,
    sent: HashSet<Fingerprint>,
    sent_at: VecDeque<(Instant, Fingerprint)>,
}

impl State {
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

impl Flights {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The outcome of the one exchange of this code: that which is under way, or `exchange`, started now. It runs to
    /// its end even where no caller waits any more.
    pub(crate) async fn join<F>(&self, app: &AppId, code: &JsCode, exchange: impl FnOnce() -> F) -> Outcome
    where
        F: Future<Output = (Outcome, CodeState)> + Send + 'static,
    {
        let key = Fingerprint::of(app, code);
        let (flight, landed) = {
            let mut state = self.state();
            state.forget_old(Instant::now());
            if let Some(flight) = state.under_way.get(&key) {
                (flight.clone(), None)
            } else if state.sent.contains(&key) {
                return Err(CodeExchangeError::CodeAlreadyUsed);
            } else {
                let (landed, outcome) = oneshot::channel();
                // Nothing lands where the exchange panicked.
                let flight = outcome.map(|outcome| outcome.unwrap_or(Err(CodeExchangeError::Unavailable)));
                let flight = flight.boxed().shared();
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
        exchange: impl Future<Output = (Outcome, CodeState)> + Send + 'static,
        landed: oneshot::Sender<Outcome>,
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
struct Landing {
    flights: Flights,
    key: Fingerprint,
    state: CodeState,
}

impl Drop for Landing {
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

    fn app() -> AppId {
        AppId::parse("wx4f4bc4dec97d474b").unwrap()
    }

    fn code(text: &str) -> JsCode {
        JsCode::parse(text).unwrap()
    }

    const REFUSED: Outcome = Err(CodeExchangeError::CodeInvalid);

    #[tokio::test]
    async fn concurrent_callers_share_one_exchange() {
        let (flights, calls) = (Flights::default(), Arc::new(AtomicUsize::new(0)));
        let callers = (0..50).map(|_| {
            let (flights, calls) = (flights.clone(), Arc::clone(&calls));
            async move {
                flights
                    .join(&app(), &code("a"), || async move {
                        calls.fetch_add(1, Ordering::SeqCst);
                        tokio::task::yield_now().await;
                        (REFUSED, CodeState::Sent)
                    })
                    .await
            }
        });
        let outcomes = futures_util::future::join_all(callers).await;
        assert_eq!(calls.load(Ordering::SeqCst), 1);
        assert!(
            outcomes
                .iter()
                .all(|outcome| matches!(outcome, Err(CodeExchangeError::CodeInvalid)))
        );
    }

    #[tokio::test]
    async fn a_repeat_is_told_that_the_code_was_used() {
        let flights = Flights::default();
        let (app, code) = (app(), code("a"));
        let send = || flights.join(&app, &code, || async { (REFUSED, CodeState::Sent) });
        assert!(matches!(send().await, Err(CodeExchangeError::CodeInvalid)));
        assert!(matches!(send().await, Err(CodeExchangeError::CodeAlreadyUsed)));
    }

    #[test]
    fn a_sent_code_is_remembered_for_its_lifetime() {
        let (mut state, sent) = (State::default(), Instant::now());
        let code = Fingerprint::of(&app(), &code("a"));
        state.remember(code, sent);
        state.forget_old(sent + REMEMBERED_FOR.mul_f32(0.99));
        assert!(state.sent.contains(&code));
        state.forget_old(sent + REMEMBERED_FOR);
        assert!(state.sent.is_empty() && state.sent_at.is_empty());
    }

    #[tokio::test]
    async fn an_unsent_code_may_be_sent() {
        let flights = Flights::default();
        let refused = || async { (Err(CodeExchangeError::Unavailable), CodeState::Unsent) };
        for _ in 0..2 {
            let outcome = flights.join(&app(), &code("a"), refused).await;
            assert!(matches!(outcome, Err(CodeExchangeError::Unavailable)));
        }
    }

    #[tokio::test]
    async fn the_same_code_of_another_app_is_another_code() {
        let flights = Flights::default();
        let other = AppId::parse("wxba5fad812f8e6fb9").unwrap();
        for app in [app(), other] {
            let outcome = flights
                .join(&app, &code("a"), || async { (REFUSED, CodeState::Sent) })
                .await;
            assert!(matches!(outcome, Err(CodeExchangeError::CodeInvalid)));
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
                (REFUSED, CodeState::Sent)
            }
        };
        let (the_app, the_code) = (app(), code("a"));
        let mut first = Box::pin(flights.join(&the_app, &the_code, exchange));
        assert!(futures_util::poll!(&mut first).is_pending());
        drop(first);
        let second = flights.join(&the_app, &the_code, || async {
            unreachable!("the first one is under way")
        });
        release.send(()).unwrap();
        assert!(matches!(second.await, Err(CodeExchangeError::CodeInvalid)));
        assert_eq!(done.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_panic_frees_neither_the_flight_nor_the_code() {
        let flights = Flights::default();
        let outcome = flights
            .join(&app(), &code("a"), || async { panic!("deliberate, in a test") })
            .await;
        assert!(matches!(outcome, Err(CodeExchangeError::Unavailable)));
        let again = flights
            .join(&app(), &code("a"), || async { (REFUSED, CodeState::Sent) })
            .await;
        assert!(matches!(again, Err(CodeExchangeError::CodeAlreadyUsed)));
    }
}
