//! One's own sessions, and nobody else's.

use std::sync::Arc;

use wxlogin_domain::end_session::EndSessionError;
use wxlogin_domain::my_sessions::MySessionsService;
use wxlogin_domain::ports::session_store::MockSessionStore;
use wxlogin_domain::session::{EndReason, Session};

use crate::sample::{World, app, at, down, identity, person, person_of, session, told};

fn service(world: &World) -> MySessionsService {
    MySessionsService {
        sessions: world.store.clone(),
        scribe: world.scribe.clone(),
        clock: world.clock.clone(),
    }
}

/// Three sessions of one person, begun at seconds 0, 10 and 20, and one of a stranger.
async fn sessions(world: &World) -> ([Session; 3], Session) {
    let mut own = Vec::new();
    for seconds in [0, 10, 20] {
        world.set_clock(seconds);
        own.push(world.log_in(identity()).await.session);
    }
    let stranger = world.log_in(person_of(&app(), "stranger", None)).await.session;
    (own.try_into().unwrap(), stranger)
}

#[tokio::test]
async fn the_live_sessions_of_the_account_are_listed_in_the_order_in_which_they_began() {
    let world = World::new();
    let ([first, second, third], stranger) = sessions(&world).await;
    let service = service(&world);
    let listed = service.list(&second).await.unwrap();
    assert_eq!(listed, [first.clone(), second.clone(), third.clone()]);
    world.end(second.id, EndReason::Logout).await;
    assert_eq!(service.list(&first).await.unwrap(), [first.clone(), third.clone()]);
    // The first one's idle limit.
    world.set_clock(30 * 86_400);
    assert_eq!(service.list(&third).await.unwrap(), [third]);
    assert_eq!(service.list(&stranger).await.unwrap(), [stranger]);
}

#[tokio::test]
async fn one_of_them_is_ended_whichever_it_is() {
    for which in [0, 1, 2] {
        let world = World::new();
        let (own, _) = sessions(&world).await;
        let before = world.told().await.len();
        let ended = own[which].id;
        service(&world).end(&own[1], ended.session, &person()).await.unwrap();
        for session in &own {
            let end = world.session(session.id).await.end.map(|end| (end.reason, end.at));
            let expected = (session.id == ended).then_some((EndReason::Logout, at(20)));
            assert_eq!(end, expected);
        }
        assert_eq!(world.told().await.len(), before + 1);
        let event = world.last_event().await;
        assert_eq!(told(&event), "person session_ended");
        assert_eq!((event.session, event.app), (Some(ended), Some(app())));
    }
}

#[tokio::test]
async fn nobody_ends_or_finds_a_session_of_somebody_else() {
    let world = World::new();
    let ([own, ..], stranger) = sessions(&world).await;
    let before = world.told().await;
    let refused = service(&world).end(&own, stranger.id.session, &person()).await;
    assert_eq!(refused, Err(EndSessionError::Unknown));
    assert_eq!(world.session(stranger.id).await.end, None);
    assert_eq!(world.told().await, before);
}

#[tokio::test]
async fn one_that_is_over_stays_over_and_is_not_told_again() {
    let world = World::new();
    let ([first, second, third], _) = sessions(&world).await;
    world.end(first.id, EndReason::TokenRevoked).await;
    let before = world.told().await;
    let service = service(&world);
    service.end(&third, first.id.session, &person()).await.unwrap();
    let end = world.session(first.id).await.end.unwrap();
    assert_eq!(end.reason, EndReason::TokenRevoked);
    // The second one's idle limit.
    world.set_clock(30 * 86_400 + 10);
    service.end(&third, second.id.session, &person()).await.unwrap();
    assert_eq!(world.session(second.id).await.end, None);
    assert_eq!(world.told().await, before);
}

#[tokio::test]
async fn a_store_that_is_down_is_said() {
    let world = World::new();
    let mut sessions = MockSessionStore::new();
    sessions.expect_sessions_of().returning(|_| Err(down()));
    sessions.expect_session().once().returning(|_| Err(down()));
    sessions.expect_session().returning(|_| Ok(Some(session())));
    sessions.expect_end_session().returning(|_, _, _| Err(down()));
    let service = MySessionsService {
        sessions: Arc::new(sessions),
        ..service(&world)
    };
    assert_eq!(service.list(&session()).await, Err(down()));
    for _ in ["it is not read", "it is not written"] {
        let refused = service.end(&session(), session().id.session, &person()).await;
        assert_eq!(refused, Err(EndSessionError::Store(down())));
    }
}
