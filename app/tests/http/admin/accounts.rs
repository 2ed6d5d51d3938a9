//! `/admin/v1/accounts/{id}`: show, suspend, restore.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;

use crate::app::{LoggedIn, TestApp};
use crate::call::Call;
use crate::everything::{everything, everything_that_wants_a_session, table};
use crate::names::Names;
use crate::phone_data::{IV, encrypt, payload};
use crate::wechat::{SESSION_KEY, code_of};

/// Somebody with a phone number and a profile.
async fn somebody(app: &TestApp) -> LoggedIn {
    let encrypted_data = encrypt(SESSION_KEY, payload().to_string().as_bytes());
    let body = json!({ "code": code_of("alice", 1), "encrypted_data": encrypted_data, "iv": IV });
    let login = LoggedIn::from(&app.login(body).await);
    app.change_me(
        &login.access,
        json!({ "nickname": "小明", "avatar_url": "https://a.example/a.png" }),
    )
    .await;
    login
}

#[tokio::test]
async fn an_account_is_shown_as_its_owner_sees_it() {
    let app = TestApp::new().await;
    let login = somebody(&app).await;
    let reply = app.admin_get(&format!("accounts/{}", login.account)).await;
    assert_json_snapshot!(Names::default().call(&login.account, "alice").shown(&reply));
    assert_eq!(reply.json(), app.me(&login.access).await.json());
}

#[tokio::test]
async fn a_suspension_ends_everything_at_once() {
    let app = TestApp::new().await;
    let login = somebody(&app).await;
    let there = app.logged_in("alice").await;
    app.advance(60);
    let names = Names::default().call(&login.account, "alice");
    let reply = app.admin_post(&format!("accounts/{}/suspend", login.account)).await;
    assert_json_snapshot!("suspended", names.shown(&reply));
    assert_snapshot!("what_is_refused", table(&everything(&app, &there).await));
    assert!(!app.is_active(&login.access).await);
    assert_eq!(app.login_of("alice").await.code(), "account_suspended");
    let shown = app.admin_get(&format!("accounts/{}", login.account)).await;
    assert_eq!(shown.json(), reply.json());
    assert!(
        app.admin_get(&format!("accounts/{}/sessions", login.account))
            .await
            .list("sessions")
            .is_empty()
    );
}

#[tokio::test]
async fn a_restored_account_logs_in_and_its_old_sessions_stay_dead() {
    let app = TestApp::new().await;
    let login = somebody(&app).await;
    app.suspend(&login.account).await;
    let names = Names::default().call(&login.account, "alice");
    let reply = app.admin_post(&format!("accounts/{}/restore", login.account)).await;
    assert_json_snapshot!(names.shown(&reply));
    for (call, reply) in everything_that_wants_a_session(&app, &login).await {
        assert_eq!(reply.code(), "session_revoked", "{call}");
    }
    assert!(!app.is_active(&login.access).await);
    let again = app.logged_in("alice").await;
    assert_eq!(again.account, login.account);
    assert_eq!(
        app.sessions(&again.access).await.texts("sessions", "id"),
        [again.session]
    );
}

#[tokio::test]
async fn a_second_time_changes_nothing() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(60);
    for act in ["suspend", "restore"] {
        let path = format!("accounts/{}/{act}", login.account);
        let first = app.admin_post(&path).await;
        app.advance(60);
        let second = app.admin_post(&path).await;
        assert_eq!((second.status, second.json()), (200, first.json()), "{act}");
    }
    let export = app.admin_get(&format!("accounts/{}/export", login.account)).await;
    let session = &export.list("sessions")[0];
    assert_eq!(
        session["ended_at"], "2026-01-28T15:43:56Z",
        "when it was suspended first"
    );
}

#[tokio::test]
async fn restoring_who_was_not_suspended_ends_no_session() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.restore(&login.account).await;
    assert_eq!(app.verify(&login.access).await.status, 204);
}

#[tokio::test]
async fn an_account_that_is_not_there_is_not_found() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let erased = app.logged_in("bob").await;
    app.erase(&erased.account).await;
    let mut lines = String::new();
    for (name, id) in [
        ("of nobody", "019c0545-a400-7000-8000-0000000000ff".to_owned()),
        ("of an erased account", erased.account),
        ("of a session", login.session.clone()),
        ("in capitals", login.account.to_uppercase()),
        ("cut", login.account[..35].to_owned()),
        ("an openid", "o-alice".to_owned()),
        ("a number", "1".to_owned()),
        ("a blank", "%20".to_owned()),
        ("a slash", "%2f".to_owned()),
        ("not UTF-8", "%ff".to_owned()),
    ] {
        let calls = [
            Call::get(&format!("/admin/v1/accounts/{id}")),
            Call::delete(&format!("/admin/v1/accounts/{id}")),
            Call::post(&format!("/admin/v1/accounts/{id}/suspend")),
            Call::post(&format!("/admin/v1/accounts/{id}/restore")),
            Call::get(&format!("/admin/v1/accounts/{id}/export")),
            Call::get(&format!("/admin/v1/accounts/{id}/sessions")),
            Call::delete(&format!("/admin/v1/accounts/{id}/sessions")),
        ];
        let mut codes = Vec::new();
        for call in calls {
            codes.push(app.operate(call).await.code());
        }
        codes.dedup();
        writeln!(lines, "{name}: {}", codes.join(", ")).unwrap();
    }
    assert_snapshot!("ids", lines);
    let reply = app.admin_get("accounts/nobody").await;
    assert_json_snapshot!("in_chinese", Names::default().shown(&reply));
    assert_eq!(app.verify(&login.access).await.status, 204);
}

#[tokio::test]
async fn what_was_not_there_leaves_no_event() {
    let app = TestApp::new().await;
    let id = "019c0545-a400-7000-8000-0000000000ff";
    for path in ["suspend", "restore"] {
        app.admin_post(&format!("accounts/{id}/{path}")).await;
    }
    for path in ["", "/export", "/sessions"] {
        app.admin_get(&format!("accounts/{id}{path}")).await;
    }
    app.admin_delete(&format!("accounts/{id}")).await;
    app.admin_delete(&format!("accounts/{id}/sessions")).await;
    app.admin_delete(&format!("accounts/{id}/sessions/{id}")).await;
    assert_eq!(app.audit("").await, Vec::<serde_json::Value>::new());
}
