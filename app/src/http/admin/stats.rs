//! `GET /admin/v1/stats`

use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use time::OffsetDateTime;
use wxlogin_domain::housekeeping::{Census, Housekeeper};

use crate::http::Tag;
use crate::http::api_key::{Admin, Caller};
use crate::http::problem::{Code, ProblemSet, Refused};
use crate::http::wire::moment;

/// How much there is.
#[derive(Object)]
#[oai(rename = "Stats", skip_serializing_if_is_none)]
pub struct StatsBody {
    /// What was counted last. Absent until everything was counted once after the start, which takes seconds, or minutes
    /// where there is much.
    census: Option<CensusBody>,
}

/// How much there was when it was counted last. The service counts on its way through the store, all the time, so that
/// nobody waits for it.
#[derive(Object)]
#[oai(rename = "Census")]
struct CensusBody {
    /// Accounts, suspended ones included.
    accounts: u64,
    /// Suspended accounts.
    suspended_accounts: u64,
    /// Live sessions.
    live_sessions: u64,
    /// When the counting ended (RFC 3339, UTC).
    counted_at: OffsetDateTime,
}

impl From<Census> for CensusBody {
    fn from(census: Census) -> Self {
        Self {
            accounts: census.accounts,
            suspended_accounts: census.suspended_accounts,
            live_sessions: census.live_sessions,
            counted_at: moment(census.counted_at),
        }
    }
}

/// What the statistics can answer besides themselves.
pub struct StatsProblems;

impl ProblemSet for StatsProblems {
    const CODES: &'static [&'static [Code]] = &[&[
        Code::Unauthorized,
        Code::TokenInvalid,
        Code::InsufficientScope,
        Code::StoreUnavailable,
    ]];
}

/// Statistics.
#[derive(Clone)]
pub struct StatsApi {
    housekeeper: Housekeeper,
}

impl StatsApi {
    /// As this housekeeper counts.
    pub fn new(housekeeper: Housekeeper) -> Self {
        Self { housekeeper }
    }
}

#[expect(clippy::unused_async, reason = "the framework wants handlers to be asynchronous")]
#[OpenApi]
impl StatsApi {
    /// Show statistics
    ///
    /// How many accounts and live sessions there are, as of the last time that the service has counted them.
    #[oai(
        path = "/admin/v1/stats",
        method = "get",
        operation_id = "getStats",
        tag = "Tag::Admin"
    )]
    async fn stats(&self, _caller: Caller<Admin>) -> Result<Json<StatsBody>, Refused<StatsProblems>> {
        Ok(Json(StatsBody {
            census: self.housekeeper.census().map(CensusBody::from),
        }))
    }
}
