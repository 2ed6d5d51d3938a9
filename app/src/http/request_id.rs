//! `X-Request-Id`: a name for every request, the caller's own where it is a sensible one.

use poem::http::{HeaderMap, HeaderName};
use wxlogin_domain::id::RequestId;
use wxlogin_domain::ports::clock::Clock;
use wxlogin_domain::ports::entropy::{Entropy, draw};

/// The header.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// How our credentials begin. The id goes into logs, where none of them may be, whoever mixes up two headers.
const CREDENTIALS: [&str; 3] = ["wxr_", "wxk_", "eyJ"];

/// The id of a request: the inbound one if it is 1 to 128 characters of `A-Z a-z 0-9 . _ -` and no credential of ours,
/// else a new one.
pub fn of(headers: &HeaderMap, clock: &dyn Clock, entropy: &dyn Entropy) -> String {
    headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .filter(|id| is_acceptable(id))
        .map_or_else(|| RequestId::new(clock.now(), draw(entropy)).to_string(), str::to_owned)
}

fn is_acceptable(id: &str) -> bool {
    (1..=128).contains(&id.len())
        && !CREDENTIALS.iter().any(|prefix| id.starts_with(prefix))
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}
