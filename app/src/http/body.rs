//! Request bodies: JSON objects, read field by field, so that every fault is told at once and by name.

use std::pin::pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use poem::{Body, Request, RequestBody};
use poem_openapi::registry::{MetaMediaType, MetaRequest, Registry};
use poem_openapi::types::Type;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::{Map, Value};
use wxlogin_domain::account::Change;

use super::problem::{Code, FieldErrors, Problem, Text, text};
use crate::members::{Members, Parsed};

/// The largest body, in bytes.
pub const MAX_BODY_BYTES: usize = 64 * 1024;
/// How long a body may take to arrive.
const BODY_DEADLINE: Duration = Duration::from_secs(10);

/// The problems that every call with a body can answer.
pub const BODY_CODES: [Code; 3] = [Code::InvalidRequest, Code::PayloadTooLarge, Code::UnsupportedMediaType];

/// What a body turns into.
pub trait FromBody: Sized + Send {
    /// How it is documented.
    type Schema: Type;
    /// Whether it may be left out, which means the same as `{}`.
    const OPTIONAL: bool = false;

    /// Reads the fields; what is wrong with them is left with `fields`.
    fn read(fields: &mut Fields) -> Self;
}

/// A JSON body, read.
pub struct JsonBody<T>(pub T);

/// The fields of a body, taken out one after the other. What is left over at the end is unknown.
pub struct Fields {
    left: Map<String, Value>,
    errors: FieldErrors,
}

impl Fields {
    fn parse(bytes: &[u8]) -> Result<Self, Problem> {
        match serde_json::from_slice::<Parsed>(bytes) {
            Ok(Parsed::Object(Members { left, repeated })) => {
                let mut fields = Self {
                    left,
                    errors: FieldErrors::default(),
                };
                for name in repeated {
                    fields.refuse(&printable(&name), text("出现了不止一次", "it is there more than once"));
                }
                Ok(fields)
            }
            Ok(Parsed::Other(_)) => Err(wrong_body(text("应为一个 JSON 对象", "a JSON object is expected"))),
            // The place, not the parser's words: they repeat what they found.
            Err(error) => Err(wrong_body(Text::made(
                format!("第 {} 行第 {} 列不是合法的 JSON", error.line(), error.column()),
                format!("not JSON at line {}, column {}", error.line(), error.column()),
            ))),
        }
    }

    /// Notes what is wrong with a field.
    pub fn refuse(&mut self, field: &str, reason: Text) {
        self.errors.refuse(field, reason);
    }

    /// Whether a field is there and not null, whatever it holds.
    pub fn has(&self, field: &str) -> bool {
        self.left.get(field).is_some_and(|value| !value.is_null())
    }

    /// A text; absent and null are none.
    pub fn text(&mut self, field: &str) -> Option<String> {
        match self.left.remove(field) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(_) => {
                self.refuse(field, text("应为字符串", "a string is expected"));
                None
            }
        }
    }

    /// A text that has to be there and not empty.
    pub fn required_text(&mut self, field: &str) -> String {
        let before = self.errors.count();
        let found = self.text(field).unwrap_or_default();
        if found.is_empty() && self.errors.count() == before {
            self.refuse(field, text("缺少这个字段", "the field is missing"));
        }
        found
    }

    /// Texts; none where they are absent, null, or anything else than an array of texts.
    pub fn texts(&mut self, field: &str) -> Vec<String> {
        let Some(Value::Array(values)) = self.left.remove(field) else {
            return Vec::new();
        };
        let texts: Option<Vec<String>> = values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
        texts.unwrap_or_default()
    }

    /// A flag; absent and null are none.
    pub fn flag(&mut self, field: &str) -> Option<bool> {
        match self.left.remove(field) {
            None | Some(Value::Null) => None,
            Some(Value::Bool(flag)) => Some(flag),
            Some(_) => {
                self.refuse(field, text("应为 true 或 false", "true or false is expected"));
                None
            }
        }
    }

    /// A change of a text: absent keeps it, null clears it.
    pub fn change<T>(&mut self, field: &str, parse: impl FnOnce(&str) -> Result<T, Text>) -> Change<T> {
        if let Some(Value::Null) = self.left.get(field) {
            self.left.remove(field);
            return Change::Clear;
        }
        match self.text(field).map(|text| parse(&text)) {
            None => Change::Keep,
            Some(Ok(value)) => Change::Set(value),
            Some(Err(reason)) => {
                self.refuse(field, reason);
                Change::Keep
            }
        }
    }

    fn finish(mut self) -> Result<(), Problem> {
        let unknown: Vec<String> = self.left.keys().take(10).map(|name| printable(name)).collect();
        for field in unknown {
            self.refuse(&field, text("没有这个字段", "there is no such field"));
        }
        self.errors.told()
    }
}

/// A name that somebody made up, fit to be repeated to him: short, and if it looks like more than a name, not at all.
pub fn printable(name: &str) -> String {
    let harmless = name.len() <= 24
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    if harmless { name.to_owned() } else { "?".to_owned() }
}

impl<'a, T: FromBody> ApiExtractor<'a> for JsonBody<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::Schema::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(MetaRequest {
            description: None,
            content: vec![MetaMediaType {
                content_type: "application/json",
                schema: T::Schema::schema_ref(),
            }],
            required: !T::OPTIONAL,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let bytes = read_whole(request, body).await?;
        let empty = T::OPTIONAL && bytes.is_empty();
        if !empty && !is_of_type(request.content_type(), "application/json") {
            return Err(Problem::new(Code::UnsupportedMediaType).into());
        }
        let mut fields = Fields::parse(if empty { b"{}" } else { &bytes })?;
        let parsed = T::read(&mut fields);
        fields.finish()?;
        Ok(Self(parsed))
    }
}

/// Whether a body is said to be of a media type. Whatever the parameters say: all of ours are UTF-8.
pub fn is_of_type(content_type: Option<&str>, media_type: &str) -> bool {
    let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case(media_type)
}

/// The whole body, of which there is not more than [`MAX_BODY_BYTES`].
pub async fn read_whole(request: &Request, body: &mut RequestBody) -> Result<Bytes, Problem> {
    let announced = request
        .header("content-length")
        .and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > MAX_BODY_BYTES as u64) {
        return Err(Problem::new(Code::PayloadTooLarge));
    }
    match body.take() {
        Ok(body) => read(body).await,
        Err(_) => Err(incomplete()),
    }
}

/// The whole of a body that says nothing of its length, or lies.
pub async fn read(body: Body) -> Result<Bytes, Problem> {
    let reading = gather(body);
    tokio::time::timeout(BODY_DEADLINE, reading)
        .await
        .unwrap_or_else(|_| Err(incomplete()))
}

/// Puts the pieces of a body together, of which there is one as a rule. The framework's own reader copies them through a
/// buffer, which every request would carry along.
async fn gather(body: Body) -> Result<Bytes, Problem> {
    let mut pieces = pin!(body.into_bytes_stream());
    let mut whole = Bytes::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| incomplete())?;
        if whole.len() + piece.len() > MAX_BODY_BYTES {
            return Err(Problem::new(Code::PayloadTooLarge));
        }
        whole = if whole.is_empty() { piece } else { append(whole, &piece) };
    }
    Ok(whole)
}

fn append(whole: Bytes, piece: &[u8]) -> Bytes {
    let mut longer = BytesMut::from(whole);
    longer.extend_from_slice(piece);
    longer.freeze()
}

fn incomplete() -> Problem {
    wrong_body(text("请求体没有完整收到", "it did not arrive in full"))
}

/// What is wrong with the body as a whole.
fn wrong_body(reason: Text) -> Problem {
    Problem::invalid_field("body", reason)
}
