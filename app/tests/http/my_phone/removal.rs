//! `DELETE /v1/me/phone`

use serde_json::json;

use crate::app::TestApp;
use crate::call::Call;
use crate::names::Names;
use crate::wechat::phone_code_of;

#[tokio::test]
async fn the_number_is_forgotten() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let before = app.me(&alice.access).await.json();
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    app.set_phone(&alice.access, body).await;
    let reply = app.remove_phone(&alice.access).await;
    assert_eq!((reply.status, reply.text()), (204, ""));
    assert_eq!(app.me(&alice.access).await.json(), before);
    let found = app.admin_get("accounts?phone=%2B8613800138000").await;
    assert!(found.list("accounts").is_empty());
}

#[tokio::test]
async fn where_there_is_none_nothing_happens() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    for _ in 0..2 {
        assert_eq!(app.remove_phone(&alice.access).await.status, 204);
    }
    assert!(app.audit("action=phone_removed").await.is_empty());
}

#[tokio::test]
async fn the_audit_log_has_it_once() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    app.set_phone(&alice.access, body).await;
    for _ in 0..2 {
        app.remove_phone(&alice.access).await;
    }
    let names = Names::default()
        .call(&alice.account, "alice")
        .call(&alice.session, "her session");
    let events = names.of(app.audit("").await.into());
    let told: Vec<[&str; 4]> = events
        .as_array()
        .unwrap()
        .iter()
        .map(|event| ["action", "actor", "account_id", "session_id"].map(|name| event[name].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ["phone_removed", "person", "[alice]", "[her session]"],
            ["phone_bound", "person", "[alice]", "[her session]"],
            ["login_succeeded", "person", "[alice]", "[her session]"],
        ]
    );
}

#[tokio::test]
async fn a_body_is_not_looked_at() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let call = Call::delete("/v1/me/phone").bearer(&alice.access).body("whatever");
    assert_eq!(app.send(call).await.status, 204);
}

#[tokio::test]
async fn others_keep_theirs() {
    let app = TestApp::new().await;
    let (alice, bob) = (app.logged_in("alice").await, app.logged_in("bob").await);
    for (person, login) in [("alice", &alice), ("bob", &bob)] {
        let body = json!({ "phone_code": phone_code_of(person, "13800138000") });
        app.set_phone(&login.access, body).await;
    }
    app.remove_phone(&alice.access).await;
    assert_eq!(app.me(&bob.access).await.json()["phone"]["number"], "+8613800138000");
    assert_eq!(app.send(Call::delete("/v1/me/phone")).await.code(), "unauthorized");
}
