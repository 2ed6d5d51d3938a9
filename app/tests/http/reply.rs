//! An answer, and how snapshots show it.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

use poem::Response;
use serde_json::{Value, json};

use crate::token::RefreshTokenParts;

/// An answer.
#[derive(Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Reply {
    pub async fn read(mut response: Response) -> Self {
        let mut headers = BTreeMap::<String, String>::new();
        for (name, value) in response.headers() {
            let value = value.to_str().expect("headers of answers are ASCII");
            let previous = headers.insert(name.to_string(), value.to_owned());
            assert!(previous.is_none(), "{name} comes twice");
        }
        Self {
            status: response.status().as_u16(),
            headers,
            body: response.take_body().into_vec().await.expect("the body arrives"),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("bodies are UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("no JSON ({error}): {self:?}"))
    }

    /// A list in the body, by the name of its field.
    pub fn list(&self, name: &str) -> Vec<Value> {
        let body = self.json();
        let list = body[name].as_array();
        list.unwrap_or_else(|| panic!("no {name}: {self:?}")).clone()
    }

    /// The texts of a field in each member of a list in the body: `texts("accounts", "id")`.
    pub fn texts(&self, list: &str, field: &str) -> Vec<String> {
        let text = |member: &Value| member[field].as_str().expect("it is a text").to_owned();
        self.list(list).iter().map(text).collect()
    }

    /// The `code` of a problem document.
    pub fn code(&self) -> String {
        let document = self.json();
        document["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Everything of it, with what is random in it replaced by what it stands for. What [`form`](crate::form) finds in
    /// every answer is left out.
    pub fn shown(&self) -> Value {
        let mut headers = self.headers.clone();
        headers.remove("x-content-type-options");
        let is_json = self
            .header("content-type")
            .is_some_and(|media_type| media_type.contains("json"));
        let body = if self.body.is_empty() {
            Value::Null
        } else if is_json {
            without_randomness(self.json())
        } else {
            self.text().into()
        };
        json!({ "status": self.status, "headers": headers, "body": body })
    }

    /// A line for tables: status, code, action, what else a client looks at.
    pub fn brief(&self) -> String {
        if self.status < 400 {
            return self.status.to_string();
        }
        let problem = self.json();
        let word = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        let mut line = format!("{} {} {}", self.status, word("code"), word("action"));
        if problem["retryable"] == true {
            line.push_str(" R");
        }
        for name in ["retry-after", "www-authenticate"] {
            if let Some(value) = self.header(name) {
                write!(line, "\n    {name}: {value}").unwrap();
            }
        }
        for error in problem["errors"].as_array().into_iter().flatten() {
            write!(line, "\n    {}: {}", error["field"], error["reason"]).unwrap();
        }
        line
    }
}

/// Short: some bodies are whole pages.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body: String = String::from_utf8_lossy(&self.body).chars().take(500).collect();
        write!(f, "{} {:?} {body}", self.status, self.headers)
    }
}

fn without_randomness(mut body: Value) -> Value {
    if let Some(token) = body.get_mut("access_token") {
        *token = "[a JWT]".into();
    }
    if let Some(token) = body.get_mut("refresh_token") {
        let parts = RefreshTokenParts::of(token.as_str().expect("it is a text"));
        *token = format!("[generation {} of session {}]", parts.generation, parts.session).into();
    }
    body
}
