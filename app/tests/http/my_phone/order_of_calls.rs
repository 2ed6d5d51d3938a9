//! The order of `wx.login` and the button's tap: what works, and what is said where it does not.

use super::{data_under, with_code};
use crate::app::{LoggedIn, Setup, TestApp};
use crate::wechat::{NEW_SESSION_KEY, OTHER_SESSION_KEY, SESSION_KEY, code_of, people_of_changing_keys};

/// WeChat has another key after each `wx.login`.
async fn app() -> TestApp {
    Setup::with_wechat(people_of_changing_keys()).start().await
}

async fn outcome(app: &TestApp, alice: &LoggedIn, body: serde_json::Value) -> String {
    let reply = app.set_phone(&alice.access, body).await;
    if reply.status == 200 {
        "bound".to_owned()
    } else {
        reply.code()
    }
}

#[tokio::test]
async fn login_then_tap_then_send_works() {
    let app = app().await;
    let alice = app.logged_in("alice").await;
    assert_eq!(outcome(&app, &alice, data_under(SESSION_KEY)).await, "bound");
}

/// Hours later, without another login: the key is kept for a while.
#[tokio::test]
async fn a_tap_long_after_the_login_works_while_the_key_is_kept() {
    let mut setup = Setup::with_wechat(people_of_changing_keys());
    setup.config.wechat.watermark_max_age = std::time::Duration::from_hours(24);
    let ttl = setup.config.wechat.session_key_ttl.as_secs();
    let app = setup.start().await;
    let alice = app.logged_in("alice").await;
    app.advance(ttl - 1);
    let alice = app.refreshed(&alice.refresh).await;
    assert_eq!(outcome(&app, &alice, data_under(SESSION_KEY)).await, "bound");
    app.advance(1);
    assert_eq!(
        outcome(&app, &alice, data_under(SESSION_KEY)).await,
        "session_key_stale"
    );
    app.logged_in("alice").await;
    assert_eq!(
        outcome(&app, &alice, data_under(OTHER_SESSION_KEY)).await,
        "bound",
        "a login brings another"
    );
}

/// The classic mistake: `wx.login` inside the callback of the button, so the data are under the key before.
#[tokio::test]
async fn a_login_between_tap_and_sending_is_forgiven_once() {
    let app = app().await;
    app.logged_in("alice").await;
    let alice = app.logged_in("alice").await;
    assert_eq!(outcome(&app, &alice, data_under(SESSION_KEY)).await, "bound");
}

#[tokio::test]
async fn a_code_between_tap_and_sending_is_forgiven_once() {
    let app = app().await;
    let alice = app.logged_in("alice").await;
    let body = with_code(data_under(SESSION_KEY), &code_of("alice", 2));
    assert_eq!(outcome(&app, &alice, body).await, "bound");
}

#[tokio::test]
async fn data_under_a_key_from_before_that_are_not() {
    let app = app().await;
    let alice = app.logged_in("alice").await;
    assert_eq!(
        outcome(&app, &alice, data_under(NEW_SESSION_KEY)).await,
        "session_key_stale"
    );
    let body = with_code(data_under(NEW_SESSION_KEY), &code_of("alice", 2));
    assert_eq!(outcome(&app, &alice, body).await, "decryption_failed");
}

/// Many logins with one key displace nothing.
#[tokio::test]
async fn logins_that_bring_the_same_key_keep_the_one_before() {
    let app = app().await;
    let first = app.logged_in("alice").await;
    app.logged_in("alice").await;
    for _ in 0..3 {
        let body = serde_json::json!({ "code": code_of("alice", 4) });
        assert_eq!(app.login(body).await.status, 200);
    }
    assert_eq!(outcome(&app, &first, data_under(SESSION_KEY)).await, "bound");
}

#[tokio::test]
async fn the_code_that_came_with_data_brings_the_key_for_the_next_ones() {
    let app = app().await;
    let alice = app.logged_in("alice").await;
    let body = with_code(data_under(OTHER_SESSION_KEY), &code_of("alice", 2));
    assert_eq!(outcome(&app, &alice, body).await, "bound");
    assert_eq!(outcome(&app, &alice, data_under(OTHER_SESSION_KEY)).await, "bound");
}

#[tokio::test]
async fn whoever_is_erased_leaves_no_key_behind() {
    let app = app().await;
    let before = app.logged_in("alice").await;
    app.erase(&before.account).await;
    let alice = app.logged_in("alice").await;
    assert_eq!(
        outcome(&app, &alice, data_under(SESSION_KEY)).await,
        "session_key_stale"
    );
    assert_eq!(outcome(&app, &alice, data_under(OTHER_SESSION_KEY)).await, "bound");
}

/// The keys are each person's own.
#[tokio::test]
async fn anothers_key_opens_nothing() {
    let app = app().await;
    let alice = app.logged_in("alice").await;
    let bob = app.logged_in("bob").await;
    // She has the first key, he the second.
    assert_eq!(
        outcome(&app, &alice, data_under(OTHER_SESSION_KEY)).await,
        "session_key_stale"
    );
    assert_eq!(outcome(&app, &bob, data_under(SESSION_KEY)).await, "session_key_stale");
}
