//! An operator suspends an account, and lets it back in.

use insta::{assert_json_snapshot, assert_snapshot};

use crate::app::{LoggedIn, TestApp};
use crate::everything::{everything, table};

#[tokio::test]
async fn a_suspended_account_can_do_nothing() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.suspend(&login.account).await;
    assert_snapshot!(table(&everything(&app, &login).await));
    assert_json_snapshot!("login_while_suspended", app.login_of("alice").await.shown());
    assert_json_snapshot!("verify_while_suspended", app.verify(&login.access).await.shown());
}

#[tokio::test]
async fn sessions_stay_dead_after_a_restoration() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.suspend(&login.account).await;
    app.restore(&login.account).await;
    assert_snapshot!(table(&everything(&app, &login).await));
}

#[tokio::test]
async fn a_restored_account_logs_in_anew() {
    let app = TestApp::new().await;
    let before = app.logged_in("alice").await;
    app.suspend(&before.account).await;
    app.advance(60);
    assert_eq!(app.login_of("alice").await.status, 403);
    app.restore(&before.account).await;
    let reply = app.login_of("alice").await;
    assert_eq!(LoggedIn::from(&reply).account, before.account);
    assert_eq!(reply.json()["is_new_account"], false);
    assert_eq!(reply.json()["account"]["status"], "active");
}

#[tokio::test]
async fn a_session_that_was_logged_out_before_is_told_of_the_suspension_too() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.logout(&login.access).await;
    app.suspend(&login.account).await;
    assert_eq!(app.me(&login.access).await.code(), "account_suspended");
}

#[tokio::test]
async fn others_go_on() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let bob = app.logged_in("bob").await;
    app.suspend(&alice.account).await;
    assert_eq!(app.verify(&bob.access).await.status, 204);
    assert_eq!(app.refresh(&bob.refresh).await.status, 200);
}
