//! Messages that WeChat pushes, sealed and signed as the platform does it.
//!
//! ```text
//! Encrypt = base64( AES-256-CBC( random 16 | length 4, big-endian | message | appid | padding 1 to 32 ) )
//! ```

use std::fmt::Write as _;

use aes::Aes256;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _};
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};

use crate::app::{APPID, NOW};
use crate::call::Call;

/// The Token of the app of most tests.
pub const TOKEN: &str = "AAAAA";
/// What 43 times `A` stands for.
const KEY: [u8; 32] = [0; 32];
/// What a push carries besides; nobody looks at its age.
const TIMESTAMP: &str = "1714112445";
const NONCE: &str = "415670741";

/// SHA-1, in hexadecimal, over these parts, sorted and joined.
pub fn signature(parts: &[&str]) -> String {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    let mut text = String::new();
    for byte in Sha1::digest(parts.concat()) {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}

/// The `Encrypt` of a message for an app, under the key of 43 times `A`.
pub fn seal(appid: &str, message: &str) -> String {
    let mut plaintext = b"0123456789abcdef".to_vec();
    plaintext.extend(u32::try_from(message.len()).expect("it is short").to_be_bytes());
    plaintext.extend(message.as_bytes());
    plaintext.extend(appid.as_bytes());
    let padding = 32 - plaintext.len() % 32;
    plaintext.resize(plaintext.len() + padding, u8::try_from(padding).expect("at most 32"));
    let iv: [u8; 16] = *KEY.first_chunk().expect("32 bytes are more than 16");
    let ciphertext =
        cbc::Encryptor::<Aes256>::new((&KEY).into(), (&iv).into()).encrypt_padded_vec::<NoPadding>(&plaintext);
    STANDARD.encode(ciphertext)
}

/// A push in secure mode, for the app of its path: signed, whatever it holds.
pub fn secure_push(appid: &str, encrypted: &str, body: &str) -> Call {
    let signature = signature(&[TOKEN, TIMESTAMP, NONCE, encrypted]);
    let query = format!("timestamp={TIMESTAMP}&nonce={NONCE}&encrypt_type=aes&msg_signature={signature}");
    Call::post(&format!("/v1/wechat/{appid}/events?{query}")).body(body)
}

/// A message in secure mode, in JSON.
pub fn sealed(appid: &str, message: &str) -> Call {
    let encrypted = seal(appid, message);
    let body = json!({ "ToUserName": "gh_97417a04a28d", "Encrypt": encrypted });
    secure_push(appid, &encrypted, &body.to_string()).content_type("application/json")
}

/// A message in secure mode, in XML.
pub fn sealed_xml(appid: &str, message: &str) -> Call {
    let encrypted = seal(appid, message);
    let body = format!(
        "<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    );
    secure_push(appid, &encrypted, &body).content_type("text/xml")
}

/// A message in the clear; its signature does not cover it.
pub fn in_the_clear(appid: &str, message: &str) -> Call {
    let signature = signature(&[TOKEN, TIMESTAMP, NONCE]);
    let query = format!("signature={signature}&timestamp={TIMESTAMP}&nonce={NONCE}");
    Call::post(&format!("/v1/wechat/{appid}/events?{query}")).body(message)
}

/// An event on a person, with more fields.
pub fn event_with(name: &str, openid: &str, more: &Value) -> Value {
    let mut message = json!({
        "ToUserName": "gh_97417a04a28d",
        "FromUserName": "opPFZ5C8tHk2BFCUMEbdaP-lw8Ds",
        "CreateTime": NOW,
        "MsgType": "event",
        "Event": name,
        "OpenID": openid,
        "AppID": APPID,
    });
    for (name, value) in more.as_object().expect("an object") {
        message[name] = value.clone();
    }
    message
}

/// An event on a person.
pub fn event(name: &str, openid: &str) -> Value {
    event_with(name, openid, &json!({}))
}

/// The same event in XML.
pub fn as_xml(message: &Value) -> String {
    let fields = message.as_object().expect("an object").iter();
    let element = |(name, value): (&String, &Value)| match value {
        Value::String(text) => format!("<{name}><![CDATA[{text}]]></{name}>"),
        other => format!("<{name}>{other}</{name}>"),
    };
    format!("<xml>\n{}\n</xml>", fields.map(element).collect::<Vec<_>>().join("\n"))
}

#[test]
fn the_platforms_own_examples_are_signed_alike() {
    assert_eq!(
        signature(&[TOKEN, "1714036504", "1514711492"]),
        "f464b24fc39322e44b38aa78f5edd27bd1441696"
    );
    let encrypted = crate::push::vector::ENCRYPT;
    assert_eq!(
        signature(&[TOKEN, "1714112445", "415670741", encrypted]),
        "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
    );
}
