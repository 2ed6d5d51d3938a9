//! Faults: what a platform in trouble does, armed by a test and met by the requests after it.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroU32;
use std::time::Duration;

use poem::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::platform::{Api, Errcode};
use crate::scenario::Scenario;

/// What happens to a request instead of a good answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The platform refuses with this errcode.
    Errcode(Errcode),
    /// A gateway's HTML page under this HTTP status.
    HttpStatus(StatusCode),
    /// HTTP 200 with a body that is not what it should be.
    Body(BadBody),
    /// The connection breaks without a complete response.
    Disconnect,
    /// No answer.
    Hang,
}

/// Bodies that WeChat, or something on the way to it, has been or could be seen to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BadBody {
    /// A gateway's error page under HTTP 200.
    Html,
    /// Nothing.
    Empty,
    /// The first half of the answer, under the length of the whole.
    Truncated,
    /// The answer, with 1 MiB of padding in front.
    Huge,
    /// Text that is no JSON.
    NotJson,
    /// The answer within an array.
    Array,
    /// The right fields with values of the wrong types.
    WrongTypes,
    /// A refusal whose errcode is a string of digits.
    StringErrcode,
    /// The answer, but for one value that is not UTF-8.
    NonUtf8,
}

impl Failure {
    /// Whether the platform refuses before it does anything. Any other failure hits the answer,
    /// when the work is done: the code is then used up, as with the real platform.
    pub(crate) const fn refuses(self) -> bool {
        matches!(self, Self::Errcode(_) | Self::Body(BadBody::StringErrcode))
    }
}

/// One fault: a failure, a delay, or both; neither of them lets a request pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) failure: Option<Failure>,
    /// Waited after the platform's work and before the answer.
    pub(crate) latency: Duration,
}

/// A fault, and how many requests are still to meet it; without end if there is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Armed {
    pub(crate) fault: Fault,
    pub(crate) left: Option<NonZeroU32>,
}

/// The faults that are armed: a queue for each endpoint, of which its requests meet the first.
#[derive(Default)]
pub(crate) struct Faults {
    queues: HashMap<Api, VecDeque<Armed>>,
}

impl Faults {
    /// A scenario from its beginning. It has a bound to its steps, and so have these queues.
    pub(crate) fn of(scenario: &Scenario) -> Self {
        let mut faults = Self::default();
        for (api, armed) in scenario.steps() {
            faults.queues.entry(api).or_default().push_back(armed);
        }
        faults
    }

    /// Arms a fault, in place of all that may be armed for this endpoint.
    pub(crate) fn arm(&mut self, api: Api, armed: Armed) {
        self.queues.insert(api, VecDeque::from([armed]));
    }

    /// The fault that a request meets now, which counts against its number of times.
    pub(crate) fn take(&mut self, api: Api) -> Option<Fault> {
        let queue = self.queues.get_mut(&api)?;
        let Armed { fault, left } = queue.front_mut()?;
        let fault = *fault;
        if let Some(number) = left {
            match NonZeroU32::new(number.get() - 1) {
                Some(fewer) => *left = Some(fewer),
                None => {
                    queue.pop_front();
                }
            }
        }
        Some(fault)
    }

    /// What is still to come, endpoint by endpoint.
    pub(crate) fn armed(&self) -> impl Iterator<Item = (Api, Armed)> {
        Api::ALL.into_iter().flat_map(|api| {
            self.queues
                .get(&api)
                .into_iter()
                .flatten()
                .map(move |armed| (api, *armed))
        })
    }

    /// Takes back all that is armed for this endpoint.
    pub(crate) fn disarm(&mut self, api: Api) {
        self.queues.remove(&api);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HANG: Fault = Fault {
        failure: Some(Failure::Hang),
        latency: Duration::ZERO,
    };

    const fn armed(left: Option<NonZeroU32>) -> Armed {
        Armed { fault: HANG, left }
    }

    #[test]
    fn a_fault_hits_its_endpoint_as_often_as_asked() {
        let mut faults = Faults::default();

        faults.arm(Api::StableToken, armed(NonZeroU32::new(2)));

        assert_eq!(faults.take(Api::Jscode2session), None);
        assert_eq!(faults.take(Api::StableToken), Some(HANG));
        assert_eq!(faults.take(Api::StableToken), Some(HANG));
        assert_eq!(faults.take(Api::StableToken), None);
    }

    #[test]
    fn a_fault_without_a_number_stays_until_it_is_taken_back() {
        let mut faults = Faults::default();

        faults.arm(Api::Checksession, armed(None));
        faults.arm(Api::StableToken, armed(None));
        for _ in 0..100 {
            assert_eq!(faults.take(Api::Checksession), Some(HANG));
        }
        faults.disarm(Api::Checksession);

        assert_eq!(faults.take(Api::Checksession), None);
        assert_eq!(faults.armed().collect::<Vec<_>>(), [(Api::StableToken, armed(None))]);
    }
}
