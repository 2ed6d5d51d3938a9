//! `GET /livez` and `GET /readyz`

use std::sync::Arc;

use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use wxlogin_domain::ports::platform_health::{AppHealth, Circuit, PlatformHealth};
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

/// That the service is ready, and how WeChat does.
#[derive(Object)]
#[oai(rename = "Readiness")]
pub struct ReadinessBody {
    /// Always `ok`; anything else is a problem document.
    status: String,
    /// How WeChat does, for each mini program. A service that WeChat does not answer is ready all the same: tokens are
    /// refreshed and verified without it.
    wechat: Vec<AppHealthBody>,
}

/// How WeChat does for a mini program, as far as the calls to it tell.
#[derive(Object)]
#[oai(rename = "AppHealth")]
struct AppHealthBody {
    /// The mini program.
    appid: String,
    /// Whether WeChat is called for logins.
    circuit: CircuitBody,
    /// Whether WeChat is called for what needs an `access_token`: phone codes, session keys.
    access_token_circuit: CircuitBody,
    /// Calls that are under way.
    in_flight: usize,
}

/// Whether WeChat is called.
#[derive(poem_openapi::Enum)]
#[oai(rename = "Circuit", rename_all = "snake_case")]
enum CircuitBody {
    /// It is.
    Closed,
    /// It failed again and again, and is left alone for a while; what needs it is answered `wechat_unavailable` at once.
    Open,
    /// The while is over: one call tries whether it is well again.
    HalfOpen,
}

impl From<Circuit> for CircuitBody {
    fn from(circuit: Circuit) -> Self {
        match circuit {
            Circuit::Closed => Self::Closed,
            Circuit::Open => Self::Open,
            Circuit::HalfOpen => Self::HalfOpen,
        }
    }
}

impl From<AppHealth> for AppHealthBody {
    fn from(health: AppHealth) -> Self {
        Self {
            appid: health.app.to_string(),
            circuit: health.login_circuit.into(),
            access_token_circuit: health.access_token_circuit.into(),
            in_flight: health.in_flight,
        }
    }
}

/// Liveness has no problems of its own.
pub struct LiveProblems;

impl ProblemSet for LiveProblems {
    const CODES: &'static [&'static [Code]] = &[];
    const ALWAYS_ANSWERED: bool = true;
}

/// What keeps the service from being ready.
pub struct ReadyProblems;

impl ProblemSet for ReadyProblems {
    const CODES: &'static [&'static [Code]] = &[&[Code::StoreUnavailable]];
    const ALWAYS_ANSWERED: bool = true;
}

/// Health of the process.
#[derive(Clone)]
pub struct HealthApi {
    store: Arc<dyn StoreHealth>,
    platform: Arc<dyn PlatformHealth>,
}

impl HealthApi {
    /// Of a service on this store and this platform.
    pub fn new(store: Arc<dyn StoreHealth>, platform: Arc<dyn PlatformHealth>) -> Self {
        Self { store, platform }
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
        Ok(Json(HealthBody { status: "ok".into() }))
    }

    /// Is the service ready?
    ///
    /// Whether the store answers, and has answered with the keys since the start. Send no traffic while this answers
    /// 503; it recovers by itself. How WeChat does is told besides, and changes nothing.
    #[oai(
        path = "/readyz",
        method = "get",
        operation_id = "getReadiness",
        tag = "Tag::Operations"
    )]
    async fn ready(&self) -> Result<Json<ReadinessBody>, Refused<ReadyProblems>> {
        self.store.ping().await.map_err(Problem::from)?;
        Ok(Json(ReadinessBody {
            status: "ok".into(),
            wechat: self.platform.health().into_iter().map(AppHealthBody::from).collect(),
        }))
    }
}
