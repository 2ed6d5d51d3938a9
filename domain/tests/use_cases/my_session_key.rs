//! One's own session key: whether it still is WeChat's, and a new one in its place.

use std::sync::Arc;

use wxlogin_domain::my_session_key::{MySessionKeyService, ResetMyKeyError};
use wxlogin_domain::ports::audit_store::MockAuditStore;
use wxlogin_domain::ports::session_key_checks::{MockSessionKeyChecks, ResetError};
use wxlogin_domain::session::Session;

use crate::sample::{FAILURES, KEY_TTL, World, app, at, down, identity, key, person, person_of, told};

fn service(world: &World, checks: MockSessionKeyChecks) -> MySessionKeyService {
    MySessionKeyService {
        vault: world.vault(),
        checks: Arc::new(checks),
        audit: world.store.clone(),
        scribe: world.scribe.clone(),
        clock: world.clock.clone(),
    }
}

/// A session of somebody whose keys 1 and then 2 are kept.
async fn with_two_keys(world: &World) -> Session {
    let session = world.log_in(identity()).await.session;
    world.keep_key(&identity(), 1).await;
    world.keep_key(&identity(), 2).await;
    session
}

/// Expects a wish that key 2 signs.
fn resetting(outcome: Result<u8, ResetError>) -> MockSessionKeyChecks {
    let mut checks = MockSessionKeyChecks::new();
    checks
        .expect_reset()
        .once()
        .withf(|of, openid, current| {
            *of == app() && *openid == identity().openid && current.expose_text() == key(2).expose_text()
        })
        .returning(move |_, _, _| outcome.map(key));
    checks
}

#[tokio::test]
async fn wechat_says_whether_the_current_key_is_current() {
    for answer in [true, false] {
        let world = World::new();
        let session = with_two_keys(&world).await;
        let mut checks = MockSessionKeyChecks::new();
        checks
            .expect_is_current()
            .once()
            .withf(|of, openid, current| {
                *of == app() && *openid == identity().openid && current.expose_text() == key(2).expose_text()
            })
            .returning(move |_, _, _| Ok(answer));
        assert_eq!(service(&world, checks).is_current(&session).await, Ok(answer));
        assert_eq!(world.kept_keys(&identity()).await, [2, 1]);
    }
}

#[tokio::test]
async fn without_a_key_nothing_is_current_and_wechat_is_not_asked() {
    let world = World::new();
    let session = with_two_keys(&world).await;
    let nobody = world.log_in(person_of(&app(), "stranger", None)).await.session;
    let service = service(&world, MockSessionKeyChecks::new());
    assert_eq!(service.is_current(&nobody).await, Ok(false));
    world.clock.set(at(0).plus(KEY_TTL));
    assert_eq!(service.is_current(&session).await, Ok(false));
}

#[tokio::test]
async fn when_wechat_does_not_say_that_is_said() {
    for failure in FAILURES {
        let world = World::new();
        let session = with_two_keys(&world).await;
        let mut checks = MockSessionKeyChecks::new();
        checks.expect_is_current().returning(move |_, _, _| Err(failure));
        assert_eq!(service(&world, checks).is_current(&session).await, Err(failure));
    }
}

/// What was encrypted under the old ones is void: neither opens anything any more.
#[tokio::test]
async fn a_reset_keeps_the_new_key_alone_and_is_told() {
    let world = World::new();
    let session = with_two_keys(&world).await;
    world.set_clock(7);
    let service = service(&world, resetting(Ok(3)));
    assert_eq!(service.reset(&session, &person()).await, Ok(()));
    assert_eq!(world.kept_keys(&identity()).await, [3]);
    let event = world.last_event().await;
    assert_eq!(told(&event), "person session_key_reset");
    assert_eq!((event.session, event.app), (Some(session.id), Some(app())));
    assert_eq!((event.at, event.request_id), (at(7), person().request_id));
    // Its time begins anew.
    world.clock.set(at(6).plus(KEY_TTL));
    assert_eq!(world.kept_keys(&identity()).await, [3]);
    world.clock.set(at(7).plus(KEY_TTL));
    assert_eq!(world.kept_keys(&identity()).await, []);
}

#[tokio::test]
async fn a_reset_that_fails_keeps_the_old_keys_and_tells_nothing() {
    let failures = FAILURES.map(|failure| (ResetError::Wechat(failure), ResetMyKeyError::Wechat(failure)));
    for (error, expected) in failures
        .into_iter()
        .chain([(ResetError::Stale, ResetMyKeyError::Stale)])
    {
        let world = World::new();
        let session = with_two_keys(&world).await;
        let before = world.told().await;
        let service = service(&world, resetting(Err(error)));
        assert_eq!(service.reset(&session, &person()).await, Err(expected));
        assert_eq!(world.kept_keys(&identity()).await, [2, 1]);
        assert_eq!(world.told().await, before);
    }
}

#[tokio::test]
async fn without_a_key_there_is_nothing_to_reset_and_wechat_is_not_asked() {
    let world = World::new();
    let session = world.log_in(identity()).await.session;
    world.keep_key(&person_of(&app(), "stranger", None), 1).await;
    let before = world.told().await;
    let reset = service(&world, MockSessionKeyChecks::new())
        .reset(&session, &person())
        .await;
    assert_eq!(reset, Err(ResetMyKeyError::Stale));
    assert_eq!(world.told().await, before);
}

/// WeChat has replaced it by then: the old one would be of no use.
#[tokio::test]
async fn a_reset_that_cannot_be_told_is_said_and_the_new_key_is_kept() {
    let world = World::new();
    let session = with_two_keys(&world).await;
    let mut audit = MockAuditStore::new();
    audit.expect_append_audit().returning(|_| Err(down()));
    let service = MySessionKeyService {
        audit: Arc::new(audit),
        ..service(&world, resetting(Ok(3)))
    };
    let reset = service.reset(&session, &person()).await;
    assert_eq!(reset, Err(ResetMyKeyError::Store(down())));
    assert_eq!(world.kept_keys(&identity()).await, [3]);
}
