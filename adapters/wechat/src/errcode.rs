//! What the platform's error numbers mean, and what an operator does about those that are his.

use std::net::IpAddr;
use std::time::Duration;

use wxlogin_domain::ports::code_exchange::CodeExchangeError;
use wxlogin_domain::ports::phone_exchange::PhoneExchangeError;
use wxlogin_domain::ports::wechat_failure::WechatFailure;

/// The app's quota of the day for one API is used up.
pub(crate) const DAILY_QUOTA: i64 = 45009;
/// One user's calls, or one API's, are too frequent.
pub(crate) const MINUTE_QUOTA: i64 = 45011;
/// That is counted by the minute.
pub(crate) const MINUTE_QUOTA_PAUSE: Duration = Duration::from_secs(60);
/// A session key's signature is wrong: the key is not the user's any more.
pub(crate) const WRONG_SIGNATURE: i64 = 87009;
/// This server's address is not on the app's allow-list.
const ADDRESS_NOT_ALLOWED: i64 = 40164;

/// What a number means, whatever the platform was asked for.
pub(crate) fn failure(errcode: i64) -> WechatFailure {
    match errcode {
        -1 => WechatFailure::UNAVAILABLE,
        MINUTE_QUOTA => WechatFailure::RateLimited {
            retry_after: MINUTE_QUOTA_PAUSE,
        },
        DAILY_QUOTA => WechatFailure::QuotaExhausted,
        // The app, its secret, its tokens, its allow-list; the base address; and requests that this service got wrong.
        40001 | 40013 | 40014 | 40125 | 42001 | 41004 | ADDRESS_NOT_ALLOWED | 40066 | 40002 | 41001 | 41002 | 41008
        | 43001 | 43002 | 43003 | 44002 | 47001 => WechatFailure::AppMisconfigured { errcode },
        errcode => WechatFailure::Rejected { errcode },
    }
}

/// What jscode2session means by a number.
pub(crate) fn code_exchange_error(errcode: i64) -> CodeExchangeError {
    match errcode {
        40029 => CodeExchangeError::CodeInvalid,
        40163 => CodeExchangeError::CodeAlreadyUsed,
        40226 => CodeExchangeError::UserBlocked,
        errcode => failure(errcode).into(),
    }
}

/// What getuserphonenumber means by a number. It is not known to tell a used code from a wrong one.
pub(crate) fn phone_exchange_error(errcode: i64) -> PhoneExchangeError {
    match errcode {
        40029 | 40163 => PhoneExchangeError::CodeInvalid,
        40226 => PhoneExchangeError::UserBlocked,
        errcode => failure(errcode).into(),
    }
}

/// Whether the platform refuses the `access_token` and has looked at nothing else. (Where it is asked for one, 40001
/// means the secret.)
pub(crate) fn refuses_the_token(errcode: i64) -> bool {
    matches!(errcode, 40001 | 40014 | 42001)
}

/// What an operator does where a token is refused that the platform has only just granted.
pub(crate) const REMEDY_OF_A_REFUSED_TOKEN: &str = "\
    WeChat refuses an access_token that it has just granted. Something else invalidates this app's tokens: another \
    program that calls /cgi-bin/token, or stable_token with force_refresh, for the same app. Let it use stable_token in \
    normal mode, as this service does. Where nothing else does, see that wechat.url is WeChat's own address";

/// What an operator does about a number: what to fix, and where. Nothing where the number is not an operator's.
#[must_use]
pub fn remedy(errcode: i64) -> Option<&'static str> {
    Some(match errcode {
        40013 => {
            "the appid is wrong. It has to be the mini program's own (not an Official Account's): mp.weixin.qq.com, \
             log in with the mini program's account, 开发管理 > 开发设置 > AppID(小程序ID)"
        }
        40001 | 40125 => {
            "the app secret is wrong: mistyped, copied with a blank, or reset meanwhile. mp.weixin.qq.com > 开发管理 > \
             开发设置 > AppSecret(小程序密钥): reset it there if it is lost, and set it here"
        }
        41004 => "the app secret is missing: set it in the configuration of this app",
        40014 | 42001 => REMEDY_OF_A_REFUSED_TOKEN,
        ADDRESS_NOT_ALLOWED => {
            "this server's IP address is not on the app's allow-list. mp.weixin.qq.com > 开发管理 > 开发设置 > IP白名单: \
             add the address that WeChat names"
        }
        40066 | 43003 => {
            "there is no such interface at this address: see that wechat.url is https://api.weixin.qq.com, and that \
             nothing in between changes the path"
        }
        40002 | 41001 | 41002 | 41008 | 43001 | 43002 | 44002 | 47001 => {
            "the request is not as WeChat wants it. This is a bug of wxlogin, unless a proxy changes its requests: \
             please report it"
        }
        40003 => {
            "the openid is not one of this app's users. Was the account imported with the openids of another app (an \
             Official Account's, perhaps)?"
        }
        DAILY_QUOTA => {
            "the app's daily quota is used up; it begins anew at midnight in China. It can be cleared at \
             mp.weixin.qq.com > 开发管理 > 接口设置"
        }
        48001 => "the app is not authorised for this interface: mp.weixin.qq.com > 开发管理 > 接口设置",
        48004 => "the interface is closed to the app for irregularities: mp.weixin.qq.com > 通知中心 says why",
        50002 => "the app is frozen or restricted: mp.weixin.qq.com > 通知中心 says why",
        61003 => "the app has not authorised this third-party platform: it has to be authorised anew",
        -1 | 0 | 40029 | 40163 | 40226 | MINUTE_QUOTA | WRONG_SIGNATURE => return None,
        _ => {
            "the number is not one that a login knows: look it up in WeChat's list of global return codes (全局返回码)"
        }
    })
}

/// The address that this server has in WeChat's eyes, where a refusal for it (40164) names it:
/// `invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist, rid: …`.
#[must_use]
pub fn seen_address(errcode: i64, errmsg: &str) -> Option<IpAddr> {
    if errcode != ADDRESS_NOT_ALLOWED {
        return None;
    }
    errmsg
        .split(|letter: char| !letter.is_ascii_hexdigit() && !matches!(letter, '.' | ':'))
        .find_map(|word| {
            let address = word.parse().or_else(|_| word.trim_matches(['.', ':']).parse());
            address.ok().filter(|address: &IpAddr| !address.is_unspecified())
        })
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn meanings() {
        let mut table = String::new();
        for errcode in [
            -1, 40029, 40163, 40226, 45011, 45009, 40001, 40013, 40125, 41004, 40164, 40014, 42001, 40066, 43003,
            40002, 41001, 41002, 41008, 43001, 43002, 44002, 47001, 40003, 48001, 48004, 50002, 61003, 87009, 12345,
        ] {
            let remedy = remedy(errcode).map_or("", |_| "has a remedy");
            let line = format!(
                "{errcode:>6}  {remedy:<13} {:<48} {:?}",
                format!("{:?}", code_exchange_error(errcode)),
                phone_exchange_error(errcode)
            );
            writeln!(table, "{line}").unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn the_address_that_wechat_sees() {
        let mut table = String::new();
        for errmsg in [
            "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 6583f22d-0000abcd-1234abcd",
            "invalid ip 203.0.113.7, not in whitelist",
            "invalid ip:203.0.113.7.",
            "invalid ip 2001:db8::7, not in whitelist",
            "invalid ip ::ffff:203.0.113.7, not in whitelist",
            "invalid ip :: ipv6 2001:db8::7",
            "invalid ip 203.0.113.777, not in whitelist",
            "invalid ip 203.0.113.7:4711",
            "invalid ip, not in whitelist",
            "IP不在白名单203.0.113.7中",
            "",
        ] {
            let address = seen_address(40164, errmsg).map(|address| address.to_string());
            writeln!(table, "{errmsg}\n    {}", address.as_deref().unwrap_or("-")).unwrap();
        }
        insta::assert_snapshot!(table);
        assert_eq!(seen_address(40125, "invalid appsecret, 203.0.113.7"), None);
    }

    proptest! {
        #[test]
        fn looking_for_the_address_never_panics(errmsg in ".{0,300}") {
            let _ = seen_address(40164, &errmsg);
        }

        #[test]
        fn every_address_is_found(address in any::<IpAddr>(), rid in "[0-9a-f]{8}-[0-9a-f]{8}") {
            prop_assume!(!address.is_unspecified());
            let errmsg = format!("invalid ip {address}, not in whitelist, rid: {rid}");
            prop_assert_eq!(seen_address(40164, &errmsg), Some(address.to_canonical()));
        }
    }
}
