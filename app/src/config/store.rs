//! Where accounts are kept.

use std::fmt;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::fault::{Faults, Flaw, Reported};
use super::raw::Group;
use super::secret_url::{SecretUrl, decoded, malformed};
use super::settings::STORE;

/// Where accounts are kept. Well-formed, which does not say that this build can open it. Shows no password.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreUrl {
    /// `mem://`: nowhere; all is gone when the process ends.
    Memory,
    /// `surrealkv://PATH`: a directory, in an embedded SurrealDB.
    SurrealKv {
        /// The directory. Relative to the working directory where it does not begin with a slash.
        path: PathBuf,
    },
    /// `ws://…`, `wss://…`: a SurrealDB server.
    SurrealRemote(SurrealRemote),
    /// `postgres://…`: a PostgreSQL server.
    Postgres(SecretUrl),
}

/// A SurrealDB server, and the database to use there.
#[derive(Clone)]
pub struct SurrealRemote {
    /// Whether the connection is encrypted.
    pub tls: bool,
    /// Name or address; an IPv6 address stands in brackets.
    pub host: String,
    /// Port.
    pub port: u16,
    /// The user to sign in as.
    pub user: String,
    /// That user's password.
    pub password: SecretString,
    /// The namespace.
    pub namespace: String,
    /// The database in it.
    pub database: String,
}

const REMOTE_FORM: &str = "wss://USER:PASS@HOST:PORT/NAMESPACE/DATABASE";
const POSTGRES_FORM: &str = "postgres://USER:PASS@HOST:PORT/DATABASE";

impl StoreUrl {
    /// In memory.
    #[must_use]
    pub fn for_testing() -> Self {
        Self::Memory
    }

    pub(super) fn read(group: &Group, faults: &mut Faults) -> Result<Self, Reported> {
        group.required(&STORE, faults, Self::parse)
    }

    fn parse(text: &str) -> Result<Self, Flaw> {
        let (scheme, rest) = text.split_once("://").unwrap_or((text, ""));
        match scheme {
            "mem" if text == "mem://" => Ok(Self::Memory),
            "mem" => Err(Flaw::new("the store in memory has no name", "write mem://")),
            "surrealkv" if rest.is_empty() || rest.contains(['?', '#']) => Err(Flaw::new(
                "is not surrealkv:// and the path of a directory",
                "write it as surrealkv://data/wxlogin or surrealkv:///var/lib/wxlogin",
            )),
            "surrealkv" => Ok(Self::SurrealKv { path: rest.into() }),
            "ws" | "wss" => {
                let remote = SurrealRemote::parse(text).ok_or_else(|| malformed(REMOTE_FORM))?;
                Ok(Self::SurrealRemote(remote))
            }
            "postgres" | "postgresql" => {
                let url = Url::parse(text).map_err(|_| malformed(POSTGRES_FORM))?;
                Ok(Self::Postgres(SecretUrl::new(text, &url, POSTGRES_FORM)?))
            }
            _ => Err(Flaw::new(
                "does not begin as any store does",
                format!("write mem://, surrealkv://PATH, {REMOTE_FORM} (or ws://) or {POSTGRES_FORM}"),
            )),
        }
    }
}

impl SurrealRemote {
    /// Where to connect: scheme, host and port.
    #[must_use]
    pub fn endpoint(&self) -> String {
        let scheme = if self.tls { "wss" } else { "ws" };
        format!("{scheme}://{}:{}", self.host, self.port)
    }

    fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let is_bare = url.query().is_none() && url.fragment().is_none();
        let mut names = url.path_segments()?.map(|name| is_name(name).then(|| name.to_owned()));
        let (namespace, database) = (names.next()??, names.next()??);
        let remote = Self {
            tls: url.scheme() == "wss",
            host: url.host_str()?.to_owned(),
            port: url.port_or_known_default()?,
            user: decoded(url.username())?,
            password: decoded(url.password()?)?.into(),
            namespace,
            database,
        };
        (is_bare && names.next().is_none() && !remote.user.is_empty()).then_some(remote)
    }
}

/// Names that need no quoting in SurrealDB's query language, or at most its plain one.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

impl fmt::Display for SurrealRemote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls { "wss" } else { "ws" };
        let Self {
            host,
            port,
            user,
            namespace,
            database,
            ..
        } = self;
        write!(f, "{scheme}://{user}:***@{host}:{port}/{namespace}/{database}")
    }
}

impl fmt::Debug for SurrealRemote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for SurrealRemote {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string() && self.password.expose_secret() == other.password.expose_secret()
    }
}

impl Eq for SurrealRemote {}

impl fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("mem://"),
            Self::SurrealKv { path } => write!(f, "surrealkv://{}", path.display()),
            Self::SurrealRemote(remote) => remote.fmt(f),
            Self::Postgres(url) => url.fmt(f),
        }
    }
}

impl fmt::Debug for StoreUrl {
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
            "mem://",
            "surrealkv://data/wxlogin",
            "surrealkv:///var/lib/wxlogin",
            "ws://root:hidden@127.0.0.1:8000/wxlogin/main",
            "wss://root:hidden@db.example/wxlogin/main",
            "ws://root:hidden@[::1]:8000/wxlogin/main",
            "postgres://wxlogin:hidden@db.example:5432/wxlogin?sslmode=require&password=hidden",
            "postgresql://wxlogin@db.example/wxlogin",
            "postgres:///wxlogin?host=/run/postgresql",
        ] {
            let store = StoreUrl::parse(text).map_err(|flaw| flaw.at(text)).unwrap();
            writeln!(table, "{store}").unwrap();
            assert_eq!(format!("{store:?}"), store.to_string());
        }
        insta::assert_snapshot!(table, @r"
        mem://
        surrealkv://data/wxlogin
        surrealkv:///var/lib/wxlogin
        ws://root:***@127.0.0.1:8000/wxlogin/main
        wss://root:***@db.example:443/wxlogin/main
        ws://root:***@[::1]:8000/wxlogin/main
        postgres://wxlogin:***@db.example:5432/wxlogin?***
        postgresql://***@db.example/wxlogin
        postgres:///wxlogin?***
        ");
        assert!(!table.contains("hidden"));
    }

    #[test]
    fn what_is_written_is_what_is_used() {
        let Ok(StoreUrl::SurrealRemote(remote)) = StoreUrl::parse("ws://us%65r:p%40ss%2Fword@h:8000/n/d") else {
            panic!("a SurrealDB server");
        };
        assert_eq!(
            (remote.user.as_str(), remote.password.expose_secret()),
            ("user", "p@ss/word")
        );
        assert_eq!(remote.endpoint(), "ws://h:8000");

        let text = "postgres://user:p%40ss@h/d?sslmode=require";
        let Ok(StoreUrl::Postgres(url)) = StoreUrl::parse(text) else {
            panic!("a PostgreSQL server");
        };
        assert_eq!(url.expose(), text);
    }

    #[test]
    fn malformed_ones() {
        for text in [
            "",
            "mem",
            "mem:",
            "mem://x",
            "memory://",
            "surrealkv",
            "surrealkv://",
            "surrealkv://data?versioned=true",
            "ws://h:8000/n/d",
            "ws://root@h:8000/n/d",
            "ws://:pass@h:8000/n/d",
            "ws://root:pass@h:8000",
            "ws://root:pass@h:8000/n",
            "ws://root:pass@h:8000/n/",
            "ws://root:pass@h:8000/n/d/",
            "ws://root:pass@h:8000/n/d?x=y",
            "ws://root:pa#ss@h:8000/n/d",
            "ws://root:pa/ss@h:8000/n/d",
            "ws://root:%FF@h:8000/n/d",
            "postgres://u:pa#ss@h/d",
            "postgres://u:12#ss@h/d",
            "postgres://u:12?ss@h/d",
            "postgres://u:12/ss@h/d",
            "postgres:u",
            "https://db.example",
        ] {
            assert!(StoreUrl::parse(text).is_err(), "{text}");
        }
    }
}
