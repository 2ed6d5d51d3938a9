//! `POST /v1/me/decrypt`

use std::collections::BTreeMap;

use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use serde_json::Value;
use wxlogin_domain::code::{JsCode, JsCodeError};
use wxlogin_domain::user_data::EncryptedData;
use wxlogin_domain::user_data_reader::UserDataReader;

use super::Tag;
use super::bearer::{AccessTokenAuth, MY_CODES, People};
use super::body::{BODY_CODES, Fields, FromBody, JsonBody};
use super::encrypted_data::{ENCRYPTED_DATA_CODES, read_encrypted_data, read_fresh_code};
use super::problem::{Code, Problem, ProblemSet, Refused, text};
use super::wechat_failure::{At, WECHAT_CODES};

/// Encrypted data of the mini program.
#[derive(Object)]
#[oai(rename = "DecryptRequest", deny_unknown_fields)]
pub struct DecryptSchema {
    /// `encryptedData`, base64.
    encrypted_data: String,
    /// `iv`, base64 of 16 bytes.
    iv: String,
    /// `res.code` of a `wx.login` that was called before the data were asked for; brings their key. Without it, the key
    /// of the last login is used.
    #[oai(validator(min_length = 1, max_length = 128, pattern = "^[A-Za-z0-9_-]+$"))]
    code: Option<String>,
}

/// The body, read. The code has its own problems, so it is judged when all else is well-formed.
pub struct DecryptBody {
    data: Option<EncryptedData>,
    code: Option<Result<JsCode, JsCodeError>>,
}

impl FromBody for DecryptBody {
    type Schema = DecryptSchema;

    fn read(fields: &mut Fields) -> Self {
        if !fields.has("encrypted_data") && !fields.has("iv") {
            for field in ["encrypted_data", "iv"] {
                fields.refuse(field, text("缺少这个字段", "the field is missing"));
            }
        }
        Self {
            data: read_encrypted_data(fields),
            code: read_fresh_code(fields),
        }
    }
}

/// What was encrypted.
#[derive(Object)]
#[oai(rename = "Decrypted")]
pub struct DecryptedBody {
    /// The JSON object that WeChat encrypted, as it wrote it; with its `watermark`, which was checked.
    data: BTreeMap<String, Value>,
}

/// What decrypting can answer besides the data.
pub struct DecryptProblems;

impl ProblemSet for DecryptProblems {
    const CODES: &'static [&'static [Code]] = &[
        &MY_CODES,
        &BODY_CODES,
        &ENCRYPTED_DATA_CODES,
        &WECHAT_CODES,
        &[Code::SessionKeyStale],
    ];
}

/// Opening encrypted data.
#[derive(Clone)]
pub struct DecryptApi {
    people: People,
    reader: UserDataReader,
}

impl DecryptApi {
    /// Served by this reader.
    pub fn new(people: People, reader: UserDataReader) -> Self {
        Self { people, reader }
    }
}

#[OpenApi]
impl DecryptApi {
    /// Decrypt WeChat data
    ///
    /// For encrypted data other than the phone number: steps of `wx.getWeRunData`, group ids of `wx.getGroupEnterInfo`.
    /// The watermark is checked: the data are of this mini program, and not old. Nothing of them is kept.
    ///
    /// The data open under one `session_key` only. Call `wx.login` first, then ask for the data, and send the code with
    /// them; without it the key of the last login is tried, and `session_key_stale` says that WeChat has another one by
    /// now.
    #[oai(
        path = "/v1/me/decrypt",
        method = "post",
        operation_id = "decryptData",
        tag = "Tag::Account"
    )]
    async fn decrypt(
        &self,
        auth: AccessTokenAuth,
        body: JsonBody<DecryptBody>,
    ) -> Result<Json<DecryptedBody>, Refused<DecryptProblems>> {
        let session = auth.person(&self.people).await?;
        let DecryptBody { data, code } = body.0;
        // Without data the fields' faults never let it come so far.
        let data = data.ok_or(Problem::new(Code::InvalidRequest))?;
        let code = code.transpose().map_err(Problem::from)?;
        let read = self.reader.read_any(&session.identity, &data, code.as_ref()).await;
        let opened = read.map_err(|error| Problem::from(At(error, self.reader.clock.now())))?;
        let data = serde_json::from_str(&opened.json).map_err(|_| Problem::new(Code::Internal))?;
        Ok(Json(DecryptedBody { data }))
    }
}
