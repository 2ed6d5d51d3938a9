//! The playground, where it is put before the API.

use std::sync::Arc;

use poem::endpoint::BoxEndpoint;
use poem::http::{Method, StatusCode};
use poem::test::{TestClient, TestResponse};
use poem::{EndpointExt as _, Response};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use wxlogin::playground::Playground;
use wxlogin::wiring::{SandboxConfig, api, sandbox};

use crate::app::Setup;

type House = TestClient<BoxEndpoint<'static, Response>>;

async fn house(has_stand_in: bool) -> House {
    let setup = Setup::default();
    let config = setup.config.clone();
    let app = setup.start().await;
    let playground = if has_stand_in {
        Playground::with_stand_in(&config, Arc::new(sandbox(SandboxConfig::default())))
    } else {
        Playground::without_stand_in(&config)
    };
    TestClient::new(playground.before(api(&config, &app.services)).boxed())
}

async fn text(response: TestResponse) -> String {
    response.0.into_body().into_string().await.expect("it is text")
}

#[tokio::test]
async fn it_is_one_page_under_a_strict_policy() {
    let house = house(true).await;
    let page = house.get("/playground").send().await;
    page.assert_status_is_ok();
    page.assert_content_type("text/html; charset=utf-8");
    page.assert_header("x-content-type-options", "nosniff");
    page.assert_header("referrer-policy", "no-referrer");
    let policy = page.0.headers()["content-security-policy"].to_str().unwrap().to_owned();
    for directive in [
        "default-src 'none'",
        "script-src 'sha256-",
        "style-src 'sha256-",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(directive), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");

    let page = text(page).await;
    for loading in [
        " src=",
        "http:",
        "https:",
        "@import",
        "url(",
        "innerHTML",
        " style=\"",
        " onclick",
    ] {
        assert!(!page.contains(loading), "{loading}");
    }
    for app in Setup::default().config.apps {
        assert!(page.contains(app.appid.as_str()));
        for secret in [Some(app.secret), app.push_token, app.push_aes_key] {
            let secret = secret.expect("it is set");
            assert!(!page.contains(secret.expose_secret()));
        }
    }
}

async fn assert_nothing_is_at(house: &House, method: Method, path: &str) {
    let response = house.request(method, path).send().await;
    response.assert_status(StatusCode::NOT_FOUND);
    assert!(text(response).await.contains("not_found"), "{path}");
}

#[tokio::test]
async fn the_stand_in_is_below_it_and_the_api_is_where_it_was() {
    let house = house(true).await;
    assert!(gives_a_code(&house, &[]).await);
    house.get("/livez").send().await.assert_status_is_ok();
    for (method, path) in [
        (Method::POST, "/playground"),
        (Method::GET, "/playground/"),
        (Method::GET, "/playground/nothing"),
        (Method::GET, "/playground/platform"),
        (Method::GET, "/playground/platform/nothing"),
        (Method::GET, "/playground/platformer/sandbox"),
        (Method::GET, "/sandbox/code"),
    ] {
        assert_nothing_is_at(&house, method, path).await;
    }
}

/// Whether the stand-in answers a request with these headers.
async fn gives_a_code(house: &House, headers: &[(&str, &str)]) -> bool {
    let mut request = house.post("/playground/platform/sandbox/code");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await;
    let status = response.0.status();
    let answer: Value = serde_json::from_str(&text(response).await).unwrap();
    if status == StatusCode::OK {
        return answer["code"].as_str().is_some_and(|code| code.len() == 32);
    }
    assert_eq!((status, &answer["code"]), (StatusCode::NOT_FOUND, &"not_found".into()));
    false
}

#[tokio::test]
async fn the_stand_in_does_on_this_port_what_the_page_needs_and_no_more() {
    let house = house(true).await;
    for (method, path) in [
        (Method::GET, "/sandbox"),
        (Method::GET, "/sandbox/calls"),
        (Method::POST, "/sandbox/clock"),
        (Method::POST, "/sandbox/push"),
        (Method::POST, "/sandbox/code/"),
        (Method::GET, "/sns/jscode2session"),
        (Method::POST, "/cgi-bin/stable_token"),
    ] {
        assert_nothing_is_at(&house, method, &format!("/playground/platform{path}")).await;
    }
}

#[tokio::test]
async fn the_stand_in_is_for_a_browser_on_this_machine() {
    let house = house(true).await;
    for host in [
        "127.0.0.1:8080",
        "127.0.0.2",
        "[::1]:8080",
        "localhost",
        "LocalHost:8080",
    ] {
        assert!(gives_a_code(&house, &[("Host", host)]).await, "{host}");
    }
    for host in [
        "login.example",
        "login.example:8080",
        "192.168.0.2:8080",
        "localhost.example",
        "127.0.0.1@login.example",
        "",
    ] {
        assert!(!gives_a_code(&house, &[("Host", host)]).await, "{host}");
    }
    assert!(!gives_a_code(&house, &[("Host", "localhost"), ("Host", "login.example")]).await);
    for site in ["same-origin", "same-site", "none"] {
        assert!(gives_a_code(&house, &[("Sec-Fetch-Site", site)]).await, "{site}");
    }
    for header in [
        ("Sec-Fetch-Site", "cross-site"),
        ("X-Forwarded-For", "192.0.2.1"),
        ("Forwarded", "for=192.0.2.1"),
    ] {
        assert!(
            !gives_a_code(&house, &[("Host", "localhost"), header]).await,
            "{header:?}"
        );
    }
}

#[tokio::test]
async fn on_wechat_itself_there_is_the_page_and_no_stand_in() {
    let house = house(false).await;
    let page = text(house.get("/playground").send().await).await;
    assert!(page.contains(r#""stand_in":false"#));
    for path in ["/playground/platform/sandbox", "/playground/platform/sandbox/journal"] {
        let response = house.get(path).send().await;
        response.assert_status(StatusCode::NOT_FOUND);
    }
}
