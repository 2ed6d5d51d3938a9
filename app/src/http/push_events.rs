//! `GET` and `POST /v1/wechat/{appid}/events`

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use poem::{Body, Request, RequestBody};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::PlainText;
use poem_openapi::registry::{MetaMediaType, MetaRequest, Registry};
use poem_openapi::types::Type;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions, OpenApi};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use wxlogin_domain::apps::AppError;
use wxlogin_domain::ports::push_messages::{PushQuery, PushRefusal};
use wxlogin_domain::push_events::{PushError, PushEventService, Taken};

use super::Tag;
use super::body;
use super::came_from::CameFrom;
use super::problem::{Code, Problem, ProblemSet, Refused, text};

/// The word by which WeChat knows that a message need not be repeated.
const TAKEN: &str = "success";

/// A message as WeChat writes it, JSON or XML: what it is, its first letter says, whatever its media type. Not read yet:
/// anybody may send one, as slowly as he likes.
pub struct PushBody(Body);

impl<'a> ApiExtractor<'a> for PushBody {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <String as Type>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let media = |content_type| MetaMediaType {
            content_type,
            schema: String::schema_ref(),
        };
        Some(MetaRequest {
            description: Some("A message as WeChat pushes it: in the clear, or encrypted."),
            content: vec![media("text/xml"), media("application/json")],
            required: true,
        })
    }

    async fn from_request(
        _request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        Ok(Self(body.take()?))
    }
}

/// What the question for the address can answer besides the echo.
pub struct CheckUrlProblems;

impl ProblemSet for CheckUrlProblems {
    const CODES: &'static [&'static [Code]] = &[&[
        Code::InvalidRequest,
        Code::SignatureInvalid,
        Code::NotFound,
        Code::StoreUnavailable,
    ]];
}

/// What a message can answer besides `success`.
pub struct PushProblems;

impl ProblemSet for PushProblems {
    const CODES: &'static [&'static [Code]] = &[&[
        Code::InvalidRequest,
        Code::SignatureInvalid,
        Code::NotFound,
        Code::PayloadTooLarge,
        Code::DecryptionFailed,
        Code::StoreUnavailable,
    ]];
}

/// What an operator does about it, and where.
fn remedy(refusal: PushRefusal) -> &'static str {
    match refusal {
        PushRefusal::NotConfigured => {
            "set the push_token of this app (WXLOGIN_PUSH_TOKEN), and its push_aes_key for secure mode, as the console has \
             them: mp.weixin.qq.com > 开发管理 > 消息推送"
        }
        PushRefusal::SignatureInvalid => {
            "if this is WeChat's, push_token is not the Token of the console: mp.weixin.qq.com > 开发管理 > 消息推送"
        }
        PushRefusal::NotEncrypted => {
            "choose 安全模式 in the console (mp.weixin.qq.com > 开发管理 > 消息推送), or remove push_aes_key here"
        }
        PushRefusal::NoKey | PushRefusal::DecryptionFailed => {
            "push_aes_key is not the EncodingAESKey of the console: mp.weixin.qq.com > 开发管理 > 消息推送"
        }
        PushRefusal::OtherApp => {
            "the address of another mini program's push leads here: it ends in /v1/wechat/APPID/events"
        }
        PushRefusal::ParameterMissing(_) | PushRefusal::Malformed => "this is not how WeChat writes messages",
    }
}

fn refused(refusal: PushRefusal) -> Problem {
    match refusal {
        PushRefusal::NotConfigured => Problem::new(Code::NotFound).with_detail(text(
            "这个小程序没有配置消息推送。",
            "This app has no message push configured here.",
        )),
        PushRefusal::ParameterMissing(name) => {
            Problem::invalid_field(name, text("缺少这个参数", "the parameter is missing"))
        }
        PushRefusal::SignatureInvalid => Problem::new(Code::SignatureInvalid),
        PushRefusal::NotEncrypted => Problem::new(Code::SignatureInvalid).with_detail(text(
            "服务端为这个小程序配置了 EncodingAESKey，只接受加密的消息：明文消息的签名不覆盖内容。",
            "An EncodingAESKey is configured for this app, so only encrypted messages are taken: the signature of one in the \
             clear does not cover its content.",
        )),
        PushRefusal::OtherApp => Problem::new(Code::SignatureInvalid).with_detail(text(
            "消息属于另一个小程序。",
            "The message is for another mini program.",
        )),
        PushRefusal::NoKey | PushRefusal::DecryptionFailed => Problem::new(Code::DecryptionFailed).with_detail(text(
            "消息用配置的 EncodingAESKey 解不开。",
            "The message does not open under the configured EncodingAESKey.",
        )),
        PushRefusal::Malformed => Problem::invalid_field(
            "body",
            text(
                "不是微信推送的 JSON 或 XML 消息",
                "not a message of WeChat in JSON or XML",
            ),
        ),
    }
}

/// How many bodies are read at once. WeChat sends a few; whoever sends many slow ones is not to fill the house with them.
const MAX_BODIES: usize = 32;
/// How often an operator is told the same.
const TOLD_EVERY: Duration = Duration::from_secs(600);

/// WeChat's message push.
#[derive(Clone)]
pub struct PushEventsApi {
    service: PushEventService,
    bodies: Arc<Semaphore>,
    told: Arc<Mutex<HashMap<(String, &'static str), Instant>>>,
}

impl PushEventsApi {
    /// Served by this service.
    pub fn new(service: PushEventService) -> Self {
        Self {
            service,
            bodies: Arc::new(Semaphore::new(MAX_BODIES)),
            told: Arc::default(),
        }
    }

    async fn read(&self, appid: &str, query: &PushQuery, body: PushBody) -> Result<Bytes, Problem> {
        let expected = self.service.expects(appid, query);
        expected.map_err(|error| self.explained(appid, error))?;
        let _place = self.bodies.try_acquire().map_err(|_| Problem::new(Code::Overloaded))?;
        body::read(body.0).await
    }

    /// An operator who sets the push up in the console sees there only that it failed: the log says why. Now and then: a
    /// stranger may send as much as he likes.
    fn explained(&self, appid: &str, error: PushError) -> Problem {
        match error {
            PushError::App(AppError::Unknown | AppError::Ambiguous) => Problem::new(Code::NotFound).with_detail(text(
                "服务端没有配置这个 appid。",
                "No app with this appid is configured here.",
            )),
            PushError::Store(error) => error.into(),
            PushError::Refused(refusal) => {
                let remedy = remedy(refusal);
                if self.is_news(appid, remedy) {
                    tracing::warn!(appid, %refusal, remedy, "a push message was refused");
                }
                refused(refusal)
            }
        }
    }

    /// Only apps that are configured come so far: they are few.
    fn is_news(&self, appid: &str, remedy: &'static str) -> bool {
        let (now, key) = (Instant::now(), (appid.to_owned(), remedy));
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = told.get(&key).is_none_or(|at| now.duration_since(*at) >= TOLD_EVERY);
        if is_news {
            told.insert(key, now);
        }
        is_news
    }
}

#[OpenApi]
impl PushEventsApi {
    /// Answer WeChat's URL check
    ///
    /// WeChat asks this once, when an operator enters the address of the push in the console. The echo proves that the
    /// app's token is known here.
    #[expect(clippy::unused_async, reason = "the framework wants handlers to be asynchronous")]
    #[oai(
        path = "/v1/wechat/:appid/events",
        method = "get",
        operation_id = "checkPushUrl",
        tag = "Tag::Wechat"
    )]
    async fn check(
        &self,
        /// The mini program.
        appid: Path<String>,
        /// SHA-1, in hexadecimal, over token, timestamp and nonce, sorted and joined. Needed.
        signature: Query<Option<String>>,
        /// Part of what is signed: WeChat's time. Needed.
        timestamp: Query<Option<String>>,
        /// Part of what is signed: a random text. Needed.
        nonce: Query<Option<String>>,
        /// What is to be answered. Needed.
        echostr: Query<Option<String>>,
    ) -> Result<PlainText<String>, Refused<CheckUrlProblems>> {
        let query = PushQuery {
            signature: signature.0,
            timestamp: timestamp.0,
            nonce: nonce.0,
            ..PushQuery::default()
        };
        self.service
            .check_url(&appid.0, &query)
            .map_err(|error| self.explained(&appid.0, error))?;
        let missing = || refused(PushRefusal::ParameterMissing("echostr"));
        let echo = echostr.0.ok_or_else(missing)?;
        tracing::info!(appid = appid.0, "WeChat has checked the address of the message push");
        Ok(PlainText(echo))
    }

    /// Take a message that WeChat pushes
    ///
    /// Honours what concerns a login service: `user_authorization_cancellation` erases the account,
    /// `user_authorization_revoke` erases what its `RevokeInfo` names of what is held, `user_info_modified` is put on
    /// record. Anything else is passed over. Each message is honoured once, however often it is repeated. `success` means
    /// that it was, durably; after anything else WeChat repeats it.
    #[expect(clippy::too_many_arguments, reason = "one argument is one parameter of the document")]
    #[oai(
        path = "/v1/wechat/:appid/events",
        method = "post",
        operation_id = "takePushMessage",
        tag = "Tag::Wechat"
    )]
    async fn take(
        &self,
        origin: CameFrom,
        /// The mini program.
        appid: Path<String>,
        /// SHA-1, in hexadecimal, over token, timestamp and nonce, sorted and joined. Needed where the message is in the
        /// clear.
        signature: Query<Option<String>>,
        /// Part of what is signed. Its age is not judged: late repeats are genuine. Needed.
        timestamp: Query<Option<String>>,
        /// Part of what is signed: a random text. Needed.
        nonce: Query<Option<String>>,
        /// `aes` in secure mode.
        encrypt_type: Query<Option<String>>,
        /// SHA-1, in hexadecimal, over token, timestamp, nonce and the encrypted message, sorted and joined. Needed where
        /// the message is encrypted.
        msg_signature: Query<Option<String>>,
        body: PushBody,
    ) -> Result<PlainText<&'static str>, Refused<PushProblems>> {
        let query = PushQuery {
            signature: signature.0,
            timestamp: timestamp.0,
            nonce: nonce.0,
            encrypt_type: encrypt_type.0,
            msg_signature: msg_signature.0,
        };
        let body = self.read(&appid.0, &query, body).await?;
        let taken = self.service.take(&appid.0, &query, &body, &origin.0).await;
        match taken.map_err(|error| self.explained(&appid.0, error))? {
            Taken::Honoured { found_account } => {
                tracing::info!(appid = appid.0, found_account, "a push message was honoured");
            }
            Taken::Repeated => tracing::info!(appid = appid.0, "a push message came again"),
            Taken::Ignored => tracing::debug!(appid = appid.0, "a push message does not concern a login service"),
        }
        Ok(PlainText(TAKEN))
    }
}
