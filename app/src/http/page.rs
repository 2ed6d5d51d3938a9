//! A page in one file. What stands in it may run, by its hash (CSP Level 3), and nothing else: it loads nothing, and asks
//! nobody but this service.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use poem::Response;
use poem::http::header;
use sha2::{Digest as _, Sha256};

/// A page, put together.
pub struct Page {
    html: Bytes,
    policy: String,
}

impl Page {
    /// Puts a style and a script into the first two elements of a template that are meant for them.
    #[must_use]
    pub fn new(template: &str, style: &str, script: &str) -> Self {
        let html = fill(&fill(template, "</style>", style), "</script>", script);
        let (script, style) = (hash(script), hash(style));
        Self::allowing(
            html,
            &format!("script-src '{script}'; style-src '{style}'; img-src data:; connect-src 'self'"),
        )
    }

    /// Puts a style into the first element of a template that is meant for it. It runs nothing.
    #[must_use]
    pub fn without_script(template: &str, style: &str) -> Self {
        Self::allowing(
            fill(template, "</style>", style),
            &format!("style-src '{}'", hash(style)),
        )
    }

    fn allowing(html: String, sources: &str) -> Self {
        Self {
            html: html.into(),
            policy: format!(
                "default-src 'none'; {sources}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            ),
        }
    }

    /// The page as it goes out. The bytes are shared by all who ask for it.
    #[must_use]
    pub fn response(&self) -> Response {
        Response::builder()
            .content_type("text/html; charset=utf-8")
            .header(header::CACHE_CONTROL, "no-cache")
            .header(header::CONTENT_SECURITY_POLICY, &*self.policy)
            .header(header::REFERRER_POLICY, "no-referrer")
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .body(self.html.clone())
    }
}

/// Puts a text before the first of these closing tags.
fn fill(template: &str, closing: &str, text: &str) -> String {
    template.replacen(closing, &format!("{text}{closing}"), 1)
}

/// A hash-source, without its quotes.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_stands_in_it_is_allowed_by_its_hash() {
        let page = Page::new(
            "<style></style><p></p><script></script><hr>",
            "p{}",
            "alert('Hello, world.');",
        );

        let mut response = page.response();
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .to_owned();

        // The example of MDN's page on CSP hashes.
        assert!(
            policy.contains("script-src 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        let html = response.take_body().into_string().await.unwrap();
        assert_eq!(
            html,
            "<style>p{}</style><p></p><script>alert('Hello, world.');</script><hr>"
        );
    }
    #[test]
    fn what_has_no_script_may_run_none() {
        let page = Page::without_script("<style></style><p></p>", "p{}");

        assert!(!page.policy.contains("script-src"), "{}", page.policy);
        assert_eq!(page.html, "<style>p{}</style><p></p>");
    }
}
