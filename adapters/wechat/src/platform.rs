//! The one HTTP client towards the platform: its deadlines, its limits, and what its failures mean.

use std::time::{Duration, SystemTime};

use reqwest::header::DATE;
use reqwest::{Client, RequestBuilder, redirect};
use tokio::time::Instant;
use url::{Host, Url};
use zeroize::Zeroizing;

use crate::api::Api;

/// Answers of the platform are a few hundred bytes; no more than this is read.
const MAX_ANSWER_BYTES: usize = 64 * 1024;
/// An idle connection is not used again after this long: the platform may be closing it at that very moment, and what
/// is lost with it cannot be sent again.
const POOL_IDLE: Duration = Duration::from_secs(15);
/// Waits between attempts to connect. Only those are repeated: the request has certainly not left.
const CONNECT_RETRY_WAITS: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(200)];

/// Where the platform is, and how long to wait for it.
#[derive(Debug, Clone)]
pub struct PlatformConfig {
    /// `https://api.weixin.qq.com`, or a stand-in.
    pub url: Url,
    /// Deadline of a whole call.
    pub timeout: Duration,
    /// Deadline of connecting.
    pub connect_timeout: Duration,
}

/// Calls the platform.
#[derive(Clone)]
pub struct Platform {
    client: Client,
    config: PlatformConfig,
    /// Where each call goes, by [`Api::index`]: put together once.
    endpoints: [Url; Api::ALL.len()],
}

/// The HTTP client could not be made.
#[derive(Debug, thiserror::Error)]
#[error(
    "the HTTP client towards WeChat cannot be made. Are there CA certificates on this machine? Install the package \
     ca-certificates, or set SSL_CERT_FILE"
)]
pub struct PlatformError(#[source] reqwest::Error);

/// What came back. The status is a hint only; the platform says what it means in the body. No `Debug`: a session key
/// is in it.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// When the platform says that it answered.
    pub(crate) date: Option<SystemTime>,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

/// Why nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallFailure {
    /// No connection came about: the platform has not seen the request.
    NeverLeft,
    /// The platform may have seen the request: a timeout, a reset, a broken answer.
    Ambiguous,
    /// The answer is longer than any answer of the platform.
    TooLarge {
        /// Of what was not read.
        status: u16,
    },
}

impl Platform {
    /// Makes the client.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(config: PlatformConfig) -> Result<Self, PlatformError> {
        let mut builder = Client::builder();
        if is_loopback(&config.url) {
            // A stand-in on this machine: a proxy for the world outside could not reach it.
            builder = builder.no_proxy();
        }
        let client = builder
            .user_agent(concat!("wxlogin/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(config.connect_timeout)
            .timeout(config.timeout)
            .pool_idle_timeout(POOL_IDLE)
            // A redirect would send the secret elsewhere, and the code twice.
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .build()
            .map_err(PlatformError)?;
        Ok(Self {
            client,
            endpoints: Api::ALL.map(|api| endpoint(&config.url, api)),
            config,
        })
    }

    pub(crate) fn get(&self, api: Api, query: &[(&str, &str)]) -> RequestBuilder {
        self.client.get(self.endpoint(api)).query(query)
    }

    pub(crate) fn post(&self, api: Api, query: &[(&str, &str)], body: Vec<u8>) -> RequestBuilder {
        self.client
            .post(self.endpoint(api))
            .query(query)
            .header("content-type", "application/json")
            .body(body)
    }

    fn endpoint(&self, api: Api) -> Url {
        self.endpoints[api.index()].clone()
    }

    /// Sends a request, at most once, within the deadline.
    pub(crate) async fn call(&self, request: RequestBuilder) -> Result<Answer, CallFailure> {
        let deadline = Instant::now() + self.config.timeout;
        tokio::time::timeout_at(deadline, self.connect_and_send(request, deadline))
            .await
            .unwrap_or(Err(CallFailure::Ambiguous))
    }

    async fn connect_and_send(&self, request: RequestBuilder, deadline: Instant) -> Result<Answer, CallFailure> {
        for wait in CONNECT_RETRY_WAITS {
            let Some(again) = request.try_clone() else {
                break;
            };
            match send(again).await {
                // The deadline must not cut off an attempt to connect: nobody could say that nothing has left.
                Err(CallFailure::NeverLeft) if Instant::now() + wait + self.config.connect_timeout <= deadline => {
                    tokio::time::sleep(wait).await;
                }
                outcome => return outcome,
            }
        }
        send(request).await
    }
}

async fn send(request: RequestBuilder) -> Result<Answer, CallFailure> {
    let mut response = request.send().await.map_err(failure)?;
    let status = response.status().as_u16();
    let date = response
        .headers()
        .get(DATE)
        .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    let mut body = Zeroizing::new(Vec::new());
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        if body.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Err(CallFailure::TooLarge { status });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, date, body })
}

fn endpoint(platform: &Url, api: Api) -> Url {
    let path = format!("{}{}", platform.path().trim_end_matches('/'), api.path());
    let mut endpoint = platform.clone();
    endpoint.set_path(&path);
    endpoint
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// By value: the error knows the URL and with it the secret, so it ends here.
fn failure(error: reqwest::Error) -> CallFailure {
    let error = error.without_url();
    let failure = if error.is_connect() {
        CallFailure::NeverLeft
    } else {
        CallFailure::Ambiguous
    };
    tracing::warn!(
        reached = failure != CallFailure::NeverLeft,
        timeout = error.is_timeout(),
        reason = root_cause(&error),
        "a call to WeChat failed"
    );
    failure
}

/// The innermost reason ("connection refused", "certificate expired"): the outer ones only say that there is one.
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints() {
        for (platform, expected) in [
            (
                "https://api.weixin.qq.com",
                "https://api.weixin.qq.com/sns/jscode2session",
            ),
            ("http://127.0.0.1:8090/", "http://127.0.0.1:8090/sns/jscode2session"),
            (
                "https://gateway.example/we%20chat/",
                "https://gateway.example/we%20chat/sns/jscode2session",
            ),
        ] {
            let platform = Url::parse(platform).unwrap();
            assert_eq!(endpoint(&platform, Api::Jscode2session).as_str(), expected);
        }
    }
}
