//! How often mini programs may ask: counted by address at the door, and by account once it is known who asks.
//!
//! The answer tells what is left, in the `RateLimit` and `RateLimit-Policy` fields of the IETF's draft
//! (draft-ietf-httpapi-ratelimit-headers).

use std::net::IpAddr;
use std::sync::{Arc, Mutex, Once, PoisonError};

use poem::http::{HeaderMap, HeaderName, HeaderValue};
use wxlogin_domain::ports::rate_limits::RateLimits;
use wxlogin_domain::rate_limit::{Allowance, Subject, WINDOW};

use super::problem::{Code, Problem, whole_seconds};

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

tokio::task_local! {
    /// What the limits said to the request that is being answered.
    static TOLD: Told;
}

/// What the limits said to a request: kept aside until there is a response to tell it in.
#[derive(Clone, Default)]
pub struct Told(Arc<Mutex<Vec<Allowance>>>);

impl Told {
    /// Answers a request, whose limits are told here.
    pub fn by<F: Future>(self, answering: F) -> impl Future<Output = F::Output> {
        TOLD.scope(self, answering)
    }

    fn note(&self, allowance: Allowance) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(allowance);
    }

    /// Adds what was said to a response.
    pub fn tell(&self, headers: &mut HeaderMap) {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_empty() {
            return;
        }
        let list = |item: fn(&Allowance) -> String| {
            let items: Vec<String> = told.iter().map(item).collect();
            HeaderValue::try_from(items.join(", ")).ok()
        };
        let policy = list(|allowance| {
            let (name, window) = (allowance.policy, WINDOW.as_secs());
            format!("\"{name}\";q={};w={window}", allowance.quota)
        });
        let limit = list(|allowance| {
            let reset = whole_seconds(allowance.reset);
            format!("\"{}\";r={};t={reset}", allowance.policy, allowance.remaining)
        });
        if let (Some(policy), Some(limit)) = (policy, limit) {
            headers.insert(RATE_LIMIT_POLICY, policy);
            headers.insert(RATE_LIMIT, limit);
        }
    }
}

/// Lets requests in, as often as they may come.
#[derive(Clone)]
pub struct RateLimiter(Arc<dyn RateLimits>);

impl RateLimiter {
    /// By these limits.
    pub fn new(limits: Arc<dyn RateLimits>) -> Self {
        Self(limits)
    }

    /// Counts a request of an address, where its path is one that mini programs call. What gateways and backends call
    /// comes from few addresses, and often; it has credentials of its own.
    ///
    /// # Errors
    /// `rate_limited`.
    pub async fn admit_address(&self, path: &str, address: Option<IpAddr>, told: &Told) -> Result<(), Problem> {
        let Some(address) = address.filter(|_| is_of_mini_programs(path)) else {
            return Ok(());
        };
        let Some(allowance) = self.0.take(Subject::address(address)).await else {
            return Ok(());
        };
        told.note(allowance);
        if !allowance.is_allowed && is_private(address) {
            hint_at_proxies(address);
        }
        allowed(allowance)
    }

    /// Counts a request of somebody who is known by now.
    ///
    /// # Errors
    /// `rate_limited`.
    pub async fn admit(&self, subject: Subject) -> Result<(), Problem> {
        let Some(allowance) = self.0.take(subject).await else {
            return Ok(());
        };
        // Outside of a request nobody is told.
        let _ = TOLD.try_with(|told| told.note(allowance));
        allowed(allowance)
    }
}

fn allowed(allowance: Allowance) -> Result<(), Problem> {
    if allowance.is_allowed {
        Ok(())
    } else {
        Err(Problem::new(Code::RateLimited).with_retry_after(allowance.reset))
    }
}

fn is_of_mini_programs(path: &str) -> bool {
    matches!(
        path,
        "/v1/login" | "/v1/token/refresh" | "/v1/logout" | "/v1/revoke" | "/v1/me"
    ) || path.starts_with("/v1/me/")
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_loopback(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

/// Behind a proxy that is not trusted, all the world has one address. Said once: it is the same mistake every time.
fn hint_at_proxies(address: IpAddr) {
    static SAID: Once = Once::new();
    SAID.call_once(|| {
        tracing::warn!(
            %address,
            "a private address is asking too often. If that is your reverse proxy, name its network in \
             WXLOGIN_TRUSTED_PROXIES, so that its clients are told apart"
        );
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_paths() {
        for (path, is_counted) in [
            ("/v1/login", true),
            ("/v1/me", true),
            ("/v1/me/sessions", true),
            ("/v1/meadow", false),
            ("/v1/verify", false),
            ("/v1/introspect", false),
            ("/v1/wechat/wx0000000000000001/events", false),
            ("/.well-known/jwks.json", false),
            ("/admin/v1/accounts", false),
            ("/livez", false),
        ] {
            assert_eq!(is_of_mini_programs(path), is_counted, "{path}");
        }
    }
}
