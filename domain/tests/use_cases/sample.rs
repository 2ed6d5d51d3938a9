//! Values and services to test with.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use wxlogin_domain::account::{Account, LinkedIdentity};
use wxlogin_domain::audit::{AuditAction, AuditEvent, AuditFilter, AuditQuery, Scribe};
use wxlogin_domain::authenticate::{AuthenticateError, Authenticator};
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::code::{JsCode, PhoneCode};
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::issue::TokenIssuer;
use wxlogin_domain::key_ring::Sealed;
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord, RecordedLogin};
use wxlogin_domain::origin::{Actor, Origin};
use wxlogin_domain::phone_number::{PhoneBinding, PhoneNumber, PhonePolicy, VerifiedPhone};
use wxlogin_domain::ports::access_tokens::{ForeignToken, MockAccessTokens};
use wxlogin_domain::ports::account_store::{AccountFilter, AccountQuery, AccountStore as _};
use wxlogin_domain::ports::audit_store::AuditStore as _;
use wxlogin_domain::ports::clock::{Clock as _, FixedClock};
use wxlogin_domain::ports::code_exchange::{CodeSession, MockCodeExchange};
use wxlogin_domain::ports::entropy::{RepeatableEntropy, draw};
use wxlogin_domain::ports::ip_pseudonyms::MockIpPseudonyms;
use wxlogin_domain::ports::refresh_tokens::MockRefreshTokens;
use wxlogin_domain::ports::session_key_cache::SessionKeyCache;
use wxlogin_domain::ports::session_key_sealer::SessionKeySealer;
use wxlogin_domain::ports::session_store::SessionStore as _;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::ports::user_data_cipher::{MockUserDataCipher, OpenError};
use wxlogin_domain::ports::wechat_failure::WechatFailure;
use wxlogin_domain::session::{EndReason, Session, SessionEnd, SessionPolicy, SessionRef};
use wxlogin_domain::session_key::{SealedSessionKey, SessionKey};
use wxlogin_domain::session_keys::SessionKeyVault;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_domain::token::{AccessClaims, ExtraClaims, PresentedAccessToken, TokenId, TokenPolicy};
use wxlogin_domain::user_data::{EncryptedData, PhonePayload, UserData, Watermark};
use wxlogin_domain::user_data_reader::UserDataReader;
use wxlogin_store_memory::MemoryStore;

pub const POLICY: SessionPolicy = SessionPolicy {
    refresh_ttl: Duration::from_secs(30 * 86_400),
    session_ttl: Duration::from_secs(180 * 86_400),
    refresh_grace: Duration::from_secs(60),
    max_per_account: 20,
};

pub const OTHER_APP: &str = "wxba5fad812f8e6fb9";

/// The number that WeChat names in these tests.
pub const PHONE: &str = "+8613800138000";

/// How long session keys are kept.
pub const KEY_TTL: Duration = Duration::from_secs(3600);

/// How old encrypted data may be.
pub const MAX_AGE: Duration = Duration::from_secs(600);

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_769_000_000 + seconds)
}

pub fn app() -> AppId {
    AppId::parse("wx4f4bc4dec97d474b").unwrap()
}

pub fn other_app() -> AppId {
    AppId::parse(OTHER_APP).unwrap()
}

pub fn identity() -> WechatIdentity {
    person_of(&app(), "oGZUI0egBJY1zhBYw2KhdUfwVJJE", None)
}

pub fn person_of(app: &AppId, openid: &str, unionid: Option<&str>) -> WechatIdentity {
    WechatIdentity {
        app: app.clone(),
        openid: OpenId::parse(openid).unwrap(),
        unionid: unionid.map(|unionid| UnionId::parse(unionid).unwrap()),
    }
}

pub fn session_id() -> SessionRef {
    SessionRef {
        account: AccountId::from_bytes([1; 16]),
        session: SessionId::from_bytes([2; 16]),
    }
}

pub fn session() -> Session {
    Session::begin(session_id(), identity(), None, None, at(0), &POLICY)
}

pub fn account() -> Account {
    Account {
        identities: vec![LinkedIdentity {
            identity: identity(),
            first_seen_at: at(0),
            unionid_conflict: None,
        }],
        ..Account::new(session_id().account, at(0))
    }
}

pub fn token_policy() -> TokenPolicy {
    TokenPolicy {
        issuer: "https://login.example".into(),
        audience: "https://api.example".into(),
        access_ttl: Duration::from_secs(900),
        extra: ExtraClaims::default(),
    }
}

/// What a token says that was issued when the session began: good until second 900 after it.
pub fn claims_of(session: &Session) -> AccessClaims {
    let account = Account::new(session.id.account, session.created_at);
    AccessClaims::issue(
        &token_policy(),
        &account,
        session,
        TokenId("t".into()),
        session.created_at,
    )
}

/// Recognises the text `access token`, and nothing else.
pub fn one_access_token(claims: AccessClaims) -> MockAccessTokens {
    let mut tokens = MockAccessTokens::new();
    tokens.expect_recognise().returning(move |token| {
        let is_it = token.expose() == "access token";
        is_it.then(|| claims.clone()).ok_or(ForeignToken)
    });
    tokens
}

pub fn issuer() -> TokenIssuer {
    TokenIssuer {
        policy: token_policy(),
        access_tokens: Arc::new(MockAccessTokens::signing()),
        refresh_tokens: Arc::new(MockRefreshTokens::readable(session_id())),
        entropy: Arc::new(RepeatableEntropy::default()),
    }
}

/// A request of the person.
pub fn person() -> Origin {
    Origin {
        actor: Actor::Person,
        request_id: Some("request-1".into()),
        address: Some(IpAddr::from([203, 0, 113, 7])),
        client: ClientKind::of_user_agent("Mozilla/5.0 (iPhone) MicroMessenger/8.0.49"),
    }
}

/// A request of an operator.
pub fn operator() -> Origin {
    person().by(Actor::ApiKey("ops".into()))
}

pub fn scribe() -> Scribe {
    Scribe {
        entropy: Arc::new(RepeatableEntropy::default()),
        pseudonyms: Arc::new(MockIpPseudonyms::readable()),
    }
}

pub fn down() -> StoreError {
    StoreError::Unavailable("down".into())
}

/// Whatever can go wrong with any call to WeChat.
pub const FAILURES: [WechatFailure; 8] = [
    WechatFailure::RateLimited {
        retry_after: Duration::from_secs(60),
    },
    WechatFailure::QuotaExhausted,
    WechatFailure::AppMisconfigured { errcode: 40125 },
    WechatFailure::Rejected { errcode: 48001 },
    WechatFailure::UNAVAILABLE,
    WechatFailure::Unavailable {
        retry_after: Some(Duration::from_secs(7)),
    },
    WechatFailure::BadResponse,
    WechatFailure::Overloaded {
        retry_after: Duration::from_secs(1),
    },
];

pub fn code(text: &str) -> JsCode {
    JsCode::parse(text).unwrap()
}

pub fn phone_code(text: &str) -> PhoneCode {
    PhoneCode::parse(text).unwrap()
}

/// A session key that is known by its number.
pub fn key(number: u8) -> SessionKey {
    SessionKey::parse(&STANDARD.encode([number; 16])).unwrap()
}

/// Data that open under the key of that number alone.
pub fn data_under(number: u8) -> EncryptedData {
    EncryptedData {
        ciphertext: vec![number; 16],
        iv: [0; 16],
    }
}

/// What WeChat says of [`PHONE`], in data or in an answer that it made for that app at that second.
pub fn payload(appid: &str, seconds: i64) -> PhonePayload {
    PhonePayload {
        pure_phone_number: "13800138000".into(),
        country_code: "86".into(),
        watermark: Watermark {
            appid: appid.into(),
            at: at(seconds),
        },
    }
}

/// Any number, as a login of that second verified it.
pub fn verified(number: &str, seconds: i64) -> VerifiedPhone {
    VerifiedPhone {
        number: PhoneNumber::parse(number).unwrap(),
        verified_at: at(seconds),
    }
}

/// [`PHONE`], to be bound at second 0.
pub fn binding(policy: PhonePolicy) -> PhoneBinding {
    PhoneBinding {
        phone: verified(PHONE, 0),
        policy,
    }
}

/// Opens [`data_under`] a key with that key, and finds this in them.
pub fn cipher_on(content: PhonePayload) -> MockUserDataCipher {
    fn fits(key: &SessionKey, data: &EncryptedData) -> Result<(), OpenError> {
        let fits = data.ciphertext == key.expose_bytes();
        fits.then_some(()).ok_or(OpenError)
    }
    let mut cipher = MockUserDataCipher::new();
    let any = UserData {
        json: r#"{"stepInfoList":[]}"#.into(),
        watermark: content.watermark.clone(),
    };
    cipher
        .expect_open_phone()
        .returning(move |key, data| fits(key, data).map(|()| content.clone()));
    cipher
        .expect_open_any()
        .returning(move |key, data| fits(key, data).map(|()| any.clone()));
    cipher
}

/// Every code is this person's, and brings the key of that number.
pub fn codes_of(identity: &WechatIdentity, number: u8) -> MockCodeExchange {
    MockCodeExchange::answering(Ok(CodeSession {
        identity: identity.clone(),
        session_key: key(number),
    }))
}

type KeptKeys = Vec<(SealedSessionKey, Timestamp)>;

/// Keeps two keys for each person, the current one first.
#[derive(Default)]
pub struct KeyCache(Mutex<HashMap<(AppId, OpenId), KeptKeys>>);

#[async_trait]
impl SessionKeyCache for KeyCache {
    async fn keep(&self, app: &AppId, openid: &OpenId, key: SealedSessionKey, now: Timestamp, until: Timestamp) {
        let mut people = self.0.lock().unwrap();
        people.retain(|_, keys| keys.iter().any(|(_, until)| *until > now));
        let keys = people.entry((app.clone(), openid.clone())).or_default();
        if keys
            .first()
            .is_some_and(|(current, _)| current.fingerprint == key.fingerprint)
        {
            keys.remove(0);
        }
        keys.insert(0, (key, until));
        keys.truncate(2);
    }

    async fn kept(&self, app: &AppId, openid: &OpenId, now: Timestamp) -> Vec<SealedSessionKey> {
        let people = self.0.lock().unwrap();
        let keys = people.get(&(app.clone(), openid.clone())).into_iter().flatten();
        keys.filter(|(_, until)| *until > now)
            .map(|(key, _)| key.clone())
            .collect()
    }

    async fn forget(&self, app: &AppId, openid: &OpenId) {
        self.0.lock().unwrap().remove(&(app.clone(), openid.clone()));
    }
}

/// Seals nothing, and opens a key for its owner alone.
pub struct NamingSealer;

impl SessionKeySealer for NamingSealer {
    fn seal(&self, app: &AppId, openid: &OpenId, key: &SessionKey) -> SealedSessionKey {
        SealedSessionKey {
            fingerprint: *key.expose_bytes(),
            sealed: Sealed(format!("{app} {openid} {}", key.expose_text()).into_bytes()),
        }
    }

    fn open(&self, app: &AppId, openid: &OpenId, sealed: &SealedSessionKey) -> Option<SessionKey> {
        let text = std::str::from_utf8(&sealed.sealed.0).ok()?;
        SessionKey::parse(text.strip_prefix(&format!("{app} {openid} "))?).ok()
    }
}

/// What an event tells: `ACTOR ACTION`, and the code and the detail where it has them.
pub fn told(event: &AuditEvent) -> String {
    let mut words = vec![event.actor.to_text(), event.action.as_str().to_owned()];
    words.extend(event.code.iter().chain(&event.detail).map(ToString::to_string));
    words.join(" ")
}

/// A store, session keys, a clock, and one scribe for all who write: the ids of events have to differ.
pub struct World {
    pub store: Arc<MemoryStore>,
    pub keys: Arc<KeyCache>,
    pub clock: Arc<FixedClock>,
    pub scribe: Scribe,
}

impl World {
    /// It is second 0, and nobody has logged in.
    pub fn new() -> Self {
        Self {
            store: Arc::new(MemoryStore::new()),
            keys: Arc::default(),
            clock: Arc::new(FixedClock::at(at(0))),
            scribe: scribe(),
        }
    }

    pub fn set_clock(&self, seconds: i64) {
        self.clock.set(at(seconds));
    }

    pub fn vault(&self) -> SessionKeyVault {
        SessionKeyVault {
            cache: self.keys.clone(),
            sealer: Arc::new(NamingSealer),
            ttl: KEY_TTL,
        }
    }

    /// Reads the phone number of second 0.
    pub fn reader(&self, code_exchange: MockCodeExchange) -> UserDataReader {
        UserDataReader {
            code_exchange: Arc::new(code_exchange),
            cipher: Arc::new(cipher_on(payload(app().as_str(), 0))),
            vault: self.vault(),
            max_age: MAX_AGE,
            clock: self.clock.clone(),
        }
    }

    pub async fn keep_key(&self, identity: &WechatIdentity, number: u8) {
        self.vault().keep(identity, &key(number), self.clock.now()).await;
    }

    /// The numbers of the keys that are kept, the current one first.
    pub async fn kept_keys(&self, identity: &WechatIdentity) -> Vec<u8> {
        let kept = self
            .vault()
            .kept(&identity.app, &identity.openid, self.clock.now())
            .await;
        kept.iter().map(|key| key.expose_bytes()[0]).collect()
    }

    /// A login of now, not recorded yet.
    pub fn login(&self, identity: WechatIdentity) -> LoginRecord {
        let now = self.clock.now();
        LoginRecord {
            event: self
                .scribe
                .event(&person(), AuditAction::LoginSucceeded, now)
                .in_app(&identity.app),
            identity,
            phone: None,
            device: None,
            client: None,
            new_account: AccountId::new(now, draw(&*self.scribe.entropy)),
            session: SessionId::new(now, draw(&*self.scribe.entropy)),
            policy: POLICY,
            at: now,
            conflict_event: EventId::new(now, draw(&*self.scribe.entropy)),
            phone_event: EventId::new(now, draw(&*self.scribe.entropy)),
        }
    }

    pub async fn record(&self, login: &LoginRecord) -> RecordedLogin {
        match self.store.record_login(login).await.unwrap() {
            LoginOutcome::Recorded(recorded) => *recorded,
            refused => panic!("the login is refused: {refused:?}"),
        }
    }

    pub async fn log_in(&self, identity: WechatIdentity) -> RecordedLogin {
        self.record(&self.login(identity)).await
    }

    /// A login that brings a number which others may have too.
    pub async fn log_in_with_phone(&self, identity: WechatIdentity, number: &str) -> RecordedLogin {
        let phone = PhoneBinding {
            phone: VerifiedPhone {
                verified_at: self.clock.now(),
                ..verified(number, 0)
            },
            policy: PhonePolicy::Shared,
        };
        let login = LoginRecord {
            phone: Some(phone),
            ..self.login(identity)
        };
        self.record(&login).await
    }

    /// Ends a session with an event that tells so.
    pub async fn end(&self, id: SessionRef, reason: EndReason) {
        let now = self.clock.now();
        let event = self.scribe.event(&person(), AuditAction::LoggedOut, now).on_session(id);
        let end = SessionEnd { reason, at: now };
        self.store.end_session(id, end, &event).await.unwrap();
    }

    pub async fn suspend(&self, account: AccountId) {
        let now = self.clock.now();
        let event = self.scribe.event(&operator(), AuditAction::AccountSuspended, now);
        let end = SessionEnd {
            reason: EndReason::Suspended,
            at: now,
        };
        let suspended = self.store.suspend(account, end, &event.on_account(account)).await;
        assert!(suspended.unwrap().is_some());
    }

    pub async fn erase(&self, account: AccountId) {
        let event = self
            .scribe
            .event(&operator(), AuditAction::AccountErased, self.clock.now());
        let erased = self.store.erase(account, &event.on_account(account)).await;
        assert!(erased.unwrap().is_some());
    }

    /// Everybody, in the order in which they came.
    pub async fn accounts(&self) -> Vec<Account> {
        let query = AccountQuery {
            filter: AccountFilter::default(),
            after: None,
            limit: usize::MAX,
        };
        self.store.accounts(&query).await.unwrap().accounts
    }

    /// The number of an account that there is.
    pub async fn phone_of(&self, account: AccountId) -> Option<VerifiedPhone> {
        self.store.account(account).await.unwrap().unwrap().phone
    }

    /// What becomes of an access token of a session.
    pub async fn authenticate(&self, session: &Session) -> Result<Session, AuthenticateError> {
        let authenticator = Authenticator {
            access_tokens: Arc::new(one_access_token(claims_of(session))),
            policy: token_policy(),
            sessions: self.store.clone(),
            accounts: self.store.clone(),
            last_use: Arc::default(),
            clock: self.clock.clone(),
        };
        let token = PresentedAccessToken::new("access token".into());
        authenticator.authenticate(&token).await
    }

    pub async fn session(&self, id: SessionRef) -> Session {
        self.store.session(id).await.unwrap().unwrap()
    }

    /// What the audit log has, oldest first.
    pub async fn events(&self, filter: AuditFilter) -> Vec<AuditEvent> {
        let query = AuditQuery {
            filter,
            after: None,
            limit: usize::MAX,
        };
        let mut events = self.store.audit(&query).await.unwrap().events;
        events.reverse();
        events
    }

    /// What the audit log tells, oldest first.
    pub async fn told(&self) -> Vec<String> {
        self.events(AuditFilter::default()).await.iter().map(told).collect()
    }

    /// What it tells of an account.
    pub async fn told_of(&self, account: AccountId) -> Vec<String> {
        let of_account = AuditFilter {
            account: Some(account),
            ..AuditFilter::default()
        };
        self.events(of_account).await.iter().map(told).collect()
    }

    pub async fn last_event(&self) -> AuditEvent {
        self.events(AuditFilter::default())
            .await
            .pop()
            .expect("an event is there")
    }
}
