//! The form of every answer: an id, refusals as problem documents, the headers that all have, a line in the log.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Request, Response};
use tokio::time::Instant;
use tracing::Span;
use wxlogin_domain::id::RequestId;
use wxlogin_domain::ports::clock::Clock;
use wxlogin_domain::ports::entropy::Entropy;

use super::allow::Allowed;
use super::problem::{Code, Language, Problem};
use super::{client_address, request_id};

/// Gives answers their form.
#[derive(Clone)]
pub struct Form {
    /// Which methods a path takes.
    pub allowed: Arc<Allowed>,
    /// Tells the time, for request ids.
    pub clock: Arc<dyn Clock>,
    /// Draws request ids.
    pub entropy: Arc<dyn Entropy>,
    /// Proxies whose word about the client is taken.
    pub trusted_proxies: Arc<[IpNet]>,
}

/// What the form of an answer needs to know of its request.
pub struct Asked {
    /// The request's id.
    pub id: String,
    /// Who is at the other end.
    pub client: Option<IpAddr>,
    /// The method.
    pub method: Method,
    /// The path alone: a query may hold what must not be logged.
    pub path: String,
    /// Where everything that is logged about the request belongs.
    pub span: Span,
    /// `Accept-Language`, as it came: read when there is a problem to tell.
    languages: Vec<HeaderValue>,
    started: Instant,
}

/// An answer in its form.
pub struct Answered {
    /// What goes out.
    pub response: Response,
    /// Which problem it tells of.
    pub code: Option<Code>,
    /// How long it took.
    pub took: Duration,
}

impl Form {
    /// Notes what is asked.
    pub fn note(&self, request: &Request) -> Asked {
        let id = request_id::of(request.headers(), &*self.clock, &*self.entropy);
        Asked {
            client: client_address::of(request, &self.trusted_proxies),
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            span: tracing::info_span!("request", request_id = id),
            languages: accepted_languages(request),
            started: Instant::now(),
            id,
        }
    }

    /// Gives an answer its form, and logs it.
    pub fn give(&self, asked: &Asked, mut response: Response) -> Answered {
        let problem = take_problem(&mut response);
        let code = problem.as_ref().map(Problem::code);
        if let Some(problem) = problem {
            response = problem.into_document(Language::of(&asked.languages), &asked.id);
        }
        if response.status() == StatusCode::METHOD_NOT_ALLOWED
            && let Some(methods) = self.allowed.methods(&asked.path)
        {
            response.headers_mut().insert(header::ALLOW, methods);
        }
        finish(&mut response, &asked.id);
        let took = asked.started.elapsed();
        let _in_span = asked.span.enter();
        tracing::info!(
            method = %asked.method,
            path = presentable(&asked.path),
            status = response.status().as_u16(),
            problem = code.map(Code::as_str),
            client = asked.client.map(tracing::field::display),
            micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            "answered"
        );
        Answered { response, code, took }
    }
}

fn accepted_languages(request: &Request) -> Vec<HeaderValue> {
    let lines = request.headers().get_all(header::ACCEPT_LANGUAGE);
    lines.iter().cloned().collect()
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
    headers.reserve(3);
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
