//! Where and how an app wants its pushes.

use serde_json::{Value, json};
use wxlogin_sandbox::{DEFAULT_APPID, SandboxApp, SandboxConfig, SandboxPush};

use crate::app_server::{AppServer, open};
use crate::client::{Client, OTHER_APPID, OTHER_SECRET};

/// Spare bits are set in its last character.
const AES_KEY: &str = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFZ";

fn app(push: SandboxPush) -> Client {
    Client::with(SandboxConfig {
        apps: vec![SandboxApp::new(OTHER_APPID, OTHER_SECRET).with_push(push)],
        ..SandboxConfig::default()
    })
}

#[tokio::test]
async fn an_app_can_have_settings_from_the_start() {
    let server = AppServer::start().await;
    let client = app(SandboxPush::new(server.url(), "mine").with_aes_key(AES_KEY));

    let delivered = client.control("/sandbox/push", &json!({"event": "debug_demo"})).await;

    assert_eq!(delivered["acknowledged"], true);
    let received = server.only();
    assert!(received.is_signed("mine"));
    let body: Value = serde_json::from_str(&received.body).unwrap();
    let (_, appid) = open(AES_KEY, body["Encrypt"].as_str().unwrap()).unwrap();
    assert_eq!(appid, OTHER_APPID);
}

#[tokio::test]
async fn without_a_key_pushes_are_plain() {
    let server = AppServer::start().await;
    let client = app(SandboxPush::new(server.url(), "mine"));

    client.control("/sandbox/push", &json!({"event": "debug_demo"})).await;

    assert!(server.only().body.contains(r#""Event":"debug_demo""#));
    let asked = json!({"event": "debug_demo", "mode": "secure"});
    let refused = client.refused("/sandbox/push", &asked.to_string()).await;
    assert!(refused.starts_with("mode: "), "{refused}");
}

#[tokio::test]
async fn settings_from_the_start_are_not_checked_until_they_are_used() {
    for (push, error) in [
        (SandboxPush::new("http://example.com", "mine"), "url: "),
        (
            SandboxPush::new("http://127.0.0.1:1", "mine").with_aes_key("short"),
            "aes_key: ",
        ),
    ] {
        let refused = app(push).refused("/sandbox/push", r#"{"event": "debug_demo"}"#).await;
        assert!(refused.starts_with(error), "{refused}");
    }
}

#[tokio::test]
async fn settings_can_be_made_at_any_time() {
    let (client, server) = (Client::with_two_apps(), AppServer::start().await);
    let settings = json!({"appid": DEFAULT_APPID, "url": server.url(), "token": "mine", "aes_key": AES_KEY});

    assert_eq!(client.control("/sandbox/push/settings", &settings).await, json!({}));
    let asked = json!({"appid": DEFAULT_APPID, "event": "debug_demo"});
    client.control("/sandbox/push", &asked).await;

    assert!(server.only().is_signed("mine"));
    let asked = json!({"appid": OTHER_APPID, "event": "debug_demo"});
    let refused = client.refused("/sandbox/push", &asked.to_string()).await;
    assert!(refused.starts_with("url: needed"), "{refused}");
}

#[tokio::test]
async fn settings_are_checked() {
    let client = Client::new();
    let good = json!({"url": "http://localhost:1/push", "token": "mine", "aes_key": AES_KEY});
    client.control("/sandbox/push/settings", &good).await;

    for (field, value, error) in [
        (
            "url",
            json!("http://10.0.0.1/"),
            "url: a stand-in pushes to this machine only",
        ),
        ("token", json!("ab"), "token: 3 to 32 letters and digits"),
        ("token", json!("a b"), "token: 3 to 32 letters and digits"),
        ("token", json!("x".repeat(33)), "token: 3 to 32 letters and digits"),
        (
            "aes_key",
            json!(format!("{AES_KEY}=")),
            "aes_key: an EncodingAESKey has 43 letters and digits",
        ),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let refused = client.refused("/sandbox/push/settings", &body.to_string()).await;
        assert_eq!(refused.split_at(error.len().min(refused.len())).0, error);
    }
    for missing in ["url", "token"] {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(missing);
        let refused = client.refused("/sandbox/push/settings", &body.to_string()).await;
        assert_eq!(refused, format!("missing field `{missing}`"));
    }
}
