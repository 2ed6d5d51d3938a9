//! `/admin/v1/accounts/{id}/sessions`

use insta::assert_json_snapshot;
use serde_json::json;

use crate::app::{LoggedIn, TestApp};
use crate::call::Call;
use crate::names::Names;
use crate::wechat::code_of;

#[tokio::test]
async fn the_live_sessions_are_listed_and_none_is_current() {
    let app = TestApp::new().await;
    let body = json!({ "code": code_of("alice", 1), "device": "Alice's phone" });
    let phone = Call::post("/v1/login")
        .json(&body)
        .user_agent("MicroMessenger/8.0.49 (iPhone)");
    let phone = LoggedIn::from(&app.send(phone).await);
    app.advance(60);
    let tablet = app.logged_in("alice").await;
    let over = app.logged_in("alice").await;
    app.logout(&over.access).await;
    let names = Names::default()
        .call(&phone.session, "on the phone")
        .call(&tablet.session, "on the tablet");
    let reply = app.admin_get(&format!("accounts/{}/sessions", phone.account)).await;
    assert_json_snapshot!(names.shown(&reply));
}

#[tokio::test]
async fn ending_all_sessions_is_no_suspension() {
    let app = TestApp::new().await;
    let (here, there) = (app.logged_in("alice").await, app.logged_in("alice").await);
    let bob = app.logged_in("bob").await;
    let path = format!("accounts/{}/sessions", here.account);
    let reply = app.admin_delete(&path).await;
    assert_eq!((reply.status, reply.text()), (204, ""));
    for login in [&here, &there] {
        assert_eq!(app.verify(&login.access).await.code(), "session_revoked");
        assert_eq!(app.refresh(&login.refresh).await.code(), "session_revoked");
    }
    assert_eq!(app.verify(&bob.access).await.status, 204);
    assert_eq!(app.logged_in("alice").await.account, here.account);
    let export = app.admin_get(&format!("accounts/{}/export", here.account)).await;
    assert_eq!(export.json()["sessions"][0]["end_reason"], "ended_by_operator");
}

#[tokio::test]
async fn one_session_is_ended() {
    let app = TestApp::new().await;
    let (here, there) = (app.logged_in("alice").await, app.logged_in("alice").await);
    let path = format!("accounts/{}/sessions/{}", here.account, here.session);
    for _ in 0..2 {
        let reply = app.admin_delete(&path).await;
        assert_eq!((reply.status, reply.text()), (204, ""));
    }
    assert_eq!(app.verify(&here.access).await.code(), "session_revoked");
    assert_eq!(app.verify(&there.access).await.status, 204);
    assert_eq!(app.audit("action=session_ended").await.len(), 1);
}

#[tokio::test]
async fn a_session_is_found_under_its_own_account_only() {
    let app = TestApp::new().await;
    let (alice, bob) = (app.logged_in("alice").await, app.logged_in("bob").await);
    for (account, session) in [
        (alice.account.as_str(), bob.session.as_str()),
        (&alice.account, &alice.account),
        (&alice.account, "nonsense"),
        (&alice.account, &alice.session.to_uppercase()),
        ("nonsense", &alice.session),
        ("019c0545-a400-7000-8000-0000000000ff", &alice.session),
    ] {
        let reply = app
            .admin_delete(&format!("accounts/{account}/sessions/{session}"))
            .await;
        assert_eq!(reply.code(), "not_found", "{account} {session}");
    }
    assert_eq!(app.verify(&alice.access).await.status, 204);
    assert_eq!(app.verify(&bob.access).await.status, 204);
}

#[tokio::test]
async fn an_account_without_live_sessions_has_an_empty_list() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.logout(&login.access).await;
    let reply = app.admin_get(&format!("accounts/{}/sessions", login.account)).await;
    assert_eq!((reply.status, reply.json()), (200, json!({ "sessions": [] })));
}

#[tokio::test]
async fn whoever_looks_is_written_down() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.admin_get(&format!("accounts/{}/sessions", login.account)).await;
    let event = app.audit("limit=1").await.remove(0);
    assert_eq!(event["action"], "account_viewed");
    assert_eq!(event["account_id"], login.account);
}
