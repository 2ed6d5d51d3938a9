//! An answer on its way out: as it should be, or as a fault wants it.

use std::io;
use std::time::Duration;

use futures_util::stream;
use poem::http::header;
use poem::{Body, Response};
use serde_json::Value;

use super::Api;
use crate::fault::{BadBody, Failure, Fault};

/// No client waits longer for an answer that does not come, and no connection is held for ever.
const LONGEST_HANG: Duration = Duration::from_secs(60);

/// Far more than the 64 KiB up to which a careful client reads.
const PADDING: usize = 1024 * 1024;

const GATEWAY_PAGE: &str = "<html>\r\n<head><title>Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n";

pub(crate) async fn send(api: Api, answer: Value, fault: Option<Fault>) -> Response {
    let Some(Fault { failure, latency }) = fault else {
        return ok(api.content_type(), answer.to_string());
    };
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    match failure {
        None | Some(Failure::Errcode(_)) => ok(api.content_type(), answer.to_string()),
        Some(Failure::HttpStatus(status)) => {
            let mut response = ok("text/html", GATEWAY_PAGE);
            response.set_status(status);
            response
        }
        Some(Failure::Body(bad)) => spoiled(api, answer, bad),
        Some(Failure::Disconnect) => broken(),
        Some(Failure::Hang) => {
            tokio::time::sleep(LONGEST_HANG).await;
            broken()
        }
    }
}

fn ok(content_type: &str, body: impl Into<Body>) -> Response {
    Response::builder().content_type(content_type).body(body)
}

/// A response that cannot be sent: its length is no number, so over HTTP/1 the server gives up on
/// it before the first byte and closes the connection. A failing body alone would not do, because
/// poem's server ends one properly, and the client sees a complete response; over HTTP/2 and in
/// process it is the body that breaks off.
fn broken() -> Response {
    Response::builder()
        .header(header::CONTENT_LENGTH, "none")
        .body(chunks([Err(io::ErrorKind::ConnectionReset.into())]))
}

fn spoiled(api: Api, answer: Value, bad: BadBody) -> Response {
    let content_type = api.content_type();
    match bad {
        BadBody::Html => ok("text/html", GATEWAY_PAGE),
        BadBody::Empty => ok(content_type, ()),
        BadBody::Truncated => truncated(content_type, &answer.to_string()),
        BadBody::Huge => ok(content_type, padded(answer)),
        BadBody::NotJson => ok(content_type, "upstream connect error"),
        BadBody::Array => ok(content_type, Value::Array(vec![answer]).to_string()),
        BadBody::WrongTypes => ok(content_type, wrong_types(api)),
        BadBody::StringErrcode => ok(content_type, with_string_errcode(answer)),
        BadBody::NonUtf8 => ok(content_type, non_utf8(api)),
    }
}

/// The whole answer's length and half the answer; the server closes the connection, since what
/// is missing never comes.
fn truncated(content_type: &str, answer: &str) -> Response {
    let half = answer.as_bytes()[..answer.len() / 2].to_vec();
    Response::builder()
        .content_type(content_type)
        .header(header::CONTENT_LENGTH, answer.len())
        .body(chunks([Ok(half)]))
}

/// A body whose length the server cannot know in advance, nor hold against the header.
fn chunks<const N: usize>(chunks: [io::Result<Vec<u8>>; N]) -> Body {
    Body::from_bytes_stream(stream::iter(chunks))
}

fn padded(mut answer: Value) -> String {
    if let Some(fields) = answer.as_object_mut() {
        fields.insert("padding".to_owned(), "x".repeat(PADDING).into());
    }
    answer.to_string()
}

fn with_string_errcode(mut answer: Value) -> String {
    if let Some(errcode) = answer.get_mut("errcode") {
        *errcode = errcode.to_string().into();
    }
    answer.to_string()
}

const fn wrong_types(api: Api) -> &'static str {
    match api {
        Api::Jscode2session => r#"{"openid":5,"session_key":[]}"#,
        Api::StableToken => r#"{"access_token":5,"expires_in":"soon"}"#,
        Api::Checksession => r#"{"errcode":{},"errmsg":5}"#,
        Api::Resetusersessionkey => r#"{"errcode":0,"errmsg":"ok","openid":5,"session_key":[]}"#,
        Api::Getuserphonenumber => {
            r#"{"errcode":0,"errmsg":"ok","phone_info":{"phoneNumber":5,"purePhoneNumber":[],"countryCode":{},"watermark":"x"}}"#
        }
    }
}

const fn non_utf8(api: Api) -> &'static [u8] {
    match api {
        Api::Jscode2session => b"{\"openid\":\"o\xff\xfe\",\"session_key\":\"\xff\"}",
        Api::StableToken => b"{\"access_token\":\"\xff\xfe\",\"expires_in\":7200}",
        Api::Checksession => b"{\"errcode\":0,\"errmsg\":\"\xff\xfe\"}",
        Api::Resetusersessionkey => b"{\"errcode\":0,\"errmsg\":\"ok\",\"session_key\":\"\xff\xfe\"}",
        Api::Getuserphonenumber => b"{\"errcode\":0,\"phone_info\":{\"phoneNumber\":\"\xff\xfe\"}}",
    }
}
