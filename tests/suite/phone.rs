//! Phone numbers and other data of WeChat's, against the stand-in platform: by code, by encrypted data, with the right key
//! and the wrong one.

use serde_json::{Value, json};
use wxlogin_tests::client::Answer;
use wxlogin_tests::platform::Platform;

use crate::errcodes::Service;

async fn started() -> (Platform, Service) {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    (platform, service)
}

async fn logged_in(platform: &Platform, service: &Service, user: &str) -> Answer {
    service.api.login(&platform.code(user).await).await.ok()
}

/// The button's encrypted data, as the body of a request.
async fn button(platform: &Platform, user: &str) -> Value {
    platform.control("phone", &json!({ "user": user })).await
}

fn with(mut body: Value, field: &str, value: &str) -> Value {
    body[field] = value.into();
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_bound_at_login_by_its_code() {
    let (platform, service) = started().await;
    let body = json!({ "code": platform.code("alice").await, "phone_code": platform.phone_code("alice").await });
    let tokens = service.api.post("/v1/login", &body).await.ok();
    assert!(tokens.text("/account/phone/number").starts_with("+86"));
    assert_eq!(tokens.text("/account/phone/country_code"), "86");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_phone_code_of_another_user_binds_nothing() {
    let (platform, service) = started().await;
    let body = json!({ "code": platform.code("alice").await, "phone_code": platform.phone_code("bob").await });
    let refused = service.api.post("/v1/login", &body).await;
    assert_eq!(refused.text("/code"), "phone_code_invalid");
    let tokens = logged_in(&platform, &service, "alice").await;
    assert_eq!(
        tokens.body["is_new_account"], true,
        "the refused login left nothing behind"
    );
    assert_eq!(tokens.body["account"].get("phone"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_code_is_exchanged_once() {
    let (platform, service) = started().await;
    let tokens = logged_in(&platform, &service, "alice").await;
    let access = tokens.text("/access_token");
    let body = json!({ "phone_code": platform.phone_code("alice").await });
    // A double tap: whoever comes while the exchange is under way has its outcome.
    let bind = || service.api.put_as("/v1/me/phone", access, &body);
    let (one, other) = tokio::join!(bind(), bind());
    assert!(one.status.is_success() || other.status.is_success());
    let again = bind().await;
    assert_eq!(again.text("/code"), "phone_code_invalid");
    let calls = platform.calls_of("getuserphonenumber").await;
    assert_eq!(calls["total"], 1, "{calls}");
    let removed = service.api.delete_as("/v1/me/phone", access).await;
    assert!(removed.status.is_success(), "{removed:?}");
    let me = service.api.get_as("/v1/me", access).await.ok();
    assert_eq!(me.body.get("phone"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn login_before_the_button_works_and_within_its_callback_does_not() {
    let (platform, service) = started().await;
    // The right order, with the code of this login, and with the key that is kept.
    let code = platform.code("alice").await;
    let body = with(button(&platform, "alice").await, "code", &code);
    let tokens = service.api.post("/v1/login", &body).await.ok();
    let access = tokens.text("/access_token");
    let put = async |body: Value| service.api.put_as("/v1/me/phone", access, &body).await;
    put(button(&platform, "alice").await).await.assert_ok();

    // A login in between makes a new key, here unknown: the data are under that one.
    let too_early = platform.code("alice").await;
    let stale = put(button(&platform, "alice").await).await;
    assert_eq!(stale.text("/code"), "session_key_stale");
    assert_eq!(stale.text("/action"), "relogin");
    put(with(button(&platform, "alice").await, "code", &too_early))
        .await
        .assert_ok();

    // Within the callback: data first, then wx.login. The key before is still kept, once.
    let data = button(&platform, "alice").await;
    let late = platform.code("alice").await;
    put(with(data.clone(), "code", &late)).await.assert_ok();
    let later = platform.code("alice").await;
    put(with(button(&platform, "alice").await, "code", &later))
        .await
        .assert_ok();
    let latest = platform.code("alice").await;
    let refused = put(with(data, "code", &latest)).await;
    assert_eq!(refused.text("/code"), "decryption_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_of_another_user_opens_nothing() {
    let (platform, service) = started().await;
    let tokens = logged_in(&platform, &service, "alice").await;
    let body = with(button(&platform, "bob").await, "code", &platform.code("bob").await);
    let refused = service
        .api
        .put_as("/v1/me/phone", tokens.text("/access_token"), &body)
        .await;
    assert_eq!(refused.text("/code"), "code_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_data_are_opened_too() {
    let (platform, service) = started().await;
    let tokens = logged_in(&platform, &service, "alice").await;
    let data = platform
        .control("user-data", &json!({ "user": "alice", "nickname": "Al" }))
        .await;
    let body = json!({ "encrypted_data": data["encrypted_data"], "iv": data["iv"] });
    let opened = service
        .api
        .post_as("/v1/me/decrypt", tokens.text("/access_token"), &body)
        .await
        .ok();
    assert_eq!(opened.text("/data/nickName"), "Al");
    assert_eq!(opened.text("/data/watermark/appid"), "wx0000000000000001");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_key_is_checked_and_replaced_at_the_platform() {
    let (platform, service) = started().await;
    let tokens = logged_in(&platform, &service, "alice").await;
    let access = tokens.text("/access_token");
    let check = async || {
        let checked = service
            .api
            .post_as("/v1/me/session-key/check", access, &json!({}))
            .await
            .ok();
        checked.body["current"].clone()
    };
    assert_eq!(check().await, true);
    let before = button(&platform, "alice").await;
    let reset = service
        .api
        .post_as("/v1/me/session-key/reset", access, &json!({}))
        .await;
    assert!(reset.status.is_success(), "{reset:?}");
    assert_eq!(check().await, true, "the new one is kept");
    let refused = service.api.put_as("/v1/me/phone", access, &before).await;
    assert_eq!(refused.text("/code"), "session_key_stale");
    let data = button(&platform, "alice").await;
    service.api.put_as("/v1/me/phone", access, &data).await.assert_ok();
    platform.control("rotate", &json!({ "user": "alice" })).await;
    assert_eq!(check().await, false);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_access_token_is_fetched_when_it_is_needed_and_renewed_once() {
    let (platform, service) = started().await;
    let tokens = logged_in(&platform, &service, "alice").await;
    let access = tokens.text("/access_token");
    let stable_tokens = async || platform.calls_of("stable_token").await["total"].clone();
    assert_eq!(stable_tokens().await, 0, "a plain login needs none");

    let bind = async || {
        let body = json!({ "phone_code": platform.phone_code("alice").await });
        service.api.put_as("/v1/me/phone", access, &body).await
    };
    bind().await.assert_ok();
    bind().await.assert_ok();
    assert_eq!(stable_tokens().await, 1);

    // Somebody else forces a refresh.
    platform.control("access-token/revoke", &json!({})).await;
    bind().await.assert_ok();
    assert_eq!(stable_tokens().await, 2);

    let asked = async || {
        let calls = platform.calls_of("getuserphonenumber").await;
        calls["total"].as_u64().expect("a number")
    };
    let asked_before = asked().await;
    platform
        .fault(&json!({ "endpoint": "getuserphonenumber", "errcode": 40001 }))
        .await;
    assert_eq!(bind().await.text("/code"), "wechat_app_misconfigured");
    // The renewal brings the token that was refused: to ask with it again would be in vain.
    assert_eq!(stable_tokens().await, 3);
    assert_eq!(asked().await - asked_before, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_platform_has_its_problem_here_too() {
    let mut table = String::new();
    for fault in [
        json!({ "hang": true }),
        json!({ "disconnect": true }),
        json!({ "http_status": 500 }),
        json!({ "body": "html" }),
        json!({ "body": "truncated" }),
        json!({ "body": "huge" }),
        json!({ "body": "wrong_types" }),
        json!({ "body": "string_errcode" }),
        json!({ "errcode": -1 }),
        json!({ "errcode": 40013 }),
        json!({ "errcode": 40029 }),
        json!({ "errcode": 45011 }),
        json!({ "errcode": 45009 }),
        json!({ "errcode": 48001 }),
    ] {
        for endpoint in ["getuserphonenumber", "stable_token"] {
            let (platform, service) = started().await;
            let tokens = logged_in(&platform, &service, "alice").await;
            let body = json!({ "phone_code": platform.phone_code("alice").await });
            let mut armed = fault.clone();
            armed["endpoint"] = endpoint.into();
            platform.fault(&armed).await;
            let answer = service
                .api
                .put_as("/v1/me/phone", tokens.text("/access_token"), &body)
                .await;
            let code = answer.body["code"].as_str().unwrap_or("-");
            let line = format!("{endpoint:<20} {fault:<26} {} {code}\n", answer.status.as_u16());
            table.push_str(&line);
        }
    }
    insta::assert_snapshot!(table);
}
