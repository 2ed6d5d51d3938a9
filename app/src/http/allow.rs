//! Which methods a path takes: the `Allow` header that belongs to every 405 (RFC 9110, section 15.5.6).

use poem::http::HeaderValue;
use serde_json::Value;

/// The methods of every documented path.
#[derive(Debug, Clone)]
pub struct Allowed(Vec<(Vec<String>, HeaderValue)>);

impl Allowed {
    /// As the OpenAPI document has them.
    pub fn of(document: &Value) -> Self {
        let paths = document["paths"].as_object().into_iter().flatten();
        Self(
            paths
                .filter_map(|(path, methods)| {
                    let methods: Vec<_> = methods.as_object()?.keys().map(|name| name.to_uppercase()).collect();
                    let header = HeaderValue::try_from(methods.join(", ")).ok()?;
                    Some((segments(path).map(str::to_owned).collect(), header))
                })
                .collect(),
        )
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

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_start_matches('/').split('/')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn methods_of_a_path() {
        let allowed = Allowed::of(&json!({ "paths": {
            "/v1/me": { "get": {}, "patch": {} },
            "/v1/me/sessions/{id}": { "delete": {} },
        } }));
        assert_eq!(allowed.methods("/v1/me").unwrap(), "GET, PATCH");
        assert_eq!(allowed.methods("/v1/me/sessions/1").unwrap(), "DELETE");
        assert_eq!(allowed.methods("/v1/me/sessions"), None);
        assert_eq!(allowed.methods("/"), None);
    }
}
