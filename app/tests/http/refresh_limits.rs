//! How long a session can be refreshed: its idle and its absolute limit.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};

use crate::app::{LoggedIn, TestApp};

const DAY: u64 = 86_400;

#[tokio::test]
async fn a_session_that_idles_for_thirty_days_is_over() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(30 * DAY);
    assert_json_snapshot!(app.refresh(&login.refresh).await.shown());
}

#[tokio::test]
async fn the_idle_limit_slides_with_each_refresh() {
    let app = TestApp::new().await;
    let mut login = app.logged_in("alice").await;
    for _ in 0..3 {
        app.advance(30 * DAY - 1);
        login = app.refreshed(&login.refresh).await;
    }
    app.advance(30 * DAY);
    assert_eq!(app.refresh(&login.refresh).await.code(), "refresh_token_expired");
}

#[tokio::test]
async fn an_old_token_of_an_expired_session_is_expired_and_not_theft() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.refreshed(&login.refresh).await;
    app.advance(30 * DAY);
    assert_eq!(app.refresh(&login.refresh).await.code(), "refresh_token_expired");
}

#[tokio::test]
async fn nothing_outlives_the_absolute_limit() {
    let app = TestApp::new().await;
    let mut login = app.logged_in("alice").await;
    let mut table = String::from("day  expires_in  refresh_expires_in\n");
    let mut elapsed = 0;
    for at in [
        25 * DAY,
        50 * DAY,
        75 * DAY,
        100 * DAY,
        125 * DAY,
        150 * DAY,
        150 * DAY + 1,
        175 * DAY,
        180 * DAY - 901,
        180 * DAY - 900,
        180 * DAY - 300,
        180 * DAY - 1,
    ] {
        app.advance(at - elapsed);
        elapsed = at;
        let reply = app.refresh(&login.refresh).await;
        login = LoggedIn::from(&reply);
        let body = reply.json();
        writeln!(
            table,
            "{:>3}  {:>10}  {:>18}",
            at / DAY,
            body["expires_in"].to_string(),
            body["refresh_expires_in"].to_string()
        )
        .unwrap();
    }
    assert_snapshot!(table);
    app.advance(1);
    assert_eq!(app.refresh(&login.refresh).await.code(), "refresh_token_expired");
    assert_eq!(app.me(&login.access).await.code(), "session_revoked");
}
