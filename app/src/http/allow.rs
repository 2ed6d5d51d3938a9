//! Which methods a path takes: the `Allow` header that belongs to every 405 (RFC 9110, section 15.5.6).

use poem::http::HeaderValue;
use serde_json::Value;

/// The methods of every documented path.
#[derive(Debug, Clone)]
pub struct Allowed(Vec<(Vec<String>, HeaderValue)>);

impl Allowed {
    /// As the OpenAPI document has them, and GET for the pages beside it.
    pub fn of(document: &Value, pages: &[&str]) -> Self {
        let documented = document["paths"]
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(path, methods)| {
                let methods = methods.as_object()?.keys().map(|name| name.to_uppercase());
                Some((path.as_str(), methods.collect()))
            });
        let pages = pages.iter().map(|page| (*page, vec!["GET".to_owned()]));
        Self(documented.chain(pages).filter_map(entry).collect())
    }

    /// The methods of a path; none where it is not documented.
    pub fn methods(&self, path: &str) -> Option<HeaderValue> {
        let fits = |pattern: &[String]| {
            pattern.len() == segments(path).count()
                && pattern
                    .iter()
                    .zip(segments(path))
                    .all(|(expected, found)| expected == found || expected.starts_with('{'))
        };
        let found = self.0.iter().find(|(pattern, _)| fits(pattern));
        found.map(|(_, methods)| methods.clone())
    }
}

/// Whatever takes GET takes HEAD: the framework sees to that.
fn entry((path, mut methods): (&str, Vec<String>)) -> Option<(Vec<String>, HeaderValue)> {
    if let Some(get) = methods.iter().position(|method| method == "GET") {
        methods.insert(get + 1, "HEAD".to_owned());
    }
    let header = HeaderValue::try_from(methods.join(", ")).ok()?;
    Some((segments(path).map(str::to_owned).collect(), header))
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_start_matches('/').split('/')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn methods_of_a_path() {
        let document = json!({ "paths": {
            "/v1/me": { "get": {}, "patch": {} },
            "/v1/me/sessions/{id}": { "delete": {} },
        } });
        let allowed = Allowed::of(&document, &["/problems/{code}"]);
        assert_eq!(allowed.methods("/v1/me").unwrap(), "GET, HEAD, PATCH");
        assert_eq!(allowed.methods("/problems/code_invalid").unwrap(), "GET, HEAD");
        assert_eq!(allowed.methods("/v1/me/sessions/1").unwrap(), "DELETE");
        assert_eq!(allowed.methods("/v1/me/sessions"), None);
        assert_eq!(allowed.methods("/"), None);
    }
}
