//! What every call of an app to the platform has to pass: it protects the platform from this service, and the service
//! from a platform that is ill.
//!
//! - `bulkhead`: how many calls may be under way
//! - `breaker`: whether the platform is well enough to be called
//! - `back_off`: what the platform itself wants to be left alone with
//! - `budget`: how many calls may be made in a minute
//! - `tally`: how the calls went
//!
//! What the guard refuses was not sent, and uses nothing up.

mod back_off;
mod breaker;
mod budget;
mod bulkhead;
mod tally;
mod verdict;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::ports::platform_health::AppHealth;
use wxlogin_domain::ports::wechat_failure::WechatFailure;

use self::back_off::{BackOff, Trial};
use self::breaker::{Breaker, Pass, Transition};
use self::budget::Budget;
use self::bulkhead::Bulkhead;
use self::tally::Tally;
pub(crate) use self::verdict::Verdict;
use crate::api::{Api, Line};
use crate::outbound::Outbound;

/// The guard of one app.
pub(crate) struct Guard {
    app: AppId,
    budget: Budget,
    state: Mutex<State>,
}

struct State {
    bulkhead: Bulkhead,
    breakers: Breakers,
    back_off: BackOff,
    tally: Tally,
}

/// One for each line.
struct Breakers {
    login: Breaker,
    access_token: Breaker,
}

impl Breakers {
    fn new() -> Self {
        Self {
            login: Breaker::new(),
            access_token: Breaker::new(),
        }
    }

    fn at(&self, api: Api) -> &Breaker {
        match api.line() {
            Line::Login => &self.login,
            Line::AccessToken => &self.access_token,
        }
    }

    fn of(&mut self, api: Api) -> &mut Breaker {
        match api.line() {
            Line::Login => &mut self.login,
            Line::AccessToken => &mut self.access_token,
        }
    }
}

impl Guard {
    pub(crate) fn new(app: AppId, outbound: Outbound) -> Self {
        Self {
            app,
            budget: Budget::new(outbound),
            state: Mutex::new(State {
                bulkhead: Bulkhead::new(outbound.max_in_flight),
                breakers: Breakers::new(),
                back_off: BackOff::default(),
                tally: Tally::default(),
            }),
        }
    }

    /// Lets a call begin, or says why not.
    pub(crate) fn admit(self: &Arc<Self>, api: Api, user: Option<&OpenId>) -> Result<Permit, WechatFailure> {
        let now = Instant::now();
        let mut state = self.state();
        if let Err(refusal) = self.examine(&state, api, user, now) {
            state.tally.not_sent(api);
            return Err(refusal);
        }
        state.bulkhead.enter();
        Ok(Permit {
            guard: Arc::clone(self),
            api,
            user: user.cloned(),
            pass: state.breakers.of(api).begin(),
            trial: state.back_off.begin(api, now),
            verdict: None,
        })
    }

    pub(crate) fn health(&self) -> AppHealth {
        let state = self.state();
        AppHealth {
            app: self.app.clone(),
            login_circuit: state.breakers.login.circuit(Instant::now()),
            access_token_circuit: state.breakers.access_token.circuit(Instant::now()),
            in_flight: state.bulkhead.taken(),
            calls: state.tally.counts(),
        }
    }

    /// The budget comes last: only there does asking cost something.
    fn examine(&self, state: &State, api: Api, user: Option<&OpenId>, now: Instant) -> Result<(), WechatFailure> {
        state
            .breakers
            .at(api)
            .examine(now)
            .map_err(|left| WechatFailure::Unavailable {
                retry_after: Some(left),
            })?;
        state.back_off.examine(api, user, now)?;
        if state.bulkhead.is_full() {
            return Err(WechatFailure::Overloaded {
                retry_after: bulkhead::RETRY_AFTER,
            });
        }
        self.budget.spend(user)
    }

    fn end(&self, permit: &Permit) {
        let now = Instant::now();
        let transition = {
            let mut state = self.state();
            state.bulkhead.leave();
            let Some(verdict) = permit.verdict else {
                state.breakers.of(permit.api).abandoned(permit.pass);
                return;
            };
            state.tally.ended(permit.api, verdict);
            state
                .back_off
                .end(permit.api, permit.user.as_ref(), permit.trial, verdict, now);
            match verdict {
                Verdict::Ok | Verdict::Refused { .. } => state.breakers.of(permit.api).succeeded(permit.pass),
                Verdict::Failed => {
                    let jitter = 0.8 + 0.4 * fastrand::f32();
                    state.breakers.of(permit.api).failed(permit.pass, now, jitter)
                }
            }
        };
        if let Some(transition) = transition {
            self.log(permit.api, transition);
        }
    }

    fn log(&self, api: Api, transition: Transition) {
        let (app, api) = (&self.app, api.name());
        match transition {
            Transition::Opened { failures, pause } => {
                tracing::warn!(%app, api, failures, ?pause, "WeChat fails again and again: it is left alone for a while");
            }
            Transition::StaysOpen { pause } => {
                tracing::warn!(%app, api, ?pause, "WeChat still fails: it is left alone for longer");
            }
            Transition::Closed => tracing::info!(%app, api, "WeChat is well again"),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call under way. Dropped without a verdict it gives back what it took, and says nothing of the platform.
pub(crate) struct Permit {
    guard: Arc<Guard>,
    api: Api,
    user: Option<OpenId>,
    pass: Pass,
    trial: Trial,
    verdict: Option<Verdict>,
}

impl Permit {
    /// The call has ended.
    pub(crate) fn end(mut self, verdict: Verdict) {
        self.verdict = Some(verdict);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.guard.end(self);
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;
    use std::time::Duration;

    use wxlogin_domain::ports::platform_health::Circuit;

    use super::*;

    const LOGIN: Api = Api::Jscode2session;

    fn guard(outbound: Outbound) -> Arc<Guard> {
        Arc::new(Guard::new(AppId::parse("wx4f4bc4dec97d474b").unwrap(), outbound))
    }

    fn user() -> OpenId {
        OpenId::parse("o1").unwrap()
    }

    fn call(guard: &Arc<Guard>, verdict: Verdict) {
        guard.admit(LOGIN, None).map(|permit| permit.end(verdict)).unwrap();
    }

    fn refusal(guard: &Arc<Guard>, api: Api, user: Option<&OpenId>) -> Option<WechatFailure> {
        guard.admit(api, user).err()
    }

    fn count(guard: &Guard, api: Api, outcome: &str) -> u64 {
        let calls = guard.health().calls;
        let found = calls
            .iter()
            .find(|count| count.api == api.name() && count.outcome == outcome);
        found.unwrap().count
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_bulkhead_refuses_and_an_ended_call_makes_room() {
        let guard = guard(Outbound {
            max_in_flight: 2,
            ..Outbound::default()
        });
        let first = guard.admit(LOGIN, None).unwrap();
        let second = guard.admit(LOGIN, None).unwrap();
        let full = WechatFailure::Overloaded {
            retry_after: Duration::from_secs(1),
        };
        assert_eq!(refusal(&guard, LOGIN, None), Some(full));
        assert_eq!(guard.health().in_flight, 2);
        first.end(Verdict::Failed);
        drop(second);
        assert_eq!(guard.health().in_flight, 0);
        assert_eq!(refusal(&guard, LOGIN, None), None);
    }

    #[tokio::test(start_paused = true)]
    async fn an_ill_platform_is_left_alone_and_tried_by_one_call() {
        let guard = guard(Outbound::default());
        for _ in 0..5 {
            call(&guard, Verdict::Failed);
        }
        assert_eq!(guard.health().login_circuit, Circuit::Open);
        let Some(WechatFailure::Unavailable {
            retry_after: Some(left),
        }) = refusal(&guard, LOGIN, None)
        else {
            panic!("open")
        };
        assert!(
            (Duration::from_secs(4)..=Duration::from_secs(6)).contains(&left),
            "{left:?}"
        );
        tokio::time::advance(left).await;
        let probe = guard.admit(LOGIN, None).unwrap();
        assert_eq!(guard.health().login_circuit, Circuit::HalfOpen);
        assert!(refusal(&guard, LOGIN, None).is_some(), "one call tries");
        drop(probe);
        call(&guard, Verdict::Refused { errcode: 40029 });
        assert_eq!(guard.health().login_circuit, Circuit::Closed);
        assert_eq!(count(&guard, LOGIN, "failed"), 5);
        assert_eq!(count(&guard, LOGIN, "refused"), 1);
        assert_eq!(count(&guard, LOGIN, "not_sent"), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn trouble_with_access_tokens_keeps_nobody_from_logging_in() {
        let guard = guard(Outbound::default());
        for _ in 0..5 {
            let permit = guard.admit(Api::StableToken, None).unwrap();
            permit.end(Verdict::Failed);
        }
        assert!(refusal(&guard, Api::Getuserphonenumber, None).is_some());
        assert_eq!(refusal(&guard, LOGIN, None), None);
        let health = guard.health();
        assert_eq!(
            (health.login_circuit, health.access_token_circuit),
            (Circuit::Closed, Circuit::Open)
        );
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_not_sent_costs_no_budget() {
        let guard = guard(Outbound {
            max_in_flight: 1,
            per_minute: NonZeroU32::new(2),
            per_user_per_minute: None,
        });
        let under_way = guard.admit(LOGIN, None).unwrap();
        for _ in 0..9 {
            assert!(refusal(&guard, LOGIN, None).is_some());
        }
        under_way.end(Verdict::Ok);
        call(&guard, Verdict::Ok);
        let Some(WechatFailure::Overloaded { retry_after }) = refusal(&guard, LOGIN, None) else {
            panic!("spent")
        };
        assert_eq!(retry_after, Duration::from_secs(30));
    }

    #[tokio::test(start_paused = true)]
    async fn the_platforms_own_limits_are_kept() {
        let guard = guard(Outbound::default());
        let user = user();
        let phone = Api::Getuserphonenumber;
        let permit = guard.admit(phone, Some(&user)).unwrap();
        permit.end(Verdict::Refused { errcode: 45011 });
        let retry_after = Duration::from_secs(60);
        assert_eq!(
            refusal(&guard, phone, Some(&user)),
            Some(WechatFailure::RateLimited { retry_after })
        );
        call(&guard, Verdict::Refused { errcode: 45009 });
        assert_eq!(refusal(&guard, LOGIN, None), Some(WechatFailure::QuotaExhausted));
        assert_eq!(guard.health().login_circuit, Circuit::Closed, "the platform is well");
    }
}
