//! When sessions were last used.

use std::sync::Arc;

use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::session::{EndReason, Session, SessionRef};

use crate::racing::race;
use crate::sample::{APP_ONE, at, end, event, identity, login, new_session_id, next, recorded};
use crate::{FEW_RACE_ROUNDS, StoreUnderTest};

/// The last use moves forward, in a batch, and nothing else changes.
pub async fn touch_moves_the_last_use_and_nothing_else(store: StoreUnderTest) {
    let mut sessions = Vec::new();
    for openid in ["o1", "o2", "o3"] {
        sessions.push(
            recorded(&store, &login(identity(APP_ONE, openid, None), 0))
                .await
                .session,
        );
    }
    let ended = end(EndReason::Logout, 10);
    let event = event(AuditAction::LoggedOut, 10);
    store.end_session(sessions[1].id, ended, &event).await.unwrap();
    sessions[1].end = Some(ended);
    store
        .touch_sessions(&[(sessions[0].id, at(60)), (sessions[1].id, at(70))])
        .await
        .unwrap();
    sessions[0].last_used_at = at(60);
    sessions[1].last_used_at = at(70);
    for session in sessions {
        assert_eq!(store.session(session.id).await.unwrap(), Some(session));
    }
    store.touch_sessions(&[]).await.unwrap();
}

/// Notes arrive in any order; the latest use counts. A refresh does not take it back either.
pub async fn last_use_never_moves_back(store: StoreUnderTest) {
    let session = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await.session;
    for (used_at, last_used_at) in [(120, 120), (60, 120), (120, 120), (180, 180)] {
        store.touch_sessions(&[(session.id, at(used_at))]).await.unwrap();
        let stored = store.session(session.id).await.unwrap().unwrap();
        assert_eq!(stored.last_used_at, at(last_used_at));
    }
    let touch_twice = [(session.id, at(240)), (session.id, at(230))];
    store.touch_sessions(&touch_twice).await.unwrap();
    let next = next(&session, 150);
    assert_eq!(
        next.last_used_at,
        at(150),
        "the refresh read the session before it was touched"
    );
    assert!(store.advance_session(&next).await.unwrap());
    let expected = Session {
        last_used_at: at(240),
        ..next
    };
    assert_eq!(store.session(session.id).await.unwrap(), Some(expected));
}

/// What is not there stays away, and does not keep the others from being noted.
pub async fn touch_makes_no_session(store: StoreUnderTest) {
    let session = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await.session;
    let nobody = SessionRef {
        account: session.id.account,
        session: new_session_id(),
    };
    store
        .touch_sessions(&[(nobody, at(60)), (session.id, at(60))])
        .await
        .unwrap();
    assert_eq!(store.session(nobody).await.unwrap(), None);
    let touched = Session {
        last_used_at: at(60),
        ..session.clone()
    };
    assert_eq!(store.sessions_of(session.id.account).await.unwrap(), [touched]);
}

/// Uses that are noted while the session is refreshed: neither undoes the other.
pub async fn touches_and_refreshes_lose_nothing(store: StoreUnderTest) {
    let mut session = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await.session;
    for round in 1..=FEW_RACE_ROUNDS {
        let seconds = i64::try_from(round).unwrap() * 60;
        let next = next(&session, seconds);
        let advanced = race(|number| {
            let (store, next) = (Arc::clone(&store), next.clone());
            let used_at = at(seconds + i64::try_from(number).unwrap());
            async move {
                if number < 4 {
                    return store.advance_session(&next).await.expect("no error");
                }
                store.touch_sessions(&[(next.id, used_at)]).await.expect("no error");
                false
            }
        })
        .await;
        assert_eq!(advanced.iter().filter(|won| **won).count(), 1, "round {round}");
        session = store.session(session.id).await.unwrap().unwrap();
        let expected = Session {
            last_used_at: at(seconds + 15),
            ..next
        };
        assert_eq!(session, expected, "round {round}");
    }
}
