//! Good tokens: what is said of them.

use insta::assert_json_snapshot;
use poem::http::Method;
use serde_json::{Value, json};

use crate::app::{LoggedIn, NOW, Setup, TestApp};
use crate::call::Call;
use crate::names::Names;
use crate::token::part;
use crate::wechat::{scripted, session, united_people};

#[tokio::test]
async fn a_good_token_is_told_with_its_claims_and_the_person_at_wechat() {
    let app = Setup::with_wechat(united_people()).start().await;
    let login = app.logged_in("alice").await;
    let reply = app.introspect(&login.access).await;
    let claims = part(&login.access, 1);
    let names = Names::default()
        .call(&login.account, "alice")
        .call(&login.session, "her session")
        .call(claims["jti"].as_str().unwrap(), "the token's id");
    assert_json_snapshot!(names.shown(&reply));
    for name in ["iss", "aud", "sub", "client_id", "iat", "exp", "jti", "sid"] {
        assert_eq!(reply.json()[name], claims[name], "{name}");
    }
}

#[tokio::test]
async fn audience_and_issuer_are_those_of_the_configuration() {
    let setup = Setup::with_config(|config| config.tokens.audience = "https://api.example".into());
    let app = setup.start().await;
    let login = app.logged_in("alice").await;
    let body = app.introspect(&login.access).await.json();
    assert_eq!(
        (&body["iss"], &body["aud"]),
        (&json!("https://login.example"), &json!("https://api.example"))
    );
}

#[tokio::test]
async fn a_unionid_that_appeared_later_is_told_of_an_older_token_too() {
    let app = Setup::with_wechat(scripted(|app, code| {
        Ok(session(app, "o-alice", (!code.ends_with("-1")).then_some("u-alice")))
    }))
    .start()
    .await;
    let before = app.logged_in("alice").await;
    assert_eq!(app.introspect(&before.access).await.json().get("unionid"), None);
    app.logged_in("alice").await;
    assert_eq!(app.introspect(&before.access).await.json()["unionid"], "u-alice");
}

#[tokio::test]
async fn a_token_of_a_refresh_is_as_good_and_so_is_the_one_before_it() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(60);
    let next = app.refreshed(&login.refresh).await;
    let (old, new) = (
        app.introspect(&login.access).await.json(),
        app.introspect(&next.access).await.json(),
    );
    assert_eq!(old["sid"], new["sid"]);
    assert_ne!(old["jti"], new["jti"]);
    assert_eq!((&old["exp"], &new["exp"]), (&json!(NOW + 900), &json!(NOW + 960)));
}

#[tokio::test]
async fn tokens_of_the_key_before_are_good_until_they_expire() {
    let app = TestApp::new().await;
    app.advance(360);
    let login = app.logged_in("alice").await;
    assert_eq!(app.rotate().await.status, 200);
    assert!(app.is_active(&login.access).await);
    assert_ne!(
        part(&app.logged_in("alice").await.access, 0)["kid"],
        part(&login.access, 0)["kid"]
    );
}

#[tokio::test]
async fn the_answer_must_not_be_kept() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let reply = app.introspect(&login.access).await;
    assert_eq!(reply.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_token_in_a_url_is_not_looked_at() {
    let app = TestApp::new().await;
    let LoggedIn { access, .. } = app.logged_in("alice").await;
    let path = format!("/v1/introspect?token={access}");
    for method in [Method::GET, Method::HEAD, Method::PUT, Method::PATCH, Method::DELETE] {
        let reply = app.operate(Call::new(method.clone(), &path)).await;
        assert_eq!((reply.status, reply.header("allow")), (405, Some("POST")), "{method}");
    }
    let reply = app.operate(Call::post(&path).form(&[])).await;
    assert_eq!(reply.json()["errors"][0]["field"], "token");
}

#[tokio::test]
async fn introspection_counts_as_a_use_of_the_session() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(300);
    assert!(app.is_active(&login.access).await);
    app.write_uses().await;
    let sessions = app.sessions(&login.access).await.json();
    assert_eq!(
        sessions["sessions"][0]["last_used_at"],
        Value::from("2026-01-28T15:47:56Z")
    );
}
