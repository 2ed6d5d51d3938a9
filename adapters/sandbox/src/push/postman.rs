//! The platform as a client of the app's server.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, header};
use serde::Serialize;
use url::Url;

use super::request::Request;

/// The platform's own figure: it waits 5 seconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// Of an answer no more than 4 KiB are read.
const LONGEST_BODY: usize = 4096;

/// Sends, and follows neither proxies nor redirects: either would lead away from this machine.
#[derive(Clone)]
pub(crate) struct Postman(Client);

/// There is no HTTP client to be had.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client: {0}")]
pub(crate) struct NoPostman(#[from] reqwest::Error);

/// What the app's server said.
#[derive(Serialize)]
pub(crate) struct Answer {
    /// Nothing if there was no answer.
    pub(crate) status: Option<u16>,
    pub(crate) body: String,
    /// Why there was no answer, or no whole one.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

impl Answer {
    /// The platform takes `success` for a receipt, and so it takes nothing at all.
    pub(crate) fn is_receipt(&self) -> bool {
        self.is_good() && matches!(self.body.trim(), "success" | "")
    }

    /// Whether the URL is the app's: it has given the `echostr` back, and nothing else.
    pub(crate) fn echoes(&self, echostr: &str) -> bool {
        self.is_good() && self.body == echostr
    }

    fn is_good(&self) -> bool {
        self.error.is_none() && self.status.is_some_and(|status| (200..300).contains(&status))
    }
}

impl Postman {
    pub(crate) fn new() -> Result<Self, NoPostman> {
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            // Each push has a connection of its own, so that none is lost with an old one.
            .pool_max_idle_per_host(0)
            .build()?;
        Ok(Self(client))
    }

    pub(crate) async fn post(&self, request: Request) -> Answer {
        let post = self.0.post(request.url);
        send(
            post.header(header::CONTENT_TYPE, request.content_type)
                .body(request.body),
        )
        .await
    }

    pub(crate) async fn get(&self, url: Url) -> Answer {
        send(self.0.get(url)).await
    }
}

async fn send(request: RequestBuilder) -> Answer {
    match request.send().await {
        Ok(response) => read(response).await,
        Err(error) => Answer {
            status: None,
            body: String::new(),
            error: Some(reason(&error)),
        },
    }
}

async fn read(mut response: Response) -> Answer {
    let status = Some(response.status().as_u16());
    let mut body = Vec::new();
    let error = loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() < LONGEST_BODY => body.extend_from_slice(&chunk),
            Ok(_) => break None,
            Err(error) => break Some(reason(&error)),
        }
    };
    body.truncate(LONGEST_BODY);
    Answer {
        status,
        body: String::from_utf8_lossy(&body).into_owned(),
        error,
    }
}

/// In words of its own: the client's would repeat the URL.
fn reason(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "no answer within 5 seconds"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the answer broke off"
    }
}
