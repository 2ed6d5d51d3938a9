//! The control endpoints: what only a stand-in has.
//!
//! They are lenient where a person with a terminal is: any Content-Type, no body at all where
//! every field has a default. They refuse a field they do not know, because that is a typing
//! error in somebody's test.

mod access_token;
mod calls;
mod clock;
mod code;
mod fault;
mod journal;
mod phone;
mod phone_code;
mod push;
mod quota;
mod refusal;
mod rotate;
mod target;
mod user;
mod user_data;

use poem::endpoint::{make, make_sync};
use poem::http::StatusCode;
use poem::web::Json;
use poem::{Endpoint, Error, IntoResponse as _, Request, Response, Route, get, post};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use refusal::Refusal;

use crate::sandbox::Sandbox;

/// Bodies are read up to 64 KiB.
const LONGEST_BODY: usize = 64 * 1024;

const HELP: &str = include_str!("help.txt");

/// The answer of a control endpoint that has nothing to tell, and the body of one that asks
/// nothing: `{}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Adds the control endpoints.
pub(crate) fn add_to(route: Route, sandbox: &Sandbox) -> Route {
    route
        .at("/sandbox", get(make_sync(|_| HELP)))
        .at("/sandbox/code", post(command(sandbox, code::run)))
        .at("/sandbox/rotate", post(command(sandbox, rotate::run)))
        .at("/sandbox/phone", post(command(sandbox, phone::run)))
        .at("/sandbox/phone-code", post(command(sandbox, phone_code::run)))
        .at("/sandbox/user-data", post(command(sandbox, user_data::run)))
        .at(
            "/sandbox/user",
            post(command(sandbox, |sandbox, asked| Ok(user::run(sandbox, asked)))),
        )
        .at("/sandbox/clock", post(command(sandbox, clock::run)))
        .at(
            "/sandbox/access-token/revoke",
            post(command(sandbox, access_token::revoke)),
        )
        .at("/sandbox/push", post(errand(sandbox, push::run)))
        .at("/sandbox/push/verify", post(errand(sandbox, push::verify)))
        .at("/sandbox/push/settings", post(command(sandbox, push::set)))
        .at(
            "/sandbox/quota",
            get(command(sandbox, |sandbox, asked| Ok(quota::show(sandbox, asked))))
                .post(command(sandbox, quota::set))
                .delete(command(sandbox, |sandbox, asked| Ok(quota::reset(sandbox, asked)))),
        )
        .at("/sandbox/scenario", post(command(sandbox, fault::play)))
        .at(
            "/sandbox/fault",
            get(command(sandbox, |sandbox, asked| Ok(fault::show(sandbox, asked))))
                .post(command(sandbox, fault::arm))
                .delete(command(sandbox, |sandbox, asked| Ok(fault::clear(sandbox, asked)))),
        )
        .at(
            "/sandbox/calls",
            get(command(sandbox, |sandbox, asked| Ok(calls::show(sandbox, asked))))
                .delete(command(sandbox, |sandbox, asked| Ok(calls::reset(sandbox, asked)))),
        )
        .at(
            "/sandbox/journal",
            get(command(sandbox, |sandbox, asked| Ok(journal::show(sandbox, asked)))),
        )
}

/// What the framework refuses by itself, that is an unknown path or method, in the form of all
/// other refusals.
pub(crate) async fn explain(error: Error) -> Response {
    let what = match error.status() {
        StatusCode::NOT_FOUND => "there is nothing at this path",
        StatusCode::METHOD_NOT_ALLOWED => "this path does not take this method",
        _ => "this request cannot be answered",
    };
    Refusal::new(error.status(), format!("{what}; GET /sandbox lists what there is")).into_response()
}

/// An endpoint that reads a `Q`, does something with it, and answers with an `A`, all in JSON.
fn command<Q, A>(
    sandbox: &Sandbox,
    run: fn(&Sandbox, &Q) -> Result<A, Refusal>,
) -> impl Endpoint<Output = Response> + 'static
where
    Q: DeserializeOwned + Send + 'static,
    A: Serialize + Send + 'static,
{
    let sandbox = sandbox.clone();
    make(move |request| {
        let sandbox = sandbox.clone();
        async move { respond(read(request).await.and_then(|asked| run(&sandbox, &asked))) }
    })
}

/// An endpoint like a [`command`], for what cannot be done without waiting for others.
fn errand<Q, A, F>(sandbox: &Sandbox, run: fn(Sandbox, Q) -> F) -> impl Endpoint<Output = Response> + 'static
where
    Q: DeserializeOwned + Send + 'static,
    A: Serialize + Send + 'static,
    F: Future<Output = Result<A, Refusal>> + Send + 'static,
{
    let sandbox = sandbox.clone();
    make(move |request| {
        let sandbox = sandbox.clone();
        async move {
            match read(request).await {
                Ok(asked) => respond(run(sandbox, asked).await),
                Err(refusal) => refusal.into_response(),
            }
        }
    })
}

fn respond<A: Serialize + Send>(answer: Result<A, Refusal>) -> Response {
    match answer {
        Ok(answer) => Json(answer).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// A body of JSON, whatever its Content-Type says; no body is `{}`.
async fn read<Q: DeserializeOwned>(mut request: Request) -> Result<Q, Refusal> {
    let body = request.take_body().into_bytes_limit(LONGEST_BODY).await.map_err(|_| {
        Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the body could not be read; it may have up to 64 KiB",
        )
    })?;
    let body = if body.trim_ascii().is_empty() {
        &b"{}"[..]
    } else {
        &body
    };
    // By way of a map, because a struct could also be read from an array.
    let fields: Map<String, Value> = serde_json::from_slice(body)
        .map_err(|error| Refusal::bad_request(format!("the body is no JSON object: {error}")))?;
    serde_json::from_value(Value::Object(fields)).map_err(|error| Refusal::bad_request(error.to_string()))
}
