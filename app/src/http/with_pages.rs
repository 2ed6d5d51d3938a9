//! The API, and what can be read about it: pages that the document does not tell of.

use poem::endpoint::BoxEndpoint;
use poem::{Endpoint, EndpointExt as _, Request, Response, Route};

use super::{document, metrics, reference};

/// Where the pages are, written as the document writes paths.
pub const PATHS: [&str; 4] = [document::JSON_PATH, reference::PATH, metrics::PATH, "/problems/{code}"];

/// The API with its pages beside it. The framework can nest the one in the other, and would take the URL of every request
/// apart to do so.
pub struct WithPages {
    api: BoxEndpoint<'static>,
    pages: BoxEndpoint<'static>,
}

impl WithPages {
    /// This API, with these pages.
    pub fn new(api: BoxEndpoint<'static>, pages: Route) -> Self {
        Self {
            api,
            pages: pages.boxed(),
        }
    }
}

impl Endpoint for WithPages {
    type Output = Response;

    fn call(&self, request: Request) -> impl Future<Output = poem::Result<Response>> + Send {
        if is_page(request.uri().path()) {
            self.pages.call(request)
        } else {
            self.api.call(request)
        }
    }
}

fn is_page(path: &str) -> bool {
    PATHS.iter().any(|page| match page.strip_suffix("{code}") {
        Some(beginning) => path.starts_with(beginning),
        None => path == *page,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_table() {
        for (path, expected) in [
            ("/openapi.json", true),
            ("/docs", true),
            ("/metrics", true),
            ("/problems/code_invalid", true),
            ("/problems", false),
            ("/docs/", false),
            ("/livez", false),
            ("/", false),
            ("", false),
        ] {
            assert_eq!(is_page(path), expected, "{path}");
        }
    }
}
