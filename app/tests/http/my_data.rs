//! `GET /v1/me/export` and `DELETE /v1/me`

use insta::{assert_json_snapshot, assert_snapshot};

use crate::app::{LoggedIn, TestApp};
use crate::call::Call;
use crate::everything::{everything, table};
use crate::names::Names;
use crate::reply::Reply;

async fn export(app: &TestApp, login: &LoggedIn) -> Reply {
    app.export(&login.access).await
}

async fn cancel(app: &TestApp, login: &LoggedIn) -> Reply {
    app.send(Call::delete("/v1/me").bearer(&login.access)).await
}

#[tokio::test]
async fn a_person_gets_everything_that_is_held() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let names = Names::default()
        .call(&login.account, "alice")
        .call(&login.session, "her session");
    assert_json_snapshot!(names.shown(&export(&app, &login).await));
}

#[tokio::test]
async fn what_operators_did_is_told_and_not_who_they_are() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.admin_get(&format!("accounts/{}", login.account)).await;
    let reply = export(&app, &login).await;
    let events = reply.json()["audit"].as_array().unwrap().clone();
    let viewed = events.iter().find(|event| event["action"] == "account_viewed").unwrap();
    assert_eq!(viewed["actor"], "operator");
    assert!(
        viewed.get("request_id").is_none() && viewed.get("ip").is_none(),
        "{viewed}"
    );
    assert!(!reply.text().contains("api_key"), "{reply:?}");
}

#[tokio::test]
async fn only_ones_own_sessions_and_events_are_in_it() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let bob = app.logged_in("bob").await;
    let reply = export(&app, &alice).await;
    assert!(!reply.text().contains(&bob.account) && !reply.text().contains(&bob.session));
}

#[tokio::test]
async fn a_cancelled_account_is_gone_and_a_later_login_makes_another() {
    let app = TestApp::new().await;
    let here = app.logged_in("alice").await;
    let there = app.logged_in("alice").await;
    let reply = cancel(&app, &here).await;
    assert_eq!((reply.status, reply.text()), (204, ""));
    for login in [&here, &there] {
        assert_eq!(cancel(&app, login).await.code(), "session_revoked");
        assert_eq!(export(&app, login).await.code(), "session_revoked");
    }
    assert_snapshot!(table(&everything(&app, &there).await));
    let again = app.login_of("alice").await;
    assert_eq!(again.json()["is_new_account"], true);
    assert_ne!(LoggedIn::from(&again).account, here.account);
    let told = app
        .admin_get(&format!("audit?account={}&action=account_erased", here.account))
        .await;
    assert_eq!(told.json()["events"][0]["actor"], "person");
}

#[tokio::test]
async fn others_are_left_alone() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let bob = app.logged_in("bob").await;
    cancel(&app, &alice).await;
    assert_eq!(app.me(&bob.access).await.status, 200);
    for call in [Call::get("/v1/me/export"), Call::delete("/v1/me")] {
        assert_eq!(app.send(call).await.code(), "unauthorized");
    }
}
