//! What concurrent callers must not break.

use std::collections::HashSet;
use std::sync::Arc;

use wxlogin_domain::account::{AccountStatus, Change, Nickname, ProfileChange};
use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::identity::WechatIdentity;
use wxlogin_domain::login_rules::{LoginOutcome, RecordedLogin};
use wxlogin_domain::session::EndReason;

use super::keys::ring;
use crate::racing::race;
use crate::sample::{APP_ONE, APP_TWO, at, end, event, identity, login, next, recorded};
use crate::{RACERS, StoreUnderTest, race_rounds};

async fn race_logins(store: &StoreUnderTest, identity: impl Fn(usize) -> WechatIdentity) -> Vec<RecordedLogin> {
    race(|number| {
        let store = Arc::clone(store);
        let login = login(identity(number), 0);
        async move { recorded(&store, &login).await }
    })
    .await
}

/// Concurrent first logins of one openid: one account, no error, a session each.
pub async fn first_logins_make_one_account(store: StoreUnderTest) {
    for round in 0..race_rounds() {
        let openid = format!("race-{round}");
        let logins = race_logins(&store, |_| identity(APP_ONE, &openid, None)).await;
        let accounts: HashSet<_> = logins.iter().map(|login| login.account.id).collect();
        let sessions: HashSet<_> = logins.iter().map(|login| login.session.id.session).collect();
        let new = logins.iter().filter(|login| login.is_new_account).count();
        assert_eq!((accounts.len(), sessions.len(), new), (1, RACERS, 1), "round {round}");
        for login in &logins {
            assert!(store.session(login.session.id).await.unwrap().is_some());
        }
        let account = store.account(logins[0].account.id).await.unwrap().unwrap();
        assert_eq!(account.identities.len(), 1);
    }
}

/// Concurrent first logins of one person in two apps: the unionid makes them one account.
pub async fn first_logins_of_one_person_in_two_apps_join(store: StoreUnderTest) {
    for round in 0..race_rounds() / 10 {
        let (openid, unionid) = (format!("race-{round}"), format!("union-{round}"));
        let logins = race_logins(&store, |number| {
            let app = if number % 2 == 0 { APP_ONE } else { APP_TWO };
            identity(app, &openid, Some(&unionid))
        })
        .await;
        let accounts: HashSet<_> = logins.iter().map(|login| login.account.id).collect();
        assert_eq!(accounts.len(), 1, "round {round}");
        assert!(logins.iter().all(|login| login.unionid_conflict.is_none()));
        let account = store.account(logins[0].account.id).await.unwrap().unwrap();
        assert_eq!(account.identities.len(), 2);
    }
}

/// Concurrent refreshes of one token: one successor, and the session lives.
pub async fn refreshes_make_one_successor(store: StoreUnderTest) {
    let mut session = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await.session;
    for round in 1..=race_rounds() {
        let seconds = i64::try_from(round).unwrap() * 60;
        let next = next(&session, seconds);
        let advanced = race(|_| {
            let (store, next) = (Arc::clone(&store), next.clone());
            async move { store.advance_session(&next).await.expect("no error") }
        })
        .await;
        assert_eq!(advanced.iter().filter(|won| **won).count(), 1, "round {round}");
        session = store.session(session.id).await.unwrap().unwrap();
        assert_eq!(session, next);
        assert_eq!(session.alive(at(seconds)), Ok(()));
    }
}

/// Replicas that start at the same time agree on one key ring.
pub async fn first_rings_make_one_ring(store: StoreUnderTest) {
    let won = race(|number| {
        let store = Arc::clone(&store);
        let ring = ring(u8::try_from(number).unwrap());
        async move {
            store
                .replace_key_ring(&ring, &[])
                .await
                .expect("no error")
                .then_some(ring)
        }
    })
    .await;
    let winners: Vec<_> = won.into_iter().flatten().collect();
    assert_eq!(winners.len(), 1);
    assert_eq!(store.key_ring().await.unwrap().as_ref(), winners.first());
}

/// Logins and refreshes that run while an account is suspended leave no live session behind.
pub async fn suspension_leaves_no_live_session(store: StoreUnderTest) {
    for round in 0..race_rounds() / 10 {
        let openid = format!("race-{round}");
        let first = recorded(&store, &login(identity(APP_ONE, &openid, None), 0)).await;
        let id = first.account.id;
        let sessions = race(|number| {
            let store = Arc::clone(&store);
            let login = login(identity(APP_ONE, &openid, None), 1);
            let session = first.session.clone();
            async move {
                match number % 4 {
                    0 => {
                        let event = event(AuditAction::AccountSuspended, 2);
                        let end = end(EndReason::Suspended, 2);
                        store.suspend(id, end, &event).await.expect("no error");
                        None
                    }
                    1 => {
                        store.advance_session(&next(&session, 1)).await.expect("no error");
                        None
                    }
                    _ => match store.record_login(&login).await.expect("no error") {
                        LoginOutcome::Recorded(recorded) => Some(recorded.session.id),
                        LoginOutcome::Suspended(_) | LoginOutcome::PhoneTaken => None,
                    },
                }
            }
        })
        .await;
        let account = store.account(id).await.unwrap().unwrap();
        assert_eq!(account.status, AccountStatus::Suspended);
        for session in sessions.into_iter().flatten().chain([first.session.id]) {
            let session = store.session(session).await.unwrap().unwrap();
            assert!(
                session.end.is_some(),
                "round {round}: a session outlived the suspension"
            );
        }
    }
}

/// A change of the profile and a login touch the same account; neither undoes the other.
pub async fn profile_changes_and_logins_lose_nothing(store: StoreUnderTest) {
    for round in 0..race_rounds() / 10 {
        let openid = format!("race-{round}");
        let first = recorded(&store, &login(identity(APP_ONE, &openid, None), 0)).await;
        let id = first.account.id;
        race(|number| {
            let store = Arc::clone(&store);
            let login = login(identity(APP_ONE, &openid, None), 60);
            async move {
                if number == 0 {
                    let change = ProfileChange {
                        nickname: Change::Set(Nickname::parse("名字").unwrap()),
                        avatar_url: Change::Keep,
                    };
                    store.change_profile(id, &change).await.expect("no error");
                } else {
                    recorded(&store, &login).await;
                }
            }
        })
        .await;
        let account = store.account(id).await.unwrap().unwrap();
        assert_eq!(account.profile.nickname, Nickname::parse("名字").ok(), "round {round}");
        assert_eq!(account.last_login_at, at(60), "round {round}");
    }
}
