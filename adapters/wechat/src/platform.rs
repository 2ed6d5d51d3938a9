//! The one HTTP client towards the platform: its deadlines, its limits, and what its failures mean.

use std::time::{Duration, SystemTime};

use reqwest::header::DATE;
use reqwest::{Client, RequestBuilder, redirect};
use url::Url;

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
}

/// The HTTP client could not be made (no usable TLS roots, say).
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client towards WeChat cannot be made: {0}")]
pub struct PlatformError(reqwest::Error);

/// What came back. The status is a hint only; the platform says what it means in the body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// When the platform says that it answered.
    pub(crate) date: Option<SystemTime>,
    pub(crate) body: Vec<u8>,
}

/// Why nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallFailure {
    /// No connection came about: the platform has not seen the request.
    NeverLeft,
    /// The platform may have seen the request: a timeout, a reset, a broken answer.
    Ambiguous,
    /// The answer is longer than any answer of the platform.
    TooLarge,
}

impl Platform {
    /// Makes the client.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(config: PlatformConfig) -> Result<Self, PlatformError> {
        let client = Client::builder()
            .user_agent(concat!("wxlogin/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(config.connect_timeout)
            .timeout(config.timeout)
            .pool_idle_timeout(POOL_IDLE)
            // A redirect would send the secret elsewhere, and the code twice.
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .build()
            .map_err(PlatformError)?;
        Ok(Self { client, config })
    }

    pub(crate) fn get(&self, path: &str, query: &[(&str, &str)]) -> RequestBuilder {
        self.client.get(self.endpoint(path)).query(query)
    }

    pub(crate) fn post(&self, path: &str, body: Vec<u8>) -> RequestBuilder {
        self.client
            .post(self.endpoint(path))
            .header("content-type", "application/json")
            .body(body)
    }

    fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.config.url.as_str().trim_end_matches('/'))
    }

    /// Sends a request, at most once, within the deadline.
    pub(crate) async fn call(&self, request: RequestBuilder) -> Result<Answer, CallFailure> {
        tokio::time::timeout(self.config.timeout, connect_and_send(request))
            .await
            .unwrap_or(Err(CallFailure::Ambiguous))
    }
}

async fn connect_and_send(request: RequestBuilder) -> Result<Answer, CallFailure> {
    for wait in CONNECT_RETRY_WAITS {
        let Some(again) = request.try_clone() else {
            break;
        };
        match send(again).await {
            Err(CallFailure::NeverLeft) => tokio::time::sleep(wait).await,
            outcome => return outcome,
        }
    }
    send(request).await
}

async fn send(request: RequestBuilder) -> Result<Answer, CallFailure> {
    let mut response = request.send().await.map_err(failure)?;
    let status = response.status().as_u16();
    let date = response
        .headers()
        .get(DATE)
        .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        if body.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Err(CallFailure::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, date, body })
}

/// By value: the error knows the URL and with it the secret, so it ends here.
#[expect(clippy::needless_pass_by_value, reason = "the error must not live on")]
fn failure(error: reqwest::Error) -> CallFailure {
    let failure = if error.is_connect() {
        CallFailure::NeverLeft
    } else {
        CallFailure::Ambiguous
    };
    tracing::warn!(
        reached = failure != CallFailure::NeverLeft,
        timeout = error.is_timeout(),
        "a call to WeChat failed"
    );
    failure
}
