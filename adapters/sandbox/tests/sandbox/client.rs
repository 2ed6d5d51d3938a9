//! A client of the stand-in, with a verb for each thing a test does to it.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use poem::http::{Method, StatusCode};
use poem::test::{TestClient, TestResponse};
use poem::{Response, endpoint::BoxEndpoint};
use serde_json::{Value, json};
use sha2::Sha256;
use wxlogin_sandbox::{DEFAULT_APPID, DEFAULT_SECRET, Sandbox, SandboxApp, SandboxConfig};

pub(crate) const OTHER_APPID: &str = "wx0000000000000002";
pub(crate) const OTHER_SECRET: &str = "00000000000000000000000000000002";

pub(crate) struct Client {
    http: TestClient<BoxEndpoint<'static, Response>>,
}

impl Client {
    /// A stand-in with the default app.
    pub(crate) fn new() -> Self {
        Self::with(SandboxConfig::default())
    }

    /// A stand-in with two apps, so that control endpoints want to be told which.
    pub(crate) fn with_two_apps() -> Self {
        let mut config = SandboxConfig::default();
        config.apps.push(SandboxApp::new(OTHER_APPID, OTHER_SECRET));
        Self::with(config)
    }

    pub(crate) fn with(config: SandboxConfig) -> Self {
        Self {
            http: TestClient::new(Sandbox::new(config).endpoint()),
        }
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: &str) -> TestResponse {
        self.http.request(method, path).body(body.to_owned()).send().await
    }

    pub(crate) async fn get(&self, path: &str) -> TestResponse {
        self.send(Method::GET, path, "").await
    }

    /// A control request that is expected to be done; its answer.
    pub(crate) async fn control(&self, path: &str, body: &Value) -> Value {
        let response = self.send(Method::POST, path, &body.to_string()).await;
        response.assert_status_is_ok();
        body_of(response).await
    }

    /// A control request that is expected to be refused; the error's text.
    pub(crate) async fn refused(&self, path: &str, body: &str) -> String {
        let response = self.send(Method::POST, path, body).await;
        response.assert_status(StatusCode::BAD_REQUEST);
        let body = body_of(response).await;
        body["error"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn fault(&self, fault: Value) {
        assert_eq!(self.control("/sandbox/fault", &fault).await, json!({}));
    }

    pub(crate) async fn advance(&self, seconds: u64) {
        self.control("/sandbox/clock", &json!({ "advance_seconds": seconds }))
            .await;
    }

    pub(crate) async fn calls(&self) -> Value {
        body_of(self.get("/sandbox/calls").await).await
    }

    /// `wx.login` with these settings.
    pub(crate) async fn code(&self, asked: Value) -> String {
        let answer = self.control("/sandbox/code", &asked).await;
        answer["code"].as_str().unwrap().to_owned()
    }

    /// `jscode2session` of the default app, as it should be called.
    pub(crate) async fn exchange(&self, code: &str) -> Value {
        body_of(self.get(&exchange_path(code)).await).await
    }

    /// `wx.login` and the exchange of its code.
    pub(crate) async fn log_in(&self, asked: Value) -> Value {
        let code = self.code(asked).await;
        let identity = self.exchange(&code).await;
        assert!(identity["openid"].is_string(), "{identity}");
        identity
    }

    /// `stable_token` with this body.
    pub(crate) async fn stable_token(&self, body: &Value) -> Value {
        let response = self
            .send(Method::POST, "/cgi-bin/stable_token", &body.to_string())
            .await;
        response.assert_status_is_ok();
        body_of(response).await
    }

    /// An access token of the default app.
    pub(crate) async fn access_token(&self) -> String {
        let answer = self.stable_token(&credentials()).await;
        answer["access_token"].as_str().unwrap().to_owned()
    }

    /// What is armed and still to come.
    pub(crate) async fn armed(&self) -> Value {
        body_of(self.get("/sandbox/fault").await).await
    }

    /// The button that gives a phone code.
    pub(crate) async fn phone_code(&self, asked: Value) -> String {
        let answer = self.control("/sandbox/phone-code", &asked).await;
        assert_eq!(answer.as_object().unwrap().len(), 1, "{answer}");
        answer["code"].as_str().unwrap().to_owned()
    }

    /// `getuserphonenumber` with this body.
    pub(crate) async fn phone_number(&self, token: &str, body: &Value) -> Value {
        let path = format!("/wxa/business/getuserphonenumber?access_token={token}");
        let response = self.send(Method::POST, &path, &body.to_string()).await;
        response.assert_status_is_ok();
        body_of(response).await
    }

    /// `checksession` with a signature made with this session key.
    pub(crate) async fn check_session(&self, token: &str, openid: &str, key: &str) -> Value {
        let path = signed_path("checksession", token, openid, key);
        body_of(self.get(&path).await).await
    }

    /// `resetusersessionkey` with a signature made with this session key.
    pub(crate) async fn reset_session_key(&self, token: &str, openid: &str, key: &str) -> Value {
        let path = signed_path("resetusersessionkey", token, openid, key);
        body_of(self.get(&path).await).await
    }
}

pub(crate) fn signed_path(api: &str, token: &str, openid: &str, key: &str) -> String {
    let signature = session_signature(key);
    format!("/wxa/{api}?access_token={token}&openid={openid}&signature={signature}&sig_method=hmac_sha256")
}

pub(crate) fn exchange_path(code: &str) -> String {
    format!(
        "/sns/jscode2session?appid={DEFAULT_APPID}&secret={DEFAULT_SECRET}&js_code={code}\
         &grant_type=authorization_code"
    )
}

/// The body that asks for an access token of the default app.
pub(crate) fn credentials() -> Value {
    json!({
        "grant_type": "client_credential",
        "appid": DEFAULT_APPID,
        "secret": DEFAULT_SECRET,
    })
}

pub(crate) fn session_signature(key: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    hex(&mac.finalize().into_bytes())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

pub(crate) async fn body_of(response: TestResponse) -> Value {
    let bytes = response.0.into_body().into_vec().await.unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// Asserts that the platform refused with this errcode, its text and a request id.
#[track_caller]
pub(crate) fn assert_errcode(answer: &Value, errcode: i64, text: &str) {
    assert_eq!(answer["errcode"], errcode, "{answer}");
    let errmsg = answer["errmsg"].as_str().unwrap();
    assert!(errmsg.starts_with(&format!("{text}, rid: ")), "{answer}");
    assert_eq!(answer.as_object().unwrap().len(), 2, "{answer}");
}

/// Numbers that a tester may ask for, and what the platform then says: `phoneNumber`, `purePhoneNumber`, `countryCode`.
pub fn numbers() -> [(Value, &'static str, &'static str, Value); 3] {
    [
        (
            json!({"phone": "13800138000"}),
            "13800138000",
            "13800138000",
            json!("86"),
        ),
        (
            json!({"phone": "61234567", "country_code": "852"}),
            "85261234567",
            "61234567",
            json!("852"),
        ),
        (
            json!({"phone": "13800138000", "country_code_as_number": true}),
            "13800138000",
            "13800138000",
            json!(86),
        ),
    ]
}
