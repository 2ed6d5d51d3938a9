//! What no answer may contain.

use std::collections::BTreeSet;
use std::sync::Mutex;

use secrecy::ExposeSecret as _;
use serde_json::Value;
use wxlogin::config::{Config, MasterKey};

use crate::call::Call;
use crate::reply::Reply;
use crate::wechat::SESSION_KEY;

/// Shorter ones are found anywhere by chance.
const SHORTEST: usize = 12;

/// The configured secrets, and the credentials that went to and fro.
pub struct Secrets(Mutex<BTreeSet<String>>);

impl Secrets {
    pub fn of(config: &Config) -> Self {
        let apps = config.apps.iter().map(|app| app.secret.expose_secret().to_owned());
        let keys = config.api_keys.iter().map(|key| key.key.expose_secret().to_owned());
        let master_key = MasterKey::for_testing().to_base64().expose_secret().to_owned();
        Self(Mutex::new(
            apps.chain(keys).chain([master_key, SESSION_KEY.to_owned()]).collect(),
        ))
    }

    fn add(&self, secret: &Value) {
        if let Some(secret) = secret.as_str().filter(|secret| secret.len() >= SHORTEST) {
            self.0.lock().unwrap().insert(secret.to_owned());
        }
    }

    /// The credentials in a request.
    pub fn note_request(&self, call: &Call) {
        let Ok(body) = serde_json::from_slice::<Value>(&call.body) else {
            return;
        };
        for name in ["code", "refresh_token", "encrypted_data", "iv"] {
            self.add(&body[name]);
        }
    }

    /// Checks that an answer has no secret but the tokens, in their own fields, that it is there to hand out.
    pub fn check(&self, reply: &Reply) {
        let mut text = String::from_utf8_lossy(&reply.body).into_owned();
        if let Ok(Value::Object(mut body)) = serde_json::from_slice::<Value>(&reply.body) {
            for name in ["access_token", "refresh_token"] {
                if let Some(token) = body.remove(name) {
                    assert_eq!(
                        reply.header("cache-control"),
                        Some("no-store"),
                        "{name} could be cached"
                    );
                    self.add(&token);
                }
            }
            text = Value::Object(body).to_string();
        }
        for secret in self.0.lock().unwrap().iter() {
            assert!(!text.contains(secret), "{secret} is in the body: {text}");
            for (name, value) in &reply.headers {
                assert!(!value.contains(secret), "{secret} is in {name}: {value}");
            }
        }
    }
}
