//! Where session keys and rate limits are kept.

use std::fmt;

use url::Url;

use super::fault::{Faults, Flaw, Reported};
use super::raw::Group;
use super::secret_url::{SecretUrl, malformed};
use super::settings::CACHE;

/// Where session keys and rate limits are kept. Shows no password.
#[derive(Clone, PartialEq, Eq)]
pub enum CacheUrl {
    /// `memory://`: in this process.
    Memory,
    /// `redis://…`, `rediss://…`: in a Redis server that all replicas share.
    Redis(SecretUrl),
}

const FORM: &str = "redis://USER:PASS@HOST:PORT";

impl CacheUrl {
    /// In this process.
    #[must_use]
    pub fn for_testing() -> Self {
        Self::Memory
    }

    /// In this server.
    ///
    /// # Panics
    /// When the URL is that of no Redis server.
    #[must_use]
    pub fn redis_for_testing(url: &str) -> Self {
        Self::parse(url)
            .map_err(|flaw| flaw.at("cache"))
            .expect("the URL of a Redis server")
    }

    pub(super) fn read(group: &Group, faults: &mut Faults) -> Result<Self, Reported> {
        group.required(&CACHE, faults, Self::parse)
    }

    fn parse(text: &str) -> Result<Self, Flaw> {
        if text == "memory://" {
            return Ok(Self::Memory);
        }
        if !text.starts_with("redis://") && !text.starts_with("rediss://") {
            let problem = "does not begin as any cache does";
            return Err(Flaw::new(
                problem,
                format!("write memory:// or {FORM} (with TLS rediss://)"),
            ));
        }
        let url = Url::parse(text).ok().filter(Url::has_host);
        // The path, where there is one, is the number of a database.
        let is_number = |path: &str| path.trim_start_matches('/').bytes().all(|byte| byte.is_ascii_digit());
        match url.filter(|url| is_number(url.path())) {
            Some(url) => Ok(Self::Redis(SecretUrl::new(text, &url, FORM)?)),
            None => Err(malformed(FORM)),
        }
    }
}

impl fmt::Display for CacheUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("memory://"),
            Self::Redis(url) => url.fmt(f),
        }
    }
}

impl fmt::Debug for CacheUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn forms() {
        let mut table = String::new();
        for text in [
            "memory://",
            "redis://cache.example",
            "redis://:hidden@cache.example:6379/0",
            "redis://hidden@cache.example:6379",
            "rediss://user:hidden@cache.example:6380/1?protocol=resp3",
        ] {
            let cache = CacheUrl::parse(text).map_err(|flaw| flaw.at(text)).unwrap();
            writeln!(table, "{cache}").unwrap();
            assert_eq!(format!("{cache:?}"), cache.to_string());
        }
        insta::assert_snapshot!(table, @r"
        memory://
        redis://cache.example
        redis://:***@cache.example:6379/0
        redis://***@cache.example:6379
        rediss://user:***@cache.example:6380/1?***
        ");
        assert!(!table.contains("hidden"));
        for bad in [
            "",
            "memory",
            "mem://",
            "memory://x",
            "redis:cache.example",
            "redis://",
            "redis://h/x",
            "redis://:12/x@h",
            "redis://:12#x@h",
            "redis://:12?x@h",
        ] {
            assert!(CacheUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
