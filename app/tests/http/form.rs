//! What every answer has in common, whatever was asked.

use std::collections::BTreeSet;

use wxlogin::http::problem::{Code, Language};

use crate::reply::Reply;

/// Checks an answer's form: its headers, and if it is a refusal its problem document (RFC 9457).
pub fn check(reply: &Reply) {
    let id = reply.header("x-request-id").expect("every answer has a request id");
    let is_acceptable = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    assert!((1..=128).contains(&id.len()) && id.bytes().all(is_acceptable), "{id:?}");
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    assert!(reply.header("cache-control").is_some(), "{reply:?}");
    let lacks_scope = reply.status == 403 && reply.code() == "insufficient_scope";
    assert_eq!(
        reply.header("www-authenticate").is_some(),
        reply.status == 401 || lacks_scope,
        "{reply:?}"
    );
    assert_eq!(
        reply.header("retry-after").is_some(),
        matches!(reply.status, 429 | 503),
        "{reply:?}"
    );
    assert_eq!(reply.header("allow").is_some(), reply.status == 405, "{reply:?}");
    if reply.status >= 400 {
        check_problem(reply, id);
    } else {
        assert_ne!(reply.header("content-type"), Some("application/problem+json"));
    }
}

fn check_problem(reply: &Reply, id: &str) {
    assert_eq!(
        reply.header("content-type"),
        Some("application/problem+json"),
        "{reply:?}"
    );
    assert_eq!(reply.header("cache-control"), Some("no-store"), "{reply:?}");
    let problem = reply.json();
    let fields: BTreeSet<&str> = problem
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    let mut expected = BTreeSet::from([
        "type",
        "title",
        "status",
        "code",
        "detail",
        "action",
        "retryable",
        "request_id",
    ]);
    if problem["code"] == "invalid_request" {
        expected.insert("errors");
    }
    assert_eq!(fields, expected, "{problem}");

    let name = problem["code"].as_str().expect("a text");
    let code = Code::parse(name).unwrap_or_else(|| panic!("{name} is not in the catalogue"));
    let entry = code.entry();
    let language = match reply.header("content-language") {
        Some("zh-CN") => Language::Chinese,
        Some("en") => Language::English,
        other => panic!("content-language: {other:?}"),
    };
    assert_eq!(problem["type"], format!("/problems/{name}"));
    assert_eq!(problem["status"], reply.status);
    assert_eq!(problem["status"], entry.status);
    assert_eq!(problem["title"], entry.title.within(language));
    assert_eq!(problem["action"], entry.action.as_str());
    assert_eq!(problem["retryable"], entry.retryable);
    assert_eq!(problem["request_id"], id);
    assert!(!problem["detail"].as_str().expect("a text").is_empty());
    for error in problem["errors"].as_array().into_iter().flatten() {
        assert!(error["field"].is_string(), "{problem}");
        assert!(!error["reason"].as_str().expect("a text").is_empty(), "{problem}");
    }
}
