//! Which problems an operation can answer: what its documentation lists.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use poem_openapi::ApiResponse;
use poem_openapi::registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::Type;

use super::{CONTENT_TYPE, Code, Problem, ProblemBody};

/// The problems of one operation.
pub trait ProblemSet: Send + Sync + 'static {
    /// Their codes, in groups. Every operation has `internal` and `overloaded` besides, which are added by themselves.
    const CODES: &'static [&'static [Code]];
    /// Whether it is answered however many requests are under way, so that it is never `overloaded`.
    const ALWAYS_ANSWERED: bool = false;
}

/// A problem out of a set: the error type of a handler.
#[derive(Debug)]
pub struct Refused<S>(Problem, PhantomData<S>);

impl<S: ProblemSet, P: Into<Problem>> From<P> for Refused<S> {
    fn from(problem: P) -> Self {
        let problem = problem.into();
        debug_assert!(
            codes::<S>().any(|code| code == problem.code()),
            "{} is not documented for this operation",
            problem.code().as_str()
        );
        Self(problem, PhantomData)
    }
}

impl<S> From<Refused<S>> for poem::Error {
    fn from(refused: Refused<S>) -> Self {
        refused.0.into()
    }
}

fn codes<S: ProblemSet>() -> impl Iterator<Item = Code> {
    let overloaded = (!S::ALWAYS_ANSWERED).then_some(Code::Overloaded);
    S::CODES.concat().into_iter().chain([Code::Internal]).chain(overloaded)
}

impl<S: ProblemSet> ApiResponse for Refused<S> {
    fn meta() -> MetaResponses {
        let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
        for code in codes::<S>() {
            by_status.entry(code.entry().status).or_default().push(code);
        }
        MetaResponses {
            responses: by_status
                .into_iter()
                .map(|(status, codes)| response(status, &codes))
                .collect(),
        }
    }

    fn register(registry: &mut Registry) {
        ProblemBody::register(registry);
    }
}

fn response(status: u16, codes: &[Code]) -> MetaResponse {
    let lines: Vec<String> = codes
        .iter()
        .map(|code| {
            format!(
                "`{}`: {}.",
                code.as_str(),
                code.entry().title.within(super::Language::English)
            )
        })
        .collect();
    let header = |name: &str, description: &str, ty| MetaHeader {
        name: name.into(),
        description: Some(description.into()),
        required: true,
        deprecated: false,
        schema: ty,
    };
    let challenge = || {
        header(
            "WWW-Authenticate",
            "Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came.",
            String::schema_ref(),
        )
    };
    let retry_after = || header("Retry-After", "Seconds to wait before trying again.", u32::schema_ref());
    let headers = match status {
        401 => vec![challenge()],
        // Where the code may be another one, the header may be missing: it comes with this code alone.
        403 if codes == [Code::InsufficientScope] => vec![challenge()],
        429 | 503 => vec![retry_after()],
        _ => Vec::new(),
    };
    MetaResponse {
        // The framework wants a text that lives for ever. Made a few times at start, never per request.
        description: lines.join(" ").leak(),
        status: Some(status),
        status_range: None,
        content: vec![MetaMediaType {
            content_type: CONTENT_TYPE,
            schema: ProblemBody::schema_ref(),
        }],
        headers,
    }
}
