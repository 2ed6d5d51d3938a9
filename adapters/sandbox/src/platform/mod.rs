//! The platform's own endpoints.
//!
//! The facts are those of WeChat's public documentation of `code2Session`, `getStableAccessToken`,
//! `checkSessionKey`, `resetUserSessionKey` and `getPhoneNumber`, and of answers seen in the wild
//! where that is silent.

mod checksession;
mod errcode;
mod getuserphonenumber;
mod jscode2session;
mod received;
mod reply;
mod resetusersessionkey;
mod signed_by_user;
mod stable_token;
mod token_holder;

use poem::endpoint::make;
use poem::{Endpoint, Response, Route};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use errcode::Errcode;
use received::Received;

use crate::fault::{Failure, Fault};
use crate::journal::{self, Entry};
use crate::sandbox::Sandbox;
use crate::scenario::Step;
use crate::state::State;

/// An endpoint of the platform that the stand-in has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Api {
    #[default]
    Jscode2session,
    StableToken,
    Checksession,
    Resetusersessionkey,
    Getuserphonenumber,
}

impl Api {
    pub(crate) const ALL: [Self; 5] = [
        Self::Jscode2session,
        Self::StableToken,
        Self::Checksession,
        Self::Resetusersessionkey,
        Self::Getuserphonenumber,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Jscode2session => "/sns/jscode2session",
            Self::StableToken => "/cgi-bin/stable_token",
            Self::Checksession => "/wxa/checksession",
            Self::Resetusersessionkey => "/wxa/resetusersessionkey",
            Self::Getuserphonenumber => "/wxa/business/getuserphonenumber",
        }
    }

    /// The name by which control endpoints know it: the last part of its path.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Jscode2session => "jscode2session",
            Self::StableToken => "stable_token",
            Self::Checksession => "checksession",
            Self::Resetusersessionkey => "resetusersessionkey",
            Self::Getuserphonenumber => "getuserphonenumber",
        }
    }

    /// Whether requests to it carry a code to be exchanged.
    pub(crate) const fn takes_codes(self) -> bool {
        matches!(self, Self::Jscode2session | Self::Getuserphonenumber)
    }

    /// Whether each of its requests is about one user.
    pub(crate) const fn is_about_a_user(self) -> bool {
        !matches!(self, Self::StableToken)
    }

    /// As seen in the wild: a client that trusts the Content-Type does not get far.
    const fn content_type(self) -> &'static str {
        match self {
            Self::Jscode2session => "text/plain",
            Self::StableToken | Self::Checksession | Self::Resetusersessionkey | Self::Getuserphonenumber => {
                "application/json; encoding=utf-8"
            }
        }
    }
}

/// Adds the platform's endpoints, which answer every method: WeChat says with an errcode that a
/// method is wrong.
pub(crate) fn add_to(route: Route, sandbox: &Sandbox) -> Route {
    Api::ALL
        .into_iter()
        .fold(route, |route, api| route.at(api.path(), serve(sandbox, api)))
}

fn serve(sandbox: &Sandbox, api: Api) -> impl Endpoint<Output = Response> + 'static {
    let sandbox = sandbox.clone();
    make(move |request| {
        let sandbox = sandbox.clone();
        async move {
            let received = Received::read(request).await;
            let (answer, fault) = receive(&sandbox, api, &received);
            reply::send(api, answer, fault).await
        }
    })
}

/// All that one request changes, in one go: it is counted, meets the fault armed for it, and is
/// worked off unless the fault is a refusal.
fn receive(sandbox: &Sandbox, api: Api, received: &Received) -> (Value, Option<Fault>) {
    let asked = received.shown();
    let mut state = sandbox.state();
    state.calls.count(api, code(api, received).as_deref());
    let fault = state.faults.take(api);
    let failure = fault.and_then(|fault| fault.failure);
    let answer = match failure {
        Some(Failure::Errcode(errcode)) => Err(errcode),
        Some(failure) if failure.refuses() => Err(Errcode::INVALID_CODE),
        _ => answer(sandbox, &mut state, api, received),
    };
    let answer = answer.unwrap_or_else(|errcode| errcode.answer(state.clock.now()));
    state.journal.note(Entry {
        api,
        method: received.method.to_string(),
        asked,
        answer: (!fault.is_some_and(spoils)).then(|| journal::shown_answer(&answer)),
        fault: fault.map(|fault| Step::once(api, fault)),
    });
    (answer, fault)
}

/// Whether something else goes out than the answer.
fn spoils(fault: Fault) -> bool {
    fault
        .failure
        .is_some_and(|failure| !matches!(failure, Failure::Errcode(_)))
}

/// The code that a request carries, whatever else is wrong with it.
fn code(api: Api, received: &Received) -> Option<String> {
    #[derive(Deserialize)]
    struct Carried {
        code: String,
    }

    match api {
        Api::Jscode2session => received.param("js_code").map(str::to_owned),
        Api::Getuserphonenumber => received.fields().ok().map(|Carried { code }| code),
        Api::StableToken | Api::Checksession | Api::Resetusersessionkey => None,
    }
}

fn answer(sandbox: &Sandbox, state: &mut State, api: Api, received: &Received) -> Result<Value, Errcode> {
    let config = sandbox.config();
    match api {
        Api::Jscode2session => json(&jscode2session::answer(config, state, received)?),
        Api::StableToken => json(&stable_token::answer(config, state, received)?),
        Api::Checksession => checksession::answer(state, received).map(|()| Errcode::OK.answer(state.clock.now())),
        Api::Resetusersessionkey => json(&resetusersessionkey::answer(state, received)?),
        Api::Getuserphonenumber => json(&getuserphonenumber::answer(state, received)?),
    }
}

fn json(answer: &impl Serialize) -> Result<Value, Errcode> {
    serde_json::to_value(answer).map_err(|_| Errcode::SYSTEM_ERROR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_has_one_name() {
        for api in Api::ALL {
            assert_eq!(serde_json::to_value(api).unwrap(), api.name());
            assert!(api.path().ends_with(api.name()));
        }
    }
}
