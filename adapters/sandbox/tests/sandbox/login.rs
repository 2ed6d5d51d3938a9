//! `jscode2session`, and the `wx.login` that comes before it.

use std::time::Duration;

use poem::http::Method;
use serde_json::json;
use wxlogin_sandbox::{DEFAULT_APPID, DEFAULT_SECRET, SandboxConfig};

use crate::client::{Client, OTHER_APPID, OTHER_SECRET, assert_errcode, body_of, exchange_path};

#[tokio::test]
async fn a_code_becomes_an_identity() {
    let client = Client::new();
    let code = client.code(json!({})).await;
    assert_eq!(code.len(), 32);
    assert!(code.bytes().all(|byte| byte.is_ascii_alphanumeric()));

    let response = client.get(&exchange_path(&code)).await;

    response.assert_status_is_ok();
    response.assert_content_type("text/plain");
    let identity = body_of(response).await;
    assert_eq!(identity.as_object().unwrap().len(), 3, "{identity}");
    assert_eq!(identity["session_key"].as_str().unwrap().len(), 24);
    for id in ["openid", "unionid"] {
        let id = identity[id].as_str().unwrap();
        assert_eq!(id.len(), 28);
        assert!(id.starts_with('o'));
    }
}

#[tokio::test]
async fn the_body_of_wx_login_is_the_code_and_nothing_else() {
    let client = Client::new();

    let body = client.control("/sandbox/code", &json!({"user": "bob"})).await;

    assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["code"]);
}

#[tokio::test]
async fn a_code_works_once() {
    let client = Client::new();
    let code = client.code(json!({})).await;

    assert!(client.exchange(&code).await["openid"].is_string());

    for _ in 0..2 {
        assert_errcode(&client.exchange(&code).await, 40163, "code been used");
    }
}

#[tokio::test]
async fn a_code_that_is_asked_for_expired_is_so_for_itself_alone() {
    let client = Client::new();
    let good = client.code(json!({})).await;
    let expired = client.code(json!({"expired": true})).await;

    assert_errcode(&client.exchange(&expired).await, 40029, "invalid code");

    assert!(client.exchange(&good).await["openid"].is_string());
}

#[tokio::test]
async fn a_code_lives_five_minutes() {
    let client = Client::new();
    let [good, late] = [client.code(json!({})).await, client.code(json!({})).await];

    client.advance(295).await;
    assert!(client.exchange(&good).await["openid"].is_string());
    client.advance(5).await;

    assert_errcode(&client.exchange(&late).await, 40029, "invalid code");
    assert_errcode(&client.exchange(&good).await, 40029, "invalid code");
}

#[tokio::test]
async fn the_lifetime_of_codes_can_be_set() {
    let client = Client::with(SandboxConfig {
        code_lifetime: Duration::ZERO,
        ..SandboxConfig::default()
    });

    let code = client.code(json!({})).await;

    assert_errcode(&client.exchange(&code).await, 40029, "invalid code");
}

#[tokio::test]
async fn a_code_is_of_one_app() {
    let client = Client::with_two_apps();
    let code = client.code(json!({"appid": OTHER_APPID})).await;

    assert_errcode(&client.exchange(&code).await, 40029, "invalid code");

    let path = exchange_path(&code)
        .replace(DEFAULT_APPID, OTHER_APPID)
        .replace(DEFAULT_SECRET, OTHER_SECRET);
    assert!(body_of(client.get(&path).await).await["openid"].is_string());
}

#[tokio::test]
async fn everything_sent_is_checked() {
    let client = Client::new();
    let code = client.code(json!({})).await;
    let good = exchange_path(&code);
    let appid = format!("appid={DEFAULT_APPID}");
    let secret = format!("secret={DEFAULT_SECRET}");
    let js_code = format!("js_code={code}");
    let grant_type = "grant_type=authorization_code";

    for (path, errcode, text) in [
        (good.replace(&appid, ""), 41002, "appid missing"),
        (good.replace(&appid, "appid="), 41002, "appid missing"),
        (good.replace(&secret, ""), 41004, "appsecret missing"),
        (good.replace(&js_code, ""), 41008, "missing code"),
        (good.replace(grant_type, ""), 40002, "invalid grant_type"),
        (
            good.replace(grant_type, "grant_type=client_credential"),
            40002,
            "invalid grant_type",
        ),
        (good.replace(&appid, "appid=wx9"), 40013, "invalid appid"),
        (good.replace(&secret, "secret=x"), 40125, "invalid appsecret"),
        (
            good.replace(&secret, &format!("{secret}%20")),
            40125,
            "invalid appsecret",
        ),
        (good.replace(&js_code, "js_code=x"), 40029, "invalid code"),
        (good.replace(&js_code, &js_code.to_lowercase()), 40029, "invalid code"),
        ("/sns/jscode2session".to_owned(), 41002, "appid missing"),
    ] {
        let response = client.get(&path).await;
        response.assert_status_is_ok();
        response.assert_content_type("text/plain");
        assert_errcode(&body_of(response).await, errcode, text);
    }
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::HEAD] {
        let response = client.send(method, &good, "").await;
        response.assert_status_is_ok();
        assert_errcode(&body_of(response).await, 43001, "require GET method");
    }

    // None of that used the code up.
    assert!(client.exchange(&code).await["openid"].is_string());
}

#[tokio::test]
async fn a_person_is_the_same_in_every_login_and_every_run() {
    let identity = Client::new().log_in(json!({"user": "bob"})).await;
    let again = Client::with_two_apps()
        .log_in(json!({"user": "bob", "appid": DEFAULT_APPID}))
        .await;
    let other = Client::new().log_in(json!({"user": "carol"})).await;

    for id in ["openid", "unionid"] {
        assert_eq!(identity[id], again[id]);
        assert_ne!(identity[id], other[id]);
    }
}

#[tokio::test]
async fn a_person_has_an_openid_in_each_app_and_one_unionid() {
    let client = Client::with_two_apps();
    let one = client.log_in(json!({"appid": DEFAULT_APPID})).await;
    let code = client.code(json!({"appid": OTHER_APPID})).await;
    let path = exchange_path(&code)
        .replace(DEFAULT_APPID, OTHER_APPID)
        .replace(DEFAULT_SECRET, OTHER_SECRET);

    let two = body_of(client.get(&path).await).await;

    assert_ne!(one["openid"], two["openid"]);
    assert_eq!(one["unionid"], two["unionid"]);
}

#[tokio::test]
async fn a_login_rotates_the_session_key_unless_told_not_to() {
    let client = Client::new();

    let first = client.log_in(json!({})).await;
    let rotated = client.log_in(json!({})).await;
    let kept = client.log_in(json!({"rotate": false})).await;

    assert_ne!(first["session_key"], rotated["session_key"]);
    assert_eq!(rotated["session_key"], kept["session_key"]);
}

#[tokio::test]
async fn a_code_carries_the_key_of_the_moment_it_was_made() {
    let client = Client::new();
    let early = client.code(json!({})).await;
    let late = client.log_in(json!({})).await;

    let early = client.exchange(&early).await;

    assert_ne!(early["session_key"], late["session_key"]);
    let token = client.access_token().await;
    let openid = early["openid"].as_str().unwrap();
    for (identity, errcode) in [(&early, 87009), (&late, 0)] {
        let key = identity["session_key"].as_str().unwrap();
        let answer = client.check_session(&token, openid, key).await;
        assert_eq!(answer["errcode"], errcode);
    }
}

#[tokio::test]
async fn the_unionid_can_be_switched_off_and_on_again() {
    let client = Client::new();
    let switch = async |on: bool| {
        client
            .control("/sandbox/user", &json!({"user": "bob", "unionid": on}))
            .await
    };

    assert_eq!(switch(false).await, json!({}));
    let without = client.log_in(json!({"user": "bob"})).await;
    let alice = client.log_in(json!({})).await;
    switch(true).await;
    let with = client.log_in(json!({"user": "bob"})).await;

    assert!(without.get("unionid").is_none(), "{without}");
    assert!(alice["unionid"].is_string());
    assert!(with["unionid"].is_string());
    assert_eq!(without["openid"], with["openid"]);
}
