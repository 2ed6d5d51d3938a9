//! `GET /v1/me/sessions` and `DELETE /v1/me/sessions/{id}`

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;

use crate::app::{LoggedIn, Setup, TestApp};
use crate::call::Call;
use crate::everything::{everything, table};
use crate::names::Names;
use crate::wechat::{code_of, united_people};

const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN";

#[tokio::test]
async fn the_list_shows_where_one_is_logged_in() {
    let app = TestApp::new().await;
    let phone = json!({ "code": code_of("alice", 1), "device": " 小明的手机 " });
    let phone = app.send(Call::post("/v1/login").json(&phone).user_agent(IPHONE)).await;
    let phone = LoggedIn::from(&phone);
    app.advance(60);
    let tablet = app.logged_in("alice").await;
    app.logged_in("bob").await;
    app.advance(60);
    app.refreshed(&tablet.refresh).await;
    let names = Names::default()
        .call(&phone.session, "on the phone")
        .call(&tablet.session, "on the tablet");
    assert_json_snapshot!(names.shown(&app.sessions(&tablet.access).await));
    let marked = |reply: crate::reply::Reply| {
        reply
            .list("sessions")
            .iter()
            .map(|one| one["current"] == true)
            .collect()
    };
    let marked_on_the_phone: Vec<bool> = marked(app.sessions(&phone.access).await);
    assert_eq!(marked_on_the_phone, [true, false]);
}

#[tokio::test]
async fn sessions_of_all_apps_are_in_one_list() {
    let mut setup = Setup::with_wechat(united_people());
    let mut second = setup.config.apps[0].clone();
    second.appid = wxlogin_domain::identity::AppId::parse("wx00000000000000b2").unwrap();
    setup.config.apps.push(second);
    let app = setup.start().await;
    let login = |number, appid| json!({ "code": code_of("alice", number), "appid": appid });
    app.login(login(1, "wx00000000000000a1")).await;
    let last = LoggedIn::from(&app.login(login(2, "wx00000000000000b2")).await);
    let appids = app.sessions(&last.access).await.texts("sessions", "appid");
    assert_eq!(appids, ["wx00000000000000a1", "wx00000000000000b2"]);
}

#[tokio::test]
async fn sessions_that_are_over_are_not_listed() {
    let app = TestApp::new().await;
    let idle = app.logged_in("alice").await;
    app.advance(86_400);
    let logged_out = app.logged_in("alice").await;
    let revoked = app.logged_in("alice").await;
    let here = app.logged_in("alice").await;
    app.logout(&logged_out.access).await;
    app.revoke(&revoked.access).await;
    let ids = app.sessions(&here.access).await.texts("sessions", "id");
    assert_eq!(ids, [idle.session.as_str(), &here.session]);
    app.advance(29 * 86_400);
    let here = app.refreshed(&here.refresh).await;
    let ids = app.sessions(&here.access).await.texts("sessions", "id");
    assert_eq!(ids, [here.session], "the first one has idled out");
}

#[tokio::test]
async fn another_session_is_ended_from_here() {
    let app = TestApp::new().await;
    let (here, there) = (app.logged_in("alice").await, app.logged_in("alice").await);
    let reply = app.end_session(&here.access, &there.session).await;
    assert_eq!((reply.status, reply.text()), (204, ""));
    assert_snapshot!(table(&everything(&app, &there).await));
    assert!(!app.is_active(&there.access).await);
    assert_eq!(app.verify(&here.access).await.status, 204);
    assert_eq!(app.refresh(&here.refresh).await.status, 200);
    assert_eq!(app.sessions(&here.access).await.texts("sessions", "id"), [here.session]);
}

#[tokio::test]
async fn the_own_session_may_be_ended_as_well() {
    let app = TestApp::new().await;
    let (here, there) = (app.logged_in("alice").await, app.logged_in("alice").await);
    assert_eq!(app.end_session(&here.access, &here.session).await.status, 204);
    assert_eq!(
        app.end_session(&here.access, &here.session).await.code(),
        "session_revoked"
    );
    assert_eq!(app.refresh(&here.refresh).await.code(), "session_revoked");
    assert_eq!(app.verify(&there.access).await.status, 204);
}

#[tokio::test]
async fn what_is_over_stays_over_and_is_no_fault() {
    let app = TestApp::new().await;
    let idle = app.logged_in("alice").await;
    app.advance(30 * 86_400 - 60);
    let (here, there) = (app.logged_in("alice").await, app.logged_in("alice").await);
    app.logout(&there.access).await;
    app.advance(60);
    for session in [&there.session, &idle.session] {
        for _ in 0..2 {
            assert_eq!(app.end_session(&here.access, session).await.status, 204);
        }
    }
    assert_eq!(app.audit("action=session_ended").await.len(), 0);
    let export = app.admin_get(&format!("accounts/{}/export", here.account)).await;
    let reasons: Vec<_> = export
        .list("sessions")
        .iter()
        .map(|one| one["end_reason"].clone())
        .collect();
    assert_eq!(reasons, [json!(null), json!(null), json!("logout")]);
}

#[tokio::test]
async fn sessions_of_nobodys_and_of_others_are_not_found() {
    let app = TestApp::new().await;
    let (alice, bob) = (app.logged_in("alice").await, app.logged_in("bob").await);
    let mut lines = String::new();
    for (name, id) in [
        ("nobody's", "019c0545-a400-7000-8000-0000000000ff".to_owned()),
        ("another account's", bob.session.clone()),
        ("in capitals", alice.session.to_uppercase()),
        ("without hyphens", alice.session.replace('-', "")),
        ("in braces", format!("%7B{}%7D", alice.session)),
        ("with a blank", format!("%20{}", alice.session)),
        ("the account's id", alice.account.clone()),
        ("a word", "current".to_owned()),
        ("a blank", "%20".to_owned()),
        ("not UTF-8", "%ff".to_owned()),
    ] {
        writeln!(lines, "{name}: {}", app.end_session(&alice.access, &id).await.brief()).unwrap();
    }
    assert_snapshot!(lines);
    let reply = app.end_session(&alice.access, &bob.session).await;
    assert_json_snapshot!("not_found", Names::default().shown(&reply));
    assert_eq!(app.verify(&bob.access).await.status, 204);
    assert_eq!(app.verify(&alice.access).await.status, 204);
}

#[tokio::test]
async fn a_login_beyond_the_twentieth_ends_the_oldest() {
    let app = TestApp::new().await;
    let mut logins = Vec::new();
    for _ in 0..21 {
        logins.push(app.logged_in("alice").await);
        app.advance(1);
    }
    let newest = &logins[20];
    let listed = app.sessions(&newest.access).await.texts("sessions", "id");
    let expected: Vec<&String> = logins[1..].iter().map(|login| &login.session).collect();
    assert_eq!(listed.iter().collect::<Vec<_>>(), expected);
    assert_eq!(app.me(&logins[0].access).await.code(), "session_revoked");
    assert_eq!(app.refresh(&logins[0].refresh).await.code(), "session_revoked");
    assert!(!app.is_active(&logins[0].access).await);
    assert_eq!(app.verify(&logins[1].access).await.status, 204);
    let export = app.admin_get(&format!("accounts/{}/export", newest.account)).await;
    assert_eq!(export.json()["sessions"][0]["end_reason"], "displaced");
}

#[tokio::test]
async fn sessions_that_are_over_take_no_room() {
    let app = Setup::with_config(|config| config.tokens.max_sessions = 2)
        .start()
        .await;
    let first = app.logged_in("alice").await;
    let second = app.logged_in("alice").await;
    app.logout(&second.access).await;
    let third = app.logged_in("alice").await;
    assert_eq!(app.verify(&first.access).await.status, 204);
    app.logged_in("alice").await;
    assert_eq!(app.verify(&first.access).await.code(), "session_revoked");
    assert_eq!(app.verify(&third.access).await.status, 204);
}

#[tokio::test]
async fn somebody_elses_logins_take_no_room() {
    let app = Setup::with_config(|config| config.tokens.max_sessions = 1)
        .start()
        .await;
    let alice = app.logged_in("alice").await;
    app.logged_in("bob").await;
    assert_eq!(app.verify(&alice.access).await.status, 204);
}
