//! The `code` of `POST /v1/login`: what is refused before WeChat is asked.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};
use wxlogin_domain::ports::code_exchange::MockCodeExchange;

use crate::app::{Setup, TestApp};
use crate::call::Call;

async fn without_wechat() -> TestApp {
    Setup::with_wechat(MockCodeExchange::never()).start().await
}

#[tokio::test]
async fn a_missing_code_is_a_problem_of_its_own() {
    let app = without_wechat().await;
    for body in [json!({}), json!({ "code": null }), json!({ "code": "" })] {
        assert_eq!(app.login(body).await.code(), "code_missing");
    }
    assert_json_snapshot!(app.login(json!({})).await.shown());
}

#[tokio::test]
async fn a_code_of_the_wrong_type_is_an_invalid_request() {
    let app = without_wechat().await;
    let mut table = String::new();
    for code in [
        json!(5),
        json!(true),
        json!(["0a3WxI"]),
        json!({ "code": "0a3WxI", "errMsg": "login:ok" }),
    ] {
        let reply = app.login(json!({ "code": code })).await;
        writeln!(table, "{code}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!("codes_of_the_wrong_type", table);
    assert_json_snapshot!(app.login(json!({ "code": { "code": "0a3WxI" } })).await.shown());
}

#[tokio::test]
async fn a_malformed_code_is_never_sent_to_wechat() {
    let app = without_wechat().await;
    for code in [
        "with blank",
        " ",
        " leading",
        "trailing ",
        "trailing\n",
        "a+b",
        "a/b",
        "a=",
        "a.b",
        "a&secret=b",
        "a%20b",
        "[object Object]",
        "中文",
        "é",
        "a\0b",
        "a\u{200b}b",
        &"a".repeat(129),
        &"a".repeat(60_000),
    ] {
        assert_eq!(
            app.login(json!({ "code": code })).await.code(),
            "code_malformed",
            "{code:?}"
        );
    }
    assert_json_snapshot!(app.login(json!({ "code": "with blank" })).await.shown());
}

#[tokio::test]
async fn the_developer_tools_mock_code_comes_with_a_hint() {
    let app = without_wechat().await;
    let call = Call::post("/v1/login").json(&json!({ "code": "the code is a mock one" }));
    assert_json_snapshot!("mock_code_in_chinese", app.send(call.clone()).await.shown());
    assert_json_snapshot!("mock_code_in_english", app.send(call.language("en")).await.shown());
}

#[tokio::test]
async fn every_code_of_1_to_128_allowed_characters_goes_to_wechat() {
    let app = TestApp::new().await;
    for code in [
        "a",
        "-",
        "_",
        "null",
        "0a3WxI000dQzDT1xfF100xUSrY3WxI0Q",
        &"Az0_-".repeat(26)[..128],
    ] {
        assert_eq!(app.login(json!({ "code": code })).await.status, 200, "{code}");
    }
}

#[tokio::test]
async fn a_wrong_field_is_told_rather_than_a_wrong_code() {
    let app = without_wechat().await;
    for code in [Value::Null, "with blank".into()] {
        let reply = app.login(json!({ "code": code, "device": 5 })).await;
        assert_eq!(reply.code(), "invalid_request");
        assert_eq!(reply.json()["errors"][0]["field"], "device");
    }
}
