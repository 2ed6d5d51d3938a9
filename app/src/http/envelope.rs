//! What every request passes through: an id, a place in the house, an answer in the right form, a line in the log.

use std::sync::Arc;

use ipnet::IpNet;
use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, IntoResponse, Middleware, PathPattern, Request, Response};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tracing::Instrument as _;
use wxlogin_domain::api_keys::ApiKeyService;
use wxlogin_domain::id::RequestId;
use wxlogin_domain::ports::clock::Clock;
use wxlogin_domain::ports::entropy::Entropy;

use super::allow::Allowed;
use super::metrics::{self, Metrics};
use super::problem::{Code, Language, Problem};
use super::rate_limit::{RateLimiter, Told};
use super::{came_from, client_address, request_id};

/// What the envelope needs.
#[derive(Clone)]
pub struct Envelope {
    /// Which API keys there are.
    pub api_keys: Arc<ApiKeyService>,
    /// Which methods a path takes.
    pub allowed: Arc<Allowed>,
    /// Tells the time, for request ids.
    pub clock: Arc<dyn Clock>,
    /// Draws request ids.
    pub entropy: Arc<dyn Entropy>,
    /// Proxies whose word about the client is taken.
    pub trusted_proxies: Arc<[IpNet]>,
    /// Places for requests under way.
    pub places: Arc<Semaphore>,
    /// Counts the requests of mini programs.
    pub limiter: RateLimiter,
    /// Counts the answers.
    pub metrics: Arc<Metrics>,
}

impl<E: Endpoint + 'static> Middleware<E> for Envelope {
    type Output = Enveloped<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Enveloped {
            inner: Arc::new(inner),
            envelope: self.clone(),
        }
    }
}

/// An endpoint in its envelope.
pub struct Enveloped<E> {
    inner: Arc<E>,
    envelope: Envelope,
}

impl<E: Endpoint + 'static> Endpoint for Enveloped<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        override_method(&mut request);
        settle_authorization(&mut request);
        let started = Instant::now();
        let id = request_id::of(request.headers(), &*self.envelope.clock, &*self.envelope.entropy);
        let language = Language::of(request.headers());
        let client = client_address::of(&request, &self.envelope.trusted_proxies);
        came_from::note(&mut request, &id, client);
        request.extensions_mut().insert(Arc::clone(&self.envelope.api_keys));
        // The path alone: a query may hold what must not be logged.
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let span = tracing::info_span!("request", request_id = id);
        let told = Told::default();
        let answering = async {
            match self.envelope.limiter.admit_address(&path, client, &told).await {
                Ok(()) => self.answer(request, &path, told.clone()).await,
                Err(problem) => problem.into_refusal(),
            }
        };
        let mut response = answering.instrument(span.clone()).await;
        let route = response.data::<PathPattern>().map(|route| Arc::clone(&route.0));
        let problem = take_problem(&mut response);
        if let Some(problem) = problem.clone() {
            response = problem.into_document(language, &id);
        }
        if response.status() == StatusCode::METHOD_NOT_ALLOWED
            && let Some(methods) = self.envelope.allowed.methods(&path)
        {
            response.headers_mut().insert(header::ALLOW, methods);
        }
        finish(&mut response, &id);
        told.tell(response.headers_mut());
        let (status, took) = (response.status().as_u16(), started.elapsed());
        let code = problem.map(|problem| problem.code());
        self.envelope.metrics.count(&method, route, status, code, took);
        let _in_span = span.enter();
        tracing::info!(
            %method,
            path = presentable(&path),
            status,
            problem = code.map(Code::as_str),
            client = client.map(tracing::field::display),
            micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            "answered"
        );
        Ok(response)
    }
}

impl<E: Endpoint + 'static> Enveloped<E> {
    /// The inner answer; refusals are responses from here on.
    async fn answer(&self, request: Request, path: &str, told: Told) -> Response {
        // A full house is still alive, and says so; and who looks why it is full is let in.
        let is_health = matches!(path, "/livez" | "/readyz" | metrics::PATH);
        let place = Arc::clone(&self.envelope.places).try_acquire_owned();
        if place.is_err() && !is_health {
            return Problem::new(Code::Overloaded).into_refusal();
        }
        let inner = Arc::clone(&self.inner);
        // In a task of its own: a client that hangs up ends the waiting, not the work. A logout that was begun is
        // carried out, and a code that was sent to WeChat holds its place until WeChat has answered.
        let working = async move {
            let _place = place;
            told.by(inner.call(request)).await.map(IntoResponse::into_response)
        };
        match tokio::spawn(working.in_current_span()).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => error.into_response(),
            Err(_) => {
                tracing::error!("a handler panicked");
                Problem::new(Code::Internal).into_refusal()
            }
        }
    }
}

/// `wx.request` cannot send PATCH: a POST that says so in `X-HTTP-Method-Override` is one.
fn override_method(request: &mut Request) {
    let wished = request.header("x-http-method-override");
    if request.method() == Method::POST && wished.is_some_and(|method| method.eq_ignore_ascii_case("PATCH")) {
        request.set_method(Method::PATCH);
    }
}

/// Of several `Authorization` headers none is believed: what stands before this service may have read another one than
/// this service would.
fn settle_authorization(request: &mut Request) {
    let headers = request.headers_mut();
    if headers.get_all(header::AUTHORIZATION).iter().count() > 1 {
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer ambiguous"));
    }
}

/// A path as logs may show it: whoever puts a credential into a path by mistake does not find it in the log. Our own
/// paths are made of short words and ids.
fn presentable(path: &str) -> String {
    let shown = |segment: &str| segment.len() <= 24 || RequestId::parse(segment).is_ok();
    path.split('/')
        .map(|segment| if shown(segment) { segment } else { "…" })
        .collect::<Vec<_>>()
        .join("/")
}

/// The problem that a response carries, or the one that the framework means by it.
fn take_problem(response: &mut Response) -> Option<Problem> {
    let own = response.extensions_mut().remove::<Problem>();
    own.or_else(|| Problem::of_framework(response))
}

fn finish(response: &mut Response, id: &str) {
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(request_id::HEADER, id);
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_segments_are_not_shown() {
        for (path, shown) in [
            ("/v1/token/refresh", "/v1/token/refresh"),
            ("/.well-known/jwks.json", "/.well-known/jwks.json"),
            (
                "/problems/wechat_app_misconfigured",
                "/problems/wechat_app_misconfigured",
            ),
            (
                "/v1/me/sessions/01a202fa-f907-7e42-9b71-e72b0673a4d5",
                "/v1/me/sessions/01a202fa-f907-7e42-9b71-e72b0673a4d5",
            ),
            ("/v1/0a3WxI000dQzDT1xfF100xUSrY3WxI0Q", "/v1/…"),
            ("", ""),
        ] {
            assert_eq!(presentable(path), shown);
        }
    }
}
