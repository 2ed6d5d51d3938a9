//! What no answer may contain.

use std::collections::BTreeSet;
use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use poem::http::{HeaderValue, header};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use wxlogin::config::{Config, MasterKey};

use crate::call::Call;
use crate::reply::Reply;
use crate::wechat::SESSION_KEYS;

/// Shorter ones are found anywhere by chance.
const SHORTEST: usize = 12;

/// Answers that are the same whatever is configured, with examples that look like secrets.
pub const FIXED_PAGES: [&str; 2] = ["/openapi.json", "/docs"];

/// The configured secrets, and the credentials that went to and fro.
pub struct Secrets(Mutex<BTreeSet<String>>);

impl Secrets {
    pub fn of(config: &Config) -> Self {
        let of_apps = config.apps.iter().flat_map(|app| {
            let of_push = [&app.push_token, &app.push_aes_key].into_iter().flatten();
            of_push
                .chain([&app.secret])
                .map(|secret| secret.expose_secret().to_owned())
        });
        let keys = config.api_keys.iter().map(|key| key.key.expose_secret().to_owned());
        let master_key = MasterKey::for_testing().to_base64().expose_secret().to_owned();
        let session_keys = SESSION_KEYS.map(str::to_owned);
        let all = of_apps.chain(keys).chain([master_key]).chain(session_keys);
        Self(Mutex::new(all.filter(|secret| secret.len() >= SHORTEST).collect()))
    }

    fn add(&self, secret: &Value) {
        if let Some(secret) = secret.as_str().filter(|secret| secret.len() >= SHORTEST) {
            self.0.lock().unwrap().insert(secret.to_owned());
        }
    }

    /// The credentials in a request.
    pub fn note_request(&self, call: &Call) {
        if let Ok(body) = serde_json::from_slice::<Value>(&call.body) {
            for name in ["code", "phone_code", "refresh_token", "encrypted_data", "iv"] {
                self.add(&body[name]);
            }
        }
        for (name, token) in url::form_urlencoded::parse(&call.body) {
            if name == "token" {
                self.add(&Value::from(token.into_owned()));
            }
        }
        let authorization = call.headers.iter().filter(|(name, _)| *name == header::AUTHORIZATION);
        for (_, value) in authorization {
            self.add(&credentials(value).unwrap_or_default().into());
        }
    }

    /// Checks that an answer has no secret but those, in their own fields, that it is there to hand out.
    pub fn check(&self, call: &Call, reply: &Reply) {
        if FIXED_PAGES.contains(&call.resource()) {
            return;
        }
        let mut text = String::from_utf8_lossy(&reply.body).into_owned();
        if let Ok(Value::Object(mut body)) = serde_json::from_slice::<Value>(&reply.body) {
            for name in handed_out(call) {
                if let Some(secret) = body.remove(*name) {
                    assert_eq!(
                        reply.header("cache-control"),
                        Some("no-store"),
                        "{name} could be cached"
                    );
                    self.add(&secret);
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

/// The secrets that a call is there to get, by the names of their fields.
fn handed_out(call: &Call) -> &'static [&'static str] {
    match (call.method.as_str(), call.resource()) {
        ("POST", "/v1/login" | "/v1/token/refresh") => &["access_token", "refresh_token"],
        ("POST", "/admin/v1/api-keys") => &["key"],
        _ => &[],
    }
}

/// The token of `Bearer`, the password of `Basic`.
fn credentials(authorization: &HeaderValue) -> Option<String> {
    let (scheme, rest) = authorization.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Some(rest.trim().to_owned());
    }
    let pair = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
    pair.split_once(':').map(|(_, password)| password.to_owned())
}
