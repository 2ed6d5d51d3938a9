//! Problem documents (RFC 9457): the one form of every error that leaves this service.
//!
//! Use cases' errors become a [`Problem`] beside their handlers; the framework's own errors are reshaped here and
//! nowhere else. The language and the request id are known to the envelope only, which writes the document.

mod challenge;
mod code;
mod page;
mod set;
mod text;

use std::fmt;
use std::time::Duration;

use poem::http::{StatusCode, header};
use poem::{IntoResponse, Response};
use poem_openapi::Object;
use poem_openapi::types::ToJSON;

pub use challenge::Challenge;
pub use code::{Action, Code, Entry};
pub use page::page;
pub use set::{ProblemSet, Refused};
pub use text::{Language, Text, text};

/// The media type of problem documents.
pub const CONTENT_TYPE: &str = "application/problem+json";
/// How long to wait where nothing better is known.
const RETRY_SOON: Duration = Duration::from_secs(1);

/// A field of the request that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FieldError {
    /// Its name; a body that is no JSON object has the name `body`.
    field: String,
    /// What is wrong with it. Never repeats the value: it may be a credential.
    reason: Text,
}

/// What is wrong with the fields of a request: collected, so that all of it is told at once.
#[derive(Debug, Default)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Notes what is wrong with a field.
    pub fn refuse(&mut self, field: &str, reason: Text) {
        self.0.push(FieldError {
            field: field.to_owned(),
            reason,
        });
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// # Errors
    /// `invalid_request`, where anything was wrong.
    pub fn told(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Problem::invalid_fields(self))
        }
    }
}

/// An error, before language and request id are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    code: Code,
    detail: Option<Text>,
    errors: Vec<FieldError>,
    retry_after: Option<Duration>,
    challenge: Challenge,
}

impl Problem {
    /// A problem of a code, with the catalogue's detail.
    #[must_use]
    pub fn new(code: Code) -> Self {
        let retry_after = matches!(code.entry().status, 429 | 503).then_some(RETRY_SOON);
        Self {
            code,
            detail: None,
            errors: Vec::new(),
            retry_after,
            challenge: Challenge::AccessToken,
        }
    }

    /// With a detail of its own.
    #[must_use]
    pub fn with_detail(self, detail: Text) -> Self {
        Self {
            detail: Some(detail),
            ..self
        }
    }

    /// With a wait of its own.
    #[must_use]
    pub fn with_retry_after(self, wait: Duration) -> Self {
        Self {
            retry_after: Some(wait),
            ..self
        }
    }

    /// For a call that wants other credentials than an access token.
    #[must_use]
    pub fn with_challenge(self, challenge: Challenge) -> Self {
        Self { challenge, ..self }
    }

    /// `invalid_request`, for these fields.
    fn invalid_fields(errors: FieldErrors) -> Self {
        Self {
            errors: errors.0,
            ..Self::new(Code::InvalidRequest)
        }
    }

    /// `invalid_request`, for this field.
    #[must_use]
    pub fn invalid_field(field: &str, reason: Text) -> Self {
        let mut errors = FieldErrors::default();
        errors.refuse(field, reason);
        Self::invalid_fields(errors)
    }

    /// Which problem it is.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.code.entry().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What the framework's own refusal means: only its status says so. None where the response is no refusal.
    #[must_use]
    pub fn of_framework(response: &Response) -> Option<Self> {
        let code = match response.status().as_u16() {
            ..400 => return None,
            401 => Code::Unauthorized,
            // Bodies are read by our own extractor: what the framework itself calls a bad request is a path that is
            // not UTF-8, and so none of ours.
            400 | 404 => Code::NotFound,
            405 => Code::MethodNotAllowed,
            413 => Code::PayloadTooLarge,
            415 => Code::UnsupportedMediaType,
            402..500 => Code::InvalidRequest,
            500.. => Code::Internal,
        };
        Some(Self::new(code))
    }

    /// The refusal as it travels to the envelope: an empty response with the problem in its extensions.
    #[must_use]
    pub fn into_refusal(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }

    /// The response that a client sees.
    #[must_use]
    pub fn into_document(self, language: Language, request_id: &str) -> Response {
        let mut response = Response::builder()
            .status(self.status())
            .content_type(CONTENT_TYPE)
            .header(header::CONTENT_LANGUAGE, language.tag())
            .body(self.body(language, request_id).to_json_string());
        let headers = response.headers_mut();
        if let Some(challenge) = self.challenge.header(self.code) {
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(wait) = self.retry_after {
            headers.insert(header::RETRY_AFTER, whole_seconds(wait).into());
        }
        response
    }

    /// The document itself.
    #[must_use]
    pub fn to_json(&self, language: Language, request_id: &str) -> serde_json::Value {
        self.body(language, request_id).to_json().unwrap_or_default()
    }

    fn body(&self, language: Language, request_id: &str) -> ProblemBody {
        let entry = self.code.entry();
        let detail = self.detail.as_ref().unwrap_or(&entry.detail);
        ProblemBody {
            kind: format!("/problems/{}", self.code.as_str()),
            title: entry.title.within(language).to_owned(),
            status: entry.status,
            code: self.code,
            detail: detail.within(language).to_owned(),
            action: entry.action,
            retryable: entry.retryable,
            request_id: request_id.to_owned(),
            errors: self
                .errors
                .iter()
                .map(|error| FieldErrorBody {
                    field: error.field.clone(),
                    reason: error.reason.within(language).to_owned(),
                })
                .collect(),
        }
    }
}

/// Rounded up: a client that waits so long does not come too early.
#[must_use]
pub fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())
    }
}

impl std::error::Error for Problem {}

/// On its way through the framework a problem travels as data of the error, and so of the response that it becomes.
impl From<Problem> for poem::Error {
    fn from(problem: Problem) -> Self {
        let mut error = Self::new(problem.clone(), problem.status());
        error.set_data(problem);
        error
    }
}

/// A problem document (RFC 9457).
#[derive(Object)]
#[oai(rename = "Problem")]
struct ProblemBody {
    /// Where the problem is explained: a path on this server.
    #[oai(rename = "type")]
    kind: String,
    /// What happened, in a few words, in the language of the request.
    title: String,
    /// The HTTP status.
    status: u16,
    /// The machine-readable name of the problem. Never changes.
    code: Code,
    /// Why, and what to do, in the language of the request.
    detail: String,
    /// What the client does about it.
    action: Action,
    /// Whether the same wish may succeed later with nobody changing anything.
    retryable: bool,
    /// The request's id, as in `X-Request-Id`: name it when you ask for help.
    request_id: String,
    /// Which fields of the request are wrong.
    #[oai(skip_serializing_if_is_empty, default)]
    errors: Vec<FieldErrorBody>,
}

/// A field of the request that is wrong.
#[derive(Object)]
#[oai(rename = "FieldError")]
struct FieldErrorBody {
    /// The field's name; `body` for the body as a whole.
    field: String,
    /// What is wrong with it, in the language of the request.
    reason: String,
}
