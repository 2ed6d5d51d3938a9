//! The store is away, or holds nonsense: what still works, and what is said of the rest.

use insta::{assert_json_snapshot, assert_snapshot};

use crate::app::{LoggedIn, TestApp};
use crate::everything::{self, table};
use crate::reply::Reply;
use crate::store::{CONFIDENCE, Mood};

/// One call of each kind that needs the store.
async fn everything(app: &TestApp, login: &LoggedIn) -> Vec<(&'static str, Reply)> {
    let mut replies = vec![("login", app.login_of("alice").await)];
    replies.extend(everything::everything(app, login).await);
    replies.push(("readyz", app.get("/readyz").await));
    replies
}

#[tokio::test]
async fn while_the_store_is_down_requests_are_told_to_come_again() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.store.be(Mood::Down);
    let replies = everything(&app, &login).await;
    assert_snapshot!(table(&replies));
    assert_json_snapshot!("login_while_the_store_is_down", replies[0].1.shown());
    for (name, reply) in replies {
        assert!(!reply.text().contains(CONFIDENCE), "{name}");
    }
}

#[tokio::test]
async fn what_needs_no_store_goes_on() {
    let app = TestApp::new().await;
    app.store.be(Mood::Down);
    for path in ["/livez", "/metrics", "/.well-known/jwks.json", "/openapi.json", "/docs"] {
        assert_eq!(app.get(path).await.status, 200, "{path}");
    }
    // Nor does it take a store to tell what is no token.
    assert_eq!(app.me("garbage").await.code(), "token_invalid");
    assert_eq!(app.refresh("garbage").await.code(), "refresh_token_invalid");
    assert!(!app.is_active("garbage").await);
    assert_eq!(app.revoke("garbage").await.status, 200);
}

#[tokio::test]
async fn recovery_needs_no_restart_and_nothing_was_lost() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.store.be(Mood::Down);
    everything(&app, &login).await;
    app.store.be(Mood::Well);
    assert_eq!(app.get("/readyz").await.status, 200);
    assert_eq!(app.verify(&login.access).await.status, 204, "no logout happened");
    let refreshed = app.refreshed(&login.refresh).await;
    assert_eq!(refreshed.account, login.account);
    let again = app.login_of("alice").await;
    assert_eq!(LoggedIn::from(&again).account, login.account);
}

#[tokio::test]
async fn what_the_store_holds_and_nobody_can_read_is_an_internal_error() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.store.be(Mood::Unreadable);
    let replies = everything(&app, &login).await;
    assert_snapshot!(table(&replies));
    assert_json_snapshot!("me_while_the_store_is_unreadable", replies[2].1.shown());
    for (name, reply) in replies {
        assert!(!reply.text().contains(CONFIDENCE), "{name}");
    }
}
