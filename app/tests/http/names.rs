//! Names for what a snapshot cannot show as it is: ids, keys, pseudonyms.

use serde_json::Value;
use wxlogin_domain::id::SessionId;

use crate::reply::Reply;

/// What stands for what.
#[derive(Default)]
pub struct Names(Vec<(String, String)>);

impl Names {
    /// From here on, `what` is called `name`.
    pub fn call(mut self, what: &str, name: &str) -> Self {
        self.0.push((what.to_owned(), name.to_owned()));
        self
    }

    /// An answer as [`Reply::shown`] has it, with names.
    pub fn shown(&self, reply: &Reply) -> Value {
        self.of(reply.shown())
    }

    /// A value with names. What nobody has named is called by what it looks like.
    pub fn of(&self, value: Value) -> Value {
        match value {
            Value::String(text) => self.of_text(&text).into(),
            Value::Array(values) => values.into_iter().map(|value| self.of(value)).collect(),
            Value::Object(fields) => {
                Value::Object(fields.into_iter().map(|(name, value)| (name, self.of(value))).collect())
            }
            other => other,
        }
    }

    fn of_text(&self, text: &str) -> String {
        if let Some((_, name)) = self.0.iter().find(|(what, _)| what == text) {
            return format!("[{name}]");
        }
        let looks_like = if SessionId::parse(text).is_ok() {
            "[an id]"
        } else if text.starts_with("ip_") {
            "[a pseudonym]"
        } else if text.starts_with("wxk_") {
            "[an API key]"
        } else if is_kid(text) {
            "[a kid]"
        } else {
            text
        };
        looks_like.to_owned()
    }
}

/// A thumbprint: 32 bytes in base64url.
fn is_kid(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}
