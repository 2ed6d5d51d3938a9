//! An HTTP client that speaks to the service as a mini program does.

use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

/// Talks to one service.
#[derive(Clone)]
pub struct Api {
    client: Client,
    base: String,
}

/// What was answered: the status, and the body where there is one.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// Seconds to wait, where the answer says so.
    pub retry_after: Option<u64>,
    /// The JSON body; null where there is none.
    pub body: Value,
}

impl Answer {
    /// A string of the body.
    #[must_use]
    pub fn text(&self, pointer: &str) -> &str {
        self.body
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("{pointer} is text in {self:?}"))
    }

    /// The answer, which has to be a success.
    #[must_use]
    pub fn ok(self) -> Self {
        self.assert_ok();
        self
    }

    /// It has to be a success.
    pub fn assert_ok(&self) {
        assert!(self.status.is_success(), "{self:?}");
    }
}

/// A client for tests: patient, and without a proxy.
#[must_use]
pub fn http_client() -> Client {
    Client::builder()
        .timeout(Duration::from_secs(60))
        .no_proxy()
        .build()
        .expect("a client")
}

impl Api {
    /// Of a service at this address, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn new(base: impl Into<String>) -> Self {
        Self {
            client: http_client(),
            base: base.into(),
        }
    }

    /// Logs in with a code.
    pub async fn login(&self, code: &str) -> Answer {
        self.post("/v1/login", &json!({ "code": code })).await
    }

    /// Refreshes.
    pub async fn refresh(&self, refresh_token: &str) -> Answer {
        self.post("/v1/token/refresh", &json!({ "refresh_token": refresh_token }))
            .await
    }

    /// Posts a body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        answer(self.client.post(self.url(path)).json(body)).await
    }

    /// Posts text as it is, called JSON.
    pub async fn post_text(&self, path: &str, body: &str) -> Answer {
        let request = self
            .client
            .post(self.url(path))
            .header("content-type", "application/json");
        answer(request.body(body.to_owned())).await
    }

    /// Gets.
    pub async fn get(&self, path: &str) -> Answer {
        answer(self.client.get(self.url(path))).await
    }

    /// Gets with an access token.
    pub async fn get_as(&self, path: &str, access_token: &str) -> Answer {
        answer(self.client.get(self.url(path)).bearer_auth(access_token)).await
    }

    /// Posts with an access token.
    pub async fn post_as(&self, path: &str, access_token: &str, body: &Value) -> Answer {
        answer(self.client.post(self.url(path)).bearer_auth(access_token).json(body)).await
    }

    /// Puts with an access token.
    pub async fn put_as(&self, path: &str, access_token: &str, body: &Value) -> Answer {
        answer(self.client.put(self.url(path)).bearer_auth(access_token).json(body)).await
    }

    /// Deletes with an access token.
    pub async fn delete_as(&self, path: &str, access_token: &str) -> Answer {
        answer(self.client.delete(self.url(path)).bearer_auth(access_token)).await
    }

    /// Posts a form, with an API key where one is given.
    pub async fn post_form(&self, path: &str, api_key: Option<&str>, form: &[(&str, &str)]) -> Answer {
        let request = self.client.post(self.url(path)).form(form);
        answer(match api_key {
            Some(key) => request.bearer_auth(key),
            None => request,
        })
        .await
    }

    /// Logs in with a code; none where no answer came (the service was killed, say).
    pub async fn try_login(&self, code: &str) -> Option<Answer> {
        let request = self.client.post(self.url("/v1/login")).json(&json!({ "code": code }));
        read(request.send().await.ok()?).await
    }

    /// The address of a path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("the service answers");
    read(response).await.expect("the answer arrives")
}

async fn read(response: Response) -> Option<Answer> {
    let status = response.status();
    let retry_after = response.headers().get("retry-after");
    let retry_after = retry_after.and_then(|seconds| seconds.to_str().ok()?.parse().ok());
    let text = response.text().await.ok()?;
    Some(Answer {
        status,
        retry_after,
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
    })
}
