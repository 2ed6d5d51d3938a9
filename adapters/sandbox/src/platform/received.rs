//! A request as the platform takes it in: the parts that its answers depend on.

use poem::Request;
use poem::http::Method;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::errcode::Errcode;
use crate::journal;

/// Bodies are read up to 64 KiB; the platform's own requests have some 200 bytes.
const LONGEST_BODY: usize = 64 * 1024;

/// What any of the endpoints looks at.
const PARAMETERS: [&str; 10] = [
    "appid",
    "secret",
    "js_code",
    "grant_type",
    "access_token",
    "code",
    "openid",
    "signature",
    "sig_method",
    "force_refresh",
];

pub(crate) struct Received {
    pub(crate) method: Method,
    params: Vec<(String, String)>,
    /// Nothing if the body was too long or broke off.
    body: Option<Vec<u8>>,
}

impl Received {
    pub(crate) async fn read(mut request: Request) -> Self {
        let body = request.take_body().into_bytes_limit(LONGEST_BODY).await;
        let query = request.uri().query().unwrap_or_default();
        Self {
            method: request.method().clone(),
            params: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            body: body.ok().map(|body| body.to_vec()),
        }
    }

    /// The body's fields. Only a JSON object has some; a struct could also be read from an array.
    pub(crate) fn fields<T: DeserializeOwned>(&self) -> Result<T, Errcode> {
        let body = self.body.as_deref().ok_or(Errcode::DATA_FORMAT)?;
        let fields: Map<String, Value> = serde_json::from_slice(body).map_err(|_| Errcode::DATA_FORMAT)?;
        serde_json::from_value(Value::Object(fields)).map_err(|_| Errcode::DATA_FORMAT)
    }

    /// The parameters that the platform knows, of the query or the body, as they may be shown.
    pub(crate) fn shown(&self) -> Map<String, Value> {
        let body = self.body.as_deref();
        let body: Map<String, Value> = body
            .and_then(|body| serde_json::from_slice(body).ok())
            .unwrap_or_default();
        let mut shown = Map::new();
        for name in PARAMETERS {
            let of_query = self.param(name).map(Value::from);
            if let Some(value) = of_query.as_ref().or_else(|| body.get(name)) {
                shown.insert(name.to_owned(), journal::shown(name, value));
            }
        }
        shown
    }

    /// A parameter of the query; an empty one is a missing one.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.params
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }
}
