//! The platform's error codes and the texts it sends with them.

use serde_json::{Value, json};

use crate::access_token::TokenRefused;
use crate::clock::UnixTime;
use crate::entropy::{self, EntropyError};
use crate::quota::Exceeded;

/// A number that WeChat answers with, under HTTP 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Errcode(i64);

impl Errcode {
    pub(crate) const SYSTEM_ERROR: Self = Self(-1);
    pub(crate) const OK: Self = Self(0);
    pub(crate) const INVALID_CREDENTIAL: Self = Self(40001);
    pub(crate) const INVALID_GRANT_TYPE: Self = Self(40002);
    pub(crate) const INVALID_OPENID: Self = Self(40003);
    pub(crate) const INVALID_APPID: Self = Self(40013);
    pub(crate) const INVALID_ACCESS_TOKEN: Self = Self(40014);
    pub(crate) const INVALID_CODE: Self = Self(40029);
    pub(crate) const INVALID_SECRET: Self = Self(40125);
    pub(crate) const CODE_USED: Self = Self(40163);
    pub(crate) const ACCESS_TOKEN_MISSING: Self = Self(41001);
    pub(crate) const APPID_MISSING: Self = Self(41002);
    pub(crate) const SECRET_MISSING: Self = Self(41004);
    pub(crate) const CODE_MISSING: Self = Self(41008);
    pub(crate) const ACCESS_TOKEN_EXPIRED: Self = Self(42001);
    pub(crate) const REQUIRE_GET: Self = Self(43001);
    pub(crate) const REQUIRE_POST: Self = Self(43002);
    pub(crate) const DAILY_QUOTA: Self = Self(45009);
    pub(crate) const MINUTE_QUOTA: Self = Self(45011);
    pub(crate) const DATA_FORMAT: Self = Self(47001);
    pub(crate) const INVALID_SIGNATURE: Self = Self(87009);

    pub(crate) const fn new(number: i64) -> Self {
        Self(number)
    }

    pub(crate) const fn number(self) -> i64 {
        self.0
    }

    /// The `errmsg` that goes with the code, without the request id.
    pub(crate) const fn text(self) -> &'static str {
        match self.0 {
            -1 => "system error",
            0 => "ok",
            40001 => "invalid credential, access_token is invalid or not latest",
            40002 => "invalid grant_type",
            40003 => "invalid openid",
            40013 => "invalid appid",
            40014 => "invalid access_token",
            40029 => "invalid code",
            40125 => "invalid appsecret",
            40163 => "code been used",
            40164 => "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist",
            40226 => "code blocked",
            41001 => "access_token missing",
            41002 => "appid missing",
            41004 => "appsecret missing",
            41008 => "missing code",
            42001 => "access_token expired",
            43001 => "require GET method",
            43002 => "require POST method",
            45009 => "reach max api daily quota limit",
            45011 => "api minute-quota reach limit, mustslower, retry next minute",
            47001 => "data format error",
            48001 => "api unauthorized",
            50002 => "user limited",
            61003 => "component is not authorized by this account",
            87009 => "invalid signature",
            _ => "unknown error",
        }
    }

    /// The answer's body. An error ends in a request id as the platform has it: the time and two
    /// random words, in hexadecimal.
    pub(crate) fn answer(self, now: UnixTime) -> Value {
        let text = self.text();
        let errmsg = if self == Self::OK {
            text.to_owned()
        } else {
            format!("{text}, rid: {}", rid(now))
        };
        json!({ "errcode": self.0, "errmsg": errmsg })
    }
}

impl From<EntropyError> for Errcode {
    fn from(_: EntropyError) -> Self {
        Self::SYSTEM_ERROR
    }
}

impl From<Exceeded> for Errcode {
    fn from(exceeded: Exceeded) -> Self {
        match exceeded {
            Exceeded::Minute => Self::MINUTE_QUOTA,
            Exceeded::Day => Self::DAILY_QUOTA,
        }
    }
}

impl From<TokenRefused> for Errcode {
    fn from(refused: TokenRefused) -> Self {
        match refused {
            TokenRefused::Impossible => Self::INVALID_ACCESS_TOKEN,
            TokenRefused::Unknown => Self::INVALID_CREDENTIAL,
            TokenRefused::Expired => Self::ACCESS_TOKEN_EXPIRED,
        }
    }
}

fn rid(now: UnixTime) -> String {
    // A request id protects nothing: without randomness it is merely less of one.
    let random = u64::from_be_bytes(entropy::bytes().unwrap_or_default());
    format!(
        "{:08x}-{:08x}-{:08x}",
        now.seconds(),
        random >> 32,
        random & 0xffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(errcode: Errcode) -> Value {
        errcode.answer(UnixTime::from_seconds(0x6583_f22d))
    }

    #[test]
    fn an_error_ends_in_a_request_id() {
        let answer = answer(Errcode::INVALID_CODE);

        assert_eq!(answer["errcode"], 40029);
        let errmsg = answer["errmsg"].as_str().unwrap();
        let rid = errmsg.strip_prefix("invalid code, rid: ").unwrap();
        let words: Vec<_> = rid.split('-').collect();
        assert_eq!(words[0], "6583f22d");
        assert_eq!(words.len(), 3, "{rid}");
        assert!(words.iter().all(|word| word.len() == 8), "{rid}");
    }

    #[test]
    fn success_has_no_request_id() {
        assert_eq!(answer(Errcode::OK), json!({"errcode": 0, "errmsg": "ok"}));
    }

    #[test]
    fn any_number_has_a_text() {
        for number in [i64::MIN, -2, 1, 99999, i64::MAX] {
            let answer = answer(Errcode::new(number));
            assert_eq!(answer["errcode"], number);
            assert!(answer["errmsg"].as_str().unwrap().starts_with("unknown error, rid: "));
        }
    }
}
