//! `GET` and `DELETE /sandbox/calls`: what has reached the platform.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Nothing;
use crate::calls::Calls;
use crate::platform::Api;
use crate::sandbox::Sandbox;

/// By the endpoint's name.
pub(super) type Report = BTreeMap<&'static str, Counted>;

#[derive(Serialize)]
pub(super) struct Counted {
    total: u64,
    /// Only where requests carry codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    by_code: Option<BTreeMap<String, u64>>,
}

pub(super) fn show(sandbox: &Sandbox, _: &Nothing) -> Report {
    let calls = &sandbox.state().calls;
    let by_code = |api| {
        calls
            .by_code(api)
            .map(|(code, count)| (code.to_owned(), count))
            .collect()
    };
    Api::ALL
        .into_iter()
        .map(|api| {
            let counted = Counted {
                total: calls.total(api),
                by_code: api.takes_codes().then(|| by_code(api)),
            };
            (api.name(), counted)
        })
        .collect()
}

pub(super) fn reset(sandbox: &Sandbox, _: &Nothing) -> Nothing {
    sandbox.state().calls = Calls::default();
    Nothing {}
}
