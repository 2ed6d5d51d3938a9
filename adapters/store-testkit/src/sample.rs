//! Values to put into stores. Every draw differs from the ones before, in this process.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use wxlogin_domain::account::Account;
use wxlogin_domain::audit::{AuditAction, AuditEvent, AuditFilter, AuditQuery};
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord, RecordedLogin};
use wxlogin_domain::origin::{Actor, Origin};
use wxlogin_domain::phone_number::{PhoneBinding, PhoneNumber, PhonePolicy, VerifiedPhone};
use wxlogin_domain::session::{EndReason, Refresh, Session, SessionEnd, SessionPolicy};
use wxlogin_domain::timestamp::Timestamp;

use crate::StoreUnderTest;

pub(crate) const APP_ONE: &str = "wx0000000000000001";
pub(crate) const APP_TWO: &str = "wx0000000000000002";

pub(crate) const POLICY: SessionPolicy = SessionPolicy {
    refresh_ttl: Duration::from_secs(30 * 86_400),
    session_ttl: Duration::from_secs(180 * 86_400),
    refresh_grace: Duration::from_secs(60),
    max_per_account: 20,
};

/// A time with milliseconds, so that a store which rounds is found out.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_millis((1_769_000_000 + seconds) * 1000 + 123)
}

pub(crate) fn unique() -> [u8; 10] {
    static DRAWN: AtomicU64 = AtomicU64::new(1);
    let mut bytes = [0; 10];
    bytes[2..].copy_from_slice(&DRAWN.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    bytes
}

pub(crate) fn new_account_id() -> AccountId {
    AccountId::new(at(0), unique())
}

pub(crate) fn new_session_id() -> SessionId {
    SessionId::new(at(0), unique())
}

pub(crate) fn identity(app: &str, openid: &str, unionid: Option<&str>) -> WechatIdentity {
    WechatIdentity {
        app: AppId::parse(app).unwrap(),
        openid: OpenId::parse(openid).unwrap(),
        unionid: unionid.map(|unionid| UnionId::parse(unionid).unwrap()),
    }
}

pub(crate) fn login(identity: WechatIdentity, seconds: i64) -> LoginRecord {
    LoginRecord {
        identity,
        phone: None,
        device: None,
        client: None,
        new_account: AccountId::new(at(seconds), unique()),
        session: SessionId::new(at(seconds), unique()),
        policy: POLICY,
        at: at(seconds),
        event: event(AuditAction::LoginSucceeded, seconds),
        conflict_event: EventId::new(at(seconds), unique()),
        phone_event: EventId::new(at(seconds), unique()),
    }
}

/// Something that a person does to nobody's account.
pub(crate) fn event(action: AuditAction, seconds: i64) -> AuditEvent {
    event_at(action, at(seconds))
}

pub(crate) fn event_at(action: AuditAction, at: Timestamp) -> AuditEvent {
    AuditEvent::new(&Origin::service().by(Actor::Person), action, at, unique())
}

/// The session one generation on.
pub(crate) fn next(session: &Session, seconds: i64) -> Session {
    match session.clone().refresh(session.generation, at(seconds), &POLICY) {
        Ok(Refresh::Rotate(next)) => next,
        other => panic!("the newest token rotates: {other:?}"),
    }
}

pub(crate) const NUMBER: &str = "+8613800138000";

pub(crate) fn phone(number: &str, seconds: i64) -> VerifiedPhone {
    VerifiedPhone {
        number: PhoneNumber::parse(number).unwrap(),
        verified_at: at(seconds),
    }
}

/// A number that others may have too.
pub(crate) fn shared_phone(number: &str, seconds: i64) -> PhoneBinding {
    PhoneBinding {
        phone: phone(number, seconds),
        policy: PhonePolicy::Shared,
    }
}

/// A number that nobody else may have.
pub(crate) fn unique_phone(number: &str, seconds: i64) -> PhoneBinding {
    PhoneBinding {
        phone: phone(number, seconds),
        policy: PhonePolicy::Unique,
    }
}

pub(crate) fn end(reason: EndReason, seconds: i64) -> SessionEnd {
    SessionEnd {
        reason,
        at: at(seconds),
    }
}

/// Records a login that is expected to be accepted.
pub(crate) async fn recorded(store: &StoreUnderTest, login: &LoginRecord) -> RecordedLogin {
    match store.record_login(login).await.expect("the store records the login") {
        LoginOutcome::Recorded(recorded) => *recorded,
        LoginOutcome::Suspended(id) => panic!("account {id} is not suspended"),
        LoginOutcome::PhoneTaken => panic!("nobody else has the number"),
    }
}

/// The account of an identity.
pub(crate) async fn account_of(store: &StoreUnderTest, identity: &WechatIdentity) -> Option<Account> {
    let found = store.account_of_identity(&identity.app, &identity.openid).await;
    found.expect("the store reads accounts")
}

/// The account of a unionid.
pub(crate) async fn account_with(store: &StoreUnderTest, unionid: &str) -> Option<Account> {
    let found = store.account_of_unionid(&UnionId::parse(unionid).unwrap()).await;
    found.expect("the store reads accounts")
}

/// Every event that fits, read in pages of this size, newest first.
pub(crate) async fn events_in_pages(store: &StoreUnderTest, filter: &AuditFilter, limit: usize) -> Vec<AuditEvent> {
    let mut events = Vec::new();
    let mut query = AuditQuery {
        filter: filter.clone(),
        after: None,
        limit,
    };
    loop {
        let page = store.audit(&query).await.expect("the store reads its log");
        assert!(page.events.len() <= limit, "a page of {}", page.events.len());
        events.extend(page.events);
        if page.next.is_none() {
            return events;
        }
        assert_ne!(page.next, query.after, "a page goes on from somewhere else");
        query.after = page.next;
    }
}

/// The whole log, newest first.
pub(crate) async fn events(store: &StoreUnderTest) -> Vec<AuditEvent> {
    events_in_pages(store, &AuditFilter::default(), 100).await
}

/// Which sessions of an account are alive.
pub(crate) async fn live_sessions(store: &StoreUnderTest, account: AccountId, now: Timestamp) -> Vec<Session> {
    let mut sessions = store.sessions_of(account).await.expect("the store reads sessions");
    sessions.retain(|session| session.alive(now).is_ok());
    sessions
}
