//! `getuserphonenumber`, and the button that gives its code.

use poem::http::Method;
use serde_json::{Value, json};
use wxlogin_sandbox::DEFAULT_APPID;

use crate::client::{Client, OTHER_APPID, OTHER_SECRET, assert_errcode, body_of, numbers};

const INVALID_TOKEN: &str = "invalid credential, access_token is invalid or not latest";

#[tokio::test]
async fn a_phone_code_becomes_a_number() {
    let client = Client::new();
    let openid = client.log_in(json!({})).await["openid"].clone();
    let token = client.access_token().await;
    let tapped = client.control("/sandbox/clock", &json!({"advance_seconds": 0})).await;
    let code = client.phone_code(json!({})).await;
    client.advance(200).await;

    let answer = client
        .phone_number(&token, &json!({"code": code, "openid": openid}))
        .await;

    let number = answer["phone_info"]["phoneNumber"].as_str().unwrap();
    assert!(number.starts_with("138") && number.len() == 11, "{number}");
    let timestamp = answer["phone_info"]["watermark"]["timestamp"].as_u64().unwrap();
    assert!(timestamp - tapped["now"].as_u64().unwrap() < 100, "it is the tap's");
    assert_eq!(
        answer,
        json!({
            "errcode": 0,
            "errmsg": "ok",
            "phone_info": {
                "phoneNumber": number,
                "purePhoneNumber": number,
                "countryCode": "86",
                "watermark": {"timestamp": timestamp, "appid": DEFAULT_APPID},
            },
        })
    );
    assert_eq!(client.calls().await["getuserphonenumber"]["by_code"][&code], 1);
}

#[tokio::test]
async fn phone_codes_look_like_real_ones() {
    let code = Client::new().phone_code(json!({"user": "bob"})).await;

    assert_eq!(code.len(), 64);
    assert!(code.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
}

#[tokio::test]
async fn the_number_can_be_given() {
    let client = Client::new();
    let token = client.access_token().await;

    for (asked, phone, pure, country) in numbers() {
        let code = client.phone_code(asked).await;
        let answer = client.phone_number(&token, &json!({ "code": code })).await;
        let info = &answer["phone_info"];
        assert_eq!(info["phoneNumber"], phone);
        assert_eq!(info["purePhoneNumber"], pure);
        assert_eq!(info["countryCode"], country);
    }
    for (bad, field) in [
        (json!({"phone": "+8613800138000"}), "phone: "),
        (json!({"country_code": "086"}), "country_code: "),
    ] {
        let error = client.refused("/sandbox/phone-code", &bad.to_string()).await;
        assert!(error.starts_with(field), "{error}");
    }
}

#[tokio::test]
async fn a_phone_code_works_once_for_five_minutes() {
    let client = Client::new();
    let token = client.access_token().await;
    let [good, late] = [client.phone_code(json!({})).await, client.phone_code(json!({})).await];
    let ask = async |code: &str| client.phone_number(&token, &json!({ "code": code })).await;

    client.advance(295).await;
    assert_eq!(ask(&good).await["errcode"], 0);
    assert_errcode(&ask(&good).await, 40029, "invalid code");
    client.advance(5).await;

    assert_errcode(&ask(&late).await, 40029, "invalid code");
}

#[tokio::test]
async fn a_code_of_one_kind_is_none_of_the_other() {
    let client = Client::new();
    let token = client.access_token().await;
    let (login_code, phone_code) = (client.code(json!({})).await, client.phone_code(json!({})).await);

    let number = client.phone_number(&token, &json!({ "code": login_code })).await;
    let identity = client.exchange(&phone_code).await;

    assert_errcode(&number, 40029, "invalid code");
    assert_errcode(&identity, 40029, "invalid code");
    assert!(client.exchange(&login_code).await["openid"].is_string());
    let number = client.phone_number(&token, &json!({ "code": phone_code })).await;
    assert_eq!(number["errcode"], 0);
}

#[tokio::test]
async fn a_code_is_of_one_user_and_one_app() {
    let client = Client::with_two_apps();
    let of_default = |user: &str| json!({"user": user, "appid": DEFAULT_APPID});
    let alice = client.log_in(of_default("alice")).await["openid"].clone();
    let bob = client.log_in(of_default("bob")).await["openid"].clone();
    let token = client.access_token().await;
    let other = client
        .stable_token(&json!({
            "grant_type": "client_credential",
            "appid": OTHER_APPID,
            "secret": OTHER_SECRET,
        }))
        .await;
    let other = other["access_token"].as_str().unwrap();
    let code = client.phone_code(of_default("alice")).await;

    for (token, body) in [
        (token.as_str(), json!({"code": code, "openid": bob})),
        (token.as_str(), json!({"code": code, "openid": "oNobody"})),
        (other, json!({ "code": code })),
    ] {
        let answer = client.phone_number(token, &body).await;
        assert_errcode(&answer, 40029, "invalid code");
    }

    // None of that used the code up.
    let answer = client
        .phone_number(&token, &json!({"code": code, "openid": alice}))
        .await;
    assert_eq!(answer["errcode"], 0, "{answer}");
}

#[tokio::test]
async fn everything_sent_is_checked() {
    let client = Client::new();
    let token = client.access_token().await;
    let code = client.phone_code(json!({})).await;
    let path = "/wxa/business/getuserphonenumber";
    let good = format!("{path}?access_token={token}");
    let body = json!({ "code": code }).to_string();
    let ask = async |method: Method, path: &str, body: &str| -> Value {
        let response = client.send(method, path, body).await;
        response.assert_status_is_ok();
        response.assert_content_type("application/json; encoding=utf-8");
        body_of(response).await
    };

    for method in [Method::GET, Method::PUT] {
        assert_errcode(&ask(method, &good, &body).await, 43002, "require POST method");
    }
    for (path, errcode, text) in [
        (path.to_owned(), 41001, "access_token missing"),
        (format!("{path}?access_token="), 41001, "access_token missing"),
        (format!("{path}?access_token=a.b"), 40014, "invalid access_token"),
        (format!("{path}?access_token={token}x"), 40001, INVALID_TOKEN),
    ] {
        assert_errcode(&ask(Method::POST, &path, &body).await, errcode, text);
    }
    let long = "x".repeat(70_000);
    let array = format!(r#"["{code}", ""]"#);
    for (body, errcode, text) in [
        ("", 47001, "data format error"),
        ("{", 47001, "data format error"),
        ("code=x", 47001, "data format error"),
        (&array, 47001, "data format error"),
        (&long, 47001, "data format error"),
        (r#"{"code": 5}"#, 47001, "data format error"),
        (r#"{"code": {"code": "x"}}"#, 47001, "data format error"),
        (r#"{"code": "x", "openid": 5}"#, 47001, "data format error"),
        ("{}", 41008, "missing code"),
        (r#"{"code": ""}"#, 41008, "missing code"),
        (r#"{"code": "x"}"#, 40029, "invalid code"),
    ] {
        assert_errcode(&ask(Method::POST, &good, body).await, errcode, text);
    }

    // None of that used the code up.
    let unknown_field = json!({"code": code, "openid": "", "else": 1}).to_string();
    assert_eq!(ask(Method::POST, &good, &unknown_field).await["errcode"], 0);
    client.advance(7201).await;
    assert_errcode(&ask(Method::POST, &good, &body).await, 42001, "access_token expired");
}
