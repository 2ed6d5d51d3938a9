//! Refreshing while others refresh.

use std::sync::Arc;

use wxlogin_domain::ports::account_store::MockAccountStore;
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::session_store::{MockSessionStore, SessionStore};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::refresh::{RefreshError, RefreshService};
use wxlogin_domain::session::{EndReason, Generation, Session, SessionEnd};
use wxlogin_domain::token::PresentedRefreshToken;

use crate::sample::{POLICY, account, at, issuer, session, session_id};

fn service(sessions: impl SessionStore + 'static, seconds: i64) -> RefreshService {
    let mut accounts = MockAccountStore::new();
    accounts.expect_account().returning(|_| Ok(Some(account())));
    RefreshService {
        accounts: Arc::new(accounts),
        sessions: Arc::new(sessions),
        issuer: issuer(),
        policy: POLICY,
        clock: Arc::new(FixedClock::at(at(seconds))),
    }
}

fn token(text: &str) -> PresentedRefreshToken {
    PresentedRefreshToken::new(text.into())
}

/// The session as another refresh left it, at that second.
fn advanced(generation: u32, seconds: i64) -> Session {
    Session {
        generation: Generation(generation),
        rotated_at: at(seconds),
        idle_expires_at: at(seconds).plus(POLICY.refresh_ttl),
        ..session()
    }
}

fn stored(session: Option<Session>) -> MockSessionStore {
    let mut sessions = MockSessionStore::new();
    sessions.expect_session().returning(move |_| Ok(session.clone()));
    sessions
}

#[tokio::test]
async fn the_newest_token_rotates_with_one_write() {
    let mut sessions = stored(Some(session()));
    sessions
        .expect_advance_session()
        .once()
        .withf(|next| next.generation == Generation(1) && next.rotated_at == at(100))
        .returning(|_| Ok(true));
    let refreshed = service(sessions, 100).refresh(&token("generation 0")).await.unwrap();
    assert_eq!(refreshed.tokens.refresh.expose(), "generation 1");
}

#[tokio::test]
async fn a_lost_reply_is_answered_again_without_a_write() {
    let mut sessions = stored(Some(advanced(1, 100)));
    sessions.expect_advance_session().never();
    let refreshed = service(sessions, 159).refresh(&token("generation 0")).await.unwrap();
    assert_eq!(refreshed.tokens.refresh.expose(), "generation 1");
}

#[tokio::test]
async fn whoever_loses_the_race_replays_the_winners_successor() {
    let mut sessions = MockSessionStore::new();
    sessions.expect_session().once().returning(|_| Ok(Some(session())));
    sessions.expect_session().returning(|_| Ok(Some(advanced(1, 100))));
    sessions.expect_advance_session().once().returning(|_| Ok(false));
    let refreshed = service(sessions, 100).refresh(&token("generation 0")).await.unwrap();
    assert_eq!(refreshed.tokens.refresh.expose(), "generation 1");
}

#[tokio::test]
async fn a_race_without_end_is_given_up() {
    let mut sessions = stored(Some(session()));
    sessions.expect_advance_session().returning(|_| Ok(false));
    let refused = service(sessions, 100)
        .refresh(&token("generation 0"))
        .await
        .unwrap_err();
    assert!(matches!(refused, RefreshError::Store(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn theft_ends_the_session() {
    for (generation, seconds) in [(1, 161), (2, 101)] {
        let mut sessions = stored(Some(advanced(generation, 100)));
        sessions
            .expect_end_session()
            .once()
            .withf(|id, end| *id == session_id() && end.reason == EndReason::RefreshTokenReused)
            .returning(|_, _| Ok(()));
        let refused = service(sessions, seconds)
            .refresh(&token("generation 0"))
            .await
            .unwrap_err();
        assert_eq!(refused, RefreshError::Reused(session_id()));
    }
}

#[tokio::test]
async fn what_is_not_there_ended_or_foreign_is_told_apart() {
    let ended = session().ended(SessionEnd {
        reason: EndReason::Logout,
        at: at(1),
    });
    for (stored_session, presented, seconds, expected) in [
        (None, "generation 0", 1, RefreshError::Invalid),
        (Some(session()), "something else", 1, RefreshError::Invalid),
        (Some(session()), "generation 7", 1, RefreshError::Invalid),
        (Some(ended), "generation 0", 2, RefreshError::Revoked),
        (Some(session()), "generation 0", 30 * 86_400, RefreshError::Expired),
    ] {
        let service = service(stored(stored_session), seconds);
        assert_eq!(service.refresh(&token(presented)).await.unwrap_err(), expected);
    }
}
