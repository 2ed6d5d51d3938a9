//! Revocation: whoever holds a token ends its session, and nobody else does.

use std::sync::Arc;

use wxlogin_domain::audit::AuditFilter;
use wxlogin_domain::ports::refresh_tokens::MockRefreshTokens;
use wxlogin_domain::ports::session_store::{MockSessionStore, SessionStore};
use wxlogin_domain::revoke::RevokeService;
use wxlogin_domain::session::{EndReason, Generation, Refresh, Session};
use wxlogin_domain::token::{AccessClaims, PresentedToken};

use crate::sample::{
    POLICY, World, at, claims_of, down, identity, one_access_token, person, session, token_policy, told,
};

fn service(world: &World, claims: AccessClaims, sessions: Arc<dyn SessionStore>) -> RevokeService {
    RevokeService {
        refresh_tokens: Arc::new(MockRefreshTokens::readable(claims.session)),
        access_tokens: Arc::new(one_access_token(claims)),
        policy: token_policy(),
        sessions,
        scribe: world.scribe.clone(),
        clock: world.clock.clone(),
    }
}

/// A session that began at second 0, and was refreshed twice at once.
async fn session_of_generation_2(world: &World) -> Session {
    let mut session = world.log_in(identity()).await.session;
    for generation in [0, 1] {
        let Ok(Refresh::Rotate(next)) = session.refresh(Generation(generation), at(0), &POLICY) else {
            panic!("generation {generation} is the newest");
        };
        assert!(world.store.advance_session(&next).await.unwrap());
        session = next;
    }
    session
}

fn token(text: &str) -> PresentedToken {
    PresentedToken::new(text.into())
}

#[tokio::test]
async fn a_token_ends_its_session_if_it_is_one_of_ours() {
    for (presented, seconds, ends) in [
        ("access token", 1, true),
        ("access token", 899, true),
        // Believed a little longer, for clocks that differ; so it can be revoked a little longer.
        ("access token", 929, true),
        ("access token", 930, false),
        ("generation 2", 1, true),
        ("generation 1", 1, true),
        ("generation 0", 1, true),
        ("generation 1", 5000, true),
        ("generation 3", 1, false),
        ("generation 2", 30 * 86_400, false),
        ("somebody else's", 1, false),
        ("", 1, false),
    ] {
        let world = World::new();
        let session = session_of_generation_2(&world).await;
        let other = world.log_in(identity()).await.session;
        let service = service(&world, claims_of(&session), world.store.clone());
        world.set_clock(seconds);
        let ended = service.revoke(&token(presented), &person()).await.unwrap();
        assert_eq!(ended, ends.then_some(session.id), "{presented} at {seconds}");
        let end = world.session(session.id).await.end.map(|end| (end.reason, end.at));
        let expected = ends.then_some((EndReason::TokenRevoked, at(seconds)));
        assert_eq!(end, expected, "{presented} at {seconds}");
        assert_eq!(world.session(other.id).await.end, None);
        let told_of_it = &world.told().await[2..];
        let expected: &[&str] = if ends { &["person token_revoked"] } else { &[] };
        assert_eq!(told_of_it, expected, "{presented} at {seconds}");
    }
}

#[tokio::test]
async fn the_event_says_which_session_it_was_and_holds_no_token() {
    let world = World::new();
    let session = session_of_generation_2(&world).await;
    let service = service(&world, claims_of(&session), world.store.clone());
    service.revoke(&token("generation 2"), &person()).await.unwrap();
    let event = world.last_event().await;
    assert_eq!(told(&event), "person token_revoked");
    assert_eq!(event.session, Some(session.id));
    assert_eq!(event.account, Some(session.id.account));
    assert_eq!(event.app, Some(identity().app));
    assert!(!format!("{event:?}").contains("generation"));
}

#[tokio::test]
async fn what_is_over_is_not_ended_again() {
    for reason in ["revoked", "logged out", "suspended", "erased"] {
        let world = World::new();
        let session = session_of_generation_2(&world).await;
        let service = service(&world, claims_of(&session), world.store.clone());
        match reason {
            "revoked" => drop(service.revoke(&token("generation 2"), &person()).await.unwrap()),
            "logged out" => world.end(session.id, EndReason::Logout).await,
            "suspended" => world.suspend(session.id.account).await,
            _ => world.erase(session.id.account).await,
        }
        let before = (
            world.store.session(session.id).await,
            world.events(AuditFilter::default()).await,
        );
        world.set_clock(5);
        for presented in ["access token", "generation 2", "generation 1", "generation 0"] {
            let ended = service.revoke(&token(presented), &person()).await;
            assert_eq!(ended, Ok(None), "{reason}, {presented}");
        }
        let after = (
            world.store.session(session.id).await,
            world.events(AuditFilter::default()).await,
        );
        assert_eq!(after, before, "{reason}");
    }
}

#[tokio::test]
async fn an_access_token_of_another_issuer_or_for_another_audience_ends_nothing() {
    let world = World::new();
    let session = session_of_generation_2(&world).await;
    let good = claims_of(&session);
    for claims in [
        AccessClaims {
            issuer: "https://elsewhere.example".into(),
            ..good.clone()
        },
        AccessClaims {
            audience: "https://elsewhere.example".into(),
            ..good
        },
    ] {
        let service = service(&world, claims, world.store.clone());
        assert_eq!(service.revoke(&token("access token"), &person()).await, Ok(None));
    }
    assert_eq!(world.session(session.id).await.end, None);
}

/// Otherwise the caller believed that the token is dead.
#[tokio::test]
async fn a_store_that_is_down_is_said() {
    let world = World::new();
    for presented in ["access token", "generation 0"] {
        let mut sessions = MockSessionStore::new();
        sessions.expect_session().returning(|_| Err(down()));
        let unread = service(&world, claims_of(&session()), Arc::new(sessions));
        assert_eq!(unread.revoke(&token(presented), &person()).await, Err(down()));

        let mut sessions = MockSessionStore::new();
        sessions.expect_session().returning(|_| Ok(Some(session())));
        sessions.expect_end_session().returning(|_, _, _| Err(down()));
        let unwritten = service(&world, claims_of(&session()), Arc::new(sessions));
        assert_eq!(unwritten.revoke(&token(presented), &person()).await, Err(down()));
    }
}
