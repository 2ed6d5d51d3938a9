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
    for app in SandboxConfig::default().apps {
        assert!(!page.contains(app.secret.expose_secret()));
    }
}

#[tokio::test]
async fn the_stand_in_is_below_it_and_the_api_is_where_it_was() {
    let house = house(true).await;
    let code = house.post("/playground/platform/sandbox/code").send().await;
    let code: Value = serde_json::from_str(&text(code).await).unwrap();
    assert_eq!(code["code"].as_str().unwrap().len(), 32);
    house.get("/livez").send().await.assert_status_is_ok();
    for (method, path) in [
        (Method::POST, "/playground"),
        (Method::GET, "/playground/"),
        (Method::GET, "/playground/nothing"),
        (Method::GET, "/playground/platform"),
        (Method::GET, "/playground/platformer/sandbox"),
        (Method::GET, "/sandbox/code"),
    ] {
        let response = house.request(method, path).send().await;
        response.assert_status(StatusCode::NOT_FOUND);
        assert!(text(response).await.contains("not_found"), "{path}");
    }
    let response = house.get("/playground/platform/nothing").send().await;
    response.assert_status(StatusCode::NOT_FOUND);
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
