//! Who WeChat says somebody is: the app, the person in that app, the person across apps.

use std::fmt;

/// Why a text is no identifier of WeChat's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a well-formed {0}")]
pub struct IdentifierError(&'static str);

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $term:literal, $accepts:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Checks the shape.
            ///
            /// # Errors
            /// When the text does not have the identifier's shape.
            pub fn parse(text: &str) -> Result<Self, IdentifierError> {
                let accepts: fn(&str) -> bool = $accepts;
                if accepts(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(IdentifierError($term))
                }
            }

            /// The identifier as WeChat writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

identifier! {
    /// The id of a mini program: `wx` and 16 lowercase hexadecimal digits.
    AppId, "appid", |text| {
        text.strip_prefix("wx").is_some_and(|rest| {
            rest.len() == 16 && rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        })
    }
}

identifier! {
    /// A person within one app. Unique per app only: the key is always (appid, openid).
    OpenId, "openid", is_platform_id
}

identifier! {
    /// A person across the apps of one Open Platform account. Absent where the app is bound to none.
    UnionId, "unionid", is_platform_id
}

/// Today's are 28 characters long; the platform promises no length, so the bound is generous.
fn is_platform_id(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// One identity of a person: what jscode2session says, or what a store remembers of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WechatIdentity {
    /// The mini program.
    pub app: AppId,
    /// The person in it.
    pub openid: OpenId,
    /// The person across apps, where WeChat says so.
    pub unionid: Option<UnionId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appid_shape() {
        assert!(AppId::parse("wx4f4bc4dec97d474b").is_ok());
        for bad in [
            "",
            "wx",
            "touristappid",
            "wx4f4bc4dec97d474",
            "wx4f4bc4dec97d474bb",
            "WX4f4bc4dec97d474b",
            "wx4F4BC4DEC97D474B",
            " wx4f4bc4dec97d474b",
            "gh_97417a04a28d",
        ] {
            assert!(AppId::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn openid_shape() {
        assert!(OpenId::parse("oGZUI0egBJY1zhBYw2KhdUfwVJJE").is_ok());
        for bad in ["", "a b", "a/b", "o\n", "微信"] {
            assert!(OpenId::parse(bad).is_err(), "{bad:?}");
        }
        assert!(OpenId::parse(&"o".repeat(129)).is_err());
    }
}
