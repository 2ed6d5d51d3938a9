//! `Accept-Language`: problem documents in Chinese or English.

use insta::assert_json_snapshot;
use poem::http::{HeaderValue, header};

use crate::app::TestApp;
use crate::call::Call;

#[tokio::test]
async fn the_language_that_is_liked_best_is_spoken() {
    let app = TestApp::new().await;
    for (accept, language) in [
        ("", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh-CN", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("zh-Hans-CN", "zh-CN"),
        ("en", "en"),
        ("en-GB", "en"),
        ("EN-us", "en"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("zh;q=0.2, en;q=0.3", "en"),
        ("en;q=0.3, zh;q=0.3", "en"),
        ("fr", "zh-CN"),
        ("fr, en;q=0.4", "en"),
        ("fr, de;q=0.9, zh;q=0.1", "zh-CN"),
        ("*", "zh-CN"),
        ("en, *;q=0.5", "en"),
        ("en;q=0", "zh-CN"),
        ("en;q=0.0, zh;q=0.1", "zh-CN"),
        ("en;q=nonsense", "zh-CN"),
        ("english", "zh-CN"),
        (";;;,,,q=q=", "zh-CN"),
    ] {
        let reply = app.send(Call::get("/v1/me").language(accept)).await;
        assert_eq!(reply.header("content-language"), Some(language), "{accept:?}");
    }
}

#[tokio::test]
async fn a_header_that_is_no_text_means_chinese() {
    let app = TestApp::new().await;
    let call = Call::get("/v1/me").raw_header(header::ACCEPT_LANGUAGE, HeaderValue::from_bytes(b"en\xff").unwrap());
    assert_eq!(app.send(call).await.header("content-language"), Some("zh-CN"));
}

#[tokio::test]
async fn without_the_header_chinese_is_spoken() {
    let app = TestApp::new().await;
    assert_json_snapshot!(app.get("/nowhere").await.shown());
}

#[tokio::test]
async fn only_the_words_differ() {
    let app = TestApp::new().await;
    let call = Call::post("/v1/login")
        .request_id("same")
        .said_to_be_json(r#"{"device":5}"#);
    let chinese = app.send(call.clone()).await.json();
    let english = app.send(call.language("en")).await.json();
    for name in ["type", "status", "code", "action", "retryable", "request_id"] {
        assert_eq!(chinese[name], english[name], "{name}");
    }
    assert_eq!(chinese["errors"][0]["field"], english["errors"][0]["field"]);
    for name in ["title", "detail"] {
        assert_ne!(chinese[name], english[name], "{name}");
    }
    assert_ne!(chinese["errors"][0]["reason"], english["errors"][0]["reason"]);
}
