//! `POST /v1/logout`: this session, or all of them.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;

use crate::app::{LoggedIn, TestApp};
use crate::call::Call;

async fn is_alive(app: &TestApp, login: &LoggedIn) -> bool {
    app.verify(&login.access).await.status == 204
}

#[tokio::test]
async fn a_logout_ends_the_session_and_leaves_the_others() {
    let app = TestApp::new().await;
    let here = app.logged_in("alice").await;
    let there = app.logged_in("alice").await;
    assert_json_snapshot!(app.logout(&here.access).await.shown());
    assert!(!is_alive(&app, &here).await);
    assert!(is_alive(&app, &there).await);
    assert_eq!(app.refresh(&here.refresh).await.code(), "session_revoked");
    assert_eq!(app.refresh(&there.refresh).await.status, 200);
}

#[tokio::test]
async fn a_logout_of_all_ends_every_session_of_the_account_and_of_nobody_else() {
    let app = TestApp::new().await;
    let here = app.logged_in("alice").await;
    let there = app.logged_in("alice").await;
    let bob = app.logged_in("bob").await;
    assert_eq!(app.logout_with(&here.access, json!({ "all": true })).await.status, 204);
    assert!(!is_alive(&app, &here).await);
    assert!(!is_alive(&app, &there).await);
    assert!(is_alive(&app, &bob).await);
    let again = app.logged_in("alice").await;
    assert_eq!(again.account, here.account);
    assert!(is_alive(&app, &again).await);
}

#[tokio::test]
async fn unless_all_is_said_one_session_is_meant() {
    let app = TestApp::new().await;
    let there = app.logged_in("alice").await;
    for call in [
        Call::post("/v1/logout"),
        Call::post("/v1/logout").content_type("text/plain"),
        Call::post("/v1/logout").said_to_be_json(""),
        Call::post("/v1/logout").said_to_be_json("{}"),
        Call::post("/v1/logout").json(&json!({ "all": false })),
        Call::post("/v1/logout").json(&json!({ "all": null })),
    ] {
        let here = app.logged_in("alice").await;
        assert_eq!(app.send(call.bearer(&here.access)).await.status, 204);
        assert!(!is_alive(&app, &here).await);
    }
    assert!(is_alive(&app, &there).await);
}

#[tokio::test]
async fn a_malformed_logout_ends_nothing() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let mut table = String::new();
    for body in [
        "{\"all\":\"yes\"}",
        "{\"all\":1}",
        "{\"al\":true}",
        "null",
        "true",
        "[]",
        "no JSON",
        " ",
    ] {
        let call = Call::post("/v1/logout")
            .bearer(&login.access)
            .language("en")
            .said_to_be_json(body);
        writeln!(table, "{body}: {}", app.send(call).await.brief()).unwrap();
    }
    let no_media_type = Call::post("/v1/logout").bearer(&login.access).body("{\"all\":true}");
    writeln!(
        table,
        "without a content type: {}",
        app.send(no_media_type).await.brief()
    )
    .unwrap();
    assert_snapshot!(table);
    assert!(is_alive(&app, &login).await);
}

#[tokio::test]
async fn a_second_logout_says_that_the_session_has_ended() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.logout(&login.access).await;
    assert_json_snapshot!(app.logout(&login.access).await.shown());
}

#[tokio::test]
async fn a_session_that_ended_cannot_end_the_others() {
    let app = TestApp::new().await;
    let here = app.logged_in("alice").await;
    let there = app.logged_in("alice").await;
    app.logout(&here.access).await;
    assert_eq!(app.logout_with(&here.access, json!({ "all": true })).await.status, 401);
    assert!(is_alive(&app, &there).await);
}
