//! Request bodies: what is JSON, how much of it, and with which fields.

use std::fmt::Write as _;

use insta::assert_snapshot;
use serde_json::{Map, Value, json};
use wxlogin_domain::ports::code_exchange::MockCodeExchange;

use crate::app::{API_KEY, Setup, TestApp};
use crate::call::Call;
use crate::documented::DOCUMENT;
use crate::wechat::code_of;

const MOST: usize = 64 * 1024;

async fn without_wechat() -> TestApp {
    Setup::with_wechat(MockCodeExchange::never()).start().await
}

fn login() -> Call {
    Call::post("/v1/login").language("en")
}

/// A good login, blown up with blanks to so many bytes.
fn body_of(bytes: usize) -> Vec<u8> {
    let mut body = json!({ "code": code_of("alice", 1) }).to_string().into_bytes();
    body.resize(bytes, b' ');
    body
}

#[tokio::test]
async fn what_is_no_json_object_is_refused() {
    let app = without_wechat().await;
    let mut table = String::new();
    let deep = "[".repeat(MOST);
    let deep_object = r#"{"code":"#.repeat(200);
    let deep_field = format!(r#"{{"code":{}1{}}}"#, "[".repeat(500), "]".repeat(500));
    for (name, body) in [
        ("nothing", &b""[..]),
        ("a form", b"code=0a3WxI"),
        ("a bare code", b"0a3WxI"),
        ("a text", br#""0a3WxI""#),
        ("an array", br#"[{"code":"0a3WxI"}]"#),
        ("null", b"null"),
        ("a number", b"1"),
        ("cut", br#"{"code":"0a3W"#),
        ("a comma too many", br#"{"code":"0a3WxI",}"#),
        ("something after it", br#"{"code":"0a3WxI"}{}"#),
        ("single quotes", b"{'code':'0a3WxI'}"),
        ("a raw line break in a text", b"{\"code\":\"0a\n3WxI\"}"),
        ("invalid UTF-8", b"{\"code\":\"0a\xff3WxI\"}"),
        ("UTF-16", b"{\0\"\0c\0o\0d\0e\0\"\0}\0"),
        ("a byte order mark", b"\xef\xbb\xbf{\"code\":\"0a3WxI\"}"),
        ("half a surrogate pair", br#"{"code":"\ud800"}"#),
        ("64 KiB of brackets", deep.as_bytes()),
        ("objects within objects", deep_object.as_bytes()),
        ("a field 500 deep", deep_field.as_bytes()),
        ("NaN", br#"{"code":NaN}"#),
        ("a huge number", br#"{"code":1e999}"#),
    ] {
        let reply = app.send(login().said_to_be_json(body)).await;
        assert_eq!(reply.code(), "invalid_request", "{name}");
        writeln!(table, "{name}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn an_unknown_field_is_refused_by_name() {
    let app = without_wechat().await;
    let mut table = String::new();
    for name in [
        "Code",
        "js_code",
        "encryptedData",
        "app-id",
        "",
        "with blank",
        "<script>",
        "字段",
        "a\nb",
        "abcdefghijklmnopqrstuvwx",
        "abcdefghijklmnopqrstuvwxy",
    ] {
        let mut body = Map::new();
        body.insert("code".into(), code_of("alice", 1).into());
        body.insert(name.into(), "a".into());
        let reply = app.send(login().json(&body.into())).await;
        assert_eq!(reply.code(), "invalid_request", "{name}");
        writeln!(table, "{name:?}: {}", reply.json()["errors"]).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn at_most_ten_unknown_fields_are_told() {
    let app = without_wechat().await;
    let body: Map<String, Value> = (0..1000).map(|number| (format!("f{number}"), Value::Null)).collect();
    let reply = app.login(body.into()).await;
    assert_eq!(reply.json()["errors"].as_array().unwrap().len(), 10);
}

#[tokio::test]
async fn a_field_that_comes_twice_is_refused() {
    let app = without_wechat().await;
    let body = format!(
        r#"{{"code":5,"device":"a","code":"{}","code":null}}"#,
        code_of("alice", 1)
    );
    let reply = app.send(login().said_to_be_json(body)).await;
    assert_eq!(reply.code(), "invalid_request");
    assert_eq!(reply.json()["errors"].as_array().unwrap().len(), 1);
    assert_eq!(reply.json()["errors"][0]["field"], "code");
}

#[tokio::test]
async fn a_body_may_have_64_kib() {
    let app = TestApp::new().await;
    let mut table = String::new();
    for bytes in [MOST, MOST + 1, 10 * MOST] {
        let reply = app.send(login().said_to_be_json(body_of(bytes))).await;
        writeln!(table, "{bytes}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table, @r"
    65536: 200
    65537: 413 payload_too_large fix_request
    655360: 413 payload_too_large fix_request
    ");
}

#[tokio::test]
async fn every_operation_with_a_body_keeps_the_limit() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let mut table = String::new();
    for (path, item) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Some(content) = operation["requestBody"]["content"].as_object() else {
                continue;
            };
            if path.starts_with("/v1/wechat/") {
                // The body of a message is read when its query says that it is worth it: the tests of `push` see to that.
                continue;
            }
            let media_type = content.keys().next().unwrap();
            let wants_api_key = path.starts_with("/admin/") || path == "/v1/introspect";
            let credential = if wants_api_key { API_KEY } else { &login.access };
            let call = Call::new(method.to_uppercase().parse().unwrap(), path).bearer(credential);
            let reply = app.send(call.content_type(media_type).body(body_of(MOST + 1))).await;
            assert_eq!(reply.code(), "payload_too_large", "{method} {path}");
            writeln!(table, "{method} {path}").unwrap();
        }
    }
    assert_snapshot!(table, @r"
    post /admin/v1/accounts/{id}/merge
    post /admin/v1/api-keys
    post /v1/introspect
    post /v1/login
    post /v1/logout
    patch /v1/me
    post /v1/me/decrypt
    put /v1/me/phone
    post /v1/revoke
    post /v1/token/refresh
    ");
}

#[tokio::test]
async fn a_body_has_to_be_said_to_be_json() {
    let app = TestApp::new().await;
    let mut table = String::new();
    for media_type in [
        Some("application/json"),
        Some("application/json; charset=utf-8"),
        Some("application/json;charset=UTF-8"),
        Some("Application/JSON"),
        Some("application/json ; odd"),
        None,
        Some(""),
        Some("text/plain"),
        Some("text/json"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("application/problem+json"),
        Some("application/jsonx"),
        Some("text/plain; application/json"),
    ] {
        let call = login().body(body_of(100));
        let call = match media_type {
            Some(media_type) => call.content_type(media_type),
            None => call,
        };
        writeln!(table, "{media_type:?}: {}", app.send(call).await.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn the_parsers_words_are_not_repeated() {
    let app = without_wechat().await;
    let reply = app
        .send(login().said_to_be_json(r#"{"code":"secret-code-of-alice" x}"#))
        .await;
    assert_eq!(reply.code(), "invalid_request");
    assert!(!reply.text().contains("secret-code"), "{reply:?}");
}
