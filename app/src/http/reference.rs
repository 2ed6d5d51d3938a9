//! The API reference: Swagger UI, which the framework has in it, over the document that this service serves. Calls can be
//! tried, with a token or an API key under "Authorize".

use std::sync::LazyLock;

use poem::endpoint::make_sync;
use poem::{Endpoint, Response};
use poem_openapi::OpenApiService;

use super::page::Page;

/// Where it is.
pub const PATH: &str = "/docs";

/// Put together when somebody asks for it: it has more than a megabyte.
static PAGE: LazyLock<Page> = LazyLock::new(page);

/// Answers the page.
pub fn endpoint() -> impl Endpoint<Output = Response> {
    make_sync(|_| PAGE.response())
}

/// The framework's own page is neither for small screens nor for a Content-Security-Policy: its style and its script are
/// taken, with a page of our own around them.
fn page() -> Page {
    let shipped = OpenApiService::new((), "", "").swagger_ui_html();
    let style = within(&shipped, "<style charset=\"UTF-8\">", "</style>");
    let bundle = within(&shipped, "<script charset=\"UTF-8\">", "</script>");
    let style = format!("{style}\n{}", include_str!("reference.css"));
    let script = format!("{bundle}\n{}", include_str!("reference.js"));
    Page::new(include_str!("reference.html"), &style, &script)
}

/// What stands between two texts; nothing, where they are not there.
fn within<'a>(text: &'a str, opening: &str, closing: &str) -> &'a str {
    let rest = text.split_once(opening).map_or("", |(_, rest)| rest);
    rest.split_once(closing).map_or("", |(inner, _)| inner)
}
