//! Copying a whole store: what comes out is what went in.

use wxlogin_domain::account::{Account, Nickname};
use wxlogin_domain::api_key::{ApiKey, ApiKeyDigest};
use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::copy::{AccountCopy, CopyItem, HonouredPush};
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::ports::copy_store::MAX_PIECE;
use wxlogin_domain::session::EndReason;

use crate::StoreUnderTest;
use crate::copied::{api_key, everything, person, person_with_everything, push, ring, session};
use crate::racing::race;
use crate::sample::{APP_ONE, APP_TWO, account_of, account_with, at, end, event, identity, login, recorded};

/// The pieces of an export, which keep the order that they have to have.
pub(super) async fn pieces(store: &StoreUnderTest) -> Vec<Vec<CopyItem>> {
    let mut export = store.export().await.expect("the store is read");
    let mut pieces = Vec::new();
    while let Some(piece) = export.next().await.expect("a piece") {
        assert!(!piece.is_empty(), "only the end is empty");
        assert!(piece.len() <= MAX_PIECE, "a piece of {}", piece.len());
        pieces.push(piece);
    }
    let order: Vec<u8> = pieces.iter().flatten().map(turn).collect();
    assert!(order.is_sorted(), "accounts come first, the key ring last");
    pieces
}

/// All that a store holds, in an order of the test's own: only that between the kinds is promised.
pub(super) async fn exported(store: &StoreUnderTest) -> Vec<CopyItem> {
    sorted(pieces(store).await.concat())
}

fn turn(item: &CopyItem) -> u8 {
    match item {
        CopyItem::Account(_) => 0,
        CopyItem::Push(_) | CopyItem::ApiKey(_) | CopyItem::Event(_) => 1,
        CopyItem::KeyRing(_) => 2,
    }
}

fn sorted(mut items: Vec<CopyItem>) -> Vec<CopyItem> {
    for item in &mut items {
        if let CopyItem::Account(copy) = item {
            copy.unionids.sort_unstable();
        }
    }
    items.sort_by_key(|item| match item {
        CopyItem::Account(copy) => (0, copy.account.id.to_string()),
        CopyItem::Push(push) => (1, format!("{:?}", push.hash)),
        CopyItem::ApiKey(key) => (2, key.name.as_str().into()),
        CopyItem::Event(event) => (3, event.id.to_string()),
        CopyItem::KeyRing(_) => (4, String::new()),
    });
    items
}

pub(super) async fn import(store: &StoreUnderTest, items: &[CopyItem]) {
    store.import(items).await.expect("the store takes what is imported");
}

/// A fresh store.
pub async fn an_empty_store_is_empty(store: StoreUnderTest) {
    assert_eq!(store.is_empty().await, Ok(true));
    assert_eq!(exported(&store).await, []);
    import(&store, &[]).await;
    assert_eq!(store.is_empty().await, Ok(true));
}

/// Whatever is in a store, it is not empty; and it is again when that is gone.
pub async fn whatever_is_in_a_store_it_is_not_empty(store: StoreUnderTest) {
    let somebody = person(&[identity(APP_ONE, "o1", Some("u1"))], 0);
    let id = somebody.account.id;
    import(&store, &[somebody.into()]).await;
    assert_eq!(store.is_empty().await, Ok(false), "an account");
    let erased = event(AuditAction::AccountErased, 1);
    store
        .erase(id, &erased)
        .await
        .unwrap()
        .expect("there is such an account");
    assert_eq!(store.is_empty().await, Ok(false), "an event");
    store.sweep_audit(at(10), 10).await.unwrap();
    assert_eq!(store.is_empty().await, Ok(true));
    import(&store, &[CopyItem::Push(push(1))]).await;
    assert_eq!(store.is_empty().await, Ok(false), "a message");
    store.sweep_pushes(at(10), 10).await.unwrap();
    assert_eq!(store.is_empty().await, Ok(true));
    let key = api_key("orders");
    import(&store, &[CopyItem::ApiKey(key.clone())]).await;
    assert_eq!(store.is_empty().await, Ok(false), "an API key");
    let removed = event(AuditAction::ApiKeyRemoved, 2);
    assert!(store.remove_api_key(&key.name, &removed).await.unwrap());
    store.sweep_audit(at(10), 10).await.unwrap();
    assert_eq!(store.is_empty().await, Ok(true));
    import(&store, &[CopyItem::KeyRing(Box::new(ring()))]).await;
    assert_eq!(store.is_empty().await, Ok(false), "a key ring");
}

/// Everything that a store can hold, in one piece.
pub async fn what_is_imported_is_exported_again(store: StoreUnderTest) {
    let items = everything();
    import(&store, &items).await;
    assert_eq!(exported(&store).await, sorted(items));
    assert_eq!(store.is_empty().await, Ok(false));
}

/// What came about in the service itself is copied too.
pub async fn what_came_about_by_logins_is_exported(store: StoreUnderTest) {
    let one = identity(APP_ONE, "o1", Some("u1"));
    let first = recorded(&store, &login(one.clone(), 0)).await;
    let joined = recorded(&store, &login(identity(APP_TWO, "o2", Some("u1")), 10)).await;
    // Another unionid takes the place of the first, which leads to the account still.
    let renamed = recorded(&store, &login(identity(APP_ONE, "o1", Some("u2")), 20)).await;
    let ended = event(AuditAction::LoggedOut, 30);
    let over = end(EndReason::Logout, 30);
    store.end_session(first.session.id, over, &ended).await.unwrap();
    let unionids = ["u1", "u2"].map(|unionid| identity(APP_ONE, "o1", Some(unionid)).unionid.unwrap());
    let account = AccountCopy {
        account: renamed.account,
        unionids: unionids.into(),
        sessions: vec![first.session.ended(over), joined.session, renamed.session],
    };
    let mut expected = vec![CopyItem::from(account)];
    let events = [first.events, joined.events, renamed.events, vec![ended]].concat();
    expected.extend(events.into_iter().map(|event| CopyItem::Event(Box::new(event))));
    assert_eq!(exported(&store).await, sorted(expected));
}

/// The same piece again, and other things under the same names: what is there stays.
pub async fn importing_again_changes_nothing(store: StoreUnderTest) {
    let items = everything();
    import(&store, &items).await;
    import(&store, &items).await;
    assert_eq!(exported(&store).await, sorted(items.clone()));
    let others: Vec<CopyItem> = items.iter().cloned().map(altered).collect();
    assert_ne!(others, items);
    import(&store, &others).await;
    assert_eq!(exported(&store).await, sorted(items));
}

/// Something else under the same name.
fn altered(item: CopyItem) -> CopyItem {
    match item {
        CopyItem::Account(copy) => {
            let mut copy = *copy;
            copy.account.profile.nickname = Nickname::parse("somebody else").ok();
            copy.account.last_login_at = at(9999);
            for session in &mut copy.sessions {
                session.generation = session.generation.next();
                *session = session.clone().ended(end(EndReason::Logout, 9999));
            }
            copy.into()
        }
        CopyItem::Push(push) => CopyItem::Push(HonouredPush { at: at(9999), ..push }),
        CopyItem::ApiKey(key) => CopyItem::ApiKey(ApiKey {
            digest: ApiKeyDigest([1; 32]),
            ..key
        }),
        CopyItem::Event(event) => CopyItem::Event(Box::new(AuditEvent {
            detail: Some("something else".into()),
            ..*event
        })),
        CopyItem::KeyRing(ring) => CopyItem::KeyRing(Box::new(KeyRing {
            version: ring.version + 1,
            ..*ring
        })),
    }
}

/// An identity or a unionid that leads to an account already leads there still; what is new leads to the new account.
pub async fn what_leads_elsewhere_already_stays(store: StoreUnderTest) {
    let taken = identity(APP_ONE, "o1", Some("u1"));
    let own = recorded(&store, &login(taken.clone(), 0)).await.account;
    let theirs = identity(APP_TWO, "o2", Some("u2"));
    let mut copy = person(&[taken.clone(), theirs.clone()], 1);
    let another = copy.account.id;
    copy.sessions.push(session(&copy, 1));
    import(&store, &[copy.into()]).await;
    assert_eq!(account_of(&store, &taken).await, Some(own.clone()));
    assert_eq!(account_with(&store, "u1").await, Some(own.clone()));
    let id = |account: Option<Account>| account.map(|account| account.id);
    assert_eq!(id(account_of(&store, &theirs).await), Some(another));
    assert_eq!(id(account_with(&store, "u2").await), Some(another));
    let again = recorded(&store, &login(taken, 10)).await;
    assert_eq!((again.account.id, again.is_new_account), (own.id, false));
}

/// However much there is, it comes in pieces, each item once.
pub async fn pieces_are_bounded(store: StoreUnderTest) {
    let mut items = Vec::new();
    for number in 0..MAX_PIECE + 50 {
        let mut copy = person(&[identity(APP_ONE, &format!("o{number}"), None)], 0);
        copy.sessions.push(session(&copy, 0));
        items.push(CopyItem::from(copy));
    }
    for number in 0..MAX_PIECE + 50 {
        let event = event(AuditAction::LoginFailed, 0).with_detail(&number.to_string());
        items.push(CopyItem::Event(Box::new(event)));
    }
    items.push(person_with_everything().into());
    let items = sorted(items);
    for piece in items.chunks(MAX_PIECE) {
        import(&store, piece).await;
    }
    assert!(pieces(&store).await.len() > 2);
    assert_eq!(exported(&store).await, items);
}

/// The same import many times at once is one import.
pub async fn racing_imports_are_one(store: StoreUnderTest) {
    let items = everything();
    race(|_| {
        let (store, items) = (store.clone(), items.clone());
        async move { import(&store, &items).await }
    })
    .await;
    assert_eq!(exported(&store).await, sorted(items));
}
