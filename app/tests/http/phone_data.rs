//! The data that the getPhoneNumber button hands over, made as WeChat makes them.

use aes::Aes128;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _};
use serde_json::{Value, json};
use wxlogin_domain::session_key::SessionKey;

use crate::app::{APPID, NOW};

/// Base64 of the initialisation vector of all data here.
pub const IV: &str = "CQkJCQkJCQkJCQkJCQkJCQ==";

/// A payload of today for the app of most tests.
pub fn payload() -> Value {
    json!({
        "phoneNumber": "13800138000",
        "purePhoneNumber": "13800138000",
        "countryCode": "86",
        "watermark": { "appid": APPID, "timestamp": NOW },
    })
}

/// The payload with one field replaced, by its JSON pointer.
pub fn payload_with(pointer: &str, value: impl Into<Value>) -> Value {
    let mut payload = payload();
    *payload.pointer_mut(pointer).expect("there is such a field") = value.into();
    payload
}

/// The `encrypted_data` of a plaintext under a session key and [`IV`].
pub fn encrypt(session_key: &str, plaintext: &[u8]) -> String {
    let key = SessionKey::parse(session_key).expect("a session key");
    let ciphertext = cbc::Encryptor::<Aes128>::new(key.expose_bytes().into(), (&[9; 16]).into())
        .encrypt_padded_vec::<Pkcs7>(plaintext);
    STANDARD.encode(ciphertext)
}
