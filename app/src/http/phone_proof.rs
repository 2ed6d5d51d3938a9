//! What proves a phone number in requests: the getPhoneNumber button's code, or its encrypted data.

use wxlogin_domain::code::{PhoneCode, PhoneCodeError};
use wxlogin_domain::user_data::EncryptedData;

use super::body::Fields;
use super::encrypted_data::read_encrypted_data;
use super::problem::{Code, Problem, text};

/// The proof in a body. The code has its own problem, so it is judged when all else is well-formed.
pub enum ProofFields {
    /// `phone_code`.
    Code(Result<PhoneCode, PhoneCodeError>),
    /// `encrypted_data` and `iv`.
    Data(EncryptedData),
}

/// Reads the one or the other. Of both it cannot be said which was meant.
pub fn read_proof(fields: &mut Fields) -> Option<ProofFields> {
    let has_data = fields.has("encrypted_data") || fields.has("iv");
    let code = fields.text("phone_code");
    if code.is_some() && has_data {
        fields.refuse(
            "phone_code",
            text(
                "phone_code 与 encrypted_data、iv 只能发送其中一种",
                "it comes alone: either phone_code, or encrypted_data and iv",
            ),
        );
    }
    match read_encrypted_data(fields) {
        Some(data) => Some(ProofFields::Data(data)),
        None => code.map(|code| ProofFields::Code(PhoneCode::parse(&code))),
    }
}

impl From<PhoneCodeError> for Problem {
    fn from(_: PhoneCodeError) -> Self {
        Self::new(Code::CodeMalformed).with_detail(text(
            "phone_code 应为 1 至 128 个字符，只含字母、数字、下划线和连字符。请原样发送 getPhoneNumber 按钮回调里的 e.detail.code。",
            "A phone_code is 1 to 128 characters of A-Z a-z 0-9 _ -. Send e.detail.code of the getPhoneNumber button as it is.",
        ))
    }
}
