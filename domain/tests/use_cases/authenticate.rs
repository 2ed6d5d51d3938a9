//! Believing access tokens.

use std::sync::Arc;

use wxlogin_domain::account::{Account, AccountStatus};
use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::authenticate::{AuthenticateError, Authenticator};
use wxlogin_domain::last_use::LastUse;
use wxlogin_domain::logout::{LogoutScope, LogoutService};
use wxlogin_domain::ports::access_tokens::{ForeignToken, MockAccessTokens};
use wxlogin_domain::ports::account_store::MockAccountStore;
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::session_store::MockSessionStore;
use wxlogin_domain::session::{EndReason, Session, SessionEnd};
use wxlogin_domain::token::{AccessClaims, PresentedAccessToken};

use crate::sample::{
    World, account, at, claims_of, down, identity, one_access_token, person, person_of, scribe, session, session_id,
    token_policy,
};

fn claims() -> AccessClaims {
    claims_of(&session())
}

async fn authenticate(
    recognised: Result<AccessClaims, ForeignToken>,
    stored: Option<Session>,
    account: Option<Account>,
    seconds: i64,
) -> Result<Session, AuthenticateError> {
    let mut sessions = MockSessionStore::new();
    sessions.expect_session().returning(move |_| Ok(stored.clone()));
    let mut accounts = MockAccountStore::new();
    accounts.expect_account().returning(move |_| Ok(account.clone()));
    let authenticator = Authenticator {
        access_tokens: Arc::new(MockAccessTokens::recognising(recognised)),
        policy: token_policy(),
        sessions: Arc::new(sessions),
        accounts: Arc::new(accounts),
        last_use: Arc::default(),
        clock: Arc::new(FixedClock::at(at(seconds))),
    };
    authenticator.authenticate(&PresentedAccessToken::new("t".into())).await
}

fn ended(reason: EndReason) -> Session {
    session().ended(SessionEnd { reason, at: at(1) })
}

#[tokio::test]
async fn a_good_token_of_a_live_session_is_believed() {
    let believed = authenticate(Ok(claims()), Some(session()), None, 1).await;
    assert_eq!(believed, Ok(session()));
}

#[tokio::test]
async fn everything_else_is_told_apart() {
    let suspended = Account {
        status: AccountStatus::Suspended,
        ..account()
    };
    let foreign_issuer = AccessClaims {
        issuer: "https://elsewhere.example".into(),
        ..claims()
    };
    let id = session_id().account;
    for (name, recognised, stored, account, seconds, expected) in [
        ("foreign", Err(ForeignToken), None, None, 1, AuthenticateError::Invalid),
        (
            "another issuer",
            Ok(foreign_issuer),
            Some(session()),
            None,
            1,
            AuthenticateError::Invalid,
        ),
        (
            "expired",
            Ok(claims()),
            Some(session()),
            None,
            930,
            AuthenticateError::Expired,
        ),
        ("no session", Ok(claims()), None, None, 1, AuthenticateError::Revoked),
        (
            "no session any more",
            Ok(claims()),
            None,
            Some(account()),
            1,
            AuthenticateError::Revoked,
        ),
        (
            "no session any more, suspended",
            Ok(claims()),
            None,
            Some(suspended.clone()),
            1,
            AuthenticateError::AccountSuspended(id),
        ),
        (
            "logged out",
            Ok(claims()),
            Some(ended(EndReason::Logout)),
            Some(account()),
            1,
            AuthenticateError::Revoked,
        ),
        (
            "erased",
            Ok(claims()),
            Some(ended(EndReason::Logout)),
            None,
            1,
            AuthenticateError::Revoked,
        ),
        (
            "suspended",
            Ok(claims()),
            Some(ended(EndReason::Suspended)),
            Some(suspended.clone()),
            1,
            AuthenticateError::AccountSuspended(id),
        ),
        (
            "logged out, then suspended",
            Ok(claims()),
            Some(ended(EndReason::Logout)),
            Some(suspended),
            1,
            AuthenticateError::AccountSuspended(id),
        ),
        (
            "suspended, then restored",
            Ok(claims()),
            Some(ended(EndReason::Suspended)),
            Some(account()),
            1,
            AuthenticateError::Revoked,
        ),
    ] {
        let refused = authenticate(recognised, stored, account, seconds).await;
        assert_eq!(refused, Err(expected), "{name}");
    }
}

#[tokio::test]
async fn a_session_past_its_limit_is_revoked_whatever_the_token_says() {
    let over = Session {
        idle_expires_at: at(1),
        ..session()
    };
    let refused = authenticate(Ok(claims()), Some(over), Some(account()), 1).await;
    assert_eq!(refused, Err(AuthenticateError::Revoked));
}

#[tokio::test]
async fn a_store_that_is_down_is_said() {
    let mut sessions = MockSessionStore::new();
    sessions.expect_session().returning(|_| Err(down()));
    let authenticator = Authenticator {
        access_tokens: Arc::new(MockAccessTokens::recognising(Ok(claims()))),
        policy: token_policy(),
        sessions: Arc::new(sessions),
        accounts: Arc::new(MockAccountStore::new()),
        last_use: Arc::default(),
        clock: Arc::new(FixedClock::at(at(1))),
    };
    let refused = authenticator.authenticate(&PresentedAccessToken::new("t".into())).await;
    assert_eq!(refused, Err(AuthenticateError::Store(down())));
}

/// Which uses are noted, and when, is told by the tests of `last_use`.
#[tokio::test]
async fn a_believed_token_counts_as_a_use_and_a_refused_one_does_not() {
    for (presented, seconds, used_at) in [
        ("access token", 59, 0),
        ("access token", 60, 60),
        ("access token", 929, 929),
        ("access token", 930, 0),
        ("another token", 60, 0),
    ] {
        let world = World::new();
        let session = world.log_in(identity()).await.session;
        let authenticator = Authenticator {
            access_tokens: Arc::new(one_access_token(claims_of(&session))),
            policy: token_policy(),
            sessions: world.store.clone(),
            accounts: world.store.clone(),
            last_use: Arc::new(LastUse::default()),
            clock: world.clock.clone(),
        };
        world.set_clock(seconds);
        let token = PresentedAccessToken::new(presented.into());
        let _ = authenticator.authenticate(&token).await;
        authenticator.last_use.write(&*world.store).await.unwrap();
        let last_used_at = world.session(session.id).await.last_used_at;
        assert_eq!(last_used_at, at(used_at), "{presented} at {seconds}");
    }
}

#[tokio::test]
async fn a_logout_ends_what_it_was_asked_to_and_is_told_in_the_same_act() {
    let mut sessions = MockSessionStore::new();
    sessions
        .expect_end_session()
        .once()
        .withf(|id, end, event| {
            *id == session_id()
                && end.reason == EndReason::Logout
                && end.at == at(5)
                && event.action == AuditAction::LoggedOut
                && event.session == Some(session_id())
                && event.app == Some(identity().app)
                && event.request_id == person().request_id
        })
        .returning(|_, _, _| Ok(()));
    sessions
        .expect_end_all_sessions()
        .once()
        .withf(|account, end, event| {
            *account == session_id().account
                && end.reason == EndReason::Logout
                && event.action == AuditAction::LoggedOutEverywhere
                && event.account == Some(session_id().account)
        })
        .returning(|_, _, _| Ok(()));
    let service = LogoutService {
        sessions: Arc::new(sessions),
        scribe: scribe(),
        clock: Arc::new(FixedClock::at(at(5))),
    };
    for scope in [LogoutScope::ThisSession, LogoutScope::AllSessions] {
        service.logout(&session(), scope, &person()).await.unwrap();
    }
}

#[tokio::test]
async fn a_logout_everywhere_leaves_other_peoples_sessions() {
    let world = World::new();
    let first = world.log_in(identity()).await.session;
    let second = world.log_in(identity()).await.session;
    let stranger = world.log_in(person_of(&identity().app, "stranger", None)).await;
    let service = LogoutService {
        sessions: world.store.clone(),
        scribe: world.scribe.clone(),
        clock: world.clock.clone(),
    };
    service
        .logout(&second, LogoutScope::AllSessions, &person())
        .await
        .unwrap();
    for (id, is_alive) in [(first.id, false), (second.id, false), (stranger.session.id, true)] {
        assert_eq!(world.session(id).await.alive(at(0)).is_ok(), is_alive);
    }
}
