//! Refreshing while others refresh.

use std::sync::Arc;

use wxlogin_domain::account::{Account, AccountStatus};
use wxlogin_domain::audit::{AuditAction, AuditFilter, IpPseudonym};
use wxlogin_domain::origin::Actor;
use wxlogin_domain::ports::account_store::MockAccountStore;
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::refresh_tokens::MockRefreshTokens;
use wxlogin_domain::ports::session_store::{MockSessionStore, SessionStore};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::refresh::{RefreshError, RefreshService};
use wxlogin_domain::session::{EndReason, Generation, Session, SessionEnd};
use wxlogin_domain::token::PresentedRefreshToken;

use crate::sample::{POLICY, World, account, app, at, down, identity, issuer, person, scribe, session, session_id};

fn service(sessions: impl SessionStore + 'static, seconds: i64) -> RefreshService {
    service_for(Some(account()), sessions, seconds)
}

fn service_for(account: Option<Account>, sessions: impl SessionStore + 'static, seconds: i64) -> RefreshService {
    let mut accounts = MockAccountStore::new();
    accounts.expect_account().returning(move |_| Ok(account.clone()));
    RefreshService {
        accounts: Arc::new(accounts),
        sessions: Arc::new(sessions),
        issuer: issuer(),
        policy: POLICY,
        scribe: scribe(),
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
    let refreshed = service(sessions, 100)
        .refresh(&token("generation 0"), &person())
        .await
        .unwrap();
    assert_eq!(refreshed.tokens.refresh.expose(), "generation 1");
}

#[tokio::test]
async fn a_lost_reply_is_answered_again_without_a_write() {
    let mut sessions = stored(Some(advanced(1, 100)));
    sessions.expect_advance_session().never();
    let refreshed = service(sessions, 159)
        .refresh(&token("generation 0"), &person())
        .await
        .unwrap();
    assert_eq!(refreshed.tokens.refresh.expose(), "generation 1");
}

#[tokio::test]
async fn whoever_loses_the_race_replays_the_winners_successor() {
    let mut sessions = MockSessionStore::new();
    sessions.expect_session().once().returning(|_| Ok(Some(session())));
    sessions.expect_session().returning(|_| Ok(Some(advanced(1, 100))));
    sessions.expect_advance_session().once().returning(|_| Ok(false));
    let refreshed = service(sessions, 100)
        .refresh(&token("generation 0"), &person())
        .await
        .unwrap();
    assert_eq!(refreshed.tokens.refresh.expose(), "generation 1");
}

#[tokio::test]
async fn a_race_without_end_is_given_up() {
    let mut sessions = stored(Some(session()));
    sessions.expect_advance_session().returning(|_| Ok(false));
    let refused = service(sessions, 100)
        .refresh(&token("generation 0"), &person())
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
            .withf(|id, end, event| {
                *id == session_id()
                    && end.reason == EndReason::RefreshTokenReused
                    && event.action == AuditAction::RefreshTokenReused
                    && event.session == Some(session_id())
                    && event.app == Some(app())
                    && event.actor == Actor::Person
                    && event.ip == Some(IpPseudonym("ip_203.0.113.7".into()))
            })
            .returning(|_, _, _| Ok(()));
        let refused = service(sessions, seconds)
            .refresh(&token("generation 0"), &person())
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
        assert_eq!(
            service.refresh(&token(presented), &person()).await.unwrap_err(),
            expected
        );
    }
}

#[tokio::test]
async fn a_session_that_is_not_kept_any_more_is_explained_by_its_account() {
    let suspended = Account {
        status: AccountStatus::Suspended,
        ..account()
    };
    for (found, expected) in [
        (Some(suspended), RefreshError::AccountSuspended(session_id().account)),
        (Some(account()), RefreshError::Invalid),
        (None, RefreshError::Invalid),
    ] {
        let service = service_for(found, stored(None), 1);
        let refused = service.refresh(&token("generation 0"), &person()).await.unwrap_err();
        assert_eq!(refused, expected);
    }
}

#[tokio::test]
async fn an_account_that_was_erased_meanwhile_gets_no_tokens() {
    let mut sessions = stored(Some(session()));
    sessions.expect_advance_session().returning(|_| Ok(true));
    let service = service_for(None, sessions, 1);
    let refused = service.refresh(&token("generation 0"), &person()).await.unwrap_err();
    assert_eq!(refused, RefreshError::Revoked);
}

#[tokio::test]
async fn an_account_that_was_suspended_meanwhile_gets_no_tokens() {
    let suspended = Account {
        status: AccountStatus::Suspended,
        ..account()
    };
    let mut sessions = stored(Some(session()));
    sessions.expect_advance_session().returning(|_| Ok(true));
    let service = service_for(Some(suspended), sessions, 1);
    let refused = service.refresh(&token("generation 0"), &person()).await.unwrap_err();
    assert_eq!(refused, RefreshError::AccountSuspended(session_id().account));
}

#[tokio::test]
async fn a_theft_that_cannot_be_recorded_is_no_success() {
    let mut sessions = stored(Some(advanced(2, 100)));
    sessions.expect_end_session().returning(|_, _, _| Err(down()));
    let refused = service(sessions, 101)
        .refresh(&token("generation 0"), &person())
        .await
        .unwrap_err();
    assert_eq!(refused, RefreshError::Store(down()));
}

/// A theft is told once; every other refresh, good or refused, leaves no event behind.
#[tokio::test]
async fn only_a_theft_is_told() {
    let world = World::new();
    let session = world.log_in(identity()).await.session;
    let mut issuer = issuer();
    issuer.refresh_tokens = Arc::new(MockRefreshTokens::readable(session.id));
    let service = RefreshService {
        accounts: world.store.clone(),
        sessions: world.store.clone(),
        issuer,
        policy: POLICY,
        scribe: world.scribe.clone(),
        clock: world.clock.clone(),
    };
    for (seconds, presented, outcome) in [
        (1, "generation 0", Ok(())),
        (2, "generation 0", Ok(())),
        (3, "generation 1", Ok(())),
        (4, "generation 9", Err(RefreshError::Invalid)),
        (5, "generation 0", Err(RefreshError::Reused(session.id))),
        (6, "generation 0", Err(RefreshError::Revoked)),
        (7, "generation 2", Err(RefreshError::Revoked)),
    ] {
        world.set_clock(seconds);
        let refreshed = service.refresh(&token(presented), &person()).await.map(drop);
        assert_eq!(refreshed, outcome, "{presented} at {seconds}");
    }
    assert_eq!(
        world.told().await,
        ["person login_succeeded", "person refresh_token_reused"]
    );
    let theft = AuditFilter {
        action: Some(AuditAction::RefreshTokenReused),
        ..AuditFilter::default()
    };
    let theft = &world.events(theft).await[0];
    assert_eq!((theft.at, theft.session), (at(5), Some(session.id)));
}

/// Told by the token alone: no store is asked.
#[test]
fn a_token_says_whose_it_is_and_a_foreign_one_is_nobodys() {
    let service = service(MockSessionStore::new(), 0);
    for (text, whose) in [
        ("generation 0", Some(session_id())),
        ("generation 7", Some(session_id())),
        ("another token", None),
        ("", None),
    ] {
        assert_eq!(service.session_of(&token(text)), whose, "{text}");
    }
}
