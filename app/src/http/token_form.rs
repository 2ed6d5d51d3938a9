//! The form of RFC 7662 and RFC 7009: one token, and a hint that nobody needs.

use std::borrow::Cow;

use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaMediaType, MetaRequest, Registry};
use poem_openapi::types::Type;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions, Object};

use super::body;
use super::problem::{Code, Problem, Text, text};

/// The media type of forms.
pub const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

/// A token, form-encoded.
#[derive(Object)]
#[oai(rename = "TokenForm")]
pub struct TokenFormSchema {
    /// The token.
    token: String,
    /// `access_token` or `refresh_token`. Both are found without it.
    token_type_hint: Option<String>,
}

/// The form, read: the token. Parameters that nobody knows are passed over, as RFC 6749, section 3.2, has it.
pub struct TokenForm(pub String);

impl TokenForm {
    fn parse(bytes: &[u8]) -> Result<Self, Problem> {
        // What is not UTF-8 holds no token of ours: only then are the bytes looked at one by one.
        let form = str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
        let mut tokens = form.split('&').filter_map(token_of);
        match (tokens.next(), tokens.next()) {
            (None, _) => Err(wrong_token(text("缺少这个参数", "the parameter is missing"))),
            (Some(token), None) if token.is_empty() => Err(wrong_token(text("不能为空", "it is empty"))),
            (Some(token), None) => Ok(Self(token)),
            (Some(_), Some(_)) => Err(wrong_token(text("出现了不止一次", "it is there more than once"))),
        }
    }
}

/// What a pair of the form says, if that is a token. A token has nothing in it that had to be encoded, so that most stand
/// there as they are.
fn token_of(pair: &str) -> Option<String> {
    let plain = pair.strip_prefix("token=");
    if let Some(token) = plain.filter(|token| !token.contains('%') && !token.contains('+')) {
        return Some(token.to_owned());
    }
    let (name, token) = url::form_urlencoded::parse(pair.as_bytes()).next()?;
    (name == "token").then(|| token.into_owned())
}

fn wrong_token(reason: Text) -> Problem {
    Problem::invalid_field("token", reason)
}

impl<'a> ApiExtractor<'a> for TokenForm {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        TokenFormSchema::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(MetaRequest {
            description: None,
            content: vec![MetaMediaType {
                content_type: CONTENT_TYPE,
                schema: TokenFormSchema::schema_ref(),
            }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let bytes = body::read_whole(request, body).await?;
        if !body::is_of_type(request.content_type(), CONTENT_TYPE) {
            return Err(Problem::new(Code::UnsupportedMediaType)
                .with_detail(text(
                    "请以 Content-Type: application/x-www-form-urlencoded 发送请求体。",
                    "Send the body with Content-Type: application/x-www-form-urlencoded.",
                ))
                .into());
        }
        Ok(Self::parse(&bytes)?)
    }
}
