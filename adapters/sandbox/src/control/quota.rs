//! `/sandbox/quota`: how often the platform may be called.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Nothing;
use super::refusal::Refusal;
use crate::platform::Api;
use crate::quota::{Limits, Quotas};
use crate::sandbox::Sandbox;

/// A limit that is left out or null is none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    api: Api,
    per_minute: Option<u64>,
    per_day: Option<u64>,
    per_user_per_minute: Option<u64>,
}

pub(super) fn set(sandbox: &Sandbox, asked: &Asked) -> Result<Nothing, Refusal> {
    if asked.per_user_per_minute.is_some() && !asked.api.is_about_a_user() {
        return Err(Refusal::bad_request(
            "per_user_per_minute: requests to stable_token are about no user",
        ));
    }
    let limits = Limits {
        minute: asked.per_minute,
        day: asked.per_day,
        user_minute: asked.per_user_per_minute,
    };
    sandbox.state().quotas.set(asked.api, limits);
    Ok(Nothing {})
}

/// The limits in force, by the endpoint's name.
pub(super) fn show(sandbox: &Sandbox, _: &Nothing) -> BTreeMap<&'static str, Limits> {
    let quotas = &sandbox.state().quotas;
    Api::ALL
        .into_iter()
        .map(|api| (api.name(), quotas.limits(api)))
        .collect()
}

pub(super) fn reset(sandbox: &Sandbox, _: &Nothing) -> Nothing {
    sandbox.state().quotas = Quotas::new();
    Nothing {}
}
