//! `POST /v1/login`: whose account it is, and in which app.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use secrecy::SecretString;
use serde_json::{Value, json};
use wxlogin::config::App;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::code_exchange::MockCodeExchange;
use wxlogin_domain::ports::session_store::SessionStore as _;

use crate::app::{APPID, LoggedIn, Setup, TestApp};
use crate::call::Call;
use crate::token::RefreshTokenParts;
use crate::wechat::{code_of, scripted, session, united_people};

const OTHER_APPID: &str = "wx00000000000000b2";

fn two_apps() -> Setup {
    Setup::with_config(|config| {
        config.apps.push(App {
            appid: AppId::parse(OTHER_APPID).unwrap(),
            secret: SecretString::from("fedcba9876543210fedcba9876543210"),
            ..App::for_testing()
        });
    })
}

#[tokio::test]
async fn a_first_login_makes_an_account() {
    let app = TestApp::new().await;
    assert_json_snapshot!(app.login_of("alice").await.shown());
}

#[tokio::test]
async fn a_second_login_finds_the_account_and_begins_another_session() {
    let app = TestApp::new().await;
    let first = app.logged_in("alice").await;
    app.advance(600);
    let reply = app.login_of("alice").await;
    assert_json_snapshot!(reply.shown());
    let second = LoggedIn::from(&reply);
    assert_eq!(second.account, first.account);
    assert_ne!(
        RefreshTokenParts::of(&second.refresh).session,
        RefreshTokenParts::of(&first.refresh).session
    );
    for session in [first, second] {
        assert_eq!(app.verify(&session.access).await.status, 204);
    }
}

#[tokio::test]
async fn each_person_has_an_account() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let bob = app.logged_in("bob").await;
    assert_ne!(alice.account, bob.account);
}

#[tokio::test]
async fn the_device_is_kept_with_the_session() {
    let app = TestApp::new().await;
    let body = json!({ "code": code_of("alice", 1), "device": "  iPhone 16 / 微信 8.0.50 " });
    let login = LoggedIn::from(&app.login(body).await);
    let id = RefreshTokenParts::of(&login.refresh).session();
    let session = app.store.session(id).await.unwrap().unwrap();
    assert_eq!(session.device.unwrap().as_str(), "iPhone 16 / 微信 8.0.50");
}

#[tokio::test]
async fn fields_besides_the_code_are_judged_before_wechat_is_asked() {
    let app = Setup::with_wechat(MockCodeExchange::never()).start().await;
    let mut table = String::new();
    for (name, body) in [
        ("device empty", json!({ "device": "" })),
        ("device blank", json!({ "device": "  " })),
        ("device of 65 characters", json!({ "device": "机".repeat(65) })),
        ("device with a control character", json!({ "device": "a\u{0}b" })),
        ("device a number", json!({ "device": 5 })),
        ("appid a number", json!({ "appid": 5 })),
        ("appid an object", json!({ "appid": {} })),
        ("appid unknown", json!({ "appid": OTHER_APPID })),
        ("appid malformed", json!({ "appid": "touristappid" })),
        ("appid in capitals", json!({ "appid": "WX00000000000000A1" })),
        ("appid empty", json!({ "appid": "" })),
        ("phone_code", json!({ "phone_code": 5 })),
        ("openid", json!({ "openid": "o-alice" })),
        (
            "several at once",
            json!({ "appid": 5, "device": 5, "iv": 5, "js_code": "a" }),
        ),
    ] {
        let mut body = body;
        body["code"] = code_of("alice", 1).into();
        let call = Call::post("/v1/login").language("en").json(&body);
        writeln!(table, "{name}: {}", app.send(call).await.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn optional_fields_may_be_null() {
    let app = TestApp::new().await;
    let body = json!({
        "code": code_of("alice", 1), "appid": null, "encrypted_data": null, "iv": null, "device": null,
    });
    assert_eq!(app.login(body).await.status, 200);
}

#[tokio::test]
async fn with_two_apps_the_appid_has_to_be_named() {
    let app = two_apps().start().await;
    let without = |appid: Value| json!({ "code": code_of("alice", 1), "appid": appid });
    assert_json_snapshot!(app.login(without(Value::Null)).await.shown());
    for appid in [APPID, OTHER_APPID] {
        let reply = app.login(without(appid.into())).await;
        assert_eq!(reply.json()["account"]["identities"][0]["appid"], appid);
    }
}

#[tokio::test]
async fn an_unknown_app_is_a_problem_of_its_own() {
    let setup = Setup {
        wechat: std::sync::Arc::new(MockCodeExchange::never()),
        ..two_apps()
    };
    let app = setup.start().await;
    let body = json!({ "code": code_of("alice", 1), "appid": "wx00000000000000c3" });
    assert_json_snapshot!(app.login(body).await.shown());
}

#[tokio::test]
async fn the_same_openid_in_two_apps_is_two_people() {
    let app = two_apps().start().await;
    let mut accounts = Vec::new();
    for appid in [APPID, OTHER_APPID] {
        let body = json!({ "code": code_of("alice", 1), "appid": appid });
        accounts.push(LoggedIn::from(&app.login(body).await).account);
    }
    assert_ne!(accounts[0], accounts[1]);
}

#[tokio::test]
async fn a_first_login_in_a_second_app_joins_the_account_of_the_unionid() {
    let setup = Setup {
        wechat: std::sync::Arc::new(united_people()),
        ..two_apps()
    };
    let app = setup.start().await;
    let first = app.login(json!({ "code": code_of("alice", 1), "appid": APPID })).await;
    app.advance(60);
    let second = app
        .login(json!({ "code": code_of("alice", 2), "appid": OTHER_APPID }))
        .await;
    assert_eq!(second.json()["is_new_account"], false);
    assert_eq!(LoggedIn::from(&first).account, LoggedIn::from(&second).account);
    assert_json_snapshot!("unionid_first_app", first.shown());
    assert_json_snapshot!("unionid_second_app", second.shown());
}

#[tokio::test]
async fn a_unionid_that_appears_later_is_shown_from_then_on() {
    let app = Setup::with_wechat(scripted(|app, code| {
        let unionid = code.ends_with('2').then_some("u-alice");
        Ok(session(app, "o-alice", unionid))
    }))
    .start()
    .await;
    let mut seen = Vec::new();
    for number in 1..=3 {
        let reply = app.login(json!({ "code": code_of("alice", number) })).await;
        seen.push(reply.json()["account"]["identities"].clone());
    }
    assert_eq!(seen[0][0].get("unionid"), None);
    assert_eq!(seen[1][0]["unionid"], "u-alice");
    // WeChat leaves it out again; it is the same person all the same.
    assert_eq!(seen[2], seen[1]);
}

#[tokio::test]
async fn somebody_elses_openid_in_the_same_app_does_not_join_by_unionid() {
    let app = Setup::with_wechat(scripted(|app, code| {
        Ok(session(app, &format!("o-{}", &code[13..]), Some("u-alice")))
    }))
    .start()
    .await;
    let first = app.login(json!({ "code": code_of("alice", 1) })).await;
    let second = app.login(json!({ "code": code_of("alice", 2) })).await;
    assert_ne!(LoggedIn::from(&first).account, LoggedIn::from(&second).account);
    assert_eq!(second.json()["is_new_account"], true);
    assert_eq!(second.json()["account"]["identities"][0].get("unionid"), None);
}
