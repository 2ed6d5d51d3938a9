//! How many calls may be made in a minute: of an app, and for one of its users.
//!
//! A minute's worth may be spent at once and is then earned anew drop by drop. A minute that begins with a full budget
//! therefore sees up to twice as much; what the platform makes of that is left to the back-off.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};
use wxlogin_domain::identity::OpenId;
use wxlogin_domain::ports::wechat_failure::WechatFailure;

use crate::outbound::Outbound;

/// After so many calls, users whose budget is full again are forgotten: they are as good as new.
const FORGET_EVERY: usize = 256;

/// The runtime's clock, which tests can turn.
#[derive(Debug, Clone, Copy)]
struct RuntimeClock;

impl Clock for RuntimeClock {
    type Instant = Instant;

    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }
}

type Middleware = NoOpMiddleware<Instant>;
type OfTheApp = RateLimiter<NotKeyed, InMemoryState, RuntimeClock, Middleware>;
type OfItsUsers = RateLimiter<OpenId, DashMapStateStore<OpenId>, RuntimeClock, Middleware>;

pub(super) struct Budget {
    app: Option<OfTheApp>,
    users: Option<OfItsUsers>,
    calls: AtomicUsize,
}

impl Budget {
    pub(super) fn new(outbound: Outbound) -> Self {
        let direct =
            |per_minute: NonZeroU32| RateLimiter::direct_with_clock(Quota::per_minute(per_minute), RuntimeClock);
        let keyed = |per_minute| RateLimiter::dashmap_with_clock(Quota::per_minute(per_minute), RuntimeClock);
        Self {
            app: outbound.per_minute.map(direct),
            users: outbound.per_user_per_minute.map(keyed),
            calls: AtomicUsize::new(0),
        }
    }

    /// Spends one call. The user comes first: one who calls too often is not to spend the budget of all.
    pub(super) fn spend(&self, user: Option<&OpenId>) -> Result<(), WechatFailure> {
        if let Some((users, user)) = self.users.as_ref().zip(user) {
            self.forget_now_and_then(users);
            users.check_key(user).map_err(|not_until| WechatFailure::RateLimited {
                retry_after: wait(&not_until),
            })?;
        }
        if let Some(app) = &self.app {
            app.check().map_err(|not_until| WechatFailure::Overloaded {
                retry_after: wait(&not_until),
            })?;
        }
        Ok(())
    }

    fn forget_now_and_then(&self, users: &OfItsUsers) {
        if self.calls.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            users.retain_recent();
        }
    }
}

fn wait(not_until: &NotUntil<Instant>) -> Duration {
    not_until.wait_time_from(RuntimeClock.now())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(per_minute: u32, per_user: u32) -> Budget {
        Budget::new(Outbound {
            max_in_flight: 1,
            per_minute: NonZeroU32::new(per_minute),
            per_user_per_minute: NonZeroU32::new(per_user),
        })
    }

    fn user(number: usize) -> OpenId {
        OpenId::parse(&format!("o{number}")).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn the_apps_budget_is_earned_anew() {
        let budget = budget(6, 0);
        for _ in 0..6 {
            assert_eq!(budget.spend(None), Ok(()));
        }
        let ten = Duration::from_secs(10);
        assert_eq!(budget.spend(None), Err(WechatFailure::Overloaded { retry_after: ten }));
        tokio::time::advance(ten).await;
        assert_eq!(budget.spend(None), Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_user_spends_his_own_budget_and_no_more_of_the_apps() {
        let budget = budget(3, 2);
        for _ in 0..2 {
            assert_eq!(budget.spend(Some(&user(1))), Ok(()));
        }
        let retry_after = Duration::from_secs(30);
        for _ in 0..9 {
            assert_eq!(
                budget.spend(Some(&user(1))),
                Err(WechatFailure::RateLimited { retry_after })
            );
        }
        assert_eq!(budget.spend(Some(&user(2))), Ok(()));
        let retry_after = Duration::from_secs(20);
        assert_eq!(budget.spend(None), Err(WechatFailure::Overloaded { retry_after }));
    }

    #[tokio::test(start_paused = true)]
    async fn users_whose_budget_is_full_are_forgotten() {
        let budget = budget(0, 100);
        for number in 1..FORGET_EVERY {
            budget.spend(Some(&user(number))).unwrap();
        }
        tokio::time::advance(Duration::from_secs(60)).await;
        budget.spend(Some(&user(FORGET_EVERY))).unwrap();
        assert_eq!(budget.users.as_ref().unwrap().len(), 1);
    }
}
