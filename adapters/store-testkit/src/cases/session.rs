//! Rotation and endings.

use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::session::{EndReason, Generation, Session, SessionRef};

use crate::StoreUnderTest;
use crate::sample::{APP_ONE, end, event, identity, login, new_account_id, new_session_id, next, recorded};

fn ended() -> AuditEvent {
    event(AuditAction::SessionEnded, 0)
}

/// No session, no account: nothing, and no error.
pub async fn session_of_nobody_is_nothing(store: StoreUnderTest) {
    let id = SessionRef {
        account: new_account_id(),
        session: new_session_id(),
    };
    assert_eq!(store.session(id).await.unwrap(), None);
    store
        .end_session(id, end(EndReason::Logout, 0), &ended())
        .await
        .unwrap();
    store
        .end_all_sessions(id.account, end(EndReason::Logout, 0), &ended())
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
    store.end_session(session.id, end, &ended()).await.unwrap();
    assert!(!store.advance_session(&next(&session, 60)).await.unwrap());
    assert_eq!(store.session(session.id).await.unwrap(), Some(session.ended(end)));
}

/// The first reason is the true one.
pub async fn first_end_stays(store: StoreUnderTest) {
    let session = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await.session;
    let first = end(EndReason::Logout, 30);
    store.end_session(session.id, first, &ended()).await.unwrap();
    store
        .end_session(session.id, end(EndReason::RefreshTokenReused, 60), &ended())
        .await
        .unwrap();
    store
        .end_all_sessions(session.id.account, end(EndReason::Suspended, 90), &ended())
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
    store.end_all_sessions(own[0].account, end, &ended()).await.unwrap();
    for id in own {
        assert_eq!(store.session(id).await.unwrap().unwrap().end, Some(end));
    }
    for id in others {
        assert_eq!(store.session(id).await.unwrap().unwrap().end, None);
    }
}

/// The sessions of an account are listed in the order in which they began, whatever became of them, and nobody else's.
pub async fn sessions_of_an_account_are_listed_in_order(store: StoreUnderTest) {
    let mut own = Vec::new();
    for seconds in [0, 5, 10, 15] {
        own.push(
            recorded(&store, &login(identity(APP_ONE, "o1", None), seconds))
                .await
                .session,
        );
        recorded(&store, &login(identity(APP_ONE, "o2", None), seconds)).await;
    }
    let account = own[0].id.account;
    assert_eq!(store.sessions_of(account).await.unwrap(), own);
    own[3] = next(&own[3], 20);
    assert!(store.advance_session(&own[3]).await.unwrap());
    let end = end(EndReason::EndedByOperator, 30);
    store.end_session(own[1].id, end, &ended()).await.unwrap();
    own[1] = own[1].clone().ended(end);
    assert_eq!(store.sessions_of(account).await.unwrap(), own);
    assert_eq!(store.sessions_of(new_account_id()).await.unwrap(), []);
}

/// Every reason for an end is read back.
pub async fn every_end_is_read_back(store: StoreUnderTest) {
    for (number, reason) in [
        EndReason::Logout,
        EndReason::RefreshTokenReused,
        EndReason::Suspended,
        EndReason::TokenRevoked,
        EndReason::Displaced,
        EndReason::EndedByOperator,
    ]
    .into_iter()
    .enumerate()
    {
        let openid = format!("o{number}");
        let session = recorded(&store, &login(identity(APP_ONE, &openid, None), 0))
            .await
            .session;
        let end = end(reason, 30);
        store.end_session(session.id, end, &ended()).await.unwrap();
        assert_eq!(store.session(session.id).await.unwrap().unwrap().end, Some(end));
    }
}
