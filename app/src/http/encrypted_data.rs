//! WeChat's encrypted data in requests: `encrypted_data` and `iv`, which come together, and what is answered where they
//! are not believed.

use wxlogin_domain::code::{JsCode, JsCodeError};
use wxlogin_domain::user_data::{EncryptedData, EncryptedDataError, UserDataError};
use wxlogin_domain::user_data_reader::ReadError;

use super::body::Fields;
use super::problem::{Code, Problem, Text, text};
use super::wechat_failure::At;

/// `encrypted_data` and `iv`, out of their base64; none where neither is there.
pub fn read_encrypted_data(fields: &mut Fields) -> Option<EncryptedData> {
    let (has_data, has_iv) = (fields.has("encrypted_data"), fields.has("iv"));
    let (field, reason) = match (fields.text("encrypted_data"), fields.text("iv")) {
        (Some(_), None) if !has_iv => (
            "iv",
            text(
                "encrypted_data 和 iv 要一起发送",
                "it comes together with encrypted_data",
            ),
        ),
        (None, Some(_)) if !has_data => (
            "encrypted_data",
            text("encrypted_data 和 iv 要一起发送", "it comes together with iv"),
        ),
        (Some(data), Some(iv)) => match EncryptedData::parse(&data, &iv) {
            Ok(data) => return Some(data),
            Err(error) => fault(error),
        },
        // Neither is there; or what is there is no text, which has been told.
        _ => return None,
    };
    fields.refuse(field, reason);
    None
}

fn fault(error: EncryptedDataError) -> (&'static str, Text) {
    match error {
        EncryptedDataError::DataNotBase64 => (
            "encrypted_data",
            text(
                "不是合法的 base64；若其中的 + 变成了空格，请改用 JSON 发送",
                "not base64; if a + has become a blank, send JSON and not a form",
            ),
        ),
        EncryptedDataError::DataNotBlocks => (
            "encrypted_data",
            text(
                "长度不是 16 字节的整数倍，可能被截断了",
                "not a whole number of 16-byte blocks: it may have been cut",
            ),
        ),
        EncryptedDataError::IvMalformed => (
            "iv",
            text("应为 16 字节的 base64", "the base64 of 16 bytes is expected"),
        ),
    }
}

/// The `code` of `wx.login` that may come with encrypted data. Absent and null are none.
pub fn read_fresh_code(fields: &mut Fields) -> Option<Result<JsCode, JsCodeError>> {
    fields.text("code").map(|code| JsCode::parse(&code))
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

/// What encrypted data can answer that come with the code of a login, or without one.
pub const ENCRYPTED_DATA_CODES: [Code; 8] = [
    Code::CodeMissing,
    Code::CodeMalformed,
    Code::CodeInvalid,
    Code::CodeAlreadyUsed,
    Code::WechatUserBlocked,
    Code::DecryptionFailed,
    Code::WatermarkMismatch,
    Code::WatermarkExpired,
];

impl From<UserDataError> for Problem {
    fn from(error: UserDataError) -> Self {
        Self::new(match error {
            UserDataError::DecryptionFailed => Code::DecryptionFailed,
            UserDataError::SessionKeyStale => Code::SessionKeyStale,
            UserDataError::WatermarkMismatch => Code::WatermarkMismatch,
            UserDataError::WatermarkExpired => Code::WatermarkExpired,
        })
    }
}

impl From<At<ReadError>> for Problem {
    fn from(At(error, now): At<ReadError>) -> Self {
        match error {
            ReadError::Exchange(error) => At(error, now).into(),
            ReadError::CodeOfAnother => Self::new(Code::CodeInvalid).with_detail(text(
                "这个 code 属于另一个微信用户，而不是访问令牌的主人。用户可能在手机上切换了微信账号：重新登录后再试。",
                "The code is of another WeChat user than the access token. The person may have switched WeChat accounts on \
                 the phone: log in again first.",
            )),
            ReadError::UserData(error) => error.into(),
        }
    }
}
