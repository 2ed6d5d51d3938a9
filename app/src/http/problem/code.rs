//! The catalogue of problems: every code, once, with all that is fixed about it.

use super::text::{Text, text};

/// What a client does about a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename_all = "snake_case", rename = "ProblemAction")]
pub enum Action {
    /// Call `wx.login` and start again, after `Retry-After` where there is one.
    Relogin,
    /// Refresh the tokens, then send the same request again.
    Refresh,
    /// Send the same request again, after `Retry-After`.
    Retry,
    /// The request itself is wrong: a developer has to look.
    FixRequest,
    /// Nothing that a program could do: an operator has to look.
    ContactSupport,
}

impl Action {
    /// The word for it in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relogin => "relogin",
            Self::Refresh => "refresh",
            Self::Retry => "retry",
            Self::FixRequest => "fix_request",
            Self::ContactSupport => "contact_support",
        }
    }
}

/// What is fixed about a code.
#[derive(Debug)]
pub struct Entry {
    /// HTTP status.
    pub status: u16,
    /// What a client does.
    pub action: Action,
    /// Whether the same wish may succeed later with nobody changing anything.
    pub retryable: bool,
    /// What happened, in a few words.
    pub title: Text,
    /// Why, and what to do: the `detail` where a problem has none of its own.
    pub detail: Text,
}

macro_rules! catalogue {
    ($($variant:ident $code:literal $status:literal $action:ident $($retryable:ident)?,
        $title_zh:literal, $title_en:literal,
        $detail_zh:literal, $detail_en:literal;)+) => {
        /// The machine-readable name of a problem. Never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, poem_openapi::Enum)]
        #[oai(rename = "ProblemCode")]
        pub enum Code {
            $(
                #[doc = concat!("`", $code, "`: ", $title_en, ".")]
                #[oai(rename = $code)]
                $variant,
            )+
        }

        impl Code {
            /// All of them, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it stands in problem documents.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// What is fixed about it.
            #[must_use]
            pub fn entry(self) -> &'static Entry {
                match self {
                    $(Self::$variant => {
                        static ENTRY: Entry = Entry {
                            status: $status,
                            action: Action::$action,
                            retryable: catalogue!(@retryable $($retryable)?),
                            title: text($title_zh, $title_en),
                            detail: text($detail_zh, $detail_en),
                        };
                        &ENTRY
                    })+
                }
            }
        }
    };
    (@retryable R) => { true };
    (@retryable) => { false };
}

impl Code {
    /// The code of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

catalogue! {
    InvalidRequest "invalid_request" 400 FixRequest,
        "请求不合法", "The request is malformed",
        "请求体、表单或查询参数有误，详见 errors。", "The body, the form or a parameter is not what is expected: see errors.";
    CodeMissing "code_missing" 400 FixRequest,
        "缺少 code", "The code is missing",
        "请求里没有 code，或者它是空的。先调用 wx.login，在 success 回调里取 res.code，再把它放进请求体的 code 字段。",
        "The body has no code, or an empty one. Call wx.login, take res.code in its success callback, and send it as code.";
    CodeMalformed "code_malformed" 400 FixRequest,
        "code 格式不对", "The code is malformed",
        "code 应为 1 至 128 个字符，只含字母、数字、下划线和连字符。请原样发送 wx.login 返回的 res.code，不要发送整个对象。",
        "A code is 1 to 128 characters of A-Z a-z 0-9 _ -. Send res.code of wx.login as it is, not the whole object.";
    CodeInvalid "code_invalid" 400 Relogin R,
        "code 无效", "The code is not valid",
        "微信不认识这个 code (40029)：它可能已过期（五分钟）、已用过，或者属于另一个 appid——请核对小程序的 appid 与服务端配置是否一致。重新调用 wx.login 再试，不要缓存 code。",
        "WeChat does not know the code (40029): it has expired (five minutes), was used, or belongs to another appid — check that the mini program's appid is the one configured here. Call wx.login again; never keep a code.";
    CodeAlreadyUsed "code_already_used" 400 Relogin R,
        "code 已被使用", "The code was already used",
        "一个 code 只能用一次（微信 40163），多半是重复点击或客户端重试了同一个请求。重新调用 wx.login 取新的 code。",
        "A code works once (WeChat's 40163); a double tap or a client's retry sent it again. Call wx.login for a new one.";
    UnknownApp "unknown_app" 400 FixRequest,
        "未知的 appid", "The appid is unknown",
        "服务端没有配置这个 appid。请核对请求里的 appid。", "No app with this appid is configured here. Check the appid of the request.";
    Unauthorized "unauthorized" 401 Relogin,
        "未登录", "No credentials",
        "请求没有带 Authorization: Bearer 访问令牌。", "The request has no Authorization: Bearer access token.";
    TokenInvalid "token_invalid" 401 Relogin,
        "访问令牌无效", "The access token is not valid",
        "这不是本服务签发的访问令牌，或者它已被改动。", "This is not an access token of this service, or it was changed.";
    TokenExpired "token_expired" 401 Refresh R,
        "访问令牌已过期", "The access token has expired",
        "用 refresh_token 换取新的令牌，再发一次请求。", "Exchange the refresh_token for new tokens, then send the request again.";
    SessionRevoked "session_revoked" 401 Relogin,
        "会话已结束", "The session has ended",
        "该会话已退出登录或被终止。重新调用 wx.login 登录。", "The session was logged out or ended. Call wx.login and log in again.";
    RefreshTokenInvalid "refresh_token_invalid" 401 Relogin,
        "刷新令牌无效", "The refresh token is not valid",
        "这不是本服务签发的 refresh_token，或者它的会话已不存在。重新调用 wx.login 登录。",
        "This is not a refresh_token of this service, or its session is gone. Call wx.login and log in again.";
    RefreshTokenExpired "refresh_token_expired" 401 Relogin,
        "刷新令牌已过期", "The refresh token has expired",
        "太久没有使用，或会话已到最长期限。重新调用 wx.login 登录。",
        "It was not used for too long, or the session has reached its limit. Call wx.login and log in again.";
    RefreshTokenReused "refresh_token_reused" 401 Relogin,
        "刷新令牌被重复使用", "The refresh token was used before",
        "这个 refresh_token 早已换过新的，可能有人持有副本，因此整个会话已被终止。请始终保存最新的 refresh_token，重新调用 wx.login 登录。",
        "This refresh_token was replaced before, so somebody may hold a copy: the whole session has been ended. Always keep the newest refresh_token. Call wx.login and log in again.";
    AccountSuspended "account_suspended" 403 ContactSupport,
        "账号已停用", "The account is suspended",
        "运营者停用了该账号。", "An operator has suspended this account.";
    WechatUserBlocked "wechat_user_blocked" 403 ContactSupport,
        "微信拦截了该用户", "WeChat blocks this user",
        "微信把该用户判为高风险 (40226)，本服务无法放行。", "WeChat considers this user a high risk (40226); this service cannot let them in.";
    InsufficientScope "insufficient_scope" 403 FixRequest,
        "权限不足", "The API key lacks the scope",
        "这个 API key 没有所需的 scope。", "This API key does not have the scope that the call needs.";
    SignatureInvalid "signature_invalid" 403 FixRequest,
        "签名不对", "The signature is wrong",
        "推送消息的签名与配置的 Token 不符。", "The push message's signature does not fit the configured token.";
    NotFound "not_found" 404 FixRequest,
        "没有找到", "Not found",
        "没有这个地址。请核对请求的路径；接口文档在 /docs。", "Nothing is at this path: check it; the API reference is at /docs.";
    MethodNotAllowed "method_not_allowed" 405 FixRequest,
        "方法不对", "The method is not allowed",
        "这个地址不接受该 HTTP 方法；接口文档在 /docs。", "This path does not take that HTTP method; the API reference is at /docs.";
    PayloadTooLarge "payload_too_large" 413 FixRequest,
        "请求体过大", "The body is too large",
        "请求体最多 64 KiB。", "A body may have 64 KiB at most.";
    UnsupportedMediaType "unsupported_media_type" 415 FixRequest,
        "内容类型不对", "The content type is not supported",
        "请以 Content-Type: application/json 发送请求体。", "Send the body with Content-Type: application/json.";
    SessionKeyStale "session_key_stale" 409 Relogin R,
        "session_key 已更新", "The session_key is stale",
        "数据是用另一把 session_key 加密的。正确的顺序：先 wx.login，再让用户点按钮，然后把 code 和数据一起发来；不要在 getPhoneNumber 的回调里调用 wx.login。",
        "The data were encrypted under another session_key. The right order: wx.login first, then the button, then send code and data together; never call wx.login inside the getPhoneNumber callback.";
    PhoneTaken "phone_taken" 409 ContactSupport,
        "手机号已被占用", "The phone number is taken",
        "该手机号已绑定到另一个账号。", "The phone number is bound to another account.";
    MergeConflict "merge_conflict" 409 FixRequest,
        "账号合并冲突", "The accounts cannot be merged",
        "两个账号在同一个小程序里各有一个身份，需指明保留哪一个。", "Both accounts have an identity in the same app: say which one to keep.";
    DecryptionFailed "decryption_failed" 422 FixRequest,
        "数据解密失败", "The data do not decrypt",
        "encrypted_data 用本次登录的 session_key 解不开。正确的顺序：先 wx.login，再让用户点按钮，然后把 code、encrypted_data 和 iv 一起发来；不要在 getPhoneNumber 的回调里调用 wx.login。",
        "encrypted_data does not open under the session_key of this login. The right order: wx.login first, then the button, then send code, encrypted_data and iv together; never call wx.login inside the getPhoneNumber callback.";
    WatermarkMismatch "watermark_mismatch" 422 FixRequest,
        "数据属于另一个小程序", "The data are of another app",
        "数据水印里的 appid 不是这个小程序。", "The appid in the data's watermark is not this mini program's.";
    WatermarkExpired "watermark_expired" 422 FixRequest,
        "数据已过期", "The data are too old",
        "数据水印里的时间离现在太远。请重新获取数据再发送。", "The time in the data's watermark is too far from now. Have WeChat make the data anew, and send them at once.";
    PhoneCodeInvalid "phone_code_invalid" 422 Retry R,
        "手机号 code 无效", "The phone code is not valid",
        "请让用户重新点击获取手机号的按钮。", "Let the user tap the phone-number button again.";
    RateLimited "rate_limited" 429 Retry R,
        "请求过于频繁", "Too many requests",
        "请稍后再试，等待时间见 Retry-After。", "Try again later; Retry-After says when.";
    WechatRateLimited "wechat_rate_limited" 429 Relogin R,
        "微信限制了调用频率", "WeChat finds the calls too frequent",
        "该用户一分钟内的请求过多 (45011)。按 Retry-After 等待，再取新的 code（wx.login 或获取手机号按钮）重试。",
        "There were too many calls for this user within a minute (45011). Wait as Retry-After says, then start again with a fresh code, of wx.login or of the phone-number button.";
    Internal "internal" 500 Retry R,
        "服务内部错误", "Internal error",
        "服务出错了，请求编号见 request_id。", "The service failed; request_id names this request.";
    WechatAppMisconfigured "wechat_app_misconfigured" 502 ContactSupport,
        "小程序配置有误", "The app is misconfigured",
        "微信拒绝了本服务的 AppID、AppSecret 或服务器 IP。运营者请看服务日志，里面写明了要改什么、在哪里改。",
        "WeChat refuses this service's credentials or address. Operators: the service's log says what to fix and where.";
    WechatRejected "wechat_rejected" 502 ContactSupport,
        "微信拒绝了请求", "WeChat refuses",
        "微信拒绝了请求，返回了本服务不认识的错误码。", "WeChat refuses with an errcode that this service has no word for.";
    WechatBadResponse "wechat_bad_response" 502 Relogin R,
        "微信返回了无法识别的内容", "WeChat's answer makes no sense",
        "微信返回的不是规定的 JSON。取新的 code（wx.login 或获取手机号按钮）再试。",
        "WeChat did not answer the expected JSON. Start again with a fresh code, of wx.login or of the phone-number button.";
    WechatUnavailable "wechat_unavailable" 503 Relogin R,
        "微信暂时不可用", "WeChat is unavailable",
        "微信繁忙或无法连接。code 可能已经用掉：按 Retry-After 等待，再取新的 code（wx.login 或获取手机号按钮）重试。",
        "WeChat is busy or cannot be reached. The code may be used up: wait as Retry-After says, then start again with a fresh code, of wx.login or of the phone-number button.";
    WechatQuotaExhausted "wechat_quota_exhausted" 503 Relogin R,
        "微信接口额度已用完", "WeChat's daily quota is used up",
        "该小程序今日的接口调用额度已用完 (45009)，北京时间零点恢复。", "The app's daily quota is used up (45009); it begins anew at midnight in China.";
    StoreUnavailable "store_unavailable" 503 Retry R,
        "存储暂时不可用", "The store is unavailable",
        "数据库暂时无法使用，请稍后用同样的请求再试。", "The database cannot be used right now; send the same request again later.";
    Overloaded "overloaded" 503 Retry R,
        "服务繁忙", "The service is overloaded",
        "同时处理的请求过多，请稍后用同样的请求再试。", "Too many requests are under way; send the same request again later.";
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn catalogue() {
        let mut table = String::new();
        for code in Code::ALL {
            let entry = code.entry();
            let retryable = if entry.retryable { "R" } else { " " };
            writeln!(
                table,
                "{} {:<26} {retryable} {}",
                entry.status,
                code.as_str(),
                entry.action.as_str()
            )
            .unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn every_code_is_found_by_its_name() {
        for code in Code::ALL {
            assert_eq!(Code::parse(code.as_str()), Some(*code));
        }
        assert_eq!(Code::parse("nothing"), None);
    }
}
