//! A copy of a store is that store.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use wxlogin_domain::api_key::{ApiKey, ApiKeyDigest, ApiKeyName, Scope};
use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::copy::CopyItem;
use wxlogin_domain::identity::UnionId;
use wxlogin_domain::key_ring::{KeyId, KeyRing, NewKey, PublicKey, Sealed};
use wxlogin_domain::origin::{Actor, Origin};
use wxlogin_domain::ports::account_store::AccountStore as _;
use wxlogin_domain::ports::api_key_store::ApiKeyStore as _;
use wxlogin_domain::ports::copy_store::CopyStore;
use wxlogin_domain::ports::key_store::KeyStore as _;
use wxlogin_domain::ports::push_store::PushStore as _;
use wxlogin_domain::ports::session_store::SessionStore as _;
use wxlogin_domain::push::{MessageHash, PushAct, PushEffect};
use wxlogin_domain::session::{EndReason, SessionEnd};
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_store_postgres::PostgresStore;
use wxlogin_throwaway::{Postgres, required};

use crate::sample::{login, recorded, unique_phone};

/// The tests share the machine with others: what they ask for is correctness, not the service's deadline.
const PATIENT: Duration = Duration::from_secs(30);

async fn open(server: &Postgres) -> Arc<PostgresStore> {
    let store = PostgresStore::open(&server.new_database(), PATIENT).await;
    Arc::new(store.expect("it opens"))
}

async fn everything(store: &dyn CopyStore) -> Vec<CopyItem> {
    let mut export = store.export().await.expect("the store is read");
    let mut items = Vec::new();
    while let Some(piece) = export.next().await.expect("a piece") {
        assert!(!piece.is_empty(), "only the end is empty");
        items.extend(piece);
    }
    items
}

fn event(action: AuditAction, number: u8) -> AuditEvent {
    let at = Timestamp::from_unix_seconds(1_769_000_500);
    AuditEvent::new(&Origin::service().by(Actor::Person), action, at, [number; 10])
}

/// A store with something of each kind, and more accounts than a piece has.
async fn fill(store: &Arc<PostgresStore>) {
    let mut running = JoinSet::new();
    for number in 0..520 {
        let store = Arc::clone(store);
        running.spawn(async move { recorded(&*store, &login(&format!("o{number}"), number)).await });
    }
    running.join_all().await;
    let store = &**store;
    let mut person = login("person", 600);
    person.identity.unionid = UnionId::parse("before").ok();
    recorded(store, &person).await;
    let mut person = login("person", 601);
    person.identity.unionid = UnionId::parse("now").ok();
    person.phone = Some(unique_phone(1, 1));
    let session = recorded(store, &person).await.session;
    let end = SessionEnd {
        reason: EndReason::Logout,
        at: Timestamp::from_unix_seconds(1_769_000_700),
    };
    let logged_out = event(AuditAction::LoggedOut, 1);
    store.end_session(session.id, end, &logged_out).await.expect("it ends");
    let key = |number: u8| NewKey {
        id: KeyId(format!("key-{number}").into()),
        public: PublicKey::Ed25519 { x: vec![number; 32] },
        private: Sealed(vec![number; 3]),
        created_at: end.at,
    };
    let ring = KeyRing::new(key(1), key(2), Sealed(vec![4]), end.at);
    assert_eq!(store.replace_key_ring(&ring, &[]).await, Ok(true));
    let api_key = ApiKey {
        name: ApiKeyName::parse("ops").expect("a name"),
        digest: ApiKeyDigest([7; 32]),
        scopes: vec![Scope::Introspect],
        created_at: Some(end.at),
    };
    let created = event(AuditAction::ApiKeyCreated, 2);
    assert_eq!(store.add_api_key(&api_key, &created).await, Ok(true));
    let message = PushAct {
        hash: MessageHash([9; 32]),
        app: person.identity.app.clone(),
        openid: None,
        effect: PushEffect::Record,
        at: end.at,
        event: event(AuditAction::UserInfoModified, 3),
    };
    store.honour(&message).await.expect("it is honoured");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_the_store_and_a_second_one_changes_nothing() {
    let Some(server) = required(Postgres::start(), "PostgreSQL") else {
        return;
    };
    let (from, to) = (open(&server).await, open(&server).await);
    fill(&from).await;
    let items = everything(&*from).await;
    assert!(matches!(items.first(), Some(CopyItem::Account(_))));
    assert!(matches!(items.last(), Some(CopyItem::KeyRing(_))));
    assert_eq!(to.is_empty().await, Ok(true));
    for _ in 0..2 {
        for piece in items.chunks(100) {
            to.import(piece).await.expect("it is added");
        }
        assert!(everything(&*to).await == items, "the copy is another store");
    }
    assert_eq!(to.is_empty().await, Ok(false));
}

/// What is there stays, and what leads to somebody else already.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_takes_nothing_from_anybody() {
    let Some(server) = required(Postgres::start(), "PostgreSQL") else {
        return;
    };
    let (from, to) = (open(&server).await, open(&server).await);
    fill(&from).await;
    let mut own = login("person", 0);
    own.identity.unionid = UnionId::parse("now").ok();
    let own = recorded(&*to, &own).await;
    to.import(&everything(&*from).await).await.expect("it is added");
    let person = to.account_of_identity(&own.session.identity.app, &own.session.identity.openid);
    assert_eq!(person.await, Ok(Some(own.account.clone())));
    let unionid = UnionId::parse("now").expect("a unionid");
    assert_eq!(to.account_of_unionid(&unionid).await, Ok(Some(own.account.clone())));
    assert_eq!(to.sessions_of(own.account.id).await, Ok(vec![own.session]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_shows_one_moment() {
    let Some(server) = required(Postgres::start(), "PostgreSQL") else {
        return;
    };
    let store = open(&server).await;
    fill(&store).await;
    let before = everything(&*store).await;
    let mut export = store.export().await.expect("the store is read");
    let mut items = export.next().await.expect("a piece").expect("the first");
    recorded(&*store, &login("o519", 800)).await;
    recorded(&*store, &login("newcomer", 800)).await;
    while let Some(piece) = export.next().await.expect("a piece") {
        items.extend(piece);
    }
    assert!(items == before, "the export shows what came later");
}
