//! `user_authorization_cancellation`: a person ends their account with the app, at WeChat.

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;
use wxlogin_domain::identity::AppId;

use super::{cancel, push};
use crate::app::{APPID, LoggedIn, Setup, TestApp};
use crate::everything::{everything, table};
use crate::names::Names;
use crate::phone_data::{IV, encrypt, payload};
use crate::sealing::{event, sealed};
use crate::wechat::{SESSION_KEY, code_of, phone_code_of, united_people};

const SECOND_APP: &str = "wx00000000000000b2";

async fn somebody(app: &TestApp) -> LoggedIn {
    let alice = app.logged_in("alice").await;
    app.change_me(&alice.access, json!({ "nickname": "Alice in Wonderland" }))
        .await;
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    app.set_phone(&alice.access, body).await;
    alice
}

#[tokio::test]
async fn the_account_is_gone_and_its_sessions_with_it() {
    let app = TestApp::new().await;
    let alice = somebody(&app).await;
    let bob = app.logged_in("bob").await;
    cancel(&app, "o-alice").await;
    app.note_erased(&alice.account);
    assert_snapshot!(table(&everything(&app, &alice).await));
    let path = format!("accounts/{}", alice.account);
    assert_eq!(app.admin_get(&path).await.code(), "not_found");
    for query in ["openid=o-alice", "phone=%2B8613800138000"] {
        let found = app.admin_get(&format!("accounts?{query}")).await;
        assert!(found.list("accounts").is_empty(), "{query}");
    }
    assert_eq!(app.me(&bob.access).await.status, 200, "others are left alone");
}

#[tokio::test]
async fn a_later_login_makes_a_new_account_with_nothing_of_the_old() {
    let app = TestApp::new().await;
    let before = somebody(&app).await;
    cancel(&app, "o-alice").await;
    let reply = app.login_of("alice").await;
    assert_eq!(reply.json()["is_new_account"], true);
    assert_ne!(LoggedIn::from(&reply).account, before.account);
    let account = &reply.json()["account"];
    assert_eq!((account.get("phone"), account.get("nickname")), (None, None));
}

/// WeChat repeats what it thinks was lost; by then the person may have come back.
#[tokio::test]
async fn a_late_repeat_does_no_harm() {
    let app = TestApp::new().await;
    somebody(&app).await;
    cancel(&app, "o-alice").await;
    let back = app.logged_in("alice").await;
    app.advance(3600);
    cancel(&app, "o-alice").await;
    let back = app.refreshed(&back.refresh).await;
    assert_eq!(app.me(&back.access).await.status, 200);
    assert_eq!(app.audit("action=authorization_cancelled").await.len(), 1);
}

/// Another message, though it differs in its time alone, is another wish.
#[tokio::test]
async fn a_second_cancellation_is_honoured_too() {
    let app = TestApp::new().await;
    app.logged_in("alice").await;
    cancel(&app, "o-alice").await;
    let back = app.logged_in("alice").await;
    let mut message = event("user_authorization_cancellation", "o-alice");
    message["CreateTime"] = 1_769_614_977.into();
    push(&app, sealed(APPID, &message.to_string())).await;
    assert_eq!(app.me(&back.access).await.code(), "session_revoked");
    assert_eq!(app.audit("action=authorization_cancelled").await.len(), 2);
}

#[tokio::test]
async fn the_audit_log_tells_of_it_without_the_openid() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let message = event("user_authorization_cancellation", "o-alice").to_string();
    push(
        &app,
        sealed(APPID, &message).at_peer("203.0.113.9").request_id("the-push"),
    )
    .await;
    let events = app.audit("actor=wechat").await;
    let names = Names::default().call(&alice.account, "alice");
    assert_json_snapshot!(names.of(events.into()));
}

/// The keys that were kept of the person are forgotten, too.
#[tokio::test]
async fn no_session_key_is_left() {
    let setup = Setup::default();
    let (app, other) = (setup.clone().start().await, setup.start().await);
    app.logged_in("alice").await;
    cancel(&app, "o-alice").await;
    // She comes back, by a login that another process sees.
    let back = other.logged_in("alice").await;
    let data = encrypt(SESSION_KEY, payload().to_string().as_bytes());
    let reply = app
        .set_phone(&back.access, json!({ "encrypted_data": data, "iv": IV }))
        .await;
    assert_eq!(reply.code(), "session_key_stale");
}

/// It is the account that is ended, in whichever of its apps.
#[tokio::test]
async fn an_account_of_two_apps_is_erased_as_a_whole() {
    let mut setup = Setup::with_wechat(united_people());
    let mut second = setup.config.apps[0].clone();
    second.appid = AppId::parse(SECOND_APP).unwrap();
    setup.config.apps.push(second);
    let app = setup.start().await;
    let body = |number: u32, appid: &str| json!({ "code": code_of("alice", number), "appid": appid });
    let here = LoggedIn::from(&app.login(body(1, APPID)).await);
    let there = LoggedIn::from(&app.login(body(2, SECOND_APP)).await);
    assert_eq!(here.account, there.account);
    cancel(&app, "o-alice-in-a1").await;
    for login in [&here, &there] {
        assert_eq!(app.me(&login.access).await.code(), "session_revoked");
    }
}

#[tokio::test]
async fn whoever_is_suspended_is_not_let_in_by_it() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let changed = app.change_me(&alice.access, json!({ "nickname": "Al" })).await;
    assert_eq!(changed.status, 200);
    app.suspend(&alice.account).await;
    cancel(&app, "o-alice").await;
    assert_eq!(app.login_of("alice").await.code(), "account_suspended");
    let left = app.admin_get(&format!("accounts/{}", alice.account)).await.json();
    assert_eq!(left.get("nickname"), None, "what is personal is erased");
}

#[tokio::test]
async fn whom_nobody_knows_changes_nothing_and_is_on_record() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    cancel(&app, "o-nobody").await;
    assert_eq!(app.me(&alice.access).await.status, 200);
    let events = app.audit("action=authorization_cancelled").await;
    let [event] = &events[..] else {
        panic!("one event was expected: {events:?}");
    };
    assert_eq!(event.get("account_id"), None);
}

#[tokio::test]
async fn one_that_names_nobody_changes_nothing() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let mut message = event("user_authorization_cancellation", "");
    push(&app, sealed(APPID, &message.to_string())).await;
    message.as_object_mut().unwrap().remove("OpenID");
    push(&app, sealed(APPID, &message.to_string())).await;
    assert_eq!(app.me(&alice.access).await.status, 200);
}
