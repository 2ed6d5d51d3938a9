//! `PUT /v1/me/phone` with `encrypted_data` and `iv`, with and without a fresh `code`.

use std::fmt::Write as _;
use std::sync::Arc;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;
use wxlogin_domain::ports::code_exchange::MockCodeExchange;

use super::{data_of, data_under, with_code};
use crate::app::{NOW, Setup, TestApp};
use crate::phone_data::payload_with;
use crate::wechat::{BAD_CODE, OTHER_SESSION_KEY, SESSION_KEY, code_of, people_of_changing_keys};

#[tokio::test]
async fn a_fresh_code_brings_the_key() {
    let app = Setup::with_wechat(people_of_changing_keys()).start().await;
    let alice = app.logged_in("alice").await;
    let body = with_code(data_under(OTHER_SESSION_KEY), &code_of("alice", 2));
    let reply = app.set_phone(&alice.access, body).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.json()["phone"]["number"], "+8613800138000");
}

/// Binding a number is no login.
#[tokio::test]
async fn a_code_with_data_begins_no_session() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    app.advance(60);
    let body = with_code(data_under(SESSION_KEY), &code_of("alice", 2));
    let reply = app.set_phone(&alice.access, body).await;
    assert_eq!(reply.json()["last_login_at"], "2026-01-28T15:42:56Z");
    assert_eq!(app.sessions(&alice.access).await.list("sessions").len(), 1);
}

#[tokio::test]
async fn without_a_code_the_key_of_the_login_opens_the_data() {
    let mut setup = Setup::default();
    let app = setup.clone().start().await;
    let alice = app.logged_in("alice").await;
    let reply = app.set_phone(&alice.access, data_under(SESSION_KEY)).await;
    assert_eq!(reply.json()["phone"]["number"], "+8613800138000");
    // Of another process, that has not seen the login, nobody has the key.
    setup.wechat = Arc::new(MockCodeExchange::never());
    let other = setup.start().await;
    let reply = other.set_phone(&alice.access, data_under(SESSION_KEY)).await;
    assert_eq!(reply.code(), "session_key_stale");
}

#[tokio::test]
async fn data_under_a_key_that_is_not_kept_are_stale() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let reply = app.set_phone(&alice.access, data_under(OTHER_SESSION_KEY)).await;
    assert_json_snapshot!(reply.shown());
    assert_eq!(app.me(&alice.access).await.json().get("phone"), None);
}

#[tokio::test]
async fn data_that_do_not_open_under_the_fresh_key_are_no_good() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let body = with_code(data_under(OTHER_SESSION_KEY), &code_of("alice", 2));
    assert_json_snapshot!(app.set_phone(&alice.access, body).await.shown());
    assert_eq!(app.me(&alice.access).await.json().get("phone"), None);
}

#[tokio::test]
async fn the_code_of_another_person_is_refused_and_leaves_their_key_alone() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let body = with_code(data_under(SESSION_KEY), &code_of("bob", 1));
    assert_json_snapshot!(app.set_phone(&alice.access, body).await.shown());
    assert_eq!(app.me(&alice.access).await.json().get("phone"), None);
}

#[tokio::test]
async fn a_code_that_wechat_refuses_is_said_to_be_so() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let reply = app
        .set_phone(&alice.access, with_code(data_under(SESSION_KEY), BAD_CODE))
        .await;
    assert_eq!(reply.brief(), "400 code_invalid relogin R");
}

#[tokio::test]
async fn the_watermark_is_looked_at() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let mut table = String::new();
    for (pointer, value) in [
        ("/watermark/appid", json!("wx00000000000000b2")),
        ("/watermark/timestamp", json!(NOW - 601)),
        ("/watermark/timestamp", json!(NOW + 601)),
        ("/watermark/timestamp", json!(NOW - 600)),
        ("/watermark/timestamp", json!(NOW + 600)),
    ] {
        let data = data_of(SESSION_KEY, &payload_with(pointer, value.clone()));
        for body in [data.clone(), with_code(data, &code_of("alice", 2))] {
            let way = if body.get("code").is_some() { "fresh" } else { "kept" };
            let reply = app.set_phone(&alice.access, body).await;
            writeln!(table, "{pointer} {value}, {way} key: {}", reply.brief()).unwrap();
        }
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn what_is_no_phone_payload_is_no_number() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let steps = json!({ "stepInfoList": [], "watermark": { "appid": crate::app::APPID, "timestamp": NOW } });
    for (payload, kept, fresh) in [
        (steps, "session_key_stale", "decryption_failed"),
        (json!([]), "session_key_stale", "decryption_failed"),
        (
            payload_with("/purePhoneNumber", "nonsense"),
            "decryption_failed",
            "decryption_failed",
        ),
    ] {
        let data = data_of(SESSION_KEY, &payload);
        assert_eq!(
            app.set_phone(&alice.access, data.clone()).await.code(),
            kept,
            "{payload}"
        );
        let body = with_code(data, &code_of("alice", 2));
        assert_eq!(app.set_phone(&alice.access, body).await.code(), fresh, "{payload}");
    }
}
