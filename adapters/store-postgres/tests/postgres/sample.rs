//! Logins to be recorded.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, WechatIdentity};
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord, RecordedLogin};
use wxlogin_domain::origin::{Actor, Origin};
use wxlogin_domain::phone_number::{PhoneBinding, PhoneNumber, PhonePolicy, VerifiedPhone};
use wxlogin_domain::ports::account_store::AccountStore;
use wxlogin_domain::session::SessionPolicy;
use wxlogin_domain::timestamp::Timestamp;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_769_000_000 + seconds)
}

fn unique() -> [u8; 10] {
    static DRAWN: AtomicU64 = AtomicU64::new(1);
    let mut bytes = [0; 10];
    bytes[2..].copy_from_slice(&DRAWN.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    bytes
}

/// A login of somebody in one app.
pub fn login(openid: &str, seconds: i64) -> LoginRecord {
    LoginRecord {
        identity: WechatIdentity {
            app: AppId::parse("wx0000000000000001").expect("an appid"),
            openid: OpenId::parse(openid).expect("an openid"),
            unionid: None,
        },
        phone: None,
        device: None,
        client: None,
        new_account: AccountId::new(at(seconds), unique()),
        session: SessionId::new(at(seconds), unique()),
        policy: SessionPolicy {
            refresh_ttl: Duration::from_secs(30 * 86_400),
            session_ttl: Duration::from_secs(180 * 86_400),
            refresh_grace: Duration::from_secs(60),
            max_per_account: 20,
        },
        at: at(seconds),
        event: AuditEvent::new(
            &Origin::service().by(Actor::Person),
            AuditAction::LoginSucceeded,
            at(seconds),
            unique(),
        ),
        conflict_event: EventId::new(at(seconds), unique()),
        phone_event: EventId::new(at(seconds), unique()),
    }
}

/// A number that nobody else may have, another for each pair.
pub fn unique_phone(first: i64, second: i64) -> PhoneBinding {
    PhoneBinding {
        phone: VerifiedPhone {
            number: PhoneNumber::parse(&format!("+86138{first:04}{second:04}")).expect("a number"),
            verified_at: at(0),
        },
        policy: PhonePolicy::Unique,
    }
}

/// Records a login that is expected to be accepted.
pub async fn recorded(store: &dyn AccountStore, login: &LoginRecord) -> RecordedLogin {
    match store.record_login(login).await.expect("the store records the login") {
        LoginOutcome::Recorded(recorded) => *recorded,
        refused => panic!("{refused:?}"),
    }
}
