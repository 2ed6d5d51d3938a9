//! URLs with a password in them.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::fault::Flaw;

/// A URL that may hold a password: shows as `postgres://user:***@host:5432/db`.
#[derive(Clone)]
pub struct SecretUrl {
    url: SecretString,
    shown: String,
}

impl SecretUrl {
    /// The URL as it was written, password and all.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.url.expose_secret()
    }

    /// Keeps `url` as it was written in `text`, after a look at what could show a password in the wrong place.
    pub(super) fn new(text: &str, url: &Url, form: &str) -> Result<Self, Flaw> {
        // An unescaped / ? or # in a password ends the part where passwords stand: the rest of it, up to the @, would
        // be taken for something that may be shown.
        let rest = [Some(url.path()), url.query(), url.fragment()];
        if url.fragment().is_some() || rest.into_iter().flatten().any(|part| part.contains('@')) {
            return Err(malformed(form));
        }
        Ok(Self {
            url: text.into(),
            shown: redacted(url),
        })
    }
}

/// What is wrong with a URL that does not have the form that it should.
pub(super) fn malformed(form: &str) -> Flaw {
    let problem = "is not a well-formed URL of its kind";
    Flaw::new(
        problem,
        format!("write it as {form}, with @ : / ? # % in the password as %40 %3A %2F %3F %23 %25"),
    )
}

/// The URL without what may be secret: the password; a lone user name, which may be a misplaced one; the query, which
/// may hold one.
fn redacted(url: &Url) -> String {
    let user = match (url.username(), url.password()) {
        ("", None) => String::new(),
        (_, None) => "***@".to_owned(),
        (user, Some(_)) => format!("{user}:***@"),
    };
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = if url.query().is_some() { "?***" } else { "" };
    format!("{}://{user}{host}{port}{}{query}", url.scheme(), url.path())
}

impl fmt::Display for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for SecretUrl {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for SecretUrl {}

/// Undoes percent-encoding, which URLs need where a password holds one of their own characters. None where the bytes
/// are not UTF-8.
pub(super) fn decoded(text: &str) -> Option<String> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, ..] => digit(*high).zip(digit(*low)).map(|(high, low)| 16 * high + low),
            _ => None,
        };
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &rest[3..] } else { tail };
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_decoding() {
        for (text, expected) in [
            ("", Some("")),
            ("a+b", Some("a+b")),
            ("p%40ss%2fw%25", Some("p@ss/w%")),
            ("100%", Some("100%")),
            ("%4", Some("%4")),
            ("%zz", Some("%zz")),
            ("%E5%BE%AE", Some("微")),
            ("%FF", None),
        ] {
            assert_eq!(decoded(text).as_deref(), expected, "{text}");
        }
    }
}
