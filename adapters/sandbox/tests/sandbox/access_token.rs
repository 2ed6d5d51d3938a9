//! `stable_token`.

use poem::http::Method;
use serde_json::{Value, json};
use wxlogin_sandbox::DEFAULT_APPID;

use crate::client::{Client, OTHER_APPID, assert_errcode, body_of, credentials};

#[tokio::test]
async fn everybody_gets_the_same_token_until_it_is_forced() {
    let client = Client::new();

    let first = client.stable_token(&credentials()).await;
    let second = client.stable_token(&credentials()).await;
    let forced = client.stable_token(&forced()).await;

    assert_eq!(first.as_object().unwrap().len(), 2, "{first}");
    let token = first["access_token"].as_str().unwrap();
    assert!((100..=512).contains(&token.len()));
    assert!((7190..=7200).contains(&first["expires_in"].as_u64().unwrap()));
    assert_eq!(first["access_token"], second["access_token"]);
    assert_ne!(first["access_token"], forced["access_token"]);
    assert!(!works(&client, &first).await);
    assert!(works(&client, &forced).await);
}

#[tokio::test]
async fn in_the_last_five_minutes_two_tokens_work() {
    let client = Client::new();
    let first = client.stable_token(&credentials()).await;

    client.advance(6800).await;
    let same = client.stable_token(&credentials()).await;
    client.advance(150).await;
    let second = client.stable_token(&credentials()).await;

    assert_eq!(first["access_token"], same["access_token"]);
    assert!(same["expires_in"].as_u64().unwrap() <= 400);
    assert_ne!(first["access_token"], second["access_token"]);
    assert!(works(&client, &first).await);
    assert!(works(&client, &second).await);
    client.advance(300).await;
    assert!(!works(&client, &first).await);
    assert!(works(&client, &second).await);
}

#[tokio::test]
async fn everything_sent_is_checked() {
    let client = Client::new();
    let with = |field: &str, value: Value| {
        let mut body = credentials();
        body[field] = value;
        body
    };
    let without = |field: &str| {
        let mut body = credentials();
        body.as_object_mut().unwrap().remove(field);
        body
    };

    for (body, errcode, text) in [
        (without("grant_type"), 40002, "invalid grant_type"),
        (
            with("grant_type", json!("authorization_code")),
            40002,
            "invalid grant_type",
        ),
        (without("appid"), 41002, "appid missing"),
        (with("appid", json!("")), 41002, "appid missing"),
        (without("secret"), 41004, "appsecret missing"),
        (with("appid", json!("wx9")), 40013, "invalid appid"),
        (with("secret", json!("x")), 40125, "invalid appsecret"),
        (with("appid", json!(5)), 47001, "data format error"),
        (with("force_refresh", json!("yes")), 47001, "data format error"),
    ] {
        assert_errcode(&client.stable_token(&body).await, errcode, text);
    }
    let array = r#"["client_credential", "wx0000000000000001", "00000000000000000000000000000001"]"#;
    for body in ["", "{", "grant_type=client_credential", array, &"x".repeat(70_000)] {
        let response = client.send(Method::POST, "/cgi-bin/stable_token", body).await;
        assert_errcode(&body_of(response).await, 47001, "data format error");
    }
    for method in [Method::GET, Method::PUT] {
        let response = client
            .send(method, "/cgi-bin/stable_token", &credentials().to_string())
            .await;
        response.assert_status_is_ok();
        assert_errcode(&body_of(response).await, 43002, "require POST method");
    }
}

#[tokio::test]
async fn a_refresh_forced_again_within_thirty_seconds_is_none() {
    let client = Client::new();
    let forced = forced();
    let first = client.stable_token(&forced).await;

    client.advance(20).await;
    let same = client.stable_token(&forced).await;
    client.advance(10).await;
    let second = client.stable_token(&forced).await;

    assert_eq!(first["access_token"], same["access_token"]);
    assert_ne!(first["access_token"], second["access_token"]);
    assert!(!works(&client, &first).await);
}

#[tokio::test]
async fn a_refresh_is_forced_twenty_times_a_day() {
    let client = Client::new();
    let forced = forced();
    for _ in 0..20 {
        assert!(client.stable_token(&forced).await["access_token"].is_string());
        // Not a refresh, so it does not count as one.
        client.stable_token(&forced).await;
        client.advance(30).await;
    }

    let refused = client.stable_token(&forced).await;

    assert_errcode(&refused, 45009, "reach max api daily quota limit");
    assert!(client.stable_token(&credentials()).await["access_token"].is_string());
    client.advance(86_400).await;
    assert!(client.stable_token(&forced).await["access_token"].is_string());
}

#[tokio::test]
async fn a_revoked_token_is_refused_and_the_next_one_works() {
    let client = Client::with_two_apps();
    let first = client.stable_token(&credentials()).await;

    client
        .control("/sandbox/access-token/revoke", &json!({"appid": OTHER_APPID}))
        .await;
    assert!(works(&client, &first).await);
    let answer = client
        .control("/sandbox/access-token/revoke", &json!({"appid": DEFAULT_APPID}))
        .await;

    assert_eq!(answer, json!({}));
    let token = first["access_token"].as_str().unwrap();
    let refused = client.check_session(token, "oNobody", "").await;
    assert_errcode(
        &refused,
        40001,
        "invalid credential, access_token is invalid or not latest",
    );
    let next = client.stable_token(&credentials()).await;
    assert_ne!(first["access_token"], next["access_token"]);
    assert!(works(&client, &next).await);
}

/// The body that forces a refresh.
fn forced() -> Value {
    let mut body = credentials();
    body["force_refresh"] = json!(true);
    body
}

/// Whether the platform takes this token: it then gets as far as the openid, which is unknown.
async fn works(client: &Client, answer: &Value) -> bool {
    let token = answer["access_token"].as_str().unwrap();
    let answer = client.check_session(token, "oNobody", "").await;
    answer["errcode"] == 40003
}
