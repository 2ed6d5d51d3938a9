//! Faults whose answer is still HTTP; those that break the connection are in `socket`.

use std::time::Duration;

use poem::http::{Method, StatusCode};
use poem::test::TestResponse;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::client::{Client, assert_errcode, body_of, credentials, exchange_path};

#[tokio::test]
async fn an_errcode_refuses_as_often_as_asked_and_uses_no_code_up() {
    let client = Client::new();
    let code = client.code(json!({})).await;

    client.fault(json!({"errcode": -1, "times": 2})).await;

    for _ in 0..2 {
        assert_errcode(&client.exchange(&code).await, -1, "system error");
    }
    assert!(client.exchange(&code).await["openid"].is_string());
    assert_eq!(client.calls().await["jscode2session"]["by_code"][&code], 3);
}

#[tokio::test]
async fn errcodes_have_the_platforms_texts() {
    let client = Client::new();

    for (errcode, text) in [
        (40226, "code blocked"),
        (45011, "api minute-quota reach limit, mustslower, retry next minute"),
        (45009, "reach max api daily quota limit"),
        (48001, "api unauthorized"),
        (12345, "unknown error"),
    ] {
        client.fault(json!({ "errcode": errcode })).await;
        assert_errcode(&client.exchange("x").await, errcode, text);
    }
}

#[tokio::test]
async fn a_fault_hits_its_own_endpoint_until_cleared() {
    let client = Client::new();

    for endpoint in ["stable_token", "checksession"] {
        client.fault(json!({"endpoint": endpoint, "errcode": 45009})).await;
    }

    client.log_in(json!({})).await;
    for _ in 0..3 {
        let answer = client.stable_token(&credentials()).await;
        assert_eq!(answer["errcode"], 45009);
        let answer = client.check_session("x", "x", "x").await;
        assert_eq!(answer["errcode"], 45009);
    }
    let one = r#"{"endpoint": "stable_token"}"#;
    let cleared = client.send(Method::DELETE, "/sandbox/fault", one).await;
    assert_eq!(body_of(cleared).await, json!({}));
    let token = client.access_token().await;
    assert_eq!(client.check_session(&token, "x", "x").await["errcode"], 45009);
    let cleared = client.send(Method::DELETE, "/sandbox/fault", "").await;
    assert_eq!(body_of(cleared).await, json!({}));
    assert_eq!(client.armed().await, json!({"steps": []}));
}

#[tokio::test]
async fn what_is_armed_can_be_seen() {
    let client = Client::new();

    assert_eq!(client.armed().await, json!({"steps": []}));
    client
        .fault(json!({"api": "getuserphonenumber", "errcode": -1, "times": 2}))
        .await;
    client.fault(json!({"latency_ms": 1})).await;
    client.phone_number("", &json!({})).await;

    assert_eq!(
        client.armed().await,
        json!({"steps": [
            {"api": "jscode2session", "forever": true, "latency_ms": 1},
            {"api": "getuserphonenumber", "times": 1, "errcode": -1},
        ]})
    );
}

#[tokio::test]
async fn a_new_fault_takes_the_place_of_the_last() {
    let client = Client::new();

    client.fault(json!({"errcode": -1})).await;
    client.fault(json!({"errcode": 45011, "times": 1})).await;

    assert_eq!(client.exchange("x").await["errcode"], 45011);
    assert_eq!(client.exchange("x").await["errcode"], 40029);
}

#[tokio::test]
async fn an_http_status_comes_with_a_page_and_uses_the_code_up() {
    let client = Client::new();
    let code = client.code(json!({})).await;

    client.fault(json!({"http_status": 502, "times": 1})).await;
    let response = client.get(&exchange_path(&code)).await;

    response.assert_status(StatusCode::BAD_GATEWAY);
    response.assert_content_type("text/html");
    assert!(text(response).await.starts_with("<html>"));
    assert_errcode(&client.exchange(&code).await, 40163, "code been used");
}

/// The body that a good exchange gets under this fault, and what its code is good for after.
async fn spoiled(body: &str) -> (Vec<u8>, Value) {
    let client = Client::new();
    let code = client.code(json!({})).await;
    client.fault(json!({"body": body, "times": 1})).await;

    let response = client.get(&exchange_path(&code)).await;

    response.assert_status_is_ok();
    let bytes = response.0.into_body().into_vec().await.unwrap();
    (bytes, client.exchange(&code).await)
}

#[tokio::test]
async fn bodies_can_be_spoiled_and_use_the_code_up() {
    for (body, is_as_described) in [
        ("html", starts_like_a_page as fn(&[u8]) -> bool),
        ("empty", <[u8]>::is_empty),
        ("not_json", |bytes| parse(bytes).is_none()),
        ("huge", |bytes| {
            bytes.len() > 1024 * 1024 && parse(bytes).unwrap()["openid"].is_string()
        }),
        ("array", |bytes| parse(bytes).unwrap()[0]["openid"].is_string()),
        ("wrong_types", |bytes| {
            parse(bytes).unwrap() == json!({"openid": 5, "session_key": []})
        }),
        ("non_utf8", |bytes| std::str::from_utf8(bytes).is_err()),
    ] {
        let (bytes, again) = spoiled(body).await;
        assert!(is_as_described(&bytes), "{body}");
        assert_errcode(&again, 40163, "code been used");
    }
}

#[tokio::test]
async fn an_errcode_can_be_a_string_and_uses_no_code_up() {
    let (bytes, again) = spoiled("string_errcode").await;

    let answer = parse(&bytes).unwrap();
    assert_eq!(answer["errcode"], "40029");
    let errmsg = answer["errmsg"].as_str().unwrap();
    assert!(errmsg.starts_with("invalid code, rid: "), "{errmsg}");
    assert!(again["openid"].is_string());
}

#[tokio::test]
async fn every_body_is_there_for_every_endpoint() {
    let client = Client::new();

    for endpoint in [
        "jscode2session",
        "stable_token",
        "checksession",
        "resetusersessionkey",
        "getuserphonenumber",
    ] {
        for body in [
            "html",
            "empty",
            "huge",
            "not_json",
            "array",
            "wrong_types",
            "string_errcode",
            "non_utf8",
        ] {
            client
                .fault(json!({"endpoint": endpoint, "body": body, "times": 1}))
                .await;
            let response = match endpoint {
                "jscode2session" => client.get("/sns/jscode2session").await,
                "stable_token" => {
                    let body = credentials().to_string();
                    client.send(Method::POST, "/cgi-bin/stable_token", &body).await
                }
                "getuserphonenumber" => client.get("/wxa/business/getuserphonenumber").await,
                _ => client.get(&format!("/wxa/{endpoint}")).await,
            };
            response.assert_status_is_ok();
            response.0.into_body().into_vec().await.unwrap();
        }
    }
}

#[tokio::test]
async fn latency_delays_the_answer_and_nothing_else() {
    let client = Client::new();
    let code = client.code(json!({})).await;
    client.fault(json!({"latency_ms": 20, "times": 1})).await;
    let start = Instant::now();

    let identity = client.exchange(&code).await;

    assert!(identity["openid"].is_string());
    assert!(start.elapsed().as_millis() >= 20);
}

#[tokio::test]
async fn latency_can_come_with_a_failure() {
    let client = Client::new();
    client.fault(json!({"latency_ms": 20, "errcode": -1})).await;
    let start = Instant::now();

    assert_errcode(&client.exchange("x").await, -1, "system error");

    assert!(start.elapsed().as_millis() >= 20);
}

#[tokio::test]
async fn a_client_that_gives_up_has_used_its_code_up() {
    for fault in [
        json!({"hang": true, "times": 1}),
        json!({"latency_ms": 9000, "times": 1}),
    ] {
        let client = Client::new();
        let code = client.code(json!({})).await;
        client.fault(fault).await;

        let waited = tokio::time::timeout(Duration::from_millis(50), client.exchange(&code)).await;

        assert!(waited.is_err());
        assert_errcode(&client.exchange(&code).await, 40163, "code been used");
        assert_eq!(client.calls().await["jscode2session"]["by_code"][&code], 2);
    }
}

#[tokio::test]
async fn faults_that_make_no_sense_are_refused() {
    let client = Client::new();

    for body in [
        json!({}),
        json!({"times": 1}),
        json!({"errcode": -1, "times": 0}),
        json!({"errcode": -1, "times": -1}),
        json!({"errcode": -1, "hang": true}),
        json!({"disconnect": true, "body": "html"}),
        json!({"disconnect": false}),
        json!({"errcode": "40029"}),
        json!({"http_status": 100}),
        json!({"http_status": 600}),
        json!({"http_status": 70000}),
        json!({"latency_ms": 60001}),
        json!({"body": "xml"}),
        json!({"endpoint": "token", "errcode": -1}),
        json!({"errcode": -1, "times": 1, "forever": true}),
    ] {
        client.refused("/sandbox/fault", &body.to_string()).await;
    }
    client.log_in(json!({})).await;
}

async fn text(response: TestResponse) -> String {
    response.0.into_body().into_string().await.unwrap()
}

fn parse(bytes: &[u8]) -> Option<Value> {
    serde_json::from_slice(bytes).ok()
}

fn starts_like_a_page(bytes: &[u8]) -> bool {
    bytes.starts_with(b"<html>")
}
