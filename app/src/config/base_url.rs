//! Addresses of servers: `https://…`, and `http://…` where nobody can listen in.

use url::{Host, Url};

use super::fault::{Flaw, quoted};

/// An `http` or `https` URL without credentials, query and fragment; `http` only towards this machine itself.
pub(super) fn parse(text: &str, example: &str) -> Result<Url, Flaw> {
    let flaw = |what: &str| Flaw::new(format!("{} {what}", quoted(text)), format!("write it as {example}"));
    // The parser mends what browsers mend (blanks, backslashes, missing slashes); others would read that differently.
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let has_scheme = ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
    let url = Url::parse(text)
        .ok()
        .filter(|url| is_plain && has_scheme && url.has_host());
    let Some(url) = url else {
        return Err(flaw("is not an http or https URL"));
    };
    if text.contains('@') {
        return Err(flaw("has a user name or an @ in it"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(flaw("has a query or a fragment"));
    }
    if url.scheme() == "http" && !is_loopback(&url) {
        let problem = format!(
            "{} is http towards another machine, which anybody on the way can read",
            quoted(text)
        );
        return Err(Flaw::new(problem, "write it with https"));
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for good in [
            "https://api.weixin.qq.com",
            "https://api.weixin.qq.com/",
            "https://proxy.example:8443/wechat",
            "http://localhost:8090",
            "http://sandbox.localhost",
            "http://127.0.0.1:8090",
            "http://127.8.8.8",
            "http://[::1]:8090",
        ] {
            assert!(parse(good, "x").is_ok(), "{good}");
        }
        for bad in [
            "",
            "api.weixin.qq.com",
            "ftp://localhost",
            "HTTPS://login.example",
            "https:login.example",
            "https:\\\\login.example",
            "https://",
            "https:// login.example",
            "https://登录.example",
            "https://login.example?",
            "https://login.example?a=b",
            "https://login.example#",
            "https://user@login.example",
            "https://@login.example",
            "https://login.example:99999",
            "http://login.example",
            "http://10.0.0.1",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "http://[::ffff:127.0.0.1]",
        ] {
            assert!(parse(bad, "x").is_err(), "{bad}");
        }
    }
}
