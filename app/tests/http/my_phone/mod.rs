//! `PUT` and `DELETE /v1/me/phone`: by the button's code, or by its encrypted data.

mod bodies;
mod by_code;
mod by_data;
mod order_of_calls;
mod removal;
mod shown;

use serde_json::{Value, json};

use crate::phone_data::{IV, encrypt, payload};

/// The button's data under a key.
fn data_under(session_key: &str) -> Value {
    data_of(session_key, &payload())
}

/// A payload under a key.
fn data_of(session_key: &str, payload: &Value) -> Value {
    json!({ "encrypted_data": encrypt(session_key, payload.to_string().as_bytes()), "iv": IV })
}

/// Data with the code of a `wx.login`.
fn with_code(mut body: Value, code: &str) -> Value {
    body["code"] = code.into();
    body
}
