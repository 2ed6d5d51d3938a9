//! Believing access tokens.

use std::sync::Arc;

use wxlogin_domain::account::{Account, AccountStatus};
use wxlogin_domain::authenticate::{AuthenticateError, Authenticator};
use wxlogin_domain::logout::{LogoutScope, LogoutService};
use wxlogin_domain::ports::access_tokens::{ForeignToken, MockAccessTokens};
use wxlogin_domain::ports::account_store::MockAccountStore;
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::session_store::MockSessionStore;
use wxlogin_domain::session::{EndReason, Session, SessionEnd};
use wxlogin_domain::token::{AccessClaims, PresentedAccessToken, TokenId};

use crate::sample::{account, at, session, session_id, token_policy};

fn claims() -> AccessClaims {
    AccessClaims::issue(&token_policy(), &account(), &session(), TokenId("t".into()), at(0))
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
async fn a_logout_ends_what_it_was_asked_to() {
    let mut sessions = MockSessionStore::new();
    sessions
        .expect_end_session()
        .once()
        .withf(|id, end| *id == session_id() && end.reason == EndReason::Logout && end.at == at(5))
        .returning(|_, _| Ok(()));
    sessions
        .expect_end_all_sessions()
        .once()
        .withf(|account, _| *account == session_id().account)
        .returning(|_, _| Ok(()));
    let service = LogoutService {
        sessions: Arc::new(sessions),
        clock: Arc::new(FixedClock::at(at(5))),
    };
    for scope in [LogoutScope::ThisSession, LogoutScope::AllSessions] {
        service.logout(&session(), scope).await.unwrap();
    }
}
