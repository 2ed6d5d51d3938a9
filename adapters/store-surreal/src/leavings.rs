//! What is left of a person in the database when the account is gone: nothing, in whatever table.

use std::fmt::Write as _;
use std::time::Duration;

use surrealdb::types::Value;
use wxlogin_domain::account::{AvatarUrl, Change, Nickname, ProfileChange};
use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord, RecordedLogin};
use wxlogin_domain::origin::{Actor, Origin};
use wxlogin_domain::phone_number::{PhoneBinding, PhoneNumber, PhonePolicy, VerifiedPhone};
use wxlogin_domain::ports::account_store::AccountStore as _;
use wxlogin_domain::ports::push_store::PushStore as _;
use wxlogin_domain::ports::store::StoreHealth as _;
use wxlogin_domain::push::{Forgotten, MessageHash, PushAct, PushEffect, PushOutcome};
use wxlogin_domain::session::{DeviceName, SessionPolicy};
use wxlogin_domain::timestamp::Timestamp;

use crate::open::{Location, SurrealStore};

const APP_ONE: &str = "wx0000000000000001";
const APP_TWO: &str = "wx0000000000000002";
const NUMBER: &str = "+8613800138000";
/// All that tells who the person is.
const PERSONAL: [&str; 9] = [
    "oPersonInOne",
    "oPersonInTwo",
    "unionOfPerson",
    "unionBefore",
    NUMBER,
    "13800138000",
    "NameOfPerson",
    "pictures.example",
    "DeviceOfPerson",
];

fn at(seconds: u8) -> Timestamp {
    Timestamp::from_unix_seconds(1_769_000_000 + i64::from(seconds))
}

fn event(action: AuditAction, seconds: u8) -> AuditEvent {
    AuditEvent::new(&Origin::service().by(Actor::Wechat), action, at(seconds), [seconds; 10])
}

fn login(app: &str, openid: &str, unionid: &str, seconds: u8) -> LoginRecord {
    LoginRecord {
        identity: WechatIdentity {
            app: AppId::parse(app).unwrap(),
            openid: OpenId::parse(openid).unwrap(),
            unionid: UnionId::parse(unionid).ok(),
        },
        phone: None,
        device: DeviceName::parse(&format!("DeviceOfPerson {seconds}")).ok(),
        client: None,
        new_account: AccountId::new(at(seconds), [seconds; 10]),
        session: SessionId::new(at(seconds), [seconds; 10]),
        policy: SessionPolicy {
            refresh_ttl: Duration::from_secs(30 * 86_400),
            session_ttl: Duration::from_secs(180 * 86_400),
            refresh_grace: Duration::from_secs(60),
            max_per_account: 20,
        },
        at: at(seconds),
        event: event(AuditAction::LoginSucceeded, seconds),
        conflict_event: EventId::new(at(seconds), [0x80 | seconds; 10]),
        phone_event: EventId::new(at(seconds), [0x40 | seconds; 10]),
    }
}

fn unique_phone() -> PhoneBinding {
    PhoneBinding {
        phone: VerifiedPhone {
            number: PhoneNumber::parse(NUMBER).unwrap(),
            verified_at: at(1),
        },
        policy: PhonePolicy::Unique,
    }
}

fn message(number: u8, openid: &str, effect: PushEffect) -> PushAct {
    PushAct {
        hash: MessageHash([number; 32]),
        app: AppId::parse(APP_ONE).unwrap(),
        openid: OpenId::parse(openid).ok(),
        effect,
        at: at(50 + number),
        event: event(AuditAction::AuthorizationRevoked, 50 + number).with_detail("1"),
    }
}

async fn recorded(store: &SurrealStore, login: &LoginRecord) -> RecordedLogin {
    match store.record_login(login).await.unwrap() {
        LoginOutcome::Recorded(recorded) => *recorded,
        refused => panic!("{refused:?}"),
    }
}

/// Every row of every table, as text.
async fn dump(store: &SurrealStore) -> String {
    let mut response = store.db.query("object::keys((INFO FOR DB).tables)").await.unwrap();
    let tables: Vec<String> = response.take(0).unwrap();
    assert!(tables.len() >= 12, "{tables:?}");
    let mut dump = String::new();
    for table in tables {
        let query = "SELECT * FROM type::table($table)";
        let mut response = store.db.query(query).bind(("table", table.clone())).await.unwrap();
        let rows: Value = response.take(0).unwrap();
        writeln!(dump, "{table}: {rows:?}").unwrap();
    }
    dump
}

async fn empty() -> SurrealStore {
    let store = SurrealStore::open(&Location::Memory, Duration::from_secs(30))
        .await
        .unwrap();
    store.prove_writable().await.unwrap();
    store
}

/// A person with everything that there can be of one, and somebody else, who has the unionid that WeChat names for the
/// person by now.
async fn person(store: &SurrealStore) -> AccountId {
    let mut somebody_else = login(APP_ONE, "oSomebodyElse", "unionOfElse", 10);
    somebody_else.device = None;
    let somebody_else = recorded(store, &somebody_else).await.account.id;
    recorded(store, &login(APP_ONE, "oPersonInOne", "unionBefore", 11)).await;
    recorded(store, &login(APP_ONE, "oPersonInOne", "unionOfPerson", 12)).await;
    let with_phone = LoginRecord {
        phone: Some(unique_phone()),
        ..login(APP_TWO, "oPersonInTwo", "unionOfPerson", 13)
    };
    let id = recorded(store, &with_phone).await.account.id;
    let conflict = recorded(store, &login(APP_TWO, "oPersonInTwo", "unionOfElse", 14)).await;
    assert_eq!(
        (conflict.account.id, conflict.unionid_conflict),
        (id, Some(somebody_else))
    );
    let named = ProfileChange {
        nickname: Change::Set(Nickname::parse("NameOfPerson").unwrap()),
        avatar_url: Change::Set(AvatarUrl::parse("https://pictures.example/a.png").unwrap()),
    };
    store.change_profile(id, &named).await.unwrap();
    let record = message(1, "oPersonInOne", PushEffect::Record);
    let forget = message(2, "oPersonInOne", PushEffect::Forget(Forgotten::default()));
    for act in [record, forget] {
        let outcome = store.honour(&act).await.unwrap();
        assert!(matches!(outcome, PushOutcome::Honoured(Some(_))), "{outcome:?}");
    }
    let dump = dump(store).await;
    for personal in PERSONAL {
        assert!(dump.contains(personal), "{personal} is stored: {dump}");
    }
    id
}

async fn nothing_is_left(store: &SurrealStore) {
    let dump = dump(store).await;
    for personal in PERSONAL {
        assert!(!dump.contains(personal), "{personal} is left: {dump}");
    }
    assert!(dump.contains("oSomebodyElse"), "{dump}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_erases_a_person() {
    let store = empty().await;
    let id = person(&store).await;
    let erased = event(AuditAction::AccountErased, 60).on_account(id);
    assert!(store.erase(id, &erased).await.unwrap().is_some());
    nothing_is_left(&store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_erases_a_person() {
    let store = empty().await;
    person(&store).await;
    let cancelled = message(3, "oPersonInOne", PushEffect::Erase);
    store.honour(&cancelled).await.unwrap();
    // It comes again, and somebody whom nobody knows ends an account.
    store.honour(&cancelled).await.unwrap();
    store
        .honour(&message(4, "oPersonInOne", PushEffect::Erase))
        .await
        .unwrap();
    nothing_is_left(&store).await;
}

/// Refused bindings leave nothing either.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_given_up_is_forgotten() {
    for by_message in [false, true] {
        let store = empty().await;
        let id = person(&store).await;
        let bound = event(AuditAction::PhoneBound, 60);
        let refused = LoginRecord {
            phone: Some(unique_phone()),
            ..login(APP_ONE, "oThird", "unionOfThird", 61)
        };
        assert_eq!(store.record_login(&refused).await.unwrap(), LoginOutcome::PhoneTaken);
        store.bind_phone(id, &unique_phone(), &bound).await.unwrap();
        if by_message {
            let what = Forgotten {
                phone: true,
                ..Forgotten::default()
            };
            let forget = message(3, "oPersonInOne", PushEffect::Forget(what));
            store.honour(&forget).await.unwrap();
        } else {
            let removed = event(AuditAction::PhoneRemoved, 62).on_account(id);
            store.unbind_phone(id, &removed).await.unwrap();
        }
        let dump = dump(&store).await;
        assert!(!dump.contains("13800138000"), "{dump}");
        assert!(dump.contains("oPersonInOne") && dump.contains("NameOfPerson"), "{dump}");
    }
}
