//! `GET /livez` and `GET /readyz`

use std::sync::Arc;

use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use wxlogin_domain::ports::store::StoreHealth;

use super::Tag;
use super::problem::{Code, Problem, ProblemSet, Refused};

/// That all is well.
#[derive(Object)]
#[oai(rename = "Health")]
pub struct HealthBody {
    /// Always `ok`; anything else is a problem document.
    status: String,
}

fn ok() -> Json<HealthBody> {
    Json(HealthBody { status: "ok".into() })
}

/// Liveness has no problems of its own.
pub struct LiveProblems;

impl ProblemSet for LiveProblems {
    const CODES: &'static [Code] = &[];
    const ALWAYS_ANSWERED: bool = true;
}

/// What keeps the service from being ready.
pub struct ReadyProblems;

impl ProblemSet for ReadyProblems {
    const CODES: &'static [Code] = &[Code::StoreUnavailable];
    const ALWAYS_ANSWERED: bool = true;
}

/// Health of the process.
#[derive(Clone)]
pub struct HealthApi {
    store: Arc<dyn StoreHealth>,
}

impl HealthApi {
    /// Of a service on this store.
    pub fn new(store: Arc<dyn StoreHealth>) -> Self {
        Self { store }
    }
}

#[expect(clippy::unused_async, reason = "the framework wants handlers to be asynchronous")]
#[OpenApi]
impl HealthApi {
    /// Is the process alive?
    ///
    /// Depends on nothing else: restart the process when this does not answer.
    #[oai(
        path = "/livez",
        method = "get",
        operation_id = "getLiveness",
        tag = "Tag::Operations"
    )]
    async fn live(&self) -> Result<Json<HealthBody>, Refused<LiveProblems>> {
        Ok(ok())
    }

    /// Is the service ready?
    ///
    /// Whether the store answers; the keys are loaded before the service listens. Send no traffic while this answers
    /// 503; it recovers by itself.
    #[oai(
        path = "/readyz",
        method = "get",
        operation_id = "getReadiness",
        tag = "Tag::Operations"
    )]
    async fn ready(&self) -> Result<Json<HealthBody>, Refused<ReadyProblems>> {
        self.store.ping().await.map_err(Problem::from)?;
        Ok(ok())
    }
}
