//! `GET` and `DELETE /sandbox/calls`: what has reached the platform.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Nothing;
use crate::calls::Calls;
use crate::platform::Api;
use crate::sandbox::Sandbox;

#[derive(Serialize)]
pub(super) struct Report {
    jscode2session: Exchanges,
    stable_token: Total,
    checksession: Total,
}

#[derive(Serialize)]
struct Exchanges {
    total: u64,
    by_code: BTreeMap<String, u64>,
}

#[derive(Serialize)]
struct Total {
    total: u64,
}

pub(super) fn show(sandbox: &Sandbox, _: &Nothing) -> Report {
    let calls = &sandbox.state().calls;
    let total = |api| Total {
        total: calls.total(api),
    };
    Report {
        jscode2session: Exchanges {
            total: calls.total(Api::Jscode2session),
            by_code: calls.by_code().map(|(code, count)| (code.to_owned(), count)).collect(),
        },
        stable_token: total(Api::StableToken),
        checksession: total(Api::Checksession),
    }
}

pub(super) fn reset(sandbox: &Sandbox, _: &Nothing) -> Nothing {
    sandbox.state().calls = Calls::new();
    Nothing {}
}
