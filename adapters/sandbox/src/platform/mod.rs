//! The platform's own endpoints.
//!
//! The facts are those of WeChat's public documentation of `code2Session`, `getStableAccessToken`
//! and `checkSessionKey`, and of answers seen in the wild where that is silent.

mod checksession;
mod errcode;
mod jscode2session;
mod received;
mod reply;
mod stable_token;

use poem::endpoint::make;
use poem::{Endpoint, Response, Route};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use errcode::Errcode;
use received::Received;

use crate::fault::{Failure, Fault};
use crate::sandbox::Sandbox;
use crate::state::State;

/// An endpoint of the platform that the stand-in has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Api {
    #[default]
    Jscode2session,
    StableToken,
    Checksession,
}

impl Api {
    const ALL: [Self; 3] = [Self::Jscode2session, Self::StableToken, Self::Checksession];

    const fn path(self) -> &'static str {
        match self {
            Self::Jscode2session => "/sns/jscode2session",
            Self::StableToken => "/cgi-bin/stable_token",
            Self::Checksession => "/wxa/checksession",
        }
    }

    /// As seen in the wild: a client that trusts the Content-Type does not get far.
    const fn content_type(self) -> &'static str {
        match self {
            Self::Jscode2session => "text/plain",
            Self::StableToken | Self::Checksession => "application/json; encoding=utf-8",
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
    let mut state = sandbox.state();
    state.calls.count(api, received.param("js_code"));
    let fault = state.faults.take(api);
    let failure = fault.and_then(|fault| fault.failure);
    let answer = match failure {
        Some(Failure::Errcode(errcode)) => Err(errcode),
        Some(failure) if failure.refuses() => Err(Errcode::INVALID_CODE),
        _ => answer(sandbox, &mut state, api, received),
    };
    let answer = answer.unwrap_or_else(|errcode| errcode.answer(state.clock.now()));
    (answer, fault)
}

fn answer(sandbox: &Sandbox, state: &mut State, api: Api, received: &Received) -> Result<Value, Errcode> {
    let config = sandbox.config();
    match api {
        Api::Jscode2session => json(&jscode2session::answer(config, state, received)?),
        Api::StableToken => json(&stable_token::answer(config, state, received)?),
        Api::Checksession => checksession::answer(state, received).map(|()| Errcode::OK.answer(state.clock.now())),
    }
}

fn json(answer: &impl Serialize) -> Result<Value, Errcode> {
    serde_json::to_value(answer).map_err(|_| Errcode::SYSTEM_ERROR)
}
