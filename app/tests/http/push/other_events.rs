//! Whatever else WeChat pushes.

use serde_json::json;

use super::push;
use crate::app::{APPID, TestApp};
use crate::sealing::{event, event_with, sealed};

#[tokio::test]
async fn a_change_of_what_wechat_knows_is_put_on_record() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let before = app.me(&alice.access).await.json();
    push(&app, sealed(APPID, &event("user_info_modified", "o-alice").to_string())).await;
    assert_eq!(app.me(&alice.access).await.json(), before);
    let event = app.audit("action=user_info_modified").await.remove(0);
    assert_eq!(
        (&event["actor"], &event["account_id"]),
        (&json!("wechat"), &json!(alice.account))
    );
}

#[tokio::test]
async fn what_does_not_concern_a_login_service_is_passed_over() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let before = app.audit("").await;
    let chat = json!({ "MsgType": "text", "Content": "user_authorization_cancellation" });
    for message in [
        event("debug_demo", "o-alice"),
        event("USER_AUTHORIZATION_CANCELLATION", "o-alice"),
        event("", "o-alice"),
        event_with("user_authorization_cancellation", "o-alice", &chat),
        json!({}),
        json!({ "a": { "Event": "user_authorization_cancellation", "OpenID": "o-alice" } }),
        json!({ "Event": ["user_authorization_cancellation"], "OpenID": "o-alice" }),
    ] {
        push(&app, sealed(APPID, &message.to_string())).await;
    }
    assert_eq!(app.audit("").await, before);
    assert_eq!(app.me(&alice.access).await.status, 200);
}

/// The search by actor knows it.
#[tokio::test]
async fn operators_find_what_wechat_did() {
    let app = TestApp::new().await;
    app.logged_in("alice").await;
    push(&app, sealed(APPID, &event("user_info_modified", "o-alice").to_string())).await;
    assert_eq!(app.audit("actor=wechat").await.len(), 1);
    assert_eq!(app.audit("actor=person").await.len(), 1);
}
