//! Quotas, by the stand-in's clock.

use poem::http::Method;
use serde_json::{Value, json};

use crate::client::{Client, assert_errcode, body_of, credentials};

const MINUTE: (i64, &str) = (45011, "api minute-quota reach limit, mustslower, retry next minute");
const DAY: (i64, &str) = (45009, "reach max api daily quota limit");

async fn limit(client: &Client, limits: Value) {
    assert_eq!(client.control("/sandbox/quota", &limits).await, json!({}));
}

#[track_caller]
fn assert_refused(answer: &Value, (errcode, text): (i64, &str)) {
    assert_errcode(answer, errcode, text);
}

#[tokio::test]
async fn a_user_has_a_number_of_logins_a_minute_and_refusals_use_no_code_up() {
    let client = Client::new();
    limit(&client, json!({"api": "jscode2session", "per_user_per_minute": 2})).await;
    client.log_in(json!({})).await;
    client.log_in(json!({})).await;
    let code = client.code(json!({})).await;

    for _ in 0..2 {
        assert_refused(&client.exchange(&code).await, MINUTE);
    }
    client.log_in(json!({"user": "bob"})).await;
    client.advance(60).await;

    assert!(client.exchange(&code).await["openid"].is_string());
}

#[tokio::test]
async fn an_app_has_a_number_of_calls_a_minute_and_a_day() {
    let client = Client::new();
    limit(&client, json!({"api": "stable_token", "per_minute": 2, "per_day": 3})).await;
    let ask = async || client.stable_token(&credentials()).await;

    for _ in 0..2 {
        assert!(ask().await["access_token"].is_string());
    }
    assert_refused(&ask().await, MINUTE);
    client.advance(60).await;
    assert!(ask().await["access_token"].is_string());
    assert_refused(&ask().await, DAY);
    client.advance(86_400).await;

    assert!(ask().await["access_token"].is_string());
}

#[tokio::test]
async fn every_endpoint_has_quotas() {
    let client = Client::new();
    let identity = client.log_in(json!({})).await;
    let [openid, key] = ["openid", "session_key"].map(|field| identity[field].as_str().unwrap());
    let token = client.access_token().await;
    let code = client.phone_code(json!({})).await;
    let login_code = client.code(json!({"rotate": false})).await;

    for (limit_, refusal) in [
        ("per_minute", MINUTE),
        ("per_day", DAY),
        ("per_user_per_minute", MINUTE),
    ] {
        for api in [
            "jscode2session",
            "checksession",
            "resetusersessionkey",
            "getuserphonenumber",
        ] {
            limit(&client, json!({"api": api, limit_: 0})).await;
        }
        assert_refused(&client.exchange(&login_code).await, refusal);
        assert_refused(&client.check_session(&token, openid, key).await, refusal);
        assert_refused(&client.reset_session_key(&token, openid, key).await, refusal);
        assert_refused(&client.phone_number(&token, &json!({ "code": code })).await, refusal);
    }

    // Not one of the refused has done anything.
    let restored = client.send(Method::DELETE, "/sandbox/quota", "").await;
    assert_eq!(body_of(restored).await, json!({}));
    assert_eq!(client.check_session(&token, openid, key).await["errcode"], 0);
    assert_eq!(
        client.phone_number(&token, &json!({ "code": code })).await["errcode"],
        0
    );
    assert!(client.exchange(&login_code).await["openid"].is_string());
}

#[tokio::test]
async fn limits_can_be_seen_and_restored() {
    let client = Client::new();
    let shown = async || body_of(client.get("/sandbox/quota").await).await;
    let none = json!({"per_minute": null, "per_day": null, "per_user_per_minute": null});
    let defaults = json!({
        "jscode2session": none,
        "stable_token": {"per_minute": 10_000, "per_day": 500_000, "per_user_per_minute": null},
        "checksession": none,
        "resetusersessionkey": none,
        "getuserphonenumber": none,
    });

    assert_eq!(shown().await, defaults);
    limit(&client, json!({"api": "stable_token", "per_day": null})).await;
    assert_eq!(shown().await["stable_token"], none);
    client.send(Method::DELETE, "/sandbox/quota", "").await;

    assert_eq!(shown().await, defaults);
}

#[tokio::test]
async fn one_user_may_log_in_as_often_as_a_load_test_wants() {
    let client = Client::new();

    for _ in 0..150 {
        client.log_in(json!({})).await;
    }
}

#[tokio::test]
async fn who_cannot_say_who_it_is_counts_against_no_quota() {
    let client = Client::new();
    limit(&client, json!({"api": "stable_token", "per_minute": 1})).await;
    let mut wrong = credentials();
    wrong["secret"] = json!("x");

    for _ in 0..3 {
        assert_errcode(&client.stable_token(&wrong).await, 40125, "invalid appsecret");
    }

    client.access_token().await;
}

#[tokio::test]
async fn limits_that_make_no_sense_are_refused() {
    let client = Client::new();

    for body in [
        json!({}),
        json!({"api": "token"}),
        json!({"api": "jscode2session", "per_minute": -1}),
        json!({"api": "jscode2session", "per_minute": "5"}),
        json!({"api": "jscode2session", "per_hour": 5}),
        json!({"api": "stable_token", "per_user_per_minute": 5}),
    ] {
        client.refused("/sandbox/quota", &body.to_string()).await;
    }
}
