//! What the platform has said no more of for now is not asked: an API whose daily quota is used up, a user's calls that
//! it finds too frequent.
//!
//! Pure: whoever uses it brings the time.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;
use wxlogin_domain::identity::OpenId;
use wxlogin_domain::ports::wechat_failure::WechatFailure;

use super::verdict::Verdict;
use crate::api::Api;
use crate::errcode::{DAILY_QUOTA, MINUTE_QUOTA, MINUTE_QUOTA_PAUSE};

/// The quota begins anew at midnight in China, or whenever an operator clears it: that is found out by trying.
const DAILY_QUOTA_PAUSE: Duration = Duration::from_secs(60);
/// Bounds the memory. A user who finds no place is merely refused by the platform itself.
const MAX_USERS: usize = 10_000;

#[derive(Debug, Default)]
pub(super) struct BackOff {
    exhausted_until: [Option<Instant>; Api::ALL.len()],
    users: HashMap<(Api, OpenId), Instant>,
}

/// Whether a call is the one that tries whether the quota is there again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trial(bool);

impl BackOff {
    /// Whether a call may begin.
    pub(super) fn examine(&self, api: Api, user: Option<&OpenId>, now: Instant) -> Result<(), WechatFailure> {
        if self.exhausted_until[api.index()].is_some_and(|until| now < until) {
            return Err(WechatFailure::QuotaExhausted);
        }
        // A key of borrowed parts would have to be built; nearly always there is nobody to look up.
        if let Some(user) = user.filter(|_| !self.users.is_empty())
            && let Some(left) = self
                .users
                .get(&(api, user.clone()))
                .and_then(|until| until.checked_duration_since(now))
            && !left.is_zero()
        {
            return Err(WechatFailure::RateLimited { retry_after: left });
        }
        Ok(())
    }

    /// A call begins that [`Self::examine`] allows. Where it is the first one after a pause it tries for all the
    /// others, for whom the pause begins anew: so whatever becomes of it, another one will try.
    pub(super) fn begin(&mut self, api: Api, now: Instant) -> Trial {
        let until = &mut self.exhausted_until[api.index()];
        let is_trial = until.is_some();
        if is_trial {
            *until = Some(now + DAILY_QUOTA_PAUSE);
        }
        Trial(is_trial)
    }

    /// How the call went.
    pub(super) fn end(&mut self, api: Api, user: Option<&OpenId>, trial: Trial, verdict: Verdict, now: Instant) {
        match verdict {
            Verdict::Refused { errcode: DAILY_QUOTA } => {
                self.exhausted_until[api.index()] = Some(now + DAILY_QUOTA_PAUSE);
            }
            Verdict::Refused { errcode: MINUTE_QUOTA } => {
                if let Some(user) = user {
                    self.hold_back(api, user, now);
                }
            }
            // Only the call that tries: another one may have begun before the quota was used up.
            Verdict::Ok | Verdict::Refused { .. } if trial.0 => self.exhausted_until[api.index()] = None,
            Verdict::Ok | Verdict::Refused { .. } | Verdict::Failed => {}
        }
    }

    fn hold_back(&mut self, api: Api, user: &OpenId, now: Instant) {
        self.users.retain(|_, until| now < *until);
        if self.users.len() < MAX_USERS {
            self.users.insert((api, user.clone()), now + MINUTE_QUOTA_PAUSE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: Api = Api::Getuserphonenumber;
    const EXHAUSTED: Verdict = Verdict::Refused { errcode: DAILY_QUOTA };
    const TOO_FREQUENT: Verdict = Verdict::Refused { errcode: MINUTE_QUOTA };

    fn user(number: usize) -> OpenId {
        OpenId::parse(&format!("o{number}")).unwrap()
    }

    fn call(back_off: &mut BackOff, api: Api, user: Option<&OpenId>, verdict: Verdict, now: Instant) {
        assert_eq!(back_off.examine(api, user, now), Ok(()));
        let trial = back_off.begin(api, now);
        back_off.end(api, user, trial, verdict, now);
    }

    #[test]
    fn an_exhausted_api_is_tried_by_one_call_a_minute() {
        let (mut back_off, mut now) = (BackOff::default(), Instant::now());
        call(&mut back_off, PHONE, None, EXHAUSTED, now);
        for outcome in [Some(EXHAUSTED), Some(Verdict::Failed), None] {
            assert_eq!(back_off.examine(PHONE, None, now), Err(WechatFailure::QuotaExhausted));
            assert_eq!(back_off.examine(Api::Checksession, None, now), Ok(()), "another API");
            now += DAILY_QUOTA_PAUSE;
            assert_eq!(back_off.examine(PHONE, None, now), Ok(()));
            let trial = back_off.begin(PHONE, now);
            assert_eq!(
                back_off.examine(PHONE, None, now),
                Err(WechatFailure::QuotaExhausted),
                "one is enough"
            );
            if let Some(outcome) = outcome {
                back_off.end(PHONE, None, trial, outcome, now);
            }
        }
        now += DAILY_QUOTA_PAUSE;
        call(&mut back_off, PHONE, None, Verdict::Refused { errcode: 40029 }, now);
        assert_eq!(back_off.examine(PHONE, None, now), Ok(()), "the quota is there again");
    }

    #[test]
    fn a_success_that_began_before_the_quota_was_used_up_proves_nothing() {
        let (mut back_off, now) = (BackOff::default(), Instant::now());
        let early = back_off.begin(PHONE, now);
        call(&mut back_off, PHONE, None, EXHAUSTED, now);
        back_off.end(PHONE, None, early, Verdict::Ok, now);
        assert_eq!(back_off.examine(PHONE, None, now), Err(WechatFailure::QuotaExhausted));
    }

    #[test]
    fn a_user_who_calls_too_often_waits_a_minute_and_nobody_else_does() {
        let (mut back_off, now) = (BackOff::default(), Instant::now());
        call(&mut back_off, PHONE, Some(&user(1)), TOO_FREQUENT, now);
        let later = now + Duration::from_secs(20);
        let retry_after = Duration::from_secs(40);
        assert_eq!(
            back_off.examine(PHONE, Some(&user(1)), later),
            Err(WechatFailure::RateLimited { retry_after })
        );
        for (api, other) in [
            (Api::Checksession, Some(user(1))),
            (PHONE, Some(user(2))),
            (PHONE, None),
        ] {
            assert_eq!(back_off.examine(api, other.as_ref(), later), Ok(()));
        }
        assert_eq!(
            back_off.examine(PHONE, Some(&user(1)), now + MINUTE_QUOTA_PAUSE),
            Ok(())
        );
    }

    #[test]
    fn an_unknown_user_holds_nobody_up() {
        let (mut back_off, now) = (BackOff::default(), Instant::now());
        call(&mut back_off, Api::Jscode2session, None, TOO_FREQUENT, now);
        assert_eq!(back_off.examine(Api::Jscode2session, None, now), Ok(()));
    }

    #[test]
    fn so_many_users_are_remembered_and_no_more() {
        let (mut back_off, now) = (BackOff::default(), Instant::now());
        for number in 0..=MAX_USERS {
            back_off.hold_back(PHONE, &user(number), now);
        }
        assert_eq!(back_off.users.len(), MAX_USERS);
        back_off.hold_back(PHONE, &user(0), now + MINUTE_QUOTA_PAUSE);
        assert_eq!(back_off.users.len(), 1);
    }
}
