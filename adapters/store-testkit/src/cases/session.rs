//! Rotation and endings.

use wxlogin_domain::session::{EndReason, Generation, Refresh, Session, SessionRef};

use crate::StoreUnderTest;
use crate::sample::{APP_ONE, POLICY, at, end, identity, login, new_account_id, new_session_id, recorded};

fn next(session: &Session, seconds: i64) -> Session {
    match session.clone().refresh(session.generation, at(seconds), &POLICY) {
        Ok(Refresh::Rotate(next)) => next,
        other => panic!("the newest token rotates: {other:?}"),
    }
}

/// No session, no account: nothing, and no error.
pub async fn session_of_nobody_is_nothing(store: StoreUnderTest) {
    let id = SessionRef {
        account: new_account_id(),
        session: new_session_id(),
    };
    assert_eq!(store.session(id).await.unwrap(), None);
    store.end_session(id, end(EndReason::Logout, 0)).await.unwrap();
    store
        .end_all_sessions(id.account, end(EndReason::Logout, 0))
        .await
        .unwrap();
    assert_eq!(store.session(id).await.unwrap(), None);
}

/// A generation is stored once, in order, and read back in full.
pub async fn advance_is_guarded_by_the_generation(store: StoreUnderTest) {
    let session = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await.session;
    let first = next(&session, 60);
    let second = next(&first, 120);
    assert!(!store.advance_session(&second).await.unwrap(), "it skips one");
    assert!(store.advance_session(&first).await.unwrap());
    assert!(!store.advance_session(&first).await.unwrap(), "it was there already");
    assert!(store.advance_session(&second).await.unwrap());
    assert_eq!(store.session(session.id).await.unwrap(), Some(second.clone()));
    assert_eq!(second.generation, Generation(2));
    let elsewhere = Session {
        id: SessionRef {
            account: session.id.account,
            session: new_session_id(),
        },
        ..next(&second, 180)
    };
    assert!(!store.advance_session(&elsewhere).await.unwrap(), "it is not there");
    assert_eq!(store.session(elsewhere.id).await.unwrap(), None);
}

/// An ended session has no next generation.
pub async fn ended_session_does_not_advance(store: StoreUnderTest) {
    let session = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await.session;
    let end = end(EndReason::RefreshTokenReused, 30);
    store.end_session(session.id, end).await.unwrap();
    assert!(!store.advance_session(&next(&session, 60)).await.unwrap());
    assert_eq!(store.session(session.id).await.unwrap(), Some(session.ended(end)));
}

/// The first reason is the true one.
pub async fn first_end_stays(store: StoreUnderTest) {
    let session = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await.session;
    let first = end(EndReason::Logout, 30);
    store.end_session(session.id, first).await.unwrap();
    store
        .end_session(session.id, end(EndReason::RefreshTokenReused, 60))
        .await
        .unwrap();
    store
        .end_all_sessions(session.id.account, end(EndReason::Suspended, 90))
        .await
        .unwrap();
    assert_eq!(store.session(session.id).await.unwrap().unwrap().end, Some(first));
}

/// Ending all sessions of one account ends each of them, and none of another's.
pub async fn end_all_spares_other_accounts(store: StoreUnderTest) {
    let mut own = Vec::new();
    for seconds in 0..3 {
        own.push(
            recorded(&store, &login(identity(APP_ONE, "o1", None), seconds))
                .await
                .session
                .id,
        );
    }
    let mut others = Vec::new();
    for openid in ["o2", "o3"] {
        others.push(
            recorded(&store, &login(identity(APP_ONE, openid, None), 0))
                .await
                .session
                .id,
        );
    }
    let end = end(EndReason::Logout, 60);
    store.end_all_sessions(own[0].account, end).await.unwrap();
    for id in own {
        assert_eq!(store.session(id).await.unwrap().unwrap().end, Some(end));
    }
    for id in others {
        assert_eq!(store.session(id).await.unwrap().unwrap().end, None);
    }
}
