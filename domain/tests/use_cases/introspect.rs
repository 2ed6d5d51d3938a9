//! Introspection tells whether a token is good at this very moment, and nothing else.

use std::sync::Arc;

use wxlogin_domain::account::{Account, AccountStatus};
use wxlogin_domain::authenticate::Authenticator;
use wxlogin_domain::introspect::{IntrospectService, Introspection};
use wxlogin_domain::login_rules::RecordedLogin;
use wxlogin_domain::ports::access_tokens::MockAccessTokens;
use wxlogin_domain::ports::account_store::{AccountStore, MockAccountStore};
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::session_store::{MockSessionStore, SessionStore};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::{EndReason, Session};
use wxlogin_domain::token::{AccessClaims, PresentedAccessToken};

use crate::sample::{
    World, account, at, claims_of, down, identity, one_access_token, session, session_id, token_policy,
};

fn service(
    access_tokens: MockAccessTokens,
    sessions: Arc<dyn SessionStore>,
    accounts: Arc<dyn AccountStore>,
    clock: Arc<FixedClock>,
) -> IntrospectService {
    IntrospectService {
        authenticator: Authenticator {
            access_tokens: Arc::new(access_tokens),
            policy: token_policy(),
            sessions,
            accounts,
            last_use: Arc::default(),
            clock,
        },
    }
}

/// Of a person who logged in at second 0, and got `access token` and `generation 0`.
async fn of_a_login() -> (World, RecordedLogin, IntrospectService) {
    let world = World::new();
    let login = world.log_in(identity()).await;
    let service = service_in(&world, claims_of(&login.session));
    (world, login, service)
}

fn service_in(world: &World, claims: AccessClaims) -> IntrospectService {
    service(
        one_access_token(claims),
        world.store.clone(),
        world.store.clone(),
        world.clock.clone(),
    )
}

fn token(text: &str) -> PresentedAccessToken {
    PresentedAccessToken::new(text.into())
}

async fn is_active(service: &IntrospectService, text: &str) -> bool {
    matches!(service.introspect(&token(text)).await, Ok(Introspection::Active(_)))
}

#[tokio::test]
async fn a_good_token_is_shown_with_its_session_and_account() {
    let (world, login, service) = of_a_login().await;
    world.set_clock(1);
    let Introspection::Active(active) = service.introspect(&token("access token")).await.unwrap() else {
        panic!("the token is good");
    };
    assert_eq!(active.claims, claims_of(&login.session));
    assert_eq!(active.session, login.session);
    assert_eq!(active.account, login.account);
}

/// Verifiers allow for clocks that differ; the issuer does not have to.
#[tokio::test]
async fn a_token_is_good_until_the_second_it_expires() {
    let (world, _, service) = of_a_login().await;
    for (seconds, active) in [
        (0, true),
        (899, true),
        (900, false),
        (929, false),
        (930, false),
        (5000, false),
    ] {
        world.set_clock(seconds);
        assert_eq!(is_active(&service, "access token").await, active, "{seconds}");
    }
}

#[tokio::test]
async fn revocation_is_seen_at_once_and_nobody_is_told_what_it_was() {
    for happening in [
        "nothing",
        "logout",
        "theft",
        "suspension",
        "suspension and restoration",
        "erasure",
    ] {
        let (world, login, service) = of_a_login().await;
        let (id, account) = (login.session.id, login.account.id);
        match happening {
            "logout" => world.end(id, EndReason::Logout).await,
            "theft" => world.end(id, EndReason::RefreshTokenReused).await,
            "suspension" => world.suspend(account).await,
            "suspension and restoration" => {
                world.suspend(account).await;
                let event = world.last_event().await;
                world.store.restore(account, &event).await.unwrap();
            }
            "erasure" => world.erase(account).await,
            _ => {}
        }
        let answer = service.introspect(&token("access token")).await;
        if happening == "nothing" {
            assert!(matches!(answer, Ok(Introspection::Active(_))));
        } else {
            assert_eq!(answer, Ok(Introspection::Inactive), "{happening}");
        }
    }
}

#[tokio::test]
async fn what_is_no_access_token_of_ours_is_inactive() {
    let (world, login, service) = of_a_login().await;
    for text in ["", "generation 0", "somebody else's", "access token "] {
        assert_eq!(
            service.introspect(&token(text)).await,
            Ok(Introspection::Inactive),
            "{text}"
        );
    }
    let good = claims_of(&login.session);
    for claims in [
        AccessClaims {
            issuer: "https://elsewhere.example".into(),
            ..good.clone()
        },
        AccessClaims {
            audience: "https://elsewhere.example".into(),
            ..good.clone()
        },
        AccessClaims {
            issued_at: at(31),
            ..good
        },
    ] {
        assert!(!is_active(&service_in(&world, claims), "access token").await);
    }
}

/// A session that is past its limit has no token that is not, but a clock may step.
#[tokio::test]
async fn a_token_of_an_expired_session_is_inactive() {
    let mut sessions = MockSessionStore::new();
    sessions.expect_session().returning(|_| {
        Ok(Some(Session {
            idle_expires_at: at(1),
            ..session()
        }))
    });
    let service = service(
        one_access_token(claims_of(&session())),
        Arc::new(sessions),
        Arc::new(MockAccountStore::new()),
        Arc::new(FixedClock::at(at(1))),
    );
    assert!(!is_active(&service, "access token").await);
}

fn of_a_live_session(account: Result<Option<Account>, StoreError>) -> IntrospectService {
    let mut sessions = MockSessionStore::new();
    sessions.expect_session().returning(|_| Ok(Some(session())));
    let mut accounts = MockAccountStore::new();
    accounts
        .expect_account()
        .withf(|id| *id == session_id().account)
        .returning(move |_| account.clone());
    service(
        one_access_token(claims_of(&session())),
        Arc::new(sessions),
        Arc::new(accounts),
        Arc::new(FixedClock::at(at(1))),
    )
}

#[tokio::test]
async fn an_account_that_is_erased_meanwhile_has_no_active_token() {
    assert!(is_active(&of_a_live_session(Ok(Some(account()))), "access token").await);
    assert!(!is_active(&of_a_live_session(Ok(None)), "access token").await);
}

#[tokio::test]
async fn an_account_that_is_suspended_meanwhile_has_no_active_token() {
    let suspended = Account {
        status: AccountStatus::Suspended,
        ..account()
    };
    assert!(!is_active(&of_a_live_session(Ok(Some(suspended))), "access token").await);
}

/// A store that is down does not make a good token a bad one.
#[tokio::test]
async fn a_store_that_is_down_is_said() {
    let of_the_account = of_a_live_session(Err(down()));
    let mut sessions = MockSessionStore::new();
    sessions.expect_session().returning(|_| Err(down()));
    let of_the_session = service(
        one_access_token(claims_of(&session())),
        Arc::new(sessions),
        Arc::new(MockAccountStore::new()),
        Arc::new(FixedClock::at(at(1))),
    );
    for service in [of_the_account, of_the_session] {
        assert_eq!(service.introspect(&token("access token")).await, Err(down()));
        // What is no token of ours needs no store.
        assert_eq!(service.introspect(&token("another")).await, Ok(Introspection::Inactive));
    }
}
