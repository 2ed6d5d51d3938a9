//! The app's `access_token`: fetched when it is first needed, by one call however many need it, and renewed before it
//! ends.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::oneshot;
use tokio::time::Instant;
use tracing::Instrument as _;
use wxlogin_domain::ports::wechat_failure::WechatFailure;

use crate::flight::{Flight, flight};
use crate::wire::Granted;

/// The platform allows for 512 characters.
const MAX_BYTES: usize = 512;
/// In its last five minutes the platform grants a token's successor, and both work. So the successor is fetched within
/// them, early enough for a second attempt; and at a moment that is drawn, so that replicas do not come all at once.
const AHEAD_AT_LEAST: Duration = Duration::from_secs(120);
const AHEAD_SPREAD: Duration = Duration::from_secs(120);
/// So long after an attempt ahead of time that failed comes the next one.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// A token. Who has it speaks for the app.
#[derive(Debug, Clone)]
pub(crate) struct AccessToken(SecretString);

impl AccessToken {
    /// 1 to 512 bytes of visible ASCII; none otherwise.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let is_token = (1..=MAX_BYTES).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_token.then(|| Self(text.into()))
    }

    /// The text, for the call that sends it to WeChat.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for AccessToken {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

/// A token as it was given to a caller. The same text granted anew is another issue: so a renewal that somebody else
/// has just made is known as one.
#[derive(Debug, Clone)]
pub(crate) struct Issue {
    pub(crate) token: AccessToken,
    number: u64,
}

type Fetch = dyn Fn() -> BoxFuture<'static, Result<Granted, WechatFailure>> + Send + Sync;
type Outcome = Result<Issue, WechatFailure>;

/// Keeps the token of one app.
pub(crate) struct TokenKeeper {
    fetch: Arc<Fetch>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    under_way: Option<Flight<Outcome>>,
    issues: u64,
}

struct Held {
    issue: Issue,
    refresh_at: Instant,
    expires_at: Instant,
}

impl Held {
    /// Counted from before the call was made, and with a chance between 0 and 1.
    fn new(issue: Issue, lifetime: Duration, asked_at: Instant, chance: f64) -> Self {
        let ahead = AHEAD_AT_LEAST + AHEAD_SPREAD.mul_f64(chance);
        // A token that is granted for a few minutes only is used for half of them, so that it is not fetched again at
        // once.
        let used_for = lifetime.saturating_sub(ahead).max(lifetime / 2);
        Self {
            issue,
            refresh_at: asked_at + used_for,
            expires_at: asked_at + lifetime,
        }
    }
}

impl State {
    /// The fetch under way, and where that begins now, how to land it.
    fn join(&mut self) -> (Flight<Outcome>, Option<(u64, oneshot::Sender<Outcome>)>) {
        if let Some(under_way) = &self.under_way {
            return (under_way.clone(), None);
        }
        let (landed, under_way) = flight(|| Err(WechatFailure::UNAVAILABLE));
        self.under_way = Some(under_way.clone());
        self.issues += 1;
        (under_way, Some((self.issues, landed)))
    }
}

impl TokenKeeper {
    pub(crate) fn new<F>(fetch: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Granted, WechatFailure>> + Send + 'static,
    {
        Self {
            fetch: Arc::new(move || fetch().boxed()),
            state: Arc::default(),
        }
    }

    /// A token that has not expired. Near its end its successor is fetched meanwhile; after it, all wait for one fetch,
    /// and share its failure too.
    pub(crate) async fn token(&self) -> Outcome {
        let (held, under_way, begins) = {
            let (mut state, now) = (self.state(), Instant::now());
            let held = state.held.as_ref().filter(|held| now < held.expires_at);
            let (issue, is_fresh) = match held {
                Some(held) => (Some(held.issue.clone()), now < held.refresh_at),
                None => (None, false),
            };
            if let Some(issue) = issue.clone().filter(|_| is_fresh) {
                return Ok(issue);
            }
            let (under_way, begins) = state.join();
            (issue, under_way, begins)
        };
        // Out of the lock: a runtime that is shutting down drops the task, and so its landing, at once.
        if let Some((number, landed)) = begins {
            self.start(number, landed);
        }
        match held {
            Some(issue) => Ok(issue),
            None => under_way.await,
        }
    }

    /// A token in the place of one that the platform refuses. It is fetched by the first who asks; whoever was refused
    /// the same issue gets the same renewal.
    pub(crate) async fn renewed(&self, refused: &Issue) -> Outcome {
        {
            let held = &mut self.state().held;
            if held.as_ref().is_some_and(|held| held.issue.number == refused.number) {
                *held = None;
            }
        }
        self.token().await
    }

    /// In a task of its own: it ends even where the caller who began it no longer waits, and others may.
    fn start(&self, number: u64, landed: oneshot::Sender<Outcome>) {
        let fetch = Arc::clone(&self.fetch);
        let mut landing = Landing {
            state: Arc::clone(&self.state),
            held: None,
        };
        let running = async move {
            let asked_at = Instant::now();
            let outcome = fetch().await.map(|granted| {
                let issue = Issue {
                    token: granted.token,
                    number,
                };
                landing.held = Some(Held::new(issue.clone(), granted.lifetime, asked_at, fastrand::f64()));
                issue
            });
            drop(landing);
            // Nobody may be waiting any more.
            let _ = landed.send(outcome);
        };
        tokio::spawn(running.in_current_span());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends a fetch when it is dropped, a panic in it included.
struct Landing {
    state: Arc<Mutex<State>>,
    held: Option<Held>,
}

impl Drop for Landing {
    fn drop(&mut self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.under_way = None;
        match (self.held.take(), &mut state.held) {
            (Some(fetched), held) => *held = Some(fetched),
            (None, Some(held)) => held.refresh_at = Instant::now() + RETRY_AFTER,
            (None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::future::join_all;

    use super::*;

    const LIFETIME: Duration = Duration::from_secs(7200);
    const FAILURE: WechatFailure = WechatFailure::QuotaExhausted;

    /// A platform that grants `t1`, `t2` and so on, or nothing, as it is told.
    #[derive(Clone)]
    struct Grants {
        asked: Arc<AtomicUsize>,
        script: Arc<dyn Fn(usize) -> Result<String, WechatFailure> + Send + Sync>,
    }

    impl Grants {
        fn by(script: impl Fn(usize) -> Result<String, WechatFailure> + Send + Sync + 'static) -> Self {
            Self {
                asked: Arc::default(),
                script: Arc::new(script),
            }
        }

        fn new_ones() -> Self {
            Self::by(|number| Ok(format!("t{number}")))
        }

        fn asked(&self) -> usize {
            self.asked.load(Ordering::SeqCst)
        }

        fn keeper(&self) -> Arc<TokenKeeper> {
            let grants = self.clone();
            Arc::new(TokenKeeper::new(move || {
                let grants = grants.clone();
                async move {
                    let number = grants.asked.fetch_add(1, Ordering::SeqCst) + 1;
                    // As long as a call takes.
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    let token = AccessToken::parse(&(grants.script)(number)?).unwrap();
                    Ok(Granted {
                        token,
                        lifetime: LIFETIME,
                    })
                }
            }))
        }
    }

    fn text(outcome: &Outcome) -> Result<&str, WechatFailure> {
        outcome
            .as_ref()
            .map(|issue| issue.token.expose())
            .map_err(|failure| *failure)
    }

    async fn a_thousand(keeper: &TokenKeeper) -> Vec<Outcome> {
        join_all((0..1000).map(|_| keeper.token())).await
    }

    #[tokio::test(start_paused = true)]
    async fn a_thousand_callers_at_expiry_make_one_call() {
        let grants = Grants::new_ones();
        let keeper = grants.keeper();
        assert_eq!(grants.asked(), 0, "nobody needs it yet");
        assert!(
            a_thousand(&keeper)
                .await
                .iter()
                .all(|outcome| text(outcome) == Ok("t1"))
        );
        assert_eq!(grants.asked(), 1);
        tokio::time::advance(LIFETIME).await;
        assert!(
            a_thousand(&keeper)
                .await
                .iter()
                .all(|outcome| text(outcome) == Ok("t2"))
        );
        assert_eq!(grants.asked(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_thousand_callers_share_one_failure() {
        let grants = Grants::by(|_| Err(FAILURE));
        let keeper = grants.keeper();
        assert!(
            a_thousand(&keeper)
                .await
                .iter()
                .all(|outcome| text(outcome) == Err(FAILURE))
        );
        assert_eq!(grants.asked(), 1);
        assert!(keeper.token().await.is_err());
        assert_eq!(grants.asked(), 2, "a later caller tries again");
    }

    #[tokio::test(start_paused = true)]
    async fn a_caller_who_leaves_takes_nothing_from_the_others() {
        let grants = Grants::new_ones();
        let keeper = grants.keeper();
        let mut first = Box::pin(keeper.token());
        assert!(futures_util::poll!(&mut first).is_pending());
        let second = keeper.token();
        drop(first);
        assert_eq!(text(&second.await), Ok("t1"));
        assert_eq!(grants.asked(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_panic_is_a_failure_and_no_end() {
        let grants = Grants::by(|number| {
            if number == 1 {
                panic!("deliberate, in a test")
            } else {
                Ok("t".into())
            }
        });
        let keeper = grants.keeper();
        assert_eq!(text(&keeper.token().await), Err(WechatFailure::UNAVAILABLE));
        assert_eq!(text(&keeper.token().await), Ok("t"));
    }

    #[tokio::test(start_paused = true)]
    async fn near_its_end_the_old_one_serves_while_the_new_one_is_fetched() {
        let grants = Grants::new_ones();
        let keeper = grants.keeper();
        let asked_at = Instant::now();
        keeper.token().await.unwrap();
        tokio::time::sleep_until(asked_at + Duration::from_secs(7200 - 241)).await;
        assert_eq!(text(&keeper.token().await), Ok("t1"));
        assert_eq!(grants.asked(), 1, "too early");
        tokio::time::advance(Duration::from_secs(121)).await;
        for _ in 0..10 {
            assert_eq!(text(&keeper.token().await), Ok("t1"));
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(grants.asked(), 2);
        assert_eq!(text(&keeper.token().await), Ok("t2"));
    }

    #[tokio::test(start_paused = true)]
    async fn an_attempt_ahead_of_time_that_fails_is_repeated_now_and_then() {
        let grants = Grants::by(|number| if number == 1 { Ok("t1".into()) } else { Err(FAILURE) });
        let keeper = grants.keeper();
        let asked_at = Instant::now();
        keeper.token().await.unwrap();
        tokio::time::sleep_until(asked_at + Duration::from_secs(7200 - 60)).await;
        let end = asked_at + LIFETIME;
        while Instant::now() < end {
            assert_eq!(text(&keeper.token().await), Ok("t1"));
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        assert!((6..=7).contains(&grants.asked()), "{}", grants.asked());
        assert_eq!(text(&keeper.token().await), Err(FAILURE));
    }

    #[test]
    fn the_moment_of_renewal() {
        let now = Instant::now();
        let used_for = |lifetime: u64, chance| {
            let issue = Issue {
                token: AccessToken::parse("t").unwrap(),
                number: 1,
            };
            let held = Held::new(issue, Duration::from_secs(lifetime), now, chance);
            assert_eq!(held.expires_at - now, Duration::from_secs(lifetime));
            (held.refresh_at - now).as_secs()
        };
        assert_eq!(used_for(7200, 0.0), 7080);
        assert_eq!(used_for(7200, 1.0), 6960);
        assert_eq!(used_for(300, 0.0), 180);
        assert_eq!(used_for(300, 1.0), 150);
        assert_eq!(used_for(60, 0.5), 30);
    }

    #[tokio::test(start_paused = true)]
    async fn those_who_were_refused_the_same_token_share_its_renewal() {
        let grants = Grants::new_ones();
        let keeper = grants.keeper();
        let first = keeper.token().await.unwrap();
        let renewed = join_all((0..1000).map(|_| keeper.renewed(&first))).await;
        assert!(renewed.iter().all(|outcome| text(outcome) == Ok("t2")));
        assert_eq!(
            text(&keeper.renewed(&first).await),
            Ok("t2"),
            "late, and too late to ask"
        );
        assert_eq!(grants.asked(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn the_same_text_granted_anew_is_a_renewal() {
        let grants = Grants::by(|_| Ok("same".into()));
        let keeper = grants.keeper();
        let first = keeper.token().await.unwrap();
        for _ in 0..5 {
            assert!(keeper.renewed(&first).await.unwrap().token == first.token);
        }
        assert_eq!(grants.asked(), 2);
    }

    #[test]
    fn debug_does_not_show_it() {
        let token = AccessToken::parse("canary").unwrap();
        assert!(!format!("{token:?}").contains("canary"));
    }
}
