//! People who log in, refresh and are verified while something happens to the store, and what they were promised.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::StatusCode;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use wxlogin_tests::client::{Answer, Api};
use wxlogin_tests::eventually::eventually;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::ADMIN_KEY;

/// How many go on at a time. Each two of them are after the same accounts.
const CALLERS: usize = 8;
/// The service has one second; a machine that is too busy for that does not make it wrong.
const LONGEST: Duration = Duration::from_secs(8);
/// Before they come again after a refusal. They are told one second, and nobody could keep them from coming sooner.
const PAUSE: Duration = Duration::from_millis(50);

/// What somebody was promised by a login, and by the refreshes since.
struct Promise {
    user: String,
    account: String,
    access: String,
    refresh: String,
}

/// What was promised to all, and what was not.
#[derive(Default)]
pub struct Promises {
    kept: Vec<Promise>,
    /// How many logins of a user were answered that the store is unavailable.
    refused: BTreeMap<String, usize>,
}

/// How it goes.
#[derive(Default)]
struct Course {
    is_over: AtomicBool,
    good: AtomicUsize,
    unavailable: AtomicUsize,
}

/// People who go on until they are stopped.
pub struct Load {
    course: Arc<Course>,
    callers: JoinSet<Promises>,
}

impl Load {
    /// Begins.
    pub fn start(api: &Api, platform: &Arc<Platform>) -> Self {
        let course = Arc::<Course>::default();
        let callers = (0..CALLERS).map(|number| {
            let caller = Caller {
                number,
                api: api.clone(),
                platform: Arc::clone(platform),
                course: Arc::clone(&course),
                promises: Promises::default(),
            };
            caller.go_on()
        });
        Self {
            callers: callers.collect(),
            course,
        }
    }

    /// Until so many more calls went well.
    pub async fn until_good(&self, more: usize) {
        Self::until(&self.course.good, more, "calls go well").await;
    }

    /// Until so many more calls were told that the store is unavailable.
    pub async fn until_unavailable(&self, more: usize) {
        Self::until(&self.course.unavailable, more, "calls are refused").await;
    }

    async fn until(count: &AtomicUsize, more: usize, what: &str) {
        let enough = count.load(Ordering::Relaxed) + more;
        eventually(what, async || (count.load(Ordering::Relaxed) >= enough).then_some(())).await;
    }

    /// Ends, and answers what was promised. What failed in a caller fails the test.
    pub async fn stop(mut self) -> Promises {
        self.course.is_over.store(true, Ordering::Relaxed);
        let mut all = Promises::default();
        while let Some(promises) = self.callers.join_next().await {
            let promises = promises.expect("every call was answered as it must");
            all.kept.extend(promises.kept);
            for (user, times) in promises.refused {
                *all.refused.entry(user).or_default() += times;
            }
        }
        all
    }
}

struct Caller {
    number: usize,
    api: Api,
    platform: Arc<Platform>,
    course: Arc<Course>,
    promises: Promises,
}

impl Caller {
    async fn go_on(mut self) -> Promises {
        let mut next = 0;
        while !self.course.is_over.load(Ordering::Relaxed) {
            let user = format!("user-{}-{next}", self.number / 2);
            let code = self.platform.code(&user).await;
            match self.judged(self.api.login(&code)).await {
                Some(login) => {
                    next += 1;
                    self.promises.kept.push(Promise {
                        user,
                        account: login.text("/account/id").to_owned(),
                        access: login.text("/access_token").to_owned(),
                        refresh: login.text("/refresh_token").to_owned(),
                    });
                }
                None => *self.promises.refused.entry(user).or_default() += 1,
            }
            self.use_the_last().await;
        }
        self.promises
    }

    async fn use_the_last(&mut self) {
        let Some(last) = self.promises.kept.last() else { return };
        self.judged(self.api.get_as("/v1/verify", &last.access)).await;
        let refreshed = self.judged(self.api.refresh(&last.refresh)).await;
        let Some(refreshed) = refreshed else { return };
        let last = self.promises.kept.last_mut().expect("it is there");
        refreshed.text("/access_token").clone_into(&mut last.access);
        refreshed.text("/refresh_token").clone_into(&mut last.refresh);
    }

    /// A good answer, or none where the store is unavailable. There is no third, and neither takes long.
    async fn judged(&self, call: impl Future<Output = Answer>) -> Option<Answer> {
        let started = Instant::now();
        let answer = call.await;
        let took = started.elapsed();
        assert!(took < LONGEST, "{took:?} for {answer:?}");
        if answer.status.is_success() {
            self.course.good.fetch_add(1, Ordering::Relaxed);
            return Some(answer);
        }
        assert_unavailable(&answer);
        self.course.unavailable.fetch_add(1, Ordering::Relaxed);
        sleep(PAUSE).await;
        None
    }
}

/// It says that the store is unavailable, and when to come again.
pub fn assert_unavailable(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
    assert_eq!(answer.text("/code"), "store_unavailable");
    assert!(answer.retry_after.is_some(), "{answer:?}");
}

impl Promises {
    /// Whether they are kept: whoever was logged in is, with one account for each person, and sessions that nobody was
    /// promised are those of logins whose end was unknown, if they are there at all.
    pub async fn assert_kept(self, api: &Api, platform: &Platform) {
        assert!(!self.kept.is_empty());
        for some in self.kept.chunks(CALLERS) {
            join_all(some.iter().map(|promise| promise.assert_kept(api))).await;
        }
        let mut users = BTreeMap::<&str, (BTreeSet<&str>, usize)>::new();
        for promise in &self.kept {
            let (accounts, sessions) = users.entry(&promise.user).or_default();
            accounts.insert(&promise.account);
            *sessions += 1;
        }
        for (user, (accounts, sessions)) in users {
            assert_eq!(accounts.len(), 1, "{user} has several accounts");
            let account = accounts.first().expect("one account");
            let refused = self.refused.get(user).copied().unwrap_or_default();
            let found = sessions_of(api, account).await;
            assert!(
                (sessions..=sessions + refused).contains(&found),
                "{user}: {found} sessions of {sessions} logins, and {refused} that were refused"
            );
            let again = api.login(&platform.code(user).await).await.ok();
            assert_eq!(again.text("/account/id"), *account, "{user}");
        }
    }
}

impl Promise {
    async fn assert_kept(&self, api: &Api) {
        let refreshed = api.refresh(&self.refresh).await.ok();
        assert_eq!(refreshed.text("/account/id"), self.account, "{}", self.user);
        let me = api.get_as("/v1/me", refreshed.text("/access_token")).await.ok();
        assert_eq!(me.text("/id"), self.account, "{}", self.user);
    }
}

/// How many sessions an account has.
pub async fn sessions_of(api: &Api, account: &str) -> usize {
    let path = format!("/admin/v1/accounts/{account}/sessions");
    let sessions = api.get_as(&path, ADMIN_KEY).await.ok();
    let sessions = sessions.body["sessions"].as_array();
    sessions.expect("a list").len()
}
