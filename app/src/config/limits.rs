//! How much the service takes on, and how much it asks of WeChat.

use std::num::NonZeroU32;

use wxlogin_domain::rate_limit::Rates;

use super::fault::{Faults, Flaw, Reported, quoted};
use super::raw::Group;
use super::settings::{
    MAX_CONCURRENT_REQUESTS, PER_ACCOUNT, PER_ADDRESS, Setting, WECHAT_CONCURRENT, WECHAT_PER_APP, WECHAT_PER_USER,
};

/// How much the service takes on, and how much it asks of WeChat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests served at once.
    pub max_concurrent_requests: usize,
    /// Requests of mini programs in a minute.
    pub rates: Rates,
    /// Calls to WeChat in a minute, for one app.
    pub wechat_per_app: Option<NonZeroU32>,
    /// Calls to WeChat in a minute, for one user, as far as the user is known before the call.
    pub wechat_per_user: Option<NonZeroU32>,
    /// Calls to WeChat under way at once, for one app.
    pub wechat_concurrent: usize,
}

impl Limits {
    /// Enough for any test.
    #[must_use]
    pub fn for_testing() -> Self {
        Self {
            max_concurrent_requests: 1024,
            rates: Rates::default(),
            wechat_per_app: None,
            wechat_per_user: None,
            wechat_concurrent: 256,
        }
    }

    pub(super) fn read(group: &Group, faults: &mut Faults) -> Result<Self, Reported> {
        let mut at_once =
            |setting: &Setting| group.required(setting, faults, |text| number(text, "a number of requests", 1));
        let max_concurrent_requests = at_once(&MAX_CONCURRENT_REQUESTS);
        let wechat_concurrent = at_once(&WECHAT_CONCURRENT);
        let mut per_minute = |setting: &Setting| {
            let read = |text: &str| number(text, "a number of requests a minute", 0).map(NonZeroU32::new);
            group.required(setting, faults, read)
        };
        let (per_address, per_account) = (per_minute(&PER_ADDRESS), per_minute(&PER_ACCOUNT));
        let (wechat_per_app, wechat_per_user) = (per_minute(&WECHAT_PER_APP), per_minute(&WECHAT_PER_USER));
        Ok(Self {
            max_concurrent_requests: max_concurrent_requests? as usize,
            rates: Rates {
                per_address: per_address?,
                per_account: per_account?,
            },
            wechat_per_app: wechat_per_app?,
            wechat_per_user: wechat_per_user?,
            wechat_concurrent: wechat_concurrent? as usize,
        })
    }
}

fn number(text: &str, what: &str, least: u32) -> Result<u32, Flaw> {
    let number = text.parse().ok().filter(|number| (least..=1_000_000).contains(number));
    number.ok_or_else(|| {
        let problem = format!("{} is not {what}", quoted(text));
        Flaw::new(problem, format!("write a whole number from {least} to 1000000"))
    })
}
