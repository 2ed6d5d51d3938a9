//! `PUT` and `DELETE /v1/me/phone`

use poem_openapi::{ApiResponse, Object, OpenApi};
use wxlogin_domain::code::{JsCode, JsCodeError};
use wxlogin_domain::phone::{PhoneError, PhoneProof, PhoneService};

use super::Tag;
use super::bearer::{AccessTokenAuth, MY_CODES, People};
use super::body::{BODY_CODES, Fields, FromBody, JsonBody};
use super::came_from::CameFrom;
use super::encrypted_data::{ENCRYPTED_DATA_CODES, read_fresh_code};
use super::phone_proof::{ProofFields, read_proof};
use super::problem::{Code, Problem, ProblemSet, Refused, text};
use super::wechat_failure::{At, WECHAT_CODES, spent};
use super::wire::AccountBody;
use super::written::Written;

/// What proves a phone number: the button's code, or its encrypted data.
#[derive(Object)]
#[oai(rename = "PhoneProof", deny_unknown_fields)]
pub struct PhoneSchema {
    /// `code` of the getPhoneNumber button: another one than that of `wx.login`. Lives five minutes, works once.
    #[oai(validator(min_length = 1, max_length = 128, pattern = "^[A-Za-z0-9_-]+$"))]
    phone_code: Option<String>,
    /// `encryptedData` of the getPhoneNumber button, base64. Comes together with `iv`.
    encrypted_data: Option<String>,
    /// `iv` of the getPhoneNumber button, base64 of 16 bytes.
    iv: Option<String>,
    /// `res.code` of a `wx.login` that was called before the button was tapped; brings the key of `encrypted_data`.
    /// Without it, the key of the last login is used.
    #[oai(validator(min_length = 1, max_length = 128, pattern = "^[A-Za-z0-9_-]+$"))]
    code: Option<String>,
}

/// The body, read. The codes have their own problems, so they are judged when all else is well-formed.
pub struct PhoneBody {
    proof: Option<ProofFields>,
    code: Option<Result<JsCode, JsCodeError>>,
}

impl FromBody for PhoneBody {
    type Schema = PhoneSchema;

    fn read(fields: &mut Fields) -> Self {
        let is_there = ["phone_code", "encrypted_data", "iv"]
            .iter()
            .any(|field| fields.has(field));
        let body = Self {
            proof: read_proof(fields),
            code: read_fresh_code(fields),
        };
        match &body.proof {
            None if !is_there => fields.refuse(
                "phone_code",
                text(
                    "缺少这个字段；也可以改用 encrypted_data 和 iv",
                    "the field is missing; encrypted_data and iv would do as well",
                ),
            ),
            Some(ProofFields::Code(_)) if body.code.is_some() => fields.refuse(
                "code",
                text("code 只和 encrypted_data 一起使用", "it goes with encrypted_data only"),
            ),
            None | Some(_) => {}
        }
        body
    }
}

/// What binding a number can answer besides the account.
pub struct SetPhoneProblems;

impl ProblemSet for SetPhoneProblems {
    const CODES: &'static [&'static [Code]] = &[
        &MY_CODES,
        &BODY_CODES,
        &ENCRYPTED_DATA_CODES,
        &WECHAT_CODES,
        &[Code::SessionKeyStale, Code::PhoneTaken, Code::PhoneCodeInvalid],
    ];
}

impl From<At<PhoneError>> for Problem {
    fn from(At(error, now): At<PhoneError>) -> Self {
        match error {
            PhoneError::Exchange(error) => At(error, now).into(),
            PhoneError::Read(error) => At(error, now).into(),
            PhoneError::Taken => Self::new(Code::PhoneTaken),
            PhoneError::AccountGone => Self::new(Code::SessionRevoked),
            PhoneError::Store(error) => spent(error.into()),
        }
    }
}

/// What removing a number can answer besides success.
pub struct RemovePhoneProblems;

impl ProblemSet for RemovePhoneProblems {
    const CODES: &'static [&'static [Code]] = &[&MY_CODES];
}

/// The answer of removing a number.
#[derive(ApiResponse)]
pub enum PhoneRemoved {
    /// The account has none, now or before.
    #[oai(status = 204)]
    Done,
}

/// The phone number of one's own account.
#[derive(Clone)]
pub struct PhoneApi {
    people: People,
    service: PhoneService,
}

impl PhoneApi {
    /// Served by this service.
    pub fn new(people: People, service: PhoneService) -> Self {
        Self { people, service }
    }
}

#[OpenApi]
impl PhoneApi {
    /// Bind my phone number
    ///
    /// Takes what the getPhoneNumber button gave: its code (`phone_code`), or its `encrypted_data` and `iv`. The number
    /// takes the place of the one that the account has.
    ///
    /// Encrypted data open under one `session_key` only. Call `wx.login` first, then let the person tap, and send the code
    /// of that `wx.login` with the data; without it the key of the last login is tried, and `session_key_stale` says
    /// that WeChat has another one by now. `phone_code` needs none of this.
    #[oai(
        path = "/v1/me/phone",
        method = "put",
        operation_id = "setMyPhone",
        tag = "Tag::Account"
    )]
    async fn set(
        &self,
        auth: AccessTokenAuth,
        origin: CameFrom,
        body: JsonBody<PhoneBody>,
    ) -> Result<Written<AccountBody>, Refused<SetPhoneProblems>> {
        let session = auth.person(&self.people).await?;
        let PhoneBody { proof, code } = body.0;
        // Without a proof the fields' faults never let it come so far.
        let proof = match proof.ok_or(Problem::new(Code::InvalidRequest))? {
            ProofFields::Code(code) => PhoneProof::Code(code.map_err(Problem::from)?),
            ProofFields::Data(data) => PhoneProof::Encrypted {
                data,
                code: code.transpose().map_err(Problem::from)?,
            },
        };
        let bound = self.service.bind(&session, proof, &origin.0).await;
        let account = bound.map_err(|error| Problem::from(At(error, self.service.clock.now())))?;
        tracing::info!(account = %account.id, "a phone number was bound");
        Ok(Written(account.into()))
    }

    /// Remove my phone number
    ///
    /// The account forgets it. Where it has none, nothing happens.
    #[oai(
        path = "/v1/me/phone",
        method = "delete",
        operation_id = "removeMyPhone",
        tag = "Tag::Account"
    )]
    async fn remove(
        &self,
        auth: AccessTokenAuth,
        origin: CameFrom,
    ) -> Result<PhoneRemoved, Refused<RemovePhoneProblems>> {
        let session = auth.person(&self.people).await?;
        let account = self.service.unbind(&session, &origin.0).await.map_err(Problem::from)?;
        // The session was live a moment ago: the account was erased since.
        account.ok_or(Problem::new(Code::SessionRevoked))?;
        Ok(PhoneRemoved::Done)
    }
}
