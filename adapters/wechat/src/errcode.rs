//! What the platform's error numbers mean to a login, and what an operator does about those that are his.

use wxlogin_domain::ports::code_exchange::CodeExchangeError;

/// The outcome of a number that jscode2session answers.
pub(crate) fn code_exchange_error(errcode: i64) -> CodeExchangeError {
    match errcode {
        -1 => CodeExchangeError::Unavailable,
        40029 => CodeExchangeError::CodeInvalid,
        40163 => CodeExchangeError::CodeAlreadyUsed,
        40226 => CodeExchangeError::UserBlocked,
        45011 => CodeExchangeError::RateLimited,
        45009 => CodeExchangeError::QuotaExhausted,
        40013 | 40125 | 40164 | 41002 | 41004 | 41008 => CodeExchangeError::AppMisconfigured { errcode },
        errcode => CodeExchangeError::Rejected { errcode },
    }
}

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
        40164 => {
            "this server's IP address is not on the app's allow-list. mp.weixin.qq.com > 开发管理 > 开发设置 > IP白名单: \
             add the address that WeChat names"
        }
        41002 | 41008 => "the request lacked a parameter. This is a bug of wxlogin: please report it",
        45009 => {
            "the app's daily quota is used up; it begins anew at midnight in China. It can be cleared at \
             mp.weixin.qq.com > 开发管理 > 接口设置"
        }
        48001 => "the app is not authorised for this interface: mp.weixin.qq.com > 开发管理 > 接口设置",
        50002 => "the app is frozen or restricted: mp.weixin.qq.com > 通知中心 says why",
        61003 => "the app has not authorised this third-party platform: it has to be authorised anew",
        -1 | 0 | 40029 | 40163 | 40226 | 45011 => return None,
        _ => {
            "the number is not one that a login knows: look it up in WeChat's list of global return codes (全局返回码)"
        }
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn table() {
        let mut table = String::new();
        for errcode in [
            -1, 40029, 40163, 40226, 45011, 45009, 40013, 40125, 41004, 41002, 41008, 40164, 48001, 50002, 61003, 12345,
        ] {
            let remedy = remedy(errcode).map_or("", |_| "  (has a remedy)");
            writeln!(table, "{errcode:>6}  {:?}{remedy}", code_exchange_error(errcode)).unwrap();
        }
        insta::assert_snapshot!(table);
    }
}
