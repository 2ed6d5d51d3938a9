//! What the phone hands over encrypted or signed, opened by means of its own.

use aes::Aes128;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt as _, KeyIvInit as _};
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};
use wxlogin_sandbox::DEFAULT_APPID;

use crate::client::{Client, hex, numbers};

#[tokio::test]
async fn the_phone_number_opens_with_the_key_of_the_login_before() {
    let client = Client::new();
    let identity = client.log_in(json!({})).await;

    let sealed = client.control("/sandbox/phone", &json!({})).await;
    let now = client.control("/sandbox/clock", &json!({"advance_seconds": 0})).await;

    let fields: Vec<_> = sealed.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["encrypted_data", "iv"]);
    let payload = open(&identity, &sealed).unwrap();
    let number = payload["phoneNumber"].as_str().unwrap();
    assert!(number.starts_with("138") && number.len() == 11, "{number}");
    assert_eq!(payload["purePhoneNumber"], number);
    assert_eq!(payload["countryCode"], "86");
    assert_eq!(payload["watermark"]["appid"], DEFAULT_APPID);
    let timestamp = payload["watermark"]["timestamp"].as_u64().unwrap();
    assert!(now["now"].as_u64().unwrap() - timestamp <= 5);
    assert_eq!(payload.as_object().unwrap().len(), 4);
}

#[tokio::test]
async fn a_login_after_the_button_comes_too_late() {
    let client = Client::new();
    let before = client.log_in(json!({})).await;

    let sealed = client.control("/sandbox/phone", &json!({})).await;
    let after = client.log_in(json!({})).await;

    assert!(open(&before, &sealed).is_some());
    assert_eq!(open(&after, &sealed), None);
}

#[tokio::test]
async fn the_button_before_any_login_makes_the_key_that_the_login_keeps() {
    let client = Client::new();

    let sealed = client.control("/sandbox/phone", &json!({})).await;
    let identity = client.log_in(json!({"rotate": false})).await;

    assert!(open(&identity, &sealed).is_some());
}

#[tokio::test]
async fn the_number_can_be_given() {
    let client = Client::new();
    let identity = client.log_in(json!({})).await;

    for (asked, phone, pure, country) in numbers() {
        let sealed = client.control("/sandbox/phone", &asked).await;
        let payload = open(&identity, &sealed).unwrap();
        assert_eq!(payload["phoneNumber"], phone);
        assert_eq!(payload["purePhoneNumber"], pure);
        assert_eq!(payload["countryCode"], country);
    }
}

#[tokio::test]
async fn numbers_are_checked() {
    let client = Client::new();

    for phone in ["", "123", "+8613800138000", "138 0013 8000", "123456789012345"] {
        let error = client
            .refused("/sandbox/phone", &json!({"phone": phone}).to_string())
            .await;
        assert!(error.starts_with("phone: "), "{error}");
    }
    for country_code in ["", "+86", "086", "1234", "x"] {
        let body = json!({"country_code": country_code});
        let error = client.refused("/sandbox/phone", &body.to_string()).await;
        assert!(error.starts_with("country_code: "), "{error}");
    }
}

#[tokio::test]
async fn user_data_is_signed_and_encrypted() {
    let client = Client::new();
    let identity = client.log_in(json!({"user": "bob"})).await;

    let data = client
        .control("/sandbox/user-data", &json!({"user": "bob", "nickname": "鲍勃"}))
        .await;

    let mut fields: Vec<_> = data.as_object().unwrap().keys().collect();
    fields.sort();
    assert_eq!(fields, ["encrypted_data", "iv", "raw_data", "signature"]);
    let raw_data = data["raw_data"].as_str().unwrap();
    let signed = format!("{raw_data}{}", identity["session_key"].as_str().unwrap());
    assert_eq!(data["signature"], hex(&Sha1::digest(signed)));
    let profile: Value = serde_json::from_str(raw_data).unwrap();
    assert_eq!(profile["nickName"], "鲍勃");
    let payload = open(&identity, &data).unwrap();
    assert_eq!(payload["openId"], identity["openid"]);
    assert_eq!(payload["unionId"], identity["unionid"]);
    assert_eq!(payload["nickName"], "鲍勃");
    assert_eq!(payload["watermark"]["appid"], DEFAULT_APPID);
}

#[tokio::test]
async fn a_user_without_settings_has_the_platforms_name_and_no_secret_unionid() {
    let client = Client::new();
    let identity = client.log_in(json!({})).await;
    client.control("/sandbox/user", &json!({"unionid": false})).await;

    let data = client.control("/sandbox/user-data", &json!({})).await;

    let payload = open(&identity, &data).unwrap();
    assert_eq!(payload["nickName"], "微信用户");
    assert!(payload.get("unionId").is_none());
    let nickname = json!({"nickname": "名".repeat(65)});
    client.refused("/sandbox/user-data", &nickname.to_string()).await;
}

/// Decrypts with an identity's session key; nothing if the key does not fit.
fn open(identity: &Value, sealed: &Value) -> Option<Value> {
    let decode = |text: &Value| STANDARD.decode(text.as_str().unwrap()).unwrap();
    let key: [u8; 16] = decode(&identity["session_key"]).try_into().unwrap();
    let iv: [u8; 16] = decode(&sealed["iv"]).try_into().unwrap();
    let plaintext = Decryptor::<Aes128>::new(&key.into(), &iv.into())
        .decrypt_padded_vec::<Pkcs7>(&decode(&sealed["encrypted_data"]))
        .ok()?;
    serde_json::from_slice(&plaintext).ok()
}
