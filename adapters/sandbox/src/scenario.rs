//! Scenarios: a script of what the platform's endpoints do, step by step.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use poem::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::fault::{Armed, BadBody, Failure, Fault};
use crate::platform::{Api, Errcode};

/// No client waits longer, and no connection is to be held for ever.
const LONGEST_LATENCY_MS: u64 = 60_000;

const MOST_STEPS: usize = 1000;

/// A script of the platform's behaviour, such as "two answers as they should be, then a gateway's
/// page, then -1 for ever".
///
/// Each endpoint works off its own steps in their order, one request at a time; when they are used
/// up it behaves again. A scenario is read from JSON, in the form of `POST /sandbox/scenario`:
///
/// ```
/// use wxlogin_sandbox::Scenario;
///
/// let scenario: Scenario = r#"{"steps": [
///     {"api": "jscode2session", "times": 2},
///     {"api": "jscode2session", "http_status": 502},
///     {"api": "jscode2session", "errcode": -1, "forever": true}
/// ]}"#
/// .parse()?;
/// # Ok::<(), wxlogin_sandbox::ScenarioError>(())
/// ```
#[derive(Clone, Default)]
pub struct Scenario {
    steps: Vec<(Api, Armed)>,
}

impl Scenario {
    /// The steps of all endpoints, those of one endpoint in their order.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (Api, Armed)> {
        self.steps.iter().copied()
    }
}

impl FromStr for Scenario {
    type Err = ScenarioError;

    /// Reads a scenario from JSON.
    ///
    /// # Errors
    /// If the text is no JSON, has a field that is not known, or has a step that makes no sense;
    /// the error says where.
    fn from_str(json: &str) -> Result<Self, Self::Err> {
        serde_json::from_str::<Script>(json)
            .map_err(ScenarioError::Json)?
            .scenario()
    }
}

impl fmt::Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scenario({} steps)", self.steps.len())
    }
}

/// Why a text is no [`Scenario`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// The text is not JSON of the right form.
    #[error("the scenario cannot be read: {0}")]
    Json(#[source] serde_json::Error),
    /// There are too many steps.
    #[error("steps: up to {MOST_STEPS}")]
    TooLong,
    /// One step makes no sense.
    #[error("steps[{index}]: {reason}")]
    Step {
        /// Which step, counted from 0.
        index: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// A scenario's form on the wire, and in a file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Script {
    steps: Vec<Step>,
}

impl Script {
    pub(crate) fn scenario(&self) -> Result<Scenario, ScenarioError> {
        if self.steps.len() > MOST_STEPS {
            return Err(ScenarioError::TooLong);
        }
        let mut steps: Vec<(Api, Armed)> = Vec::new();
        for (index, step) in self.steps.iter().enumerate() {
            let wrong = |reason| ScenarioError::Step { index, reason };
            let api = step.api.ok_or_else(|| wrong("api: needed"))?;
            if steps
                .iter()
                .any(|(before, armed)| *before == api && armed.left.is_none())
            {
                return Err(wrong(
                    "never reached, because the api has a step before it that goes on for ever",
                ));
            }
            let once_or_more = step.times.unwrap_or(NonZeroU32::MIN);
            let armed = Armed {
                fault: step.fault().map_err(|BadStep(reason)| wrong(reason))?,
                left: (!step.forever).then_some(once_or_more),
            };
            steps.push((api, armed));
        }
        Ok(Scenario { steps })
    }

    /// What is armed, in the form in which it could be asked for again.
    pub(crate) fn of(armed: impl Iterator<Item = (Api, Armed)>) -> Self {
        Self {
            steps: armed.map(|(api, armed)| Step::of(api, armed)).collect(),
        }
    }
}

/// One thing that an endpoint does, a number of times.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Step {
    #[serde(alias = "endpoint")]
    pub(crate) api: Option<Api>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) times: Option<NonZeroU32>,
    #[serde(skip_serializing_if = "is_false")]
    forever: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errcode: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http_status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<BadBody>,
    #[serde(skip_serializing_if = "is_false")]
    disconnect: bool,
    #[serde(skip_serializing_if = "is_false")]
    hang: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants a function of a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// What is wrong with a step.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadStep(pub(crate) &'static str);

impl Step {
    pub(crate) fn fault(&self) -> Result<Fault, BadStep> {
        if self.forever && self.times.is_some() {
            return Err(BadStep("only one of times and forever can be given"));
        }
        Ok(Fault {
            failure: self.failure()?,
            latency: self.latency()?,
        })
    }

    fn failure(&self) -> Result<Option<Failure>, BadStep> {
        let status = self.http_status.map(status).transpose()?;
        let mut asked = [
            self.errcode.map(Errcode::new).map(Failure::Errcode),
            status.map(Failure::HttpStatus),
            self.body.map(Failure::Body),
            self.disconnect.then_some(Failure::Disconnect),
            self.hang.then_some(Failure::Hang),
        ]
        .into_iter()
        .flatten();
        let failure = asked.next();
        if asked.next().is_some() {
            return Err(BadStep(
                "only one of errcode, http_status, body, disconnect and hang can be given",
            ));
        }
        Ok(failure)
    }

    fn latency(&self) -> Result<Duration, BadStep> {
        let latency_ms = self.latency_ms.unwrap_or_default();
        if latency_ms > LONGEST_LATENCY_MS {
            return Err(BadStep("latency_ms: up to 60000"));
        }
        Ok(Duration::from_millis(latency_ms))
    }

    /// A fault that one request has met.
    pub(crate) fn once(api: Api, fault: Fault) -> Self {
        let left = Some(NonZeroU32::MIN);
        Self::of(api, Armed { fault, left })
    }

    fn of(api: Api, Armed { fault, left }: Armed) -> Self {
        let latency_ms = u64::try_from(fault.latency.as_millis()).unwrap_or(LONGEST_LATENCY_MS);
        let mut step = Self {
            api: Some(api),
            times: left,
            forever: left.is_none(),
            latency_ms: (latency_ms > 0).then_some(latency_ms),
            ..Self::default()
        };
        match fault.failure {
            None => {}
            Some(Failure::Errcode(errcode)) => step.errcode = Some(errcode.number()),
            Some(Failure::HttpStatus(status)) => step.http_status = Some(status.as_u16()),
            Some(Failure::Body(body)) => step.body = Some(body),
            Some(Failure::Disconnect) => step.disconnect = true,
            Some(Failure::Hang) => step.hang = true,
        }
        step
    }
}

/// A final status: those below 200 announce another one.
fn status(number: u16) -> Result<StatusCode, BadStep> {
    StatusCode::from_u16(number)
        .ok()
        .filter(|_| (200..=599).contains(&number))
        .ok_or(BadStep("http_status: from 200 to 599"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fault::Faults;

    fn error(json: &str) -> String {
        json.parse::<Scenario>().unwrap_err().to_string()
    }

    #[test]
    fn steps_are_worked_off_in_their_order() {
        let scenario: Scenario = r#"{"steps": [
            {"api": "jscode2session", "times": 2},
            {"api": "stable_token", "hang": true},
            {"api": "jscode2session", "http_status": 502, "latency_ms": 5},
            {"api": "jscode2session", "errcode": -1, "forever": true}
        ]}"#
        .parse()
        .unwrap();
        let mut faults = Faults::of(&scenario);

        let mut take = || faults.take(Api::Jscode2session).unwrap();
        assert_eq!([take(), take()], [Fault::default(); 2]);
        assert_eq!(
            take(),
            Fault {
                failure: Some(Failure::HttpStatus(StatusCode::BAD_GATEWAY)),
                latency: Duration::from_millis(5),
            }
        );
        for _ in 0..3 {
            assert_eq!(take().failure, Some(Failure::Errcode(Errcode::SYSTEM_ERROR)));
        }
        assert_eq!(faults.take(Api::StableToken).unwrap().failure, Some(Failure::Hang));
        assert_eq!(faults.take(Api::StableToken), None);
    }

    #[test]
    fn what_is_armed_reads_as_the_scenario_it_is_the_rest_of() {
        let steps = json!({"steps": [
            {"api": "jscode2session", "times": 2},
            {"api": "jscode2session", "times": 1, "http_status": 502, "latency_ms": 5},
            {"api": "jscode2session", "times": 1, "body": "non_utf8"},
            {"api": "jscode2session", "forever": true, "errcode": -1},
            {"api": "checksession", "times": 1, "disconnect": true},
            {"api": "getuserphonenumber", "times": 3, "hang": true},
        ]});

        let scenario: Scenario = steps.to_string().parse().unwrap();

        let script = Script::of(Faults::of(&scenario).armed());
        assert_eq!(serde_json::to_value(script).unwrap(), steps);
    }

    #[test]
    fn errors_say_where_and_what() {
        assert!(error("{").contains("line 1 column 1"));
        assert!(error(r#"{"step": []}"#).contains("unknown field `step`"));
        assert!(error(r#"{"steps": [{"api": "token"}]}"#).contains("unknown variant `token`"));
        for (step, reason) in [
            (json!({"errcode": -1}), "api: needed"),
            (
                json!({"api": "checksession", "http_status": 99}),
                "http_status: from 200 to 599",
            ),
            (
                json!({"api": "checksession", "latency_ms": 60_001}),
                "latency_ms: up to 60000",
            ),
            (
                json!({"api": "checksession", "hang": true, "errcode": 1}),
                "only one of errcode, http_status, body, disconnect and hang can be given",
            ),
            (
                json!({"api": "checksession", "times": 1, "forever": true}),
                "only one of times and forever can be given",
            ),
            (
                json!({"api": "jscode2session"}),
                "never reached, because the api has a step before it that goes on for ever",
            ),
        ] {
            let script = json!({"steps": [{"api": "jscode2session", "forever": true}, step]});
            assert_eq!(error(&script.to_string()), format!("steps[1]: {reason}"));
        }
        let step = json!({"api": "checksession"});
        let script = json!({ "steps": vec![step; 1001] });
        assert_eq!(error(&script.to_string()), "steps: up to 1000");
    }
}
