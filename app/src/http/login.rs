//! `POST /v1/login`

use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use wxlogin_domain::apps::AppError;
use wxlogin_domain::code::{JsCode, JsCodeError};
use wxlogin_domain::login::{LoginError, LoginRequest, LoginService};
use wxlogin_domain::origin::Origin;
use wxlogin_domain::ports::code_exchange::CodeExchangeError;
use wxlogin_domain::quota::daily_quota_resets_in;
use wxlogin_domain::session::DeviceName;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_domain::user_data::{EncryptedData, EncryptedDataError, UserDataError};

use super::Tag;
use super::body::{Fields, FromBody, JsonBody};
use super::came_from::CameFrom;
use super::problem::{Code, Problem, ProblemSet, Refused, Text, text};
use super::wire::TokensBody;

/// WeChat counts a user's logins by the minute.
const WECHAT_RATE_WINDOW: std::time::Duration = std::time::Duration::from_secs(60);

/// Logs in with a code of `wx.login`.
#[derive(Object)]
#[oai(rename = "LoginRequest", deny_unknown_fields)]
pub struct LoginSchema {
    /// `res.code` of `wx.login`: lives five minutes, works once.
    #[oai(validator(min_length = 1, max_length = 128, pattern = "^[A-Za-z0-9_-]+$"))]
    code: String,
    /// Which mini program. May be left out where only one is configured.
    #[oai(validator(pattern = "^wx[0-9a-f]{16}$"))]
    appid: Option<String>,
    /// `encryptedData` of the getPhoneNumber button, base64. Comes together with `iv`; the number is then verified and
    /// bound in the same call.
    encrypted_data: Option<String>,
    /// `iv` of the getPhoneNumber button, base64 of 16 bytes.
    iv: Option<String>,
    /// What the person logs in on, to be shown in a list of sessions.
    #[oai(validator(min_length = 1, max_length = 64))]
    device: Option<String>,
}

/// The body, read. The code has its own problems, so it is judged when all else is well-formed.
pub struct LoginBody {
    code: Result<JsCode, JsCodeError>,
    appid: Option<String>,
    phone: Option<EncryptedData>,
    device: Option<DeviceName>,
}

impl FromBody for LoginBody {
    type Schema = LoginSchema;

    fn read(fields: &mut Fields) -> Self {
        Self {
            code: JsCode::parse(&fields.text("code").unwrap_or_default()),
            appid: fields.text("appid"),
            phone: read_encrypted_data(fields),
            device: read_device(fields),
        }
    }
}

fn read_device(fields: &mut Fields) -> Option<DeviceName> {
    let name = fields.text("device")?;
    let device = DeviceName::parse(&name);
    if device.is_err() {
        let reason = text(
            "应为 1 至 64 个字符，不含控制字符",
            "1 to 64 characters without control characters are expected",
        );
        fields.refuse("device", reason);
    }
    device.ok()
}

/// `encrypted_data` and `iv`, which come together.
fn read_encrypted_data(fields: &mut Fields) -> Option<EncryptedData> {
    let pair = (fields.text("encrypted_data"), fields.text("iv"));
    let (field, reason) = match pair {
        (None, None) => return None,
        (Some(_), None) => (
            "iv",
            text(
                "encrypted_data 和 iv 要一起发送",
                "it comes together with encrypted_data",
            ),
        ),
        (None, Some(_)) => (
            "encrypted_data",
            text("encrypted_data 和 iv 要一起发送", "it comes together with iv"),
        ),
        (Some(data), Some(iv)) => match EncryptedData::parse(&data, &iv) {
            Ok(data) => return Some(data),
            Err(EncryptedDataError::DataNotBase64) => (
                "encrypted_data",
                text(
                    "不是合法的 base64；若其中的 + 变成了空格，请改用 JSON 发送",
                    "not base64; if a + has become a blank, send JSON and not a form",
                ),
            ),
            Err(EncryptedDataError::DataNotBlocks) => (
                "encrypted_data",
                text(
                    "长度不是 16 字节的整数倍，可能被截断了",
                    "not a whole number of 16-byte blocks: it may have been cut",
                ),
            ),
            Err(EncryptedDataError::IvMalformed) => (
                "iv",
                text("应为 16 字节的 base64", "the base64 of 16 bytes is expected"),
            ),
        },
    };
    fields.refuse(field, reason);
    None
}

/// What a login can answer besides tokens.
pub struct LoginProblems;

impl ProblemSet for LoginProblems {
    const CODES: &'static [Code] = &[
        Code::InvalidRequest,
        Code::CodeMissing,
        Code::CodeMalformed,
        Code::CodeInvalid,
        Code::CodeAlreadyUsed,
        Code::UnknownApp,
        Code::AccountSuspended,
        Code::WechatUserBlocked,
        Code::PayloadTooLarge,
        Code::UnsupportedMediaType,
        Code::DecryptionFailed,
        Code::WatermarkMismatch,
        Code::WatermarkExpired,
        Code::WechatRateLimited,
        Code::WechatAppMisconfigured,
        Code::WechatRejected,
        Code::WechatBadResponse,
        Code::WechatUnavailable,
        Code::WechatQuotaExhausted,
        Code::StoreUnavailable,
    ];
}

impl From<JsCodeError> for Problem {
    fn from(error: JsCodeError) -> Self {
        match error {
            JsCodeError::Missing => Self::new(Code::CodeMissing),
            JsCodeError::Malformed => Self::new(Code::CodeMalformed),
            JsCodeError::DevtoolsMock => Self::new(Code::CodeMalformed).with_detail(text(
                "这是微信开发者工具在没有 appid 的项目里给出的假 code。请在工具里为项目填写真实的 appid，\
                 或者用 wxlogin sandbox 的 /sandbox/code 取一个测试用的 code。",
                "This is the mock code that the WeChat developer tools hand out in a project without an appid. Give the \
                 project a real appid, or take a code for tests from /sandbox/code of wxlogin sandbox.",
            )),
        }
    }
}

/// A login error and when it happened: a daily quota's wait depends on it.
struct Failed {
    error: LoginError,
    now: Timestamp,
}

impl From<Failed> for Problem {
    fn from(Failed { error, now }: Failed) -> Self {
        match error {
            LoginError::App(AppError::Unknown) => Self::new(Code::UnknownApp),
            LoginError::App(AppError::Ambiguous) => Self::invalid_field(
                "appid",
                text(
                    "服务端配置了多个小程序，请指明是哪一个",
                    "several apps are configured: say which one is meant",
                ),
            ),
            LoginError::Exchange(CodeExchangeError::QuotaExhausted) => {
                Self::new(Code::WechatQuotaExhausted).with_retry_after(daily_quota_resets_in(now))
            }
            LoginError::Exchange(error) => error.into(),
            LoginError::UserData(UserDataError::DecryptionFailed) => Self::new(Code::DecryptionFailed),
            LoginError::UserData(UserDataError::WatermarkMismatch) => Self::new(Code::WatermarkMismatch),
            LoginError::UserData(UserDataError::WatermarkExpired) => Self::new(Code::WatermarkExpired),
            LoginError::AccountSuspended(_) => Self::new(Code::AccountSuspended),
            LoginError::Store(error) => error.into(),
            LoginError::Sign(error) => error.into(),
        }
    }
}

impl From<CodeExchangeError> for Problem {
    fn from(error: CodeExchangeError) -> Self {
        match error {
            CodeExchangeError::CodeInvalid => Self::new(Code::CodeInvalid),
            CodeExchangeError::CodeAlreadyUsed => Self::new(Code::CodeAlreadyUsed),
            CodeExchangeError::UserBlocked => Self::new(Code::WechatUserBlocked),
            CodeExchangeError::RateLimited => Self::new(Code::WechatRateLimited).with_retry_after(WECHAT_RATE_WINDOW),
            CodeExchangeError::QuotaExhausted => Self::new(Code::WechatQuotaExhausted),
            CodeExchangeError::AppMisconfigured { .. } => Self::new(Code::WechatAppMisconfigured),
            CodeExchangeError::Rejected { errcode } => Self::new(Code::WechatRejected).with_detail(Text::made(
                format!("微信拒绝了请求，返回错误码 {errcode}，含义见微信文档的“全局返回码”。"),
                format!("WeChat refuses with errcode {errcode}; its list of global return codes says what that means."),
            )),
            CodeExchangeError::Unavailable => Self::new(Code::WechatUnavailable),
            CodeExchangeError::BadResponse => Self::new(Code::WechatBadResponse),
        }
    }
}

/// Login by code.
#[derive(Clone)]
pub struct LoginApi {
    service: LoginService,
}

impl LoginApi {
    /// Served by this service.
    pub fn new(service: LoginService) -> Self {
        Self { service }
    }
}

#[OpenApi]
impl LoginApi {
    /// Log in
    ///
    /// Exchanges a code of `wx.login` at WeChat, finds or makes the account, and answers tokens. With `encrypted_data`
    /// and `iv` of the getPhoneNumber button the phone number is verified and bound in the same call. All or nothing:
    /// where a part fails, no account, session or phone number is written.
    ///
    /// A code works once. Send each request with a fresh code; when in doubt (a timeout, say), call `wx.login` again
    /// instead of repeating the request.
    #[oai(path = "/v1/login", method = "post", operation_id = "login", tag = "Tag::Login")]
    async fn login(
        &self,
        origin: CameFrom,
        body: JsonBody<LoginBody>,
    ) -> Result<Json<TokensBody>, Refused<LoginProblems>> {
        let (origin, body) = (origin.0, body.0);
        let request = LoginRequest {
            appid: body.appid.clone().map(Into::into),
            code: body.code.map_err(Problem::from)?,
            phone: body.phone,
            device: body.device,
            origin: origin.clone(),
        };
        match self.service.login(request).await {
            Ok(done) => {
                tracing::info!(
                    account = %done.account.id,
                    session = %done.session.session,
                    is_new_account = done.is_new_account,
                    "logged in"
                );
                if let Some(other) = done.unionid_conflict {
                    tracing::warn!(
                        account = %done.account.id,
                        %other,
                        "two accounts have the same unionid; nothing was merged"
                    );
                }
                Ok(Json(TokensBody::new(&done.tokens, done.account, done.is_new_account)))
            }
            Err(error) => Err(self.failed(error, body.appid.as_deref(), &origin).await.into()),
        }
    }
}

impl LoginApi {
    /// What a failed login is answered, which the audit log is told as well. A log that cannot be written does not
    /// change the answer.
    async fn failed(&self, error: LoginError, appid: Option<&str>, origin: &Origin) -> Problem {
        let account = match error {
            LoginError::AccountSuspended(account) => Some(account),
            _ => None,
        };
        let now = self.service.clock.now();
        let store_failed = matches!(error, LoginError::Store(_));
        let problem = Problem::from(Failed { error, now });
        let code = problem.code().as_str();
        if store_failed {
            // To ask a store once more that has just failed would keep the caller waiting, and the store busy.
            return problem;
        }
        if let Err(error) = self.service.record_failure(appid, account, code, origin).await {
            tracing::error!(%error, code, "a failed login is missing in the audit log");
        }
        problem
    }
}
