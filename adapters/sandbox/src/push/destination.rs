//! Where a push goes: an app's server on this very machine.

use url::{Host, Url};

/// An HTTP URL of a loopback address, or of `localhost`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Destination(Url);

/// Why a push does not go to a URL.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadDestination {
    #[error("it is no URL that begins with http:// or https://")]
    Url,
    #[error(
        "a stand-in pushes to this machine only: the host is to be localhost, 127.0.0.1 or another loopback address"
    )]
    NotLoopback,
}

impl Destination {
    pub(crate) fn parse(url: &str) -> Result<Self, BadDestination> {
        let url = Url::parse(url).map_err(|_| BadDestination::Url)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(BadDestination::Url);
        }
        let is_loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        if is_loopback {
            Ok(Self(url))
        } else {
            Err(BadDestination::NotLoopback)
        }
    }

    /// The URL with these parameters behind those it may have of its own.
    pub(crate) fn with(&self, parameters: &[(&str, &str)]) -> Url {
        let mut url = self.0.clone();
        url.query_pairs_mut().extend_pairs(parameters);
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_pushed_to() {
        for good in [
            "http://localhost",
            "https://LOCALHOST:8443/wechat?app=1",
            "http://127.0.0.1:8080/push",
            "http://127.9.9.9",
            "http://[::1]:1",
            // The URL standard's other ways of writing 127.0.0.1.
            "http://2130706433",
            "http://0x7f.1",
        ] {
            assert!(Destination::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://example.com",
            "http://localhost.example.com",
            "http://sandbox.localhost",
            "http://localhost@example.com",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://169.254.169.254/latest",
            "http://[::]",
            "http://[::ffff:127.0.0.1]",
            "http://[fe80::1]",
        ] {
            assert_eq!(Destination::parse(bad), Err(BadDestination::NotLoopback), "{bad}");
        }
        for bad in [
            "",
            "localhost",
            "localhost:80",
            "/push",
            "file:///etc/passwd",
            "ftp://localhost",
            "http://",
        ] {
            assert_eq!(Destination::parse(bad), Err(BadDestination::Url), "{bad}");
        }
    }

    #[test]
    fn parameters_come_behind_its_own() {
        let destination = Destination::parse("http://localhost/push?app=1").unwrap();

        let url = destination.with(&[("nonce", "5"), ("echostr", "a b")]);

        assert_eq!(url.as_str(), "http://localhost/push?app=1&nonce=5&echostr=a+b");
    }
}
