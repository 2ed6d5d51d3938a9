//! `GET` and `PATCH /v1/me`

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::call::Call;

#[tokio::test]
async fn the_account_is_shown_as_it_was_at_login() {
    let app = TestApp::new().await;
    let reply = app.login_of("alice").await;
    let me = app.me(reply.json()["access_token"].as_str().unwrap()).await;
    assert_json_snapshot!(me.shown());
    assert_eq!(me.json(), reply.json()["account"]);
}

#[tokio::test]
async fn a_profile_is_set_kept_and_cleared_field_by_field() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let set = json!({ "nickname": "  小明 ", "avatar_url": "https://thirdwx.qlogo.cn/a.png" });
    let reply = app.change_me(&login.access, set).await;
    assert_json_snapshot!(reply.shown());
    assert_eq!(app.me(&login.access).await.json(), reply.json());

    let profile = |account: &Value| (account.get("nickname").cloned(), account.get("avatar_url").cloned());
    let (name, picture) = (Some(json!("小明")), Some(json!("https://thirdwx.qlogo.cn/a.png")));
    for (change, expected) in [
        (json!({}), (name.clone(), picture.clone())),
        (json!({ "nickname": "Ann" }), (Some(json!("Ann")), picture)),
        (json!({ "avatar_url": null }), (Some(json!("Ann")), None)),
        (json!({ "avatar_url": null }), (Some(json!("Ann")), None)),
        (
            json!({ "nickname": null, "avatar_url": "http://a.example/" }),
            (None, Some(json!("http://a.example/"))),
        ),
        (json!({ "nickname": null, "avatar_url": null }), (None, None)),
    ] {
        let reply = app.change_me(&login.access, change.clone()).await;
        assert_eq!(profile(&reply.json()), expected, "{change}");
        assert_eq!(app.me(&login.access).await.json(), reply.json());
    }
}

#[tokio::test]
async fn a_change_of_the_profile_is_no_login() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(60);
    let reply = app.change_me(&login.access, json!({ "nickname": "Ann" })).await;
    assert_eq!(reply.json()["last_login_at"], "2026-01-28T15:42:56Z");
}

#[tokio::test]
async fn what_is_wrong_with_a_profile_is_said_by_field() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let mut table = String::new();
    for (name, body) in [
        ("64 characters", json!({ "nickname": "名".repeat(64) })),
        ("65 characters", json!({ "nickname": "名".repeat(65) })),
        ("empty", json!({ "nickname": "" })),
        ("blank", json!({ "nickname": " \u{3000} " })),
        ("a control character", json!({ "nickname": "a\u{7}b" })),
        ("a line break", json!({ "nickname": "a\nb" })),
        ("a NUL", json!({ "nickname": "a\u{0}b" })),
        ("a number", json!({ "nickname": 5 })),
        ("a path on the phone", json!({ "avatar_url": "wxfile://tmp_a.jpg" })),
        ("a local address", json!({ "avatar_url": "http://tmp/a.jpg" })),
        ("a script", json!({ "avatar_url": "javascript:alert(1)" })),
        ("data", json!({ "avatar_url": "data:image/png;base64,AA==" })),
        ("relative", json!({ "avatar_url": "/a.png" })),
        ("an empty URL", json!({ "avatar_url": "" })),
        (
            "1025 characters",
            json!({ "avatar_url": format!("https://a.example/{}", "x".repeat(1007)) }),
        ),
        ("an array", json!({ "avatar_url": [] })),
        ("both", json!({ "nickname": "", "avatar_url": "x" })),
        ("unknown", json!({ "nickname": "Ann", "nickName": "Ann" })),
        (
            "not to be changed",
            json!({ "id": "x", "status": "active", "phone": null, "external_id": "x" }),
        ),
    ] {
        let call = Call::patch("/v1/me").bearer(&login.access).language("en").json(&body);
        writeln!(table, "{name}: {}", app.send(call).await.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn a_change_that_is_partly_wrong_changes_nothing() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let reply = app
        .change_me(&login.access, json!({ "nickname": "Ann", "avatar_url": "x" }))
        .await;
    assert_json_snapshot!(reply.shown());
    assert_eq!(app.me(&login.access).await.json().get("nickname"), None);
}

#[tokio::test]
async fn a_change_has_to_have_a_body() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let call = || Call::patch("/v1/me").bearer(&login.access);
    assert_eq!(app.send(call()).await.code(), "unsupported_media_type");
    assert_eq!(app.send(call().said_to_be_json("")).await.code(), "invalid_request");
}

#[tokio::test]
async fn all_sessions_see_one_account() {
    let app = TestApp::new().await;
    let here = app.logged_in("alice").await;
    let there = app.logged_in("alice").await;
    app.change_me(&here.access, json!({ "nickname": "Ann" })).await;
    assert_eq!(app.me(&there.access).await.json()["nickname"], "Ann");
}
