//! `POST /v1/login`

use poem_openapi::{Object, OpenApi};
use wxlogin_domain::apps::AppError;
use wxlogin_domain::code::{JsCode, JsCodeError};
use wxlogin_domain::login::{LoginError, LoginPhone, LoginRequest, LoginService};
use wxlogin_domain::origin::Origin;
use wxlogin_domain::ports::phone_exchange::PhoneExchangeError;
use wxlogin_domain::ports::wechat_failure::WechatFailure;
use wxlogin_domain::session::DeviceName;

use super::Tag;
use super::body::{BODY_CODES, Fields, FromBody, JsonBody};
use super::came_from::CameFrom;
use super::encrypted_data::ENCRYPTED_DATA_CODES;
use super::phone_proof::{ProofFields, read_proof};
use super::problem::{Code, Problem, ProblemSet, Refused, text};
use super::wechat_failure::{At, WECHAT_CODES, spent};
use super::wire::TokensBody;
use super::written::Written;

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
    /// `code` of the getPhoneNumber button, in the place of `encrypted_data` and `iv`: another one than that of
    /// `wx.login`. The number is verified and bound in the same call.
    #[oai(validator(min_length = 1, max_length = 128, pattern = "^[A-Za-z0-9_-]+$"))]
    phone_code: Option<String>,
    /// What the person logs in on, to be shown in a list of sessions.
    #[oai(validator(min_length = 1, max_length = 64))]
    device: Option<String>,
}

/// The body, read. The code has its own problems, so it is judged when all else is well-formed.
pub struct LoginBody {
    code: Result<JsCode, JsCodeError>,
    appid: Option<String>,
    phone: Option<ProofFields>,
    device: Option<DeviceName>,
}

impl FromBody for LoginBody {
    type Schema = LoginSchema;

    fn read(fields: &mut Fields) -> Self {
        Self {
            code: JsCode::parse(&fields.text("code").unwrap_or_default()),
            appid: fields.text("appid"),
            phone: read_proof(fields),
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

/// What a login can answer besides tokens.
pub struct LoginProblems;

impl ProblemSet for LoginProblems {
    const CODES: &'static [&'static [Code]] = &[
        &BODY_CODES,
        &ENCRYPTED_DATA_CODES,
        &WECHAT_CODES,
        &[
            Code::UnknownApp,
            Code::AccountSuspended,
            Code::PhoneTaken,
            Code::PhoneCodeInvalid,
            Code::RateLimited,
            Code::StoreUnavailable,
        ],
    ];
}

impl From<At<LoginError>> for Problem {
    fn from(At(error, now): At<LoginError>) -> Self {
        match error {
            LoginError::App(AppError::Unknown) => Self::new(Code::UnknownApp),
            LoginError::App(AppError::Ambiguous) => Self::invalid_field(
                "appid",
                text(
                    "服务端配置了多个小程序，请指明是哪一个",
                    "several apps are configured: say which one is meant",
                ),
            ),
            LoginError::Exchange(error) => At(error, now).into(),
            LoginError::PhoneExchange(PhoneExchangeError::CodeInvalid) => {
                Self::new(Code::PhoneCodeInvalid).with_detail(text(
                    "微信不认识这个 phone_code：它可能已过期、已用过，或者属于另一个用户。登录的 code 也已用掉：先重新调用 wx.login，\
                     再让用户点击获取手机号的按钮。",
                    "WeChat does not know the phone_code: it has expired, was used, or is another user's. The code of the \
                     login is used up as well: call wx.login again, then let the user tap the phone-number button.",
                ))
            }
            // The login's code is used up by then: the same request would not do.
            LoginError::PhoneExchange(PhoneExchangeError::Wechat(WechatFailure::Overloaded { retry_after })) => {
                Self::new(Code::WechatUnavailable).with_retry_after(retry_after)
            }
            LoginError::PhoneExchange(error) => At(error, now).into(),
            LoginError::UserData(error) => error.into(),
            LoginError::PhoneTaken => Self::new(Code::PhoneTaken),
            LoginError::AccountSuspended(_) => Self::new(Code::AccountSuspended),
            LoginError::Store(error) => spent(error.into()),
            LoginError::Sign(error) => error.into(),
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
    /// and `iv`, or the `phone_code`, of the getPhoneNumber button the phone number is verified and bound in the same
    /// call. All or nothing: where a part fails, no account, session or phone number is written.
    ///
    /// A code works once. Send each request with a fresh code; when in doubt (a timeout, say), call `wx.login` again
    /// instead of repeating the request.
    #[oai(path = "/v1/login", method = "post", operation_id = "login", tag = "Tag::Login")]
    async fn login(
        &self,
        origin: CameFrom,
        body: JsonBody<LoginBody>,
    ) -> Result<Written<TokensBody>, Refused<LoginProblems>> {
        let (origin, body) = (origin.0, body.0);
        let phone = match body.phone {
            None => None,
            Some(ProofFields::Code(code)) => Some(LoginPhone::Code(code.map_err(Problem::from)?)),
            Some(ProofFields::Data(data)) => Some(LoginPhone::Encrypted(data)),
        };
        let request = LoginRequest {
            appid: body.appid.clone().map(Into::into),
            code: body.code.map_err(Problem::from)?,
            phone,
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
                Ok(Written(TokensBody::new(
                    &done.tokens,
                    done.account,
                    done.is_new_account,
                )))
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
        let problem = Problem::from(At(error, now));
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
