//! What every request passes through: the limits at the door, a place in the house, an answer in the right form.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use poem::http::{HeaderName, HeaderValue, Method, header};
use poem::{Endpoint, IntoResponse, Middleware, PathPattern, Request, Response};
use tokio::sync::Semaphore;
use tracing::Instrument as _;
use wxlogin_domain::api_keys::ApiKeyService;

use super::came_from;
use super::form::{Answered, Asked, Form};
use super::metrics::{self, Metrics};
use super::problem::{Code, Problem};
use super::rate_limit::{RateLimiter, Told};

const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// What the envelope needs.
#[derive(Clone)]
pub struct Envelope {
    /// Which API keys there are.
    pub api_keys: Arc<ApiKeyService>,
    /// Gives the answers their form.
    pub form: Form,
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
        let asked = self.envelope.form.note(&request);
        came_from::note(&mut request, &asked.id, asked.client);
        request.extensions_mut().insert(Arc::clone(&self.envelope.api_keys));
        let told = Told::default();
        let limiter = &self.envelope.limiter;
        let work = self.work(request, told.clone());
        let answering = async {
            match limiter.admit_address(&asked.path, asked.client, &told).await {
                Ok(()) => self.answer(work, &asked).await,
                Err(problem) => problem.into_refusal(),
            }
        };
        let response = answering.instrument(asked.span.clone()).await;
        let route = response.data::<PathPattern>().map(|route| Arc::clone(&route.0));
        let answered = self.envelope.form.give(&asked, response);
        let Answered {
            mut response,
            code,
            took,
        } = answered;
        told.tell(response.headers_mut());
        let status = response.status().as_u16();
        self.envelope.metrics.count(&asked.method, route, status, code, took);
        Ok(response)
    }
}

/// What is left to do for a request.
type Work = BoxFuture<'static, poem::Result<Response>>;

impl<E: Endpoint + 'static> Enveloped<E> {
    /// On the heap, once: what surrounds it would carry it from one place to the next, with all the room that the largest
    /// of the handlers takes.
    fn work(&self, request: Request, told: Told) -> Work {
        let inner = Arc::clone(&self.inner);
        let work = async move { inner.call(request).await.map(IntoResponse::into_response) };
        told.by(work).boxed()
    }

    /// The inner answer; refusals are responses from here on.
    async fn answer(&self, work: Work, asked: &Asked) -> Response {
        // A full house is still alive, and says so; and who looks why it is full is let in.
        let is_health = matches!(&*asked.path, "/livez" | "/readyz" | metrics::PATH);
        let place = Arc::clone(&self.envelope.places).try_acquire_owned();
        if place.is_err() && !is_health {
            return Problem::new(Code::Overloaded).into_refusal();
        }
        let worked = if changes_nothing(&asked.method, &asked.path) {
            // What nobody waits for any more need not be read to the end.
            AssertUnwindSafe(work).catch_unwind().await.ok()
        } else {
            // In a task of its own: a client that hangs up ends the waiting, not the work. A logout that was begun is
            // carried out, and a code that was sent to WeChat holds its place until WeChat has answered.
            let working = async move {
                let _place = place;
                work.await
            };
            tokio::spawn(working.in_current_span()).await.ok()
        };
        match worked {
            Some(Ok(response)) => response,
            Some(Err(error)) => error.into_response(),
            None => {
                tracing::error!("a handler panicked");
                Problem::new(Code::Internal).into_refusal()
            }
        }
    }
}

/// Whether a request changes nothing that matters without its answer. Introspection is a POST only to keep the token out
/// of the URL (RFC 7662, section 2.1); that data were exported is noted before there are any.
fn changes_nothing(method: &Method, path: &str) -> bool {
    match *method {
        Method::GET | Method::HEAD => true,
        Method::POST => path == "/v1/introspect",
        _ => false,
    }
}

/// `wx.request` cannot send PATCH: a POST that says so in `X-HTTP-Method-Override` is one.
fn override_method(request: &mut Request) {
    let is_patch = |wished: &HeaderValue| wished.as_bytes().eq_ignore_ascii_case(b"PATCH");
    if request.method() == Method::POST && request.headers().get(METHOD_OVERRIDE).is_some_and(is_patch) {
        request.set_method(Method::PATCH);
    }
}

/// Of several `Authorization` headers none is believed: what stands before this service may have read another one than
/// this service would.
fn settle_authorization(request: &mut Request) {
    let headers = request.headers_mut();
    if headers.get_all(header::AUTHORIZATION).iter().nth(1).is_some() {
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer ambiguous"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_nothing() {
        for (method, path, expected) in [
            (Method::GET, "/v1/verify", true),
            (Method::HEAD, "/v1/me", true),
            (Method::POST, "/v1/introspect", true),
            (Method::POST, "/v1/login", false),
            (Method::POST, "/v1/logout", false),
            (Method::POST, "/v1/me/session-key/check", false),
            (Method::PATCH, "/v1/me", false),
            (Method::DELETE, "/v1/introspect", false),
        ] {
            assert_eq!(changes_nothing(&method, path), expected, "{method} {path}");
        }
    }
}
