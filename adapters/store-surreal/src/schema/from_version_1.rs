//! A database that a release with schema version 1 wrote is opened, and everything in it is there.

use std::time::Duration;

use surrealdb::types::Variables;
use tempfile::TempDir;
use wxlogin_domain::account::Account;
use wxlogin_domain::audit::{AuditAction, AuditEvent, AuditFilter, AuditQuery};
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::key_ring::{KeyId, KeyRing, KeyState, PublicKey, Sealed, SigningKey};
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord, RecordedLogin};
use wxlogin_domain::origin::Origin;
use wxlogin_domain::phone_number::{PhoneBinding, PhoneNumber, PhonePolicy, VerifiedPhone};
use wxlogin_domain::ports::account_store::{AccountFilter, AccountQuery, AccountStore as _};
use wxlogin_domain::ports::api_key_store::ApiKeyStore as _;
use wxlogin_domain::ports::audit_store::AuditStore as _;
use wxlogin_domain::ports::key_store::KeyStore as _;
use wxlogin_domain::ports::session_store::SessionStore as _;
use wxlogin_domain::session::{EndReason, Session, SessionPolicy, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

use super::earlier::{left_behind, open};
use super::{VERSION, migrate, version};
use crate::id;
use crate::open::SurrealStore;

/// An hour before the migration, say.
const T: i64 = 1_769_000_000_123;

/// The tables of version 1, with rows as it wrote them: an account with two identities, a number, a unionid that has
/// changed since, and 25 sessions; many accounts more; and a key ring.
const VERSION_1: &str = r#"
    DEFINE TABLE schema SCHEMALESS;
    DEFINE TABLE account SCHEMALESS;
    DEFINE TABLE identity SCHEMALESS;
    DEFINE TABLE unionid SCHEMALESS;
    DEFINE TABLE login_session SCHEMALESS;
    DEFINE TABLE key_ring SCHEMALESS;
    CREATE schema:current SET version = 1;
    CREATE type::record('account', $anna) CONTENT {
        rev: 7, account_id: $anna, status: 'active', created_at: $t, last_login_at: $t + 1000, nickname: '名字',
        phone: { number: '+8613800138000', country_code: 86, verified_at: $t },
        identities: [
            { appid: 'wx0000000000000001', openid: 'o1', unionid: 'u2', first_seen_at: $t },
            { appid: 'wx0000000000000002', openid: 'o2', first_seen_at: $t + 5 },
        ],
    };
    CREATE identity:['wx0000000000000001', 'o1'] SET account = type::record('account', $anna);
    CREATE identity:['wx0000000000000002', 'o2'] SET account = type::record('account', $anna);
    CREATE unionid:u1 SET account = type::record('account', $anna);
    CREATE unionid:u2 SET account = type::record('account', $anna);
    FOR $session_id IN $sessions {
        CREATE type::record('login_session', [$anna, $session_id]) CONTENT {
            appid: 'wx0000000000000001', openid: 'o1', unionid: 'u2', device: 'phone', created_at: $t,
            expires_at: $t + 15552000000, generation: 3, rotated_at: $t + 60000, idle_expires_at: $t + 2592060000,
        };
    };
    UPDATE type::record('login_session', [$anna, $sessions[0]]) SET end_reason = 'logout', ended_at = $t + 70000;
    FOR $account_id IN $others {
        CREATE type::record('account', $account_id) CONTENT {
            rev: 1, account_id: $account_id, status: 'suspended', created_at: $t, last_login_at: $t, identities: [],
            phone: { number: '+8613800138001', country_code: 86, verified_at: $t },
        };
    };
    CREATE key_ring:current CONTENT {
        version: 3, refresh_mac: b"00ff",
        signing: [
            { kid: 'old', kty: 'OKP', public_1: b"01", private: b"8000", created_at: $t },
            { kid: 'ec', kty: 'EC', public_1: b"02", public_2: b"03", private: b"8001", created_at: $t + 1 },
            { kid: 'new', kty: 'OKP', public_1: b"04", private: b"8002", created_at: $t + 2 },
        ],
    };
"#;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_unix_millis(T + millis)
}

fn account_id(number: u16) -> AccountId {
    let mut random = [0; 10];
    random[8..].copy_from_slice(&number.to_be_bytes());
    AccountId::new(at(0), random)
}

fn session(number: u8) -> SessionRef {
    SessionRef {
        account: account_id(0),
        session: SessionId::new(at(0), [number; 10]),
    }
}

fn event(action: AuditAction) -> AuditEvent {
    AuditEvent::new(&Origin::service(), action, at(0), [1; 10])
}

fn identity(app: &str, openid: &str, unionid: Option<&str>) -> WechatIdentity {
    WechatIdentity {
        app: AppId::parse(app).unwrap(),
        openid: OpenId::parse(openid).unwrap(),
        unionid: unionid.map(|unionid| UnionId::parse(unionid).unwrap()),
    }
}

fn login(identity: WechatIdentity) -> LoginRecord {
    LoginRecord {
        identity,
        phone: None,
        device: None,
        client: None,
        new_account: AccountId::new(at(100_000), [9; 10]),
        session: SessionId::new(at(100_000), [9; 10]),
        policy: SessionPolicy {
            refresh_ttl: Duration::from_secs(30 * 86_400),
            session_ttl: Duration::from_secs(180 * 86_400),
            refresh_grace: Duration::from_secs(60),
            max_per_account: 20,
        },
        at: at(100_000),
        event: event(AuditAction::LoginSucceeded),
        conflict_event: EventId::new(at(100_000), [9; 10]),
        phone_event: EventId::new(at(100_000), [8; 10]),
    }
}

async fn recorded(store: &SurrealStore, login: &LoginRecord) -> RecordedLogin {
    match store.record_login(login).await.unwrap() {
        LoginOutcome::Recorded(recorded) => *recorded,
        refused => panic!("{refused:?}"),
    }
}

async fn with_number(store: &SurrealStore, number: &str) -> Vec<Account> {
    let mut found = Vec::new();
    let mut query = AccountQuery {
        filter: AccountFilter {
            phone: PhoneNumber::parse(number).ok(),
            status: None,
        },
        after: None,
        limit: 700,
    };
    loop {
        let page = store.accounts(&query).await.unwrap();
        found.extend(page.accounts);
        query.after = page.next;
        if query.after.is_none() {
            return found;
        }
    }
}

/// More than the migration reads at a time.
const OTHERS: u16 = 1100;

/// A directory as a release with version 1 left it.
async fn version_1() -> TempDir {
    let others: Vec<String> = (1..=OTHERS).map(|number| account_id(number).to_string()).collect();
    let sessions: Vec<String> = (0..25).map(|number| session(number).session.to_string()).collect();
    let mut variables = Variables::new();
    variables.insert("t", T);
    variables.insert("anna", account_id(0).to_string());
    variables.insert("others", others);
    variables.insert("sessions", sessions);
    left_behind(VERSION_1, variables).await
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_found_by_all_that_they_have() {
    let directory = version_1().await;
    let store = open(&directory).await;
    assert_eq!(version(&store.db).await.unwrap(), Some(VERSION));
    let anna = store.account(account_id(0)).await.unwrap().unwrap();
    assert_eq!(anna.identities.len(), 2);
    assert_eq!(with_number(&store, "+8613800138000").await, std::slice::from_ref(&anna));
    let others = with_number(&store, "+8613800138001").await;
    let ids: Vec<AccountId> = others.iter().map(|account| account.id).collect();
    assert_eq!(ids, (1..=OTHERS).map(account_id).collect::<Vec<_>>());
    let o2 = identity("wx0000000000000002", "o2", None);
    assert_eq!(
        store.account_of_identity(&o2.app, &o2.openid).await.unwrap(),
        Some(anna.clone())
    );
    for unionid in ["u1", "u2"] {
        let found = store
            .account_of_unionid(&UnionId::parse(unionid).unwrap())
            .await
            .unwrap();
        assert_eq!(found, Some(anna.clone()));
    }
    assert_eq!(store.api_keys().await.unwrap(), []);
    let log = AuditQuery {
        filter: AuditFilter::default(),
        after: None,
        limit: 10,
    };
    assert_eq!(store.audit(&log).await.unwrap().events, []);
    store.close().await;
}

/// How many rows there are that tell of accounts.
async fn rows(store: &SurrealStore) -> [i64; 5] {
    let mut counts = [0; 5];
    let tables = ["account", "identity", "unionid", "phone", "login_session"];
    for (count, table) in counts.iter_mut().zip(tables) {
        let mut response = store
            .db
            .query("array::len(SELECT VALUE id FROM type::table($table))")
            .bind(("table", table))
            .await
            .unwrap();
        *count = response.take::<Option<i64>>(0).unwrap().unwrap();
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_an_account_that_changed_and_is_erased() {
    let directory = version_1().await;
    let store = open(&directory).await;
    let others = i64::from(OTHERS);
    assert_eq!(rows(&store).await, [others + 1, 2, 2, others + 1, 25]);
    let known = identity("wx0000000000000001", "o1", Some("u3"));
    let login = LoginRecord {
        phone: Some(PhoneBinding {
            phone: VerifiedPhone {
                number: PhoneNumber::parse("+8613800138002").unwrap(),
                verified_at: at(90_000),
            },
            policy: PhonePolicy::Unique,
        }),
        ..login(known)
    };
    let changed = recorded(&store, &login).await;
    assert_eq!(changed.account.id, account_id(0));
    assert_eq!(with_number(&store, "+8613800138000").await, []);
    assert_eq!(rows(&store).await, [others + 1, 2, 3, others + 1, 26]);
    let erased = event(AuditAction::AccountErased);
    assert!(store.erase(account_id(0), &erased).await.unwrap().is_some());
    assert_eq!(rows(&store).await, [others, 0, 0, others, 0]);
    let again = identity("wx0000000000000001", "o1", Some("u1"));
    assert!(recorded(&store, &self::login(again)).await.is_new_account);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_go_on() {
    let directory = version_1().await;
    let store = open(&directory).await;
    let of_version_1 = store.session(session(5)).await.unwrap().unwrap();
    assert_eq!(of_version_1.last_used_at, at(60_000), "when it was last rotated");
    assert_eq!(of_version_1.client, None);
    store
        .touch_sessions(&[(session(5), at(50_000)), (session(6), at(90_000))])
        .await
        .unwrap();
    assert_eq!(store.session(session(5)).await.unwrap(), Some(of_version_1.clone()));
    let touched = store.session(session(6)).await.unwrap().unwrap();
    assert_eq!(touched.last_used_at, at(90_000));
    let next = Session {
        generation: of_version_1.generation.next(),
        rotated_at: at(95_000),
        last_used_at: at(95_000),
        ..of_version_1
    };
    assert!(store.advance_session(&next).await.unwrap());
    assert_eq!(store.session(session(5)).await.unwrap(), Some(next));
    // Nobody counted the sessions of this account yet: 24 of the 25 live.
    let login = recorded(&store, &login(identity("wx0000000000000001", "o1", None))).await;
    let mut sessions = store.sessions_of(account_id(0)).await.unwrap();
    assert_eq!(sessions.pop(), Some(login.session));
    let displaced: Vec<bool> = sessions
        .iter()
        .map(|session| session.end.is_some_and(|end| end.reason == EndReason::Displaced))
        .collect();
    let expected: Vec<bool> = (0..25).map(|number| (1..=5).contains(&number)).collect();
    assert_eq!(displaced, expected);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_get_the_states_that_they_had() {
    let directory = version_1().await;
    let store = open(&directory).await;
    let ring = store.key_ring().await.unwrap().unwrap();
    let key = |kid: &str, public, millis, state| SigningKey {
        id: KeyId(kid.into()),
        public,
        created_at: at(millis),
        state,
    };
    let expected = KeyRing {
        version: 3,
        signing: vec![
            key(
                "old",
                PublicKey::Ed25519 { x: vec![1] },
                0,
                KeyState::Retiring {
                    until: at(2).plus(Duration::from_secs(86_400 + 600)),
                },
            ),
            key(
                "ec",
                PublicKey::P256 { x: vec![2], y: vec![3] },
                1,
                KeyState::Active {
                    private: Sealed(vec![0x80, 1]),
                    since: at(1),
                },
            ),
            key(
                "new",
                PublicKey::Ed25519 { x: vec![4] },
                2,
                KeyState::Active {
                    private: Sealed(vec![0x80, 2]),
                    since: at(2),
                },
            ),
        ],
        refresh_mac: Sealed(vec![0, 0xff]),
    };
    assert_eq!(ring, expected);
    let next = KeyRing { version: 4, ..expected };
    assert!(store.replace_key_ring(&next, &[]).await.unwrap());
    assert_eq!(store.key_ring().await.unwrap(), Some(next));
    store.close().await;
}

/// An upgrade that was cut short begins anew: what it had written may not be true any more.
#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_that_was_cut_short_is_made_again() {
    let directory = version_1().await;
    let store = open(&directory).await;
    let stale = PhoneNumber::parse("+8613800138002").unwrap();
    store
        .db
        .query("UPDATE schema:current SET version = 1; CREATE $stale SET account = $account")
        .bind(("stale", id::phone(&stale, account_id(0))))
        .bind(("account", id::account(account_id(0))))
        .await
        .unwrap()
        .check()
        .unwrap();
    migrate(&store.db).await.unwrap();
    assert_eq!(version(&store.db).await.unwrap(), Some(VERSION));
    let mut listed = store.db.query("SELECT VALUE id FROM phone").await.unwrap();
    let listed: Vec<surrealdb::types::RecordId> = listed.take(0).unwrap();
    assert_eq!(listed.len(), usize::from(OTHERS) + 1);
    assert!(!listed.contains(&id::phone(&stale, account_id(0))));
    store.close().await;
}
