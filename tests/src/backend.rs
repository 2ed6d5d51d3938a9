//! A business backend behind a gateway: it keeps every request that reaches it.

use std::sync::{Arc, Mutex};

use poem::endpoint::make;
use poem::http::StatusCode;
use poem::{Endpoint, IntoEndpoint as _, Request, Response};

use crate::serving::Serving;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// Names in lower case, in order, each as often as it came.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Arrived {
    /// All values of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str()).collect()
    }

    fn header_list(request: &Request) -> Vec<(String, String)> {
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let headers = request.headers().iter();
        headers
            .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
            .collect()
    }
}

/// A backend, listening.
pub struct Backend {
    /// Where it is.
    pub url: String,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    _serving: Serving,
}

impl Backend {
    /// One that answers 200 to everything.
    pub async fn start() -> Self {
        Self::answering(|_| StatusCode::OK.into()).await
    }

    /// One that answers so.
    pub async fn answering(answer: impl Fn(&Arrived) -> Response + Send + Sync + 'static) -> Self {
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let serving = Serving::start(endpoint(arrived.clone(), Arc::new(answer)).into_endpoint()).await;
        Self {
            url: serving.url.clone(),
            arrived,
            _serving: serving,
        }
    }

    /// What has arrived since the last call.
    #[must_use]
    pub fn arrived(&self) -> Vec<Arrived> {
        std::mem::take(&mut self.arrived.lock().expect("a lock"))
    }
}

fn endpoint(
    arrived: Arc<Mutex<Vec<Arrived>>>,
    answer: Arc<impl Fn(&Arrived) -> Response + Send + Sync + 'static>,
) -> impl Endpoint {
    make(move |mut request: Request| {
        let (arrived, answer) = (arrived.clone(), answer.clone());
        async move {
            let new = Arrived {
                method: request.method().to_string(),
                path: request.uri().path().to_owned(),
                headers: Arrived::header_list(&request),
                body: request.take_body().into_vec().await.expect("the body arrives"),
            };
            let response = answer(&new);
            arrived.lock().expect("a lock").push(new);
            response
        }
    })
}
