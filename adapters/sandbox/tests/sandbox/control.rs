//! The control endpoints' manners, and the counting.

use poem::http::{Method, StatusCode};
use serde_json::json;
use wxlogin_sandbox::{DEFAULT_PUSH_AES_KEY, DEFAULT_PUSH_TOKEN, Sandbox, SandboxConfig};

use crate::client::{Client, OTHER_APPID, body_of, credentials};

const COMMANDS: [&str; 14] = [
    "/sandbox/code",
    "/sandbox/rotate",
    "/sandbox/phone",
    "/sandbox/phone-code",
    "/sandbox/user-data",
    "/sandbox/access-token/revoke",
    "/sandbox/push/verify",
    "/sandbox/user",
    "/sandbox/clock",
    "/sandbox/fault",
    "/sandbox/scenario",
    "/sandbox/quota",
    "/sandbox/push",
    "/sandbox/push/settings",
];

/// Those that are about an app, and need to be told nothing else.
const ABOUT_AN_APP: &[&str] = COMMANDS.split_at(6).0;

#[tokio::test]
async fn the_help_names_every_endpoint() {
    let response = Client::new().get("/sandbox").await;

    response.assert_status_is_ok();
    response.assert_content_type("text/plain; charset=utf-8");
    let help = response.0.into_body().into_string().await.unwrap();
    for path in COMMANDS {
        let is_named = help
            .lines()
            .filter_map(|line| line.trim().strip_prefix("POST "))
            .any(|line| line.split_whitespace().next() == Some(path));
        assert!(is_named, "{path}");
    }
    for path in [
        "GET    /sandbox/calls",
        "GET    /sandbox/fault",
        "GET    /sandbox/journal",
        "DELETE /sandbox/quota",
        DEFAULT_PUSH_TOKEN,
        DEFAULT_PUSH_AES_KEY,
        "GET  /sns/jscode2session",
        "POST /cgi-bin/stable_token",
        "GET  /wxa/checksession",
        "GET  /wxa/resetusersessionkey",
        "POST /wxa/business/getuserphonenumber",
    ] {
        assert!(help.contains(path), "{path}");
    }
}

#[tokio::test]
async fn any_content_type_will_do_and_no_body_is_an_empty_object() {
    let client = Client::new();

    for body in ["", " \n", "{}"] {
        let response = client.send(Method::POST, "/sandbox/code", body).await;
        response.assert_status_is_ok();
        response.assert_content_type("application/json; charset=utf-8");
        assert_eq!(body_of(response).await["code"].as_str().unwrap().len(), 32);
    }
}

#[tokio::test]
async fn bodies_that_are_not_as_they_should_be_are_refused() {
    let client = Client::new();

    for path in COMMANDS {
        let error = client.refused(path, r#"{"usr": "bob"}"#).await;
        assert!(error.contains("unknown field `usr`"), "{path}: {error}");
        for body in ["{", "[]", "null", "\u{0}", r#"{"user": 5, "unionid": 1}"#] {
            client.refused(path, body).await;
        }
        let response = client.send(Method::POST, path, &" ".repeat(70_000)).await;
        response.assert_status(StatusCode::PAYLOAD_TOO_LARGE);
        assert!(body_of(response).await["error"].is_string());
    }
    let error = client.refused("/sandbox/code", r#"{"user": "a b"}"#).await;
    assert!(error.contains("1 to 64 characters"), "{error}");
}

#[tokio::test]
async fn which_app_is_meant_must_be_clear() {
    let none = Client::with(SandboxConfig {
        apps: Vec::new(),
        ..SandboxConfig::default()
    });
    let two = Client::with_two_apps();

    for path in ABOUT_AN_APP {
        for client in [&none, &two] {
            let error = client.refused(path, "{}").await;
            assert!(error.starts_with("appid: "), "{error}");
        }
        let body = json!({"appid": OTHER_APPID});
        two.control(path, &body).await;
        let error = none.refused(path, &body.to_string()).await;
        assert!(error.starts_with("appid: "), "{error}");
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_explained() {
    let client = Client::new();

    for (method, path, status) in [
        (Method::GET, "/", StatusCode::NOT_FOUND),
        (Method::POST, "/sandbox/nothing", StatusCode::NOT_FOUND),
        (Method::GET, "/cgi-bin/token", StatusCode::NOT_FOUND),
        (Method::GET, "/sandbox/code", StatusCode::METHOD_NOT_ALLOWED),
        (Method::PUT, "/sandbox/fault", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let response = client.send(method, path, "").await;
        response.assert_status(status);
        let error = body_of(response).await;
        assert!(error["error"].as_str().unwrap().contains("GET /sandbox"), "{error}");
    }
}

#[tokio::test]
async fn the_clock_goes_ahead_and_not_too_far() {
    let client = Client::new();
    let advance = async |seconds: u64| {
        let body = json!({ "advance_seconds": seconds });
        let answer = client.control("/sandbox/clock", &body).await;
        assert_eq!(answer.as_object().unwrap().len(), 1);
        answer["now"].as_u64().unwrap()
    };

    let before = advance(0).await;
    let after = advance(3600).await;

    assert!((3600..3610).contains(&(after - before)));
    for bad in ["-1", "1.5", "18446744073709551615", "4000000000"] {
        client
            .refused("/sandbox/clock", &format!(r#"{{"advance_seconds": {bad}}}"#))
            .await;
    }
}

#[tokio::test]
async fn every_request_to_the_platform_is_counted() {
    let client = Client::new();
    let code = client.code(json!({})).await;

    client.exchange(&code).await;
    client.exchange(&code).await;
    client.exchange("stranger").await;
    client.exchange(&"x".repeat(200)).await;
    client.get("/sns/jscode2session").await;
    client.stable_token(&credentials()).await;
    client.get("/cgi-bin/stable_token").await;
    client.get("/wxa/checksession").await;
    client.get("/wxa/resetusersessionkey").await;
    let phone = "/wxa/business/getuserphonenumber";
    client.get(phone).await;
    client.send(Method::POST, phone, r#"{"code": "stranger"}"#).await;

    assert_eq!(
        client.calls().await,
        json!({
            "jscode2session": {"total": 5, "by_code": {&code: 2, "stranger": 1}},
            "stable_token": {"total": 2},
            "checksession": {"total": 1},
            "resetusersessionkey": {"total": 1},
            "getuserphonenumber": {"total": 2, "by_code": {"stranger": 1}},
        })
    );
    let response = client.send(Method::DELETE, "/sandbox/calls", "").await;
    assert_eq!(body_of(response).await, json!({}));
    assert_eq!(
        client.calls().await,
        json!({
            "jscode2session": {"total": 0, "by_code": {}},
            "stable_token": {"total": 0},
            "checksession": {"total": 0},
            "resetusersessionkey": {"total": 0},
            "getuserphonenumber": {"total": 0, "by_code": {}},
        })
    );
}

#[test]
fn clones_are_the_same_platform_and_debug_shows_no_secret() {
    let sandbox = Sandbox::new(SandboxConfig::default());

    let shown = format!("{:?}", sandbox.clone());

    assert!(shown.contains(wxlogin_sandbox::DEFAULT_APPID), "{shown}");
    assert!(!shown.contains(wxlogin_sandbox::DEFAULT_SECRET), "{shown}");
}
