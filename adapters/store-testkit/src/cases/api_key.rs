//! API keys.

use std::slice::from_ref;
use std::sync::Arc;

use wxlogin_domain::api_key::{ApiKey, ApiKeyDigest, ApiKeyName, Scope};
use wxlogin_domain::audit::AuditAction;

use crate::racing::race;
use crate::sample::{at, event, events};
use crate::{FEW_RACE_ROUNDS, StoreUnderTest};

fn name(name: &str) -> ApiKeyName {
    ApiKeyName::parse(name).unwrap()
}

/// A key whose digest is no UTF-8 and holds zeros.
fn key(of: &str, number: u8) -> ApiKey {
    let mut digest = [number; 32];
    (digest[0], digest[1]) = (0, 0xff);
    ApiKey {
        name: name(of),
        digest: ApiKeyDigest(digest),
        scopes: vec![Scope::Introspect],
        created_at: Some(at(i64::from(number))),
    }
}

/// Keys come back as they were, by name.
pub async fn api_keys_are_read_back_in_full(store: StoreUnderTest) {
    assert_eq!(store.api_keys().await.unwrap(), []);
    let created = |seconds| event(AuditAction::ApiKeyCreated, seconds);
    let keys = [
        ApiKey {
            scopes: vec![Scope::Admin, Scope::Introspect],
            ..key("B.b-b_1", 1)
        },
        ApiKey {
            scopes: vec![],
            created_at: None,
            ..key("a", 2)
        },
        key("a-longer-one", 3),
        key("orders", 4),
    ];
    for number in [2, 0, 3, 1] {
        assert!(store.add_api_key(&keys[number], &created(0)).await.unwrap());
    }
    assert_eq!(store.api_keys().await.unwrap(), keys);
}

/// A name that is taken stays with its key, until that is removed; the log tells of what was done, and of nothing else.
pub async fn api_key_and_its_event_are_one_act(store: StoreUnderTest) {
    let (first, second) = (key("orders", 1), key("orders", 2));
    let created = event(AuditAction::ApiKeyCreated, 1).with_detail("orders");
    assert!(store.add_api_key(&first, &created).await.unwrap());
    let refused = event(AuditAction::ApiKeyCreated, 2);
    assert!(
        !store.add_api_key(&second, &refused).await.unwrap(),
        "the name is taken"
    );
    assert_eq!(store.api_keys().await.unwrap(), from_ref(&first));
    let refused = event(AuditAction::ApiKeyRemoved, 3);
    assert!(!store.remove_api_key(&name("nobody"), &refused).await.unwrap());
    assert_eq!(store.api_keys().await.unwrap(), from_ref(&first));
    assert_eq!(events(&store).await, from_ref(&created));
    let removed = event(AuditAction::ApiKeyRemoved, 4).with_detail("orders");
    assert!(store.remove_api_key(&first.name, &removed).await.unwrap());
    assert_eq!(store.api_keys().await.unwrap(), []);
    let refused = event(AuditAction::ApiKeyRemoved, 5);
    assert!(
        !store.remove_api_key(&first.name, &refused).await.unwrap(),
        "it is gone"
    );
    let again = event(AuditAction::ApiKeyCreated, 6);
    assert!(store.add_api_key(&second, &again).await.unwrap());
    assert_eq!(store.api_keys().await.unwrap(), [second]);
    assert_eq!(events(&store).await, [again, removed, created]);
}

/// Of concurrent callers that want one name exactly one gets it, and the log has the event of that one.
pub async fn racing_for_one_name_has_one_winner(store: StoreUnderTest) {
    for round in 0..FEW_RACE_ROUNDS {
        let wanted = format!("name-{round}");
        let won = race(|number| {
            let store = Arc::clone(&store);
            let key = key(&wanted, u8::try_from(number).unwrap());
            let event = event(AuditAction::ApiKeyCreated, 0).with_detail(&format!("{wanted} {number}"));
            async move {
                let added = store.add_api_key(&key, &event).await.expect("no error");
                added.then_some((key, event))
            }
        })
        .await;
        let mut winners = won.into_iter().flatten();
        let (key, event) = winners.next().expect("somebody wins");
        assert_eq!(winners.next(), None, "round {round}");
        assert!(store.api_keys().await.unwrap().contains(&key));
        assert!(events(&store).await.contains(&event));
        assert_eq!(events(&store).await.len(), round + 1);
    }
}
