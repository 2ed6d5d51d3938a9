//! Values to put into stores. Every draw differs from the ones before, in this process.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord, RecordedLogin};
use wxlogin_domain::phone_number::{PhoneNumber, VerifiedPhone};
use wxlogin_domain::session::{EndReason, SessionEnd, SessionPolicy};
use wxlogin_domain::timestamp::Timestamp;

use crate::StoreUnderTest;

pub(crate) const APP_ONE: &str = "wx0000000000000001";
pub(crate) const APP_TWO: &str = "wx0000000000000002";

pub(crate) const POLICY: SessionPolicy = SessionPolicy {
    refresh_ttl: Duration::from_secs(30 * 86_400),
    session_ttl: Duration::from_secs(180 * 86_400),
    refresh_grace: Duration::from_secs(60),
};

/// A time with milliseconds, so that a store which rounds is found out.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_millis((1_769_000_000 + seconds) * 1000 + 123)
}

fn unique() -> [u8; 10] {
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
        new_account: new_account_id(),
        session: new_session_id(),
        policy: POLICY,
        at: at(seconds),
    }
}

pub(crate) fn phone(seconds: i64) -> VerifiedPhone {
    VerifiedPhone {
        number: PhoneNumber::parse("+8613800138000").unwrap(),
        verified_at: at(seconds),
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
    }
}
