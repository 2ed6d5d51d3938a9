//! `PUT /v1/me/phone`: what is said of bodies, before WeChat is asked.

use std::fmt::Write as _;
use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::{Value, json};
use wxlogin_domain::ports::code_exchange::MockCodeExchange;
use wxlogin_domain::ports::phone_exchange::MockPhoneExchange;

use crate::app::{LoggedIn, Setup, TestApp};
use crate::call::Call;
use crate::phone_data::{IV, encrypt, payload};
use crate::wechat::SESSION_KEY;

/// Alice has logged in; from now on nobody may ask WeChat.
async fn without_wechat() -> (TestApp, LoggedIn) {
    let setup = Setup::default();
    let alice = setup.clone().start().await.logged_in("alice").await;
    let setup = Setup {
        wechat: Arc::new(MockCodeExchange::never()),
        phone: Arc::new(MockPhoneExchange::never()),
        ..setup
    };
    (setup.start().await, alice)
}

fn bodies() -> Vec<(&'static str, Value)> {
    let data = encrypt(SESSION_KEY, payload().to_string().as_bytes());
    vec![
        ("nothing", json!({})),
        ("code alone", json!({ "code": "a" })),
        (
            "nulls",
            json!({ "phone_code": null, "encrypted_data": null, "iv": null, "code": null }),
        ),
        ("iv alone", json!({ "iv": IV })),
        ("encrypted_data alone", json!({ "encrypted_data": data })),
        ("iv null", json!({ "encrypted_data": data, "iv": null })),
        ("iv and code", json!({ "iv": IV, "code": "a" })),
        ("both", json!({ "phone_code": "a", "encrypted_data": data, "iv": IV })),
        (
            "both, and code",
            json!({ "phone_code": "a", "encrypted_data": data, "iv": IV, "code": "b" }),
        ),
        ("phone_code and iv", json!({ "phone_code": "a", "iv": IV })),
        (
            "phone_code and malformed data",
            json!({ "phone_code": "a", "encrypted_data": "?", "iv": IV }),
        ),
        ("phone_code and code", json!({ "phone_code": "a", "code": "b" })),
        ("phone_code a number", json!({ "phone_code": 5 })),
        ("phone_code an object", json!({ "phone_code": { "code": "a" } })),
        ("data of wrong types", json!({ "encrypted_data": 1, "iv": [] })),
        ("encrypted_data a number", json!({ "encrypted_data": 1, "iv": IV })),
        ("code a number", json!({ "encrypted_data": data, "iv": IV, "code": 5 })),
        ("unknown", json!({ "phone_code": "a", "phone": "+8613800138000" })),
        ("misspelt", json!({ "phoneCode": "a" })),
        ("phone_code empty", json!({ "phone_code": "" })),
        ("phone_code malformed", json!({ "phone_code": "a b" })),
        ("data empty", json!({ "encrypted_data": "", "iv": "" })),
        ("encrypted_data empty", json!({ "encrypted_data": "", "iv": IV })),
        (
            "no base64",
            json!({ "encrypted_data": "AAA AAAAAAAAAAAAAAAAAA==", "iv": IV }),
        ),
        ("cut", json!({ "encrypted_data": &data[..40], "iv": IV })),
        ("iv too short", json!({ "encrypted_data": data, "iv": "AAAA" })),
        ("code empty", json!({ "encrypted_data": data, "iv": IV, "code": "" })),
        (
            "code malformed",
            json!({ "encrypted_data": data, "iv": IV, "code": "a b" }),
        ),
        (
            "code the mock",
            json!({ "encrypted_data": data, "iv": IV, "code": "the code is a mock one" }),
        ),
        ("an array", json!([])),
    ]
}

#[tokio::test]
async fn what_is_wrong_is_said_by_field() {
    let (app, alice) = without_wechat().await;
    let mut table = String::new();
    for (name, body) in bodies() {
        let call = Call::put("/v1/me/phone")
            .bearer(&alice.access)
            .language("en")
            .json(&body);
        writeln!(table, "{name}: {}", app.send(call).await.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn what_is_wrong_is_said_in_chinese() {
    let (app, alice) = without_wechat().await;
    let mut table = String::new();
    for (name, body) in bodies() {
        writeln!(table, "{name}: {}", app.set_phone(&alice.access, body).await.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn no_field_is_named_twice() {
    let (app, alice) = without_wechat().await;
    for (name, body) in bodies() {
        let reply = app.set_phone(&alice.access, body).await.json();
        let errors = reply["errors"].as_array().cloned().unwrap_or_default();
        let mut fields: Vec<&str> = errors.iter().map(|error| error["field"].as_str().unwrap()).collect();
        let all = fields.len();
        fields.sort_unstable();
        fields.dedup();
        assert_eq!(fields.len(), all, "{name}: {errors:?}");
    }
}

#[tokio::test]
async fn a_body_has_to_be_json() {
    let (app, alice) = without_wechat().await;
    let call = || Call::put("/v1/me/phone").bearer(&alice.access);
    assert_eq!(app.send(call()).await.code(), "unsupported_media_type");
    assert_eq!(
        app.send(call().form(&[("phone_code", "a")])).await.code(),
        "unsupported_media_type"
    );
    assert_eq!(app.send(call().said_to_be_json("")).await.code(), "invalid_request");
    let huge = call().said_to_be_json(vec![b' '; 64 * 1024 + 1]);
    assert_eq!(app.send(huge).await.code(), "payload_too_large");
}
