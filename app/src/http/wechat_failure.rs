//! What WeChat's refusals and failures are answered, whichever call met them.

use std::time::Duration;

use wxlogin_domain::ports::code_exchange::CodeExchangeError;
use wxlogin_domain::ports::phone_exchange::PhoneExchangeError;
use wxlogin_domain::ports::wechat_failure::WechatFailure;
use wxlogin_domain::quota::daily_quota_resets_in;
use wxlogin_domain::timestamp::Timestamp;

use super::problem::{Code, Problem, Text, text};

/// What any call to WeChat can answer besides what it was made for.
pub const WECHAT_CODES: [Code; 6] = [
    Code::WechatRateLimited,
    Code::WechatAppMisconfigured,
    Code::WechatRejected,
    Code::WechatBadResponse,
    Code::WechatUnavailable,
    Code::WechatQuotaExhausted,
];

/// An error, and when it happened: a daily quota's wait depends on it.
pub struct At<E>(pub E, pub Timestamp);

/// A failure after WeChat has taken the code: the same request again would only be told that it was used.
pub fn spent(problem: Problem) -> Problem {
    match problem.code() {
        Code::StoreUnavailable => problem.with_detail(text(
            "数据库暂时无法使用，而 code 已经用掉：稍后取新的 code（wx.login 或获取手机号按钮）再试。",
            "The database cannot be used right now, and the code is used up: start again later with a fresh code, of wx.login \
             or of the phone-number button.",
        )),
        _ => problem,
    }
}

impl From<At<WechatFailure>> for Problem {
    fn from(At(failure, now): At<WechatFailure>) -> Self {
        let waiting = |code, wait: Option<Duration>| {
            let problem = Self::new(code);
            match wait {
                Some(wait) => problem.with_retry_after(wait),
                None => problem,
            }
        };
        match failure {
            WechatFailure::RateLimited { retry_after } => waiting(Code::WechatRateLimited, Some(retry_after)),
            WechatFailure::QuotaExhausted => waiting(Code::WechatQuotaExhausted, Some(daily_quota_resets_in(now))),
            WechatFailure::AppMisconfigured { .. } => Self::new(Code::WechatAppMisconfigured),
            WechatFailure::Rejected { errcode } => Self::new(Code::WechatRejected).with_detail(Text::made(
                format!("微信拒绝了请求，返回错误码 {errcode}，含义见微信文档的“全局返回码”。"),
                format!("WeChat refuses with errcode {errcode}; its list of global return codes says what that means."),
            )),
            WechatFailure::Unavailable { retry_after } => waiting(Code::WechatUnavailable, retry_after),
            WechatFailure::BadResponse => Self::new(Code::WechatBadResponse),
            WechatFailure::Overloaded { retry_after } => waiting(Code::Overloaded, Some(retry_after)),
        }
    }
}

impl From<At<CodeExchangeError>> for Problem {
    fn from(At(error, now): At<CodeExchangeError>) -> Self {
        match error {
            CodeExchangeError::CodeInvalid => Self::new(Code::CodeInvalid),
            CodeExchangeError::CodeAlreadyUsed => Self::new(Code::CodeAlreadyUsed),
            CodeExchangeError::UserBlocked => Self::new(Code::WechatUserBlocked),
            CodeExchangeError::Wechat(failure) => At(failure, now).into(),
        }
    }
}

impl From<At<PhoneExchangeError>> for Problem {
    fn from(At(error, now): At<PhoneExchangeError>) -> Self {
        match error {
            PhoneExchangeError::CodeInvalid => Self::new(Code::PhoneCodeInvalid),
            PhoneExchangeError::UserBlocked => Self::new(Code::WechatUserBlocked),
            PhoneExchangeError::Wechat(failure) => At(failure, now).into(),
        }
    }
}
