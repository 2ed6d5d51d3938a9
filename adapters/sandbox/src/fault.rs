//! Faults: what a platform in trouble does, armed by a test and hit by the requests after it.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::time::Duration;

use poem::http::StatusCode;
use serde::Deserialize;

use crate::platform::{Api, Errcode};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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

/// One fault: a failure, a delay, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) failure: Option<Failure>,
    /// Waited after the platform's work and before the answer.
    pub(crate) latency: Duration,
}

/// The faults that are armed, at most one for each endpoint.
#[derive(Default)]
pub(crate) struct Faults {
    armed: HashMap<Api, Armed>,
}

struct Armed {
    fault: Fault,
    /// Requests still to be hit; without end if there is no number.
    left: Option<NonZeroU32>,
}

impl Faults {
    /// Arms a fault, in place of the one that may be armed for this endpoint.
    pub(crate) fn arm(&mut self, api: Api, fault: Fault, times: Option<NonZeroU32>) {
        self.armed.insert(api, Armed { fault, left: times });
    }

    /// The fault that hits a request now, which counts against its number of times.
    pub(crate) fn take(&mut self, api: Api) -> Option<Fault> {
        let armed = self.armed.get_mut(&api)?;
        let fault = armed.fault;
        if let Some(left) = armed.left {
            match NonZeroU32::new(left.get() - 1) {
                Some(left) => armed.left = Some(left),
                None => {
                    self.armed.remove(&api);
                }
            }
        }
        Some(fault)
    }

    pub(crate) fn clear(&mut self) {
        self.armed.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HANG: Fault = Fault {
        failure: Some(Failure::Hang),
        latency: Duration::ZERO,
    };

    #[test]
    fn a_fault_hits_its_endpoint_as_often_as_asked() {
        let mut faults = Faults::default();

        faults.arm(Api::StableToken, HANG, NonZeroU32::new(2));

        assert_eq!(faults.take(Api::Jscode2session), None);
        assert_eq!(faults.take(Api::StableToken), Some(HANG));
        assert_eq!(faults.take(Api::StableToken), Some(HANG));
        assert_eq!(faults.take(Api::StableToken), None);
    }

    #[test]
    fn a_fault_without_a_number_stays_until_cleared() {
        let mut faults = Faults::default();

        faults.arm(Api::Checksession, HANG, None);
        for _ in 0..100 {
            assert_eq!(faults.take(Api::Checksession), Some(HANG));
        }
        faults.clear();

        assert_eq!(faults.take(Api::Checksession), None);
    }
}
