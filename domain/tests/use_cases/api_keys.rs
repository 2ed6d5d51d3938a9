//! API keys, in two replicas on one store.

use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use wxlogin_domain::api_key::{ApiKey, ApiKeyDigest, ApiKeyName, PresentedApiKey, Scope};
use wxlogin_domain::api_keys::{ApiKeyService, CreateApiKeyError, RemoveApiKeyError};
use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::ports::api_key_store::{ApiKeyStore, MockApiKeyStore};

use crate::sample::{World, at, down, operator, told};

const IN_CONFIGURATION: &str = "the key of the configuration";

fn name(text: &str) -> ApiKeyName {
    ApiKeyName::parse(text).unwrap()
}

fn key(text: &str, secret: &str) -> ApiKey {
    ApiKey {
        name: name(text),
        digest: ApiKeyDigest::of(&secret.into()),
        scopes: vec![Scope::Introspect],
        created_at: None,
    }
}

/// Has one key in its configuration, of the name `orders`.
fn replica(world: &World, store: Arc<dyn ApiKeyStore>) -> ApiKeyService {
    ApiKeyService::new(
        store,
        vec![key("orders", IN_CONFIGURATION)],
        world.scribe.clone(),
        world.clock.clone(),
        world.scribe.entropy.clone(),
    )
}

fn replicas(world: &World) -> [ApiKeyService; 2] {
    [replica(world, world.store.clone()), replica(world, world.store.clone())]
}

/// Who is let in with that key.
fn holder_of(service: &ApiKeyService, name: Option<&str>, key: &SecretString) -> Option<String> {
    let presented = PresentedApiKey {
        name: name.map(Into::into),
        key: key.clone(),
    };
    let key = service.authenticate(&presented)?;
    Some(key.name.as_str().to_owned())
}

async fn listed(service: &ApiKeyService) -> Vec<(String, bool)> {
    let listed = service.list().await.unwrap();
    let shown = listed
        .into_iter()
        .map(|listed| (listed.key.name.as_str().to_owned(), listed.is_configured));
    shown.collect()
}

#[tokio::test]
async fn a_key_is_answered_once_and_kept_as_a_digest() {
    let world = World::new();
    let [service, _] = replicas(&world);
    let (key, secret) = service
        .create(&operator(), name("shop"), vec![Scope::Introspect, Scope::Admin])
        .await
        .unwrap();
    // 32 bytes of entropy, after what tells a scanner that it is a key.
    assert_eq!(secret.expose_secret().len(), "wxk_".len() + 43);
    assert!(secret.expose_secret().starts_with("wxk_"));
    assert_eq!(key.digest, ApiKeyDigest::of(&secret));
    assert_eq!(key.scopes, [Scope::Introspect, Scope::Admin]);
    assert_eq!(key.created_at, Some(at(0)));
    let kept = world.store.api_keys().await.unwrap();
    assert_eq!(kept, [key]);

    let event = world.last_event().await;
    assert_eq!(told(&event), "api_key:ops api_key_created shop");
    assert_eq!(event.request_id, operator().request_id);
    let everything = format!("{kept:?} {event:?} {:?}", service.list().await);
    assert!(!everything.contains(secret.expose_secret()));
}

#[tokio::test]
async fn two_keys_are_never_the_same() {
    let world = World::new();
    let [service, other] = replicas(&world);
    let (_, first) = service.create(&operator(), name("first"), vec![]).await.unwrap();
    let (_, second) = other.create(&operator(), name("second"), vec![]).await.unwrap();
    assert_ne!(first.expose_secret(), second.expose_secret());
}

#[tokio::test]
async fn what_one_replica_makes_and_removes_the_other_knows_after_it_looked() {
    let world = World::new();
    let [here, there] = replicas(&world);
    let shop = Some("shop".to_owned());
    let (_, secret) = here
        .create(&operator(), name("shop"), vec![Scope::Introspect])
        .await
        .unwrap();
    assert_eq!(holder_of(&here, None, &secret), shop);
    assert_eq!(holder_of(&there, None, &secret), None);
    there.reload().await.unwrap();
    assert_eq!(holder_of(&there, None, &secret), shop);

    here.remove(&operator(), &name("shop")).await.unwrap();
    assert_eq!(holder_of(&here, None, &secret), None);
    there.reload().await.unwrap();
    assert_eq!(holder_of(&there, None, &secret), None);
    assert_eq!(
        world.told().await,
        ["api_key:ops api_key_created shop", "api_key:ops api_key_removed shop"]
    );
}

#[tokio::test]
async fn a_key_goes_with_its_own_name_or_with_none() {
    let world = World::new();
    let [service, _] = replicas(&world);
    let (_, made) = service.create(&operator(), name("shop"), vec![]).await.unwrap();
    let configured = SecretString::from(IN_CONFIGURATION);
    for (presented_as, key, holder) in [
        (None, &made, Some("shop")),
        (Some("shop"), &made, Some("shop")),
        (Some("orders"), &made, None),
        (Some("Shop"), &made, None),
        (Some(""), &made, None),
        (None, &configured, Some("orders")),
        (Some("orders"), &configured, Some("orders")),
        (Some("shop"), &configured, None),
        (None, &"wxk_guessed".into(), None),
        (Some("shop"), &"".into(), None),
    ] {
        assert_eq!(
            holder_of(&service, presented_as, key).as_deref(),
            holder,
            "{presented_as:?}"
        );
    }
}

#[tokio::test]
async fn keys_of_the_configuration_are_known_before_the_store_was_read_and_while_it_is_down() {
    let world = World::new();
    let mut store = MockApiKeyStore::new();
    store
        .expect_api_keys()
        .once()
        .returning(|| Ok(vec![key("shop", "made at run time")]));
    store.expect_api_keys().returning(|| Err(down()));
    let service = replica(&world, Arc::new(store));
    let configured = SecretString::from(IN_CONFIGURATION);
    let made = SecretString::from("made at run time");
    assert!(holder_of(&service, None, &configured).is_some());
    assert!(holder_of(&service, None, &made).is_none());
    service.reload().await.unwrap();
    assert_eq!(service.reload().await, Err(down()));
    assert!(service.list().await.is_err());
    assert!(holder_of(&service, None, &configured).is_some());
    assert!(holder_of(&service, None, &made).is_some());
}

#[tokio::test]
async fn all_keys_are_listed_with_where_they_come_from() {
    let world = World::new();
    let [here, there] = replicas(&world);
    here.create(&operator(), name("shop"), vec![]).await.unwrap();
    here.create(&operator(), name("billing"), vec![]).await.unwrap();
    let expected = [("orders", true), ("billing", false), ("shop", false)];
    let expected = expected.map(|(name, is_configured)| (name.to_owned(), is_configured));
    assert_eq!(listed(&there).await, expected);
}

#[tokio::test]
async fn a_name_is_given_once() {
    let world = World::new();
    let [here, there] = replicas(&world);
    let (_, secret) = here.create(&operator(), name("shop"), vec![]).await.unwrap();
    let events = world.told().await;
    for taken in ["shop", "orders"] {
        // The other replica has not looked into the store yet.
        for service in [&here, &there] {
            let refused = service.create(&operator(), name(taken), vec![]).await.unwrap_err();
            assert_eq!(refused, CreateApiKeyError::NameTaken, "{taken}");
        }
    }
    assert_eq!(world.told().await, events);
    assert_eq!(holder_of(&here, None, &secret).as_deref(), Some("shop"));
}

#[tokio::test]
async fn what_is_not_in_the_store_is_not_removed() {
    let world = World::new();
    let [service, _] = replicas(&world);
    for (removed, expected) in [
        ("nobody", RemoveApiKeyError::Unknown),
        ("orders", RemoveApiKeyError::Configured),
    ] {
        let refused = service.remove(&operator(), &name(removed)).await.unwrap_err();
        assert_eq!(refused, expected);
    }
    assert!(world.told().await.is_empty());
    assert!(holder_of(&service, None, &IN_CONFIGURATION.into()).is_some());
}

/// Somebody adds a key to the configuration whose name was given at run time.
#[tokio::test]
async fn the_configuration_goes_before_the_store() {
    let world = World::new();
    let event = world.scribe.event(&operator(), AuditAction::ApiKeyCreated, at(0));
    let stored = key("orders", "made at run time");
    assert!(world.store.add_api_key(&stored, &event).await.unwrap());
    let [service, _] = replicas(&world);
    service.reload().await.unwrap();
    assert_eq!(holder_of(&service, None, &"made at run time".into()), None);
    assert!(holder_of(&service, None, &IN_CONFIGURATION.into()).is_some());
    assert_eq!(listed(&service).await, [("orders".to_owned(), true)]);
}

#[tokio::test]
async fn there_are_not_more_keys_than_can_be_compared_with() {
    let world = World::new();
    for number in 0..1000 {
        let event = world.scribe.event(&operator(), AuditAction::ApiKeyCreated, at(0));
        let key = key(&format!("key-{number}"), &format!("secret {number}"));
        assert!(world.store.add_api_key(&key, &event).await.unwrap());
    }
    let [service, _] = replicas(&world);
    let refused = service.create(&operator(), name("shop"), vec![]).await.unwrap_err();
    assert_eq!(refused, CreateApiKeyError::TooMany);
    service.remove(&operator(), &name("key-7")).await.unwrap();
    assert!(service.create(&operator(), name("shop"), vec![]).await.is_ok());
}

#[tokio::test]
async fn a_store_that_is_down_is_said() {
    let world = World::new();
    let mut store = MockApiKeyStore::new();
    store.expect_api_keys().returning(|| Err(down()));
    store.expect_remove_api_key().returning(|_, _| Err(down()));
    let service = replica(&world, Arc::new(store));
    let created = service.create(&operator(), name("shop"), vec![]).await.unwrap_err();
    assert_eq!(created, CreateApiKeyError::Store(down()));
    let removed = service.remove(&operator(), &name("shop")).await.unwrap_err();
    assert_eq!(removed, RemoveApiKeyError::Store(down()));
}

/// The key is stored: nobody else will ever be told its secret.
#[tokio::test]
async fn a_key_that_was_stored_is_answered_even_if_the_store_fails_then() {
    let world = World::new();
    let mut store = MockApiKeyStore::new();
    store.expect_api_keys().once().returning(|| Ok(vec![]));
    store.expect_add_api_key().once().returning(|_, _| Ok(true));
    store.expect_api_keys().returning(|| Err(down()));
    let service = replica(&world, Arc::new(store));
    let (_, secret) = service.create(&operator(), name("shop"), vec![]).await.unwrap();
    assert_eq!(holder_of(&service, None, &secret).as_deref(), Some("shop"));
}

/// "It is refused from now on", at least in the replica that was asked.
#[tokio::test]
async fn a_key_that_was_removed_is_refused_even_if_the_store_fails_then() {
    let world = World::new();
    let mut store = MockApiKeyStore::new();
    store
        .expect_api_keys()
        .once()
        .returning(|| Ok(vec![key("shop", "made at run time")]));
    store.expect_remove_api_key().once().returning(|_, _| Ok(true));
    store.expect_api_keys().returning(|| Err(down()));
    let service = replica(&world, Arc::new(store));
    service.reload().await.unwrap();
    service.remove(&operator(), &name("shop")).await.unwrap();
    assert_eq!(holder_of(&service, None, &"made at run time".into()), None);
}
