//! Who reaches the stand-in on the service's port. It logs anybody in, and that port is the one that people open to
//! others: a browser on this machine passes, with what the page does and nothing else.

use std::net::IpAddr;

use poem::Request;
use poem::http::header::{FORWARDED, HOST};
use poem::http::uri::Authority;

use super::PLATFORM_PATH;

/// What the page does, below `/sandbox/`.
const CALLS: [&str; 6] = ["code", "phone", "phone-code", "rotate", "fault", "journal"];

pub(super) fn is_granted(request: &Request) -> bool {
    is_of_the_page(request.uri().path()) && is_for_this_machine(request) && !came_from_elsewhere(request)
}

fn is_of_the_page(path: &str) -> bool {
    let call = path
        .strip_prefix(PLATFORM_PATH)
        .and_then(|path| path.strip_prefix("/sandbox/"));
    call.is_some_and(|call| CALLS.contains(&call))
}

/// By each name that the request has for this service: a tunnel has another, and so has a site whose DNS leads here.
fn is_for_this_machine(request: &Request) -> bool {
    let mut named = request.headers().get_all(HOST).iter();
    named.all(|host| {
        host.to_str()
            .is_ok_and(|host| host.parse().is_ok_and(|host| is_here(&host)))
    }) && request.uri().authority().is_none_or(is_here)
}

fn is_here(authority: &Authority) -> bool {
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Another site's script, or a proxy that puts its own name for this service in place of the one it was asked by.
fn came_from_elsewhere(request: &Request) -> bool {
    let headers = request.headers();
    headers.get("Sec-Fetch-Site").is_some_and(|site| site == "cross-site")
        || headers.contains_key(FORWARDED)
        || headers.contains_key("X-Forwarded-For")
}
