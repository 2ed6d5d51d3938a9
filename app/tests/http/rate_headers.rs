//! What answers say of the limits: the fields `RateLimit-Policy` and `RateLimit`, for whoever is counted.

use crate::call::Call;
use crate::reply::Reply;

/// What an answer says of one limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    pub policy: String,
    pub quota: u32,
    pub remaining: u32,
    pub reset: u32,
}

/// Whether a path is one of those that mini programs call, which alone are counted.
pub fn is_counted(path: &str) -> bool {
    ["/v1/login", "/v1/token/refresh", "/v1/logout", "/v1/revoke", "/v1/me"].contains(&path)
        || path.starts_with("/v1/me/")
}

/// The limits that an answer tells of.
pub fn limits(reply: &Reply) -> Vec<Limit> {
    let (Some(policies), Some(limits)) = (reply.header("ratelimit-policy"), reply.header("ratelimit")) else {
        assert_eq!(reply.header("ratelimit-policy"), None, "{reply:?}");
        assert_eq!(reply.header("ratelimit"), None, "{reply:?}");
        return Vec::new();
    };
    assert_eq!(policies.split(", ").count(), limits.split(", ").count(), "{reply:?}");
    let items = policies.split(", ").zip(limits.split(", "));
    items
        .map(|(policy, limit)| {
            let [name, quota, window] = item(policy, ["q", "w"]);
            let [same, remaining, reset] = item(limit, ["r", "t"]);
            assert_eq!((name, window), (same, "60"), "{reply:?}");
            let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("{text} is no number"));
            Limit {
                policy: name.trim_matches('"').to_owned(),
                quota: number(quota),
                remaining: number(remaining),
                reset: number(reset),
            }
        })
        .collect()
}

/// `"name";a=1;b=2`: a list item of structured fields (RFC 9651).
fn item<'a>(item: &'a str, keys: [&str; 2]) -> [&'a str; 3] {
    let parts: Vec<&str> = item.split(';').collect();
    let [name, first, second] = parts[..] else {
        panic!("{item} has other parts than a name and two parameters");
    };
    assert!(["\"address\"", "\"account\"", "\"session\""].contains(&name), "{item}");
    let value = |parameter: &'a str, key: &str| {
        let (found, value) = parameter.split_once('=').expect("parameters have values");
        assert_eq!(found, key, "{item}");
        value
    };
    [name, value(first, keys[0]), value(second, keys[1])]
}

/// Checks the fields of an answer.
pub fn check(call: &Call, reply: &Reply) {
    let limits = limits(reply);
    assert!(
        limits.is_empty() || is_counted(call.resource()),
        "{} {reply:?}",
        call.path
    );
    let names: Vec<&str> = limits.iter().map(|limit| limit.policy.as_str()).collect();
    assert!(
        matches!(
            names[..],
            [] | ["address" | "account" | "session"] | ["address", "account" | "session"]
        ),
        "each once, in this order: {names:?}"
    );
    for limit in &limits {
        assert!(limit.remaining < limit.quota, "{reply:?}");
        assert!((1..=60).contains(&limit.reset), "{reply:?}");
    }
    // A rotation of keys that comes too early has that code as well.
    if reply.status == 429 && reply.code() == "rate_limited" && is_counted(call.resource()) {
        let limit = limits.last().expect("a refusal tells the limit that it is for");
        assert_eq!(limit.remaining, 0, "{reply:?}");
        assert_eq!(reply.header("retry-after"), Some(limit.reset.to_string().as_str()));
    }
}
