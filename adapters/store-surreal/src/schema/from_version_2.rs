//! A database that a release with schema version 2 wrote is opened, and everything in it is there.

use surrealdb::types::Variables;
use wxlogin_domain::account::Account;
use wxlogin_domain::audit::{AuditAction, AuditEvent, AuditFilter, AuditQuery};
use wxlogin_domain::id::{AccountId, EventId};
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::merge_rules::{Merge, MergeOutcome, merged};
use wxlogin_domain::origin::Origin;
use wxlogin_domain::phone_number::{PhoneBinding, PhonePolicy};
use wxlogin_domain::ports::account_store::{AccountStore as _, PhoneOutcome};
use wxlogin_domain::ports::audit_store::AuditStore as _;
use wxlogin_domain::ports::push_store::PushStore as _;
use wxlogin_domain::push::{MessageHash, PushAct, PushEffect, PushOutcome};
use wxlogin_domain::timestamp::Timestamp;

use super::earlier::{left_behind, open};
use super::{VERSION, version};
use crate::open::{Location, OpenError, SurrealStore};

const T: i64 = 1_769_000_000_123;

/// The tables of version 2, with rows as it wrote them: two accounts that share a number, and an event.
const VERSION_2: &str = r"
    DEFINE TABLE schema SCHEMALESS;
    DEFINE TABLE account SCHEMALESS;
    DEFINE TABLE identity SCHEMALESS;
    DEFINE TABLE unionid SCHEMALESS;
    DEFINE INDEX unionid_account ON unionid FIELDS account;
    DEFINE TABLE phone SCHEMALESS;
    DEFINE TABLE login_session SCHEMALESS;
    DEFINE TABLE key_ring SCHEMALESS;
    DEFINE TABLE api_key SCHEMALESS;
    DEFINE TABLE audit_event SCHEMALESS;
    DEFINE TABLE account_event SCHEMALESS;
    CREATE schema:current SET version = 2;
    FOR $person IN $persons {
        LET $account = type::record('account', $person);
        CREATE $account CONTENT {
            rev: 2, session_rows: 1, account_id: $person, status: 'active', created_at: $t, last_login_at: $t,
            phone: { number: '+8613800138000', country_code: 86, verified_at: $t },
            identities: [{ appid: 'wx0000000000000001', openid: 'o-' + $person, unionid: $person, first_seen_at: $t }],
        };
        CREATE type::record('identity', ['wx0000000000000001', 'o-' + $person]) SET account = $account;
        CREATE type::record('unionid', $person) SET account = $account;
        CREATE type::record('phone', ['+8613800138000', $person]) SET account = $account;
    };
    CREATE type::record('audit_event', $event_key) CONTENT {
        at: $t, action: 'login_succeeded', actor: 'person', account_id: $persons[0],
    };
    CREATE type::record('account_event', [$persons[0], $event_key])
        SET event = type::record('audit_event', $event_key);
";

fn at(millis: i64) -> Timestamp {
    Timestamp::from_unix_millis(T + millis)
}

fn person(number: u8) -> AccountId {
    AccountId::new(at(0), [number; 10])
}

fn event(action: AuditAction, number: u8) -> AuditEvent {
    AuditEvent::new(&Origin::service(), action, at(i64::from(number)), [number; 10])
}

async fn stored(store: &SurrealStore, number: u8) -> Account {
    store.account(person(number)).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_can_do_what_is_new() {
    let mut variables = Variables::new();
    variables.insert("t", T);
    variables.insert("persons", [0, 1, 2].map(|number| person(number).to_string()).to_vec());
    variables.insert("event_key", crate::id::event_key(EventId::new(at(0), [0; 10])));
    let directory = left_behind(VERSION_2, variables).await;
    // Whoever only looks leaves it to the release that wrote it.
    for _ in 0..2 {
        let location = Location::SurrealKv(directory.path().join("store"));
        let left = SurrealStore::open_as_it_is(&location, SurrealStore::DEADLINE)
            .await
            .err();
        let older = OpenError::OlderSchema {
            found: 2,
            known: VERSION,
        };
        assert_eq!(left, Some(older));
    }
    let store = open(&directory).await;
    assert_eq!(version(&store.db).await.unwrap(), Some(VERSION));
    let [one, two] = [stored(&store, 0).await, stored(&store, 1).await];
    assert_eq!(one.identities[0].unionid_conflict, None);

    let phone = one.phone.clone().unwrap();
    let binding = PhoneBinding {
        phone,
        policy: PhonePolicy::Unique,
    };
    let bound = event(AuditAction::PhoneBound, 1);
    // All of them share it: who gives it up does not get it back where it has to be unique.
    let removed = event(AuditAction::PhoneRemoved, 1);
    let freed = store.unbind_phone(person(2), &removed).await.unwrap();
    assert_eq!(freed.unwrap().phone, None);
    let refused = store.bind_phone(person(2), &binding, &bound).await.unwrap();
    assert_eq!(refused, PhoneOutcome::Taken);

    let merge = Merge {
        from: two.id,
        into: one.id,
        keep: Some(one.id),
        event_from: event(AuditAction::AccountMergedAway, 2),
        event_into: event(AuditAction::AccountMerged, 3),
    };
    let expected = merged(one.clone(), two, Some(one.id)).unwrap();
    let outcome = store.merge(&merge).await.unwrap();
    assert_eq!(outcome, MergeOutcome::Merged(Box::new(expected)));

    let act = PushAct {
        hash: MessageHash([1; 32]),
        app: AppId::parse("wx0000000000000001").unwrap(),
        openid: OpenId::parse(&format!("o-{}", person(2))).ok(),
        effect: PushEffect::Erase,
        at: at(50),
        event: event(AuditAction::AuthorizationCancelled, 4),
    };
    let three = stored(&store, 2).await;
    let honoured = PushOutcome::Honoured(Some(Box::new(three)));
    assert_eq!(store.honour(&act).await.unwrap(), honoured);
    assert_eq!(store.honour(&act).await.unwrap(), PushOutcome::Repeated);
    assert_eq!(store.sweep_pushes(at(51), 10).await.unwrap(), 1);

    let alone = store.bind_phone(one.id, &binding, &bound).await.unwrap();
    assert!(matches!(alone, PhoneOutcome::Bound(_)), "{alone:?}");
    let log = AuditQuery {
        filter: AuditFilter::default(),
        after: None,
        limit: 10,
    };
    assert_eq!(store.audit(&log).await.unwrap().events.len(), 5);
    store.close().await;
}
