//! The stand-in's users. Nobody has to be signed up: a user is a name, and all that WeChat
//! would know about that person follows from it, the same in every run.

use std::borrow::Borrow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::hex;

/// The name of a user: 1 to 64 characters of `A-Z a-z 0-9 _ - .`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct UserName(String);

impl UserName {
    const LONGEST: usize = 64;

    pub(crate) fn parse(name: String) -> Result<Self, BadUserName> {
        let good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        if (1..=Self::LONGEST).contains(&name.len()) && name.bytes().all(good) {
            Ok(Self(name))
        } else {
            Err(BadUserName)
        }
    }

    /// This user's id in one app.
    pub(crate) fn openid(&self, appid: &str) -> OpenId {
        OpenId(wechat_id(&["openid", appid, &self.0]))
    }

    /// This user's id in all apps of the stand-in, which stand for one Open Platform account.
    pub(crate) fn unionid(&self) -> String {
        wechat_id(&["unionid", &self.0])
    }

    /// A mainland number for a user who was given none: `138` and eight digits.
    pub(crate) fn phone_number(&self) -> String {
        let digest = digest(&["phone", &self.0]);
        let digits = digest.iter().take(8).map(|byte| char::from(b'0' + byte % 10));
        "138".chars().chain(digits).collect()
    }
}

impl Default for UserName {
    fn default() -> Self {
        Self("alice".to_owned())
    }
}

impl TryFrom<String> for UserName {
    type Error = BadUserName;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(name)
    }
}

/// The text is no user name.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a user's name has 1 to 64 characters of A-Z a-z 0-9 _ - .")]
pub(crate) struct BadUserName;

/// A user's id in one app: 28 characters, the first an `o`.
///
/// It is derived from the appid too, so no two apps share one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct OpenId(String);

impl OpenId {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OpenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for OpenId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The account in whose name the platform itself sends events.
pub(crate) fn platform_account() -> String {
    wechat_id(&["platform"])
}

/// The original id of an app, under which the platform writes to it: `gh_` and 12 hexadecimal
/// digits.
pub(crate) fn original_id(appid: &str) -> String {
    let mut text = hex::encode(&digest(&["app", appid]));
    text.truncate(12);
    format!("gh_{text}")
}

/// 28 characters in the shape of WeChat's ids: `o`, then 27 of `A-Z a-z 0-9 _ -`.
fn wechat_id(parts: &[&str]) -> String {
    let mut text = URL_SAFE_NO_PAD.encode(digest(parts));
    text.truncate(27);
    format!("o{text}")
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        // Keeps ("ab", "c") from being ("a", "bc").
        hash.update([0]);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(name: &str) -> UserName {
        UserName::parse(name.to_owned()).unwrap()
    }

    #[test]
    fn ids_have_the_shape_of_real_ones_and_stay_the_same() {
        let openid = user("alice").openid("wx0000000000000001").to_string();

        for id in [&openid, &user("alice").unionid()] {
            assert_eq!(id.len(), 28, "{id}");
            assert!(id.starts_with('o'), "{id}");
            assert!(
                id.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')),
                "{id}"
            );
        }
        assert_eq!(openid, user("alice").openid("wx0000000000000001").0);
    }

    #[test]
    fn an_openid_is_of_one_app_and_one_user() {
        let openids = [
            user("alice").openid("wx1"),
            user("alice").openid("wx2"),
            user("bob").openid("wx1"),
        ];

        assert_ne!(openids[0], openids[1]);
        assert_ne!(openids[0], openids[2]);
        assert_ne!(user("alice").unionid(), user("bob").unionid());
    }

    #[test]
    fn apps_have_original_ids() {
        let id = original_id("wx1");

        assert_eq!(id.len(), 15);
        assert!(id.starts_with("gh_"));
        assert_ne!(id, original_id("wx2"));
        assert_eq!(platform_account().len(), 28);
    }

    #[test]
    fn a_phone_number_is_eleven_digits() {
        let number = user("alice").phone_number();

        assert_eq!(number.len(), 11);
        assert!(number.starts_with("138"));
        assert!(number.bytes().all(|byte| byte.is_ascii_digit()));
        assert_ne!(number, user("bob").phone_number());
    }

    #[test]
    fn names_are_checked() {
        let longest = "x".repeat(64);
        for good in ["a", "Alice_B-2.c", &longest] {
            assert!(UserName::parse(good.to_owned()).is_ok(), "{good}");
        }
        let longer = "x".repeat(65);
        for bad in ["", "a b", "王", "a/b", "a\0", &longer] {
            assert_eq!(UserName::parse(bad.to_owned()), Err(BadUserName), "{bad}");
        }
    }
}
