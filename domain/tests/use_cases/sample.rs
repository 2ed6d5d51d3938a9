//! Values and services to test with.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use wxlogin_domain::account::{Account, LinkedIdentity};
use wxlogin_domain::audit::{AuditAction, AuditEvent, AuditFilter, AuditQuery, Scribe};
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::issue::TokenIssuer;
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord, RecordedLogin};
use wxlogin_domain::origin::{Actor, Origin};
use wxlogin_domain::ports::access_tokens::{ForeignToken, MockAccessTokens};
use wxlogin_domain::ports::account_store::AccountStore as _;
use wxlogin_domain::ports::audit_store::AuditStore as _;
use wxlogin_domain::ports::clock::{Clock as _, FixedClock};
use wxlogin_domain::ports::entropy::{RepeatableEntropy, draw};
use wxlogin_domain::ports::ip_pseudonyms::MockIpPseudonyms;
use wxlogin_domain::ports::refresh_tokens::MockRefreshTokens;
use wxlogin_domain::ports::session_store::SessionStore as _;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::{EndReason, Session, SessionEnd, SessionPolicy, SessionRef};
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_domain::token::{AccessClaims, ExtraClaims, TokenId, TokenPolicy};
use wxlogin_store_memory::MemoryStore;

pub const POLICY: SessionPolicy = SessionPolicy {
    refresh_ttl: Duration::from_secs(30 * 86_400),
    session_ttl: Duration::from_secs(180 * 86_400),
    refresh_grace: Duration::from_secs(60),
    max_per_account: 20,
};

pub const OTHER_APP: &str = "wxba5fad812f8e6fb9";

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

/// What an event tells: `ACTOR ACTION`, and the code and the detail where it has them.
pub fn told(event: &AuditEvent) -> String {
    let mut words = vec![event.actor.to_text(), event.action.as_str().to_owned()];
    words.extend(event.code.iter().chain(&event.detail).map(ToString::to_string));
    words.join(" ")
}

/// A store, a clock, and one scribe for all who write to it: the ids of events have to differ.
pub struct World {
    pub store: Arc<MemoryStore>,
    pub clock: Arc<FixedClock>,
    pub scribe: Scribe,
}

impl World {
    /// It is second 0, and nobody has logged in.
    pub fn new() -> Self {
        Self {
            store: Arc::new(MemoryStore::new()),
            clock: Arc::new(FixedClock::at(at(0))),
            scribe: scribe(),
        }
    }

    pub fn set_clock(&self, seconds: i64) {
        self.clock.set(at(seconds));
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
        }
    }

    pub async fn record(&self, login: &LoginRecord) -> RecordedLogin {
        match self.store.record_login(login).await.unwrap() {
            LoginOutcome::Recorded(recorded) => *recorded,
            LoginOutcome::Suspended(account) => panic!("the account {account} is suspended"),
        }
    }

    pub async fn log_in(&self, identity: WechatIdentity) -> RecordedLogin {
        self.record(&self.login(identity)).await
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
        assert!(self.store.erase(account, &event.on_account(account)).await.unwrap());
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
