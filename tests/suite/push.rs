//! Message push, from the stand-in platform to the service: signed, encrypted, repeated, tampered with.

use reqwest::StatusCode;
use serde_json::{Value, json};
use wxlogin::wiring::SANDBOX_APPID;
use wxlogin_tests::client::Answer;
use wxlogin_tests::platform::Platform;

use crate::errcodes::Service;

/// The API key of the service's configuration.
const API_KEY: &str = "test-api-key-test-api-key-test-api-key";

async fn started() -> (Platform, Service, Answer) {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    let body = json!({ "code": platform.code("alice").await, "phone_code": platform.phone_code("alice").await });
    let tokens = service.api.post("/v1/login", &body).await.ok();
    (platform, service, tokens)
}

fn was_taken(pushed: &Value) -> bool {
    pushed["acknowledged"] == true && pushed["body"] == "success"
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_is_accepted_by_the_console() {
    let (platform, service, _) = started().await;
    let url = format!("{}/v1/wechat/{SANDBOX_APPID}/events", service.url);
    let verified = platform.control("push/verify", &json!({ "url": url })).await;
    assert_eq!(verified["accepted"], true, "{verified}");
    let elsewhere = format!("{}/v1/wechat/wx00000000000000ff/events", service.url);
    let verified = platform.control("push/verify", &json!({ "url": elsewhere })).await;
    assert_eq!(verified["status"], 404, "{verified}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_account_is_erased_once_however_often_it_is_told() {
    for format in ["json", "xml"] {
        let (platform, service, tokens) = started().await;
        let message =
            json!({ "event": "user_authorization_cancellation", "user": "alice", "format": format, "repeat": 3 });
        let pushed = platform.push(&service.url, &message).await;
        assert!(was_taken(&pushed), "{pushed}");
        let gone = service.api.get_as("/v1/me", tokens.text("/access_token")).await;
        assert_eq!(gone.text("/code"), "session_revoked");
        let audit = service
            .api
            .get_as("/admin/v1/audit?action=authorization_cancelled", API_KEY)
            .await
            .ok();
        let events = audit.body["events"].as_array().expect("a list");
        assert_eq!(events.len(), 1, "{audit:?}");
        assert_eq!(events[0]["actor"], "wechat");
        let again = service.api.login(&platform.code("alice").await).await.ok();
        assert_eq!(again.body["is_new_account"], true);
        assert_eq!(again.body["account"].get("phone"), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_is_forgotten() {
    let (platform, service, tokens) = started().await;
    let access = tokens.text("/access_token");
    let revoke = |what: &str| json!({ "event": "user_authorization_revoke", "user": "alice", "revoke_info": what });
    assert!(was_taken(&platform.push(&service.url, &revoke("12,13")).await));
    let me = service.api.get_as("/v1/me", access).await.ok();
    assert!(me.body.get("phone").is_some(), "nothing of it is held");
    assert!(was_taken(&platform.push(&service.url, &revoke("8")).await));
    let me = service.api.get_as("/v1/me", access).await.ok();
    assert_eq!(me.body.get("phone"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_the_platform_is_refused() {
    let (platform, service, tokens) = started().await;
    for (tamper, status) in [
        ("signature", StatusCode::FORBIDDEN),
        ("token", StatusCode::FORBIDDEN),
        ("body", StatusCode::FORBIDDEN),
        ("appid", StatusCode::FORBIDDEN),
        ("aes_key", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let message = json!({ "event": "user_authorization_cancellation", "user": "alice", "tamper": tamper });
        let pushed = platform.push(&service.url, &message).await;
        assert_eq!(pushed["status"], status.as_u16(), "{tamper}: {pushed}");
        assert_eq!(pushed["acknowledged"], false, "{tamper}: {pushed}");
    }
    let in_the_clear = json!({ "event": "user_authorization_cancellation", "user": "alice", "mode": "plain" });
    let pushed = platform.push(&service.url, &in_the_clear).await;
    assert_eq!(
        pushed["status"], 403,
        "its signature does not cover its content: {pushed}"
    );
    service
        .api
        .get_as("/v1/me", tokens.text("/access_token"))
        .await
        .assert_ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_else_is_pushed_is_acknowledged() {
    let (platform, service, tokens) = started().await;
    for message in [
        json!({ "event": "user_info_modified", "user": "alice" }),
        json!({ "event": "user_info_modified", "user": "nobody-here" }),
        json!({ "event": "user_authorization_cancellation", "user": "nobody-here" }),
        json!({ "event": "user_authorization_cancellation", "user": "alice", "omit_openid": true }),
        json!({ "event": "debug_demo", "user": "alice" }),
        json!({ "event": "user_info_modified", "user": "alice", "openid_key_with_blank": true }),
        json!({ "event": "user_info_modified", "user": "alice", "create_time": 1_714_112_445 }),
    ] {
        let pushed = platform.push(&service.url, &message).await;
        assert!(was_taken(&pushed), "{message}: {pushed}");
    }
    service
        .api
        .get_as("/v1/me", tokens.text("/access_token"))
        .await
        .assert_ok();
}
