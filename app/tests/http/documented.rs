//! Whether an answer is one that the OpenAPI document announces for its operation.

use std::sync::LazyLock;

use poem::http::Method;
use serde_json::Value;

use crate::call::Call;
use crate::reply::Reply;
use crate::schema;

/// The document.
pub static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&wxlogin::http::openapi_json()).expect("the document is JSON"));

/// Checks status, problem code, headers and body of an answer against the document.
pub fn check(call: &Call, reply: &Reply) {
    let Some(operation) = operation(call) else {
        let is_page = ["/openapi.json", "/docs", "/metrics"].contains(&call.resource())
            || call.resource().starts_with("/problems/");
        // An address is counted before anybody looks whether there is such a path.
        let is_nobodys = matches!(reply.status, 400 | 404 | 405 | 429 | 500 | 503);
        assert!(
            is_nobodys || is_page,
            "{} {} is not documented and answers {reply:?}",
            call.method,
            call.path
        );
        return;
    };
    let place = format!("{} {}: {}", call.method, call.path, reply.status);
    let answer = &operation["responses"][reply.status.to_string()];
    assert!(answer.is_object(), "{place} is not documented: {reply:?}");
    for (name, header) in answer["headers"].as_object().into_iter().flatten() {
        let is_there = reply.header(&name.to_ascii_lowercase()).is_some();
        assert!(is_there || header["required"] != true, "{place}: {name} is missing");
    }
    if reply.status >= 400 {
        let description = answer["description"].as_str().unwrap_or_default();
        let code = format!("`{}`", reply.code());
        assert!(description.contains(&code), "{place}: {code} is not documented");
    }
    let Some(content) = answer["content"].as_object() else {
        assert!(reply.body.is_empty(), "{place}: the body is not documented");
        return;
    };
    if call.method == Method::HEAD {
        return;
    }
    // The framework writes its media types with a charset, which says nothing of JSON.
    let essence = |media_type: &str| media_type.split(';').next().unwrap_or_default().to_owned();
    let media_type = essence(reply.header("content-type").unwrap_or_default());
    let (_, media) = content
        .iter()
        .find(|(name, _)| essence(name) == media_type)
        .unwrap_or_else(|| panic!("{place}: {media_type} is not documented"));
    let body = if media_type == "text/plain" {
        reply.text().into()
    } else {
        reply.json()
    };
    schema::check(&DOCUMENT, &media["schema"], &body, &place);
}

/// The operation that a call is of. A path without parameters is meant before one with them.
fn operation(call: &Call) -> Option<&'static Value> {
    let method = call.meant().as_str().to_ascii_lowercase();
    let paths = DOCUMENT["paths"].as_object()?;
    let mut fitting: Vec<&String> = paths.keys().filter(|path| fits(path, call.resource())).collect();
    fitting.sort_by_key(|path| path.matches('{').count());
    let operation = &paths[fitting.first()?.as_str()][method];
    operation.is_object().then_some(operation)
}

fn fits(path: &str, resource: &str) -> bool {
    let is_same =
        |(expected, found): (&str, &str)| expected == found || (expected.starts_with('{') && !found.is_empty());
    path.split('/').count() == resource.split('/').count() && path.split('/').zip(resource.split('/')).all(is_same)
}
