//! When a session was last used: noted at most once a minute, written beside the requests.

use std::fmt::Write as _;

use insta::assert_snapshot;
use serde_json::Value;

use crate::app::{LoggedIn, TestApp};
use crate::store::Mood;

/// As an operator sees it, which is no use of the session.
async fn last_used_at(app: &TestApp, login: &LoggedIn) -> String {
    let sessions = app.admin_get(&format!("accounts/{}/sessions", login.account)).await;
    let session = sessions
        .list("sessions")
        .into_iter()
        .find(|one| one["id"] == login.session);
    session.unwrap()["last_used_at"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn uses_are_written_once_a_minute() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let mut table = format!("login at  {}\n", last_used_at(&app, &login).await);
    let mut elapsed = 0;
    for second in [1, 59, 60, 61, 90, 119, 120, 300, 359, 360] {
        app.advance(second - elapsed);
        elapsed = second;
        assert_eq!(app.verify(&login.access).await.status, 204);
        app.write_uses().await;
        writeln!(table, "use at {second:>3} {}", last_used_at(&app, &login).await).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn the_first_of_several_uses_between_two_writings_is_the_one_that_counts() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    for _ in 0..10 {
        app.advance(60);
        app.me(&login.access).await;
    }
    assert_eq!(
        last_used_at(&app, &login).await,
        "2026-01-28T15:42:56Z",
        "nothing is written yet"
    );
    app.write_uses().await;
    assert_eq!(last_used_at(&app, &login).await, "2026-01-28T15:43:56Z");
}

#[tokio::test]
async fn a_refresh_is_a_use_that_is_written_with_it() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(5);
    app.refreshed(&login.refresh).await;
    assert_eq!(last_used_at(&app, &login).await, "2026-01-28T15:43:01Z");
}

#[tokio::test]
async fn what_is_refused_is_no_use() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(930);
    assert_eq!(app.verify(&login.access).await.code(), "token_expired");
    app.write_uses().await;
    assert_eq!(last_used_at(&app, &login).await, "2026-01-28T15:42:56Z");
}

#[tokio::test]
async fn a_session_that_is_gone_is_passed_over() {
    let app = TestApp::new().await;
    let (alice, bob) = (app.logged_in("alice").await, app.logged_in("bob").await);
    app.advance(60);
    for login in [&alice, &bob] {
        assert_eq!(app.verify(&login.access).await.status, 204);
    }
    app.erase(&alice.account).await;
    app.write_uses().await;
    assert_eq!(last_used_at(&app, &bob).await, "2026-01-28T15:43:56Z");
    assert_eq!(app.verify(&alice.access).await.code(), "session_revoked");
}

#[tokio::test]
async fn a_store_that_is_down_costs_a_time_and_no_request() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(60);
    app.verify(&login.access).await;
    app.store.be(Mood::Down);
    assert!(app.services.last_use.write(&*app.store).await.is_err());
    app.store.be(Mood::Well);
    app.write_uses().await;
    assert_eq!(last_used_at(&app, &login).await, "2026-01-28T15:42:56Z", "it is lost");
    app.advance(60);
    assert_eq!(app.verify(&login.access).await.status, 204);
    app.write_uses().await;
    assert_eq!(Value::from(last_used_at(&app, &login).await), "2026-01-28T15:44:56Z");
}
