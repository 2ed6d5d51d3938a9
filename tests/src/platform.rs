//! The stand-in platform on a socket, and what tests say to it.

use reqwest::Client;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use wxlogin_sandbox::{DEFAULT_APPID, DEFAULT_SECRET, Sandbox, SandboxConfig};

use crate::client::http_client;
use crate::serving::{Serving, free_port};

/// A stand-in platform, listening.
pub struct Platform {
    /// Where it is.
    pub url: String,
    client: Client,
    _serving: Serving,
}

impl Platform {
    /// One with the default app, on a free port.
    pub async fn start() -> Self {
        Self::start_on(free_port().await)
    }

    /// One where somebody listens already.
    #[must_use]
    pub fn start_on(listener: TcpListener) -> Self {
        let endpoint = Sandbox::new(SandboxConfig::default()).endpoint();
        let serving = Serving::start_on(listener, endpoint);
        Self {
            url: serving.url.clone(),
            client: http_client(),
            _serving: serving,
        }
    }

    /// `wx.login` of a user: a code.
    pub async fn code(&self, user: &str) -> String {
        let answer = self.control("code", &json!({ "user": user })).await;
        answer["code"].as_str().expect("a code").to_owned()
    }

    /// Who a user is in the default app: what a business knows that had the mini program before.
    pub async fn openid(&self, user: &str) -> String {
        let code = self.code(user).await;
        let query = [
            ("appid", DEFAULT_APPID),
            ("secret", DEFAULT_SECRET),
            ("js_code", &code),
            ("grant_type", "authorization_code"),
        ];
        let request = self
            .client
            .get(format!("{}/sns/jscode2session", self.url))
            .query(&query);
        let answer: Value = request.send().await.expect("it answers").json().await.expect("JSON");
        answer["openid"].as_str().expect("an openid").to_owned()
    }

    /// Arms a fault.
    pub async fn fault(&self, fault: &Value) {
        self.control("fault", fault).await;
    }

    /// Clears all faults.
    pub async fn heal(&self) {
        let request = self.client.delete(format!("{}/sandbox/fault", self.url));
        assert!(request.send().await.expect("it answers").status().is_success());
    }

    /// How often jscode2session was asked, in all and by code.
    pub async fn calls(&self) -> Value {
        self.calls_of("jscode2session").await
    }

    /// How often one of the platform's endpoints was asked.
    pub async fn calls_of(&self, api: &str) -> Value {
        let request = self.client.get(format!("{}/sandbox/calls", self.url));
        let mut calls: Value = request.send().await.expect("it answers").json().await.expect("JSON");
        calls[api].take()
    }

    /// The getPhoneNumber button of a user: a phone code.
    pub async fn phone_code(&self, user: &str) -> String {
        let answer = self.control("phone-code", &json!({ "user": user })).await;
        answer["code"].as_str().expect("a code").to_owned()
    }

    /// Pushes a message to a service.
    pub async fn push(&self, service: &str, message: &Value) -> Value {
        let mut message = message.clone();
        message["url"] = format!("{service}/v1/wechat/{DEFAULT_APPID}/events").into();
        self.control("push", &message).await
    }

    /// Posts to a control endpoint.
    pub async fn control(&self, name: &str, body: &Value) -> Value {
        let request = self.client.post(format!("{}/sandbox/{name}", self.url)).json(body);
        let response = request.send().await.expect("it answers");
        assert!(response.status().is_success(), "{name}: {response:?}");
        response.json().await.expect("JSON")
    }
}
