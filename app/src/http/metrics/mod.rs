//! `GET /metrics`: what is counted, as Prometheus reads it. What is counted here is in this file; what others count is
//! in `observed`.

mod observed;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use poem::http::{Method, header};
use poem::{Endpoint, Response};
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use serde_json::Value;
use wxlogin_domain::housekeeping::Housekeeper;
use wxlogin_domain::ports::platform_health::PlatformHealth;

use observed::{OfCensus, OfPlatform};

use super::problem::{Code, Problem};

/// Where the numbers are.
pub const PATH: &str = "/metrics";
/// `OpenMetrics`, as Prometheus reads it.
const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Seconds: from a token verified out of memory to a WeChat that takes its time.
const BUCKETS: [f64; 12] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 5.0,
];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: Arc<str>,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OnRoute {
    route: Arc<str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfCode {
    code: &'static str,
}

/// What is counted of requests.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    durations: Family<OnRoute, Histogram, fn() -> Histogram>,
    problems: Family<OfCode, Counter>,
    routes: HashMap<String, Arc<str>>,
    other: Arc<str>,
}

/// The paths of the document by the patterns that the framework makes of them: it has its own names for their parameters.
fn routes(document: &Value) -> HashMap<String, Arc<str>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .map(|(path, _)| (pattern(path), Arc::from(path.as_str())))
        .collect()
}

fn pattern(path: &str) -> String {
    let mut names = (0..).map(|number| format!(":param{number}"));
    let segments = path.split('/').map(|segment| match segment.strip_prefix('{') {
        Some(_) => names.next().unwrap_or_default(),
        None => segment.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

impl Metrics {
    /// Nothing is counted yet; what others count is read when it is asked for.
    pub fn new(document: &Value, platform: Arc<dyn PlatformHealth>, housekeeper: Housekeeper) -> Self {
        let requests = Family::default();
        let durations = Family::new_with_constructor((|| Histogram::new(BUCKETS)) as fn() -> Histogram);
        let problems = Family::<OfCode, Counter>::default();
        // A counter that appears with its first problem shows no rise.
        for code in Code::ALL {
            drop(problems.get_or_create(&OfCode { code: code.as_str() }));
        }
        let mut registry = Registry::with_prefix("wxlogin");
        registry.register("http_requests", "Requests that were answered", Family::clone(&requests));
        registry.register(
            "http_request_duration_seconds",
            "How long requests took to answer",
            Family::clone(&durations),
        );
        registry.register(
            "problems",
            "Requests that were answered with a problem document",
            Family::clone(&problems),
        );
        registry.register_collector(Box::new(OfPlatform(platform)));
        registry.register_collector(Box::new(OfCensus(housekeeper)));
        Self {
            registry,
            requests,
            durations,
            problems,
            routes: routes(document),
            other: "other".into(),
        }
    }

    /// Counts an answer. A route is the pattern of a path, as the document has it, never the path itself, of which there
    /// are as many as anybody likes; what came to no route is `other`.
    pub fn count(&self, method: &Method, route: Option<Arc<str>>, status: u16, problem: Option<Code>, took: Duration) {
        // What the framework found no route for has an empty one.
        let route = route.filter(|route| !route.is_empty());
        let route = route.unwrap_or_else(|| Arc::clone(&self.other));
        let route = self.routes.get(&*route).map_or_else(|| Arc::clone(&route), Arc::clone);
        let answered = Answered {
            method: known(method),
            route: Arc::clone(&route),
            status,
        };
        self.requests.get_or_create(&answered).inc();
        let on_route = OnRoute { route };
        self.durations.get_or_create(&on_route).observe(took.as_secs_f64());
        if let Some(code) = problem {
            self.problems.get_or_create(&OfCode { code: code.as_str() }).inc();
        }
    }

    /// Everything, as text.
    ///
    /// # Errors
    /// When it cannot be written.
    fn text(&self) -> Result<String, Problem> {
        let mut text = String::new();
        text::encode(&mut text, &self.registry).map_err(|_| Problem::new(Code::Internal))?;
        Ok(text)
    }
}

/// A method that HTTP knows; anybody may make up others.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Answers with the numbers.
pub fn endpoint(metrics: Arc<Metrics>) -> impl Endpoint<Output = Response> {
    poem::endpoint::make(move |_| {
        let metrics = Arc::clone(&metrics);
        async move {
            let text = metrics.text()?;
            Ok::<_, poem::Error>(
                Response::builder()
                    .content_type(CONTENT_TYPE)
                    .header(header::CACHE_CONTROL, "no-store")
                    .body(text),
            )
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_paths() {
        for (path, expected) in [
            ("/livez", "/livez"),
            ("/v1/me/sessions/{id}", "/v1/me/sessions/:param0"),
            ("/v1/{appid}/events/{id}", "/v1/:param0/events/:param1"),
        ] {
            assert_eq!(pattern(path), expected);
        }
    }
}
