//! A request, as a test writes it.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use poem::http::{HeaderName, HeaderValue, Method, header};
use serde_json::Value;

/// Lets a `POST` stand for a `PATCH`, which mini programs cannot send.
pub const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// A request.
#[derive(Clone)]
pub struct Call {
    pub method: Method,
    pub path: String,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Vec<u8>,
    /// The address at the other end of the connection; none where a test does not care.
    pub peer: Option<IpAddr>,
}

impl Call {
    pub fn new(method: Method, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            peer: None,
        }
    }

    pub fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    pub fn post(path: &str) -> Self {
        Self::new(Method::POST, path)
    }

    pub fn put(path: &str) -> Self {
        Self::new(Method::PUT, path)
    }

    pub fn patch(path: &str) -> Self {
        Self::new(Method::PATCH, path)
    }

    pub fn delete(path: &str) -> Self {
        Self::new(Method::DELETE, path)
    }

    pub fn header(self, name: HeaderName, value: &str) -> Self {
        self.raw_header(name, HeaderValue::from_str(value).expect("a header's value"))
    }

    /// A header of any bytes that HTTP lets through.
    pub fn raw_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    pub fn request_id(self, id: &str) -> Self {
        self.header(HeaderName::from_static("x-request-id"), id)
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header(header::AUTHORIZATION, &format!("Bearer {token}"))
    }

    pub fn basic(self, name: &str, password: &str) -> Self {
        let credentials = STANDARD.encode(format!("{name}:{password}"));
        self.header(header::AUTHORIZATION, &format!("Basic {credentials}"))
    }

    pub fn user_agent(self, client: &str) -> Self {
        self.header(header::USER_AGENT, client)
    }

    /// Over a connection from this address.
    pub fn at_peer(self, address: &str) -> Self {
        Self {
            peer: Some(address.parse().expect("an IP address")),
            ..self
        }
    }

    pub fn forwarded_for(self, addresses: &str) -> Self {
        self.header(HeaderName::from_static("x-forwarded-for"), addresses)
    }

    pub fn language(self, accept: &str) -> Self {
        self.header(header::ACCEPT_LANGUAGE, accept)
    }

    pub fn content_type(self, media_type: &str) -> Self {
        self.header(header::CONTENT_TYPE, media_type)
    }

    /// A body without a content type.
    pub fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            ..self
        }
    }

    /// Anything, said to be JSON.
    pub fn said_to_be_json(self, body: impl Into<Vec<u8>>) -> Self {
        self.content_type("application/json").body(body)
    }

    pub fn json(self, body: &Value) -> Self {
        self.said_to_be_json(body.to_string())
    }

    /// A form of these parameters, in this order.
    pub fn form(self, parameters: &[(&str, &str)]) -> Self {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        self.said_to_be_a_form(form.extend_pairs(parameters).finish())
    }

    /// Anything, said to be a form.
    pub fn said_to_be_a_form(self, body: impl Into<Vec<u8>>) -> Self {
        self.content_type("application/x-www-form-urlencoded").body(body)
    }

    /// The method that is meant: that of the operation.
    pub fn meant(&self) -> Method {
        let is_patch = |(name, value): &(HeaderName, HeaderValue)| {
            *name == METHOD_OVERRIDE && value.as_bytes().eq_ignore_ascii_case(b"PATCH")
        };
        match &self.method {
            // Answered as `GET` is, without the body.
            &Method::HEAD => Method::GET,
            &Method::POST if self.headers.iter().any(is_patch) => Method::PATCH,
            method => method.clone(),
        }
    }

    /// The path without query and fragment.
    pub fn resource(&self) -> &str {
        self.path.split(['?', '#']).next().unwrap_or_default()
    }
}
