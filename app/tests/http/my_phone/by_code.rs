//! `PUT /v1/me/phone` with `phone_code`.

use insta::assert_json_snapshot;
use serde_json::json;
use wxlogin_domain::phone_number::PhonePolicy;
use wxlogin_domain::ports::code_exchange::MockCodeExchange;

use crate::app::{Setup, TestApp};
use crate::call::Call;
use crate::store::Mood;
use crate::wechat::{BAD_CODE, phone_code_of};

#[tokio::test]
async fn the_number_is_bound_and_the_account_answered() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    app.advance(60);
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    let reply = app.set_phone(&alice.access, body).await;
    assert_json_snapshot!(reply.shown());
    assert_eq!(app.me(&alice.access).await.json(), reply.json());
}

#[tokio::test]
async fn no_login_code_is_asked_for() {
    let mut setup = Setup::default();
    let alice = setup.clone().start().await.logged_in("alice").await;
    setup.wechat = std::sync::Arc::new(MockCodeExchange::never());
    let app = setup.start().await;
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    assert_eq!(app.set_phone(&alice.access, body).await.status, 200);
}

#[tokio::test]
async fn a_number_takes_the_place_of_the_one_before() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    for number in ["13800138000", "13900139000"] {
        let body = json!({ "phone_code": phone_code_of("alice", number) });
        let reply = app.set_phone(&alice.access, body).await;
        assert_eq!(reply.json()["phone"]["number"], format!("+86{number}"));
    }
    assert_eq!(app.audit("action=phone_bound").await.len(), 2);
}

#[tokio::test]
async fn a_code_that_wechat_refuses_changes_nothing() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    let before = app.set_phone(&alice.access, body).await.json();
    for code in [BAD_CODE, &phone_code_of("bob", "13900139000")] {
        let reply = app.set_phone(&alice.access, json!({ "phone_code": code })).await;
        assert_eq!(reply.brief(), "422 phone_code_invalid retry R", "{code}");
    }
    assert_eq!(app.me(&alice.access).await.json(), before);
    assert_eq!(app.audit("action=phone_bound").await.len(), 1);
}

#[tokio::test]
async fn a_number_that_has_to_be_unique_is_not_taken_from_another() {
    let app = Setup::with_config(|config| config.phone_policy = PhonePolicy::Unique)
        .start()
        .await;
    let (alice, bob) = (app.logged_in("alice").await, app.logged_in("bob").await);
    let of = |person: &str| json!({ "phone_code": phone_code_of(person, "13800138000") });
    assert_eq!(app.set_phone(&bob.access, of("bob")).await.status, 200);
    assert_json_snapshot!(app.set_phone(&alice.access, of("alice")).await.shown());
    assert_eq!(app.set_phone(&bob.access, of("bob")).await.status, 200, "it is his own");
    // Where its holder gives it up, it is free.
    assert_eq!(app.remove_phone(&bob.access).await.status, 204);
    assert_eq!(app.set_phone(&alice.access, of("alice")).await.status, 200);
}

#[tokio::test]
async fn a_number_may_be_shared_where_nobody_says_otherwise() {
    let app = TestApp::new().await;
    for person in ["alice", "bob"] {
        let login = app.logged_in(person).await;
        let body = json!({ "phone_code": phone_code_of(person, "13800138000") });
        assert_eq!(app.set_phone(&login.access, body).await.status, 200, "{person}");
    }
}

/// The code may be used up by then, and the person taps again: that is for WeChat to say.
#[tokio::test]
async fn with_the_store_down_nothing_is_bound() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    app.store.be(Mood::Down);
    assert_eq!(
        app.set_phone(&alice.access, body.clone()).await.code(),
        "store_unavailable"
    );
    assert_eq!(app.remove_phone(&alice.access).await.code(), "store_unavailable");
    app.store.be(Mood::Well);
    assert_eq!(app.me(&alice.access).await.json().get("phone"), None);
    assert_eq!(app.set_phone(&alice.access, body).await.status, 200);
}

#[tokio::test]
async fn a_live_session_is_needed() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    let anonymous = Call::put("/v1/me/phone").json(&body);
    assert_eq!(app.send(anonymous).await.code(), "unauthorized");
    assert_eq!(app.set_phone("garbage", body.clone()).await.code(), "token_invalid");
    app.advance(931);
    assert_eq!(app.set_phone(&alice.access, body.clone()).await.code(), "token_expired");
    let alice = app.refreshed(&alice.refresh).await;
    app.logout(&alice.access).await;
    assert_eq!(
        app.set_phone(&alice.access, body.clone()).await.code(),
        "session_revoked"
    );
    let alice = app.logged_in("alice").await;
    app.suspend(&alice.account).await;
    assert_eq!(app.set_phone(&alice.access, body).await.code(), "account_suspended");
}
