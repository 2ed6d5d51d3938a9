//! What the log tells of acts: an event is there exactly when the act is.

use std::cmp::Reverse;

use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord};
use wxlogin_domain::session::{EndReason, SessionRef};

use crate::StoreUnderTest;
use crate::sample::{
    APP_ONE, APP_TWO, NUMBER, at, end, event, events, identity, login, new_account_id, new_session_id, recorded,
    unique_phone,
};

/// A login is told of with its session; one that is refused was none.
pub async fn login_and_its_event_are_one_act(store: StoreUnderTest) {
    let first = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    let second = recorded(&store, &login(identity(APP_ONE, "o1", None), 10)).await;
    assert_eq!(second.events[0].session, Some(second.session.id));
    let id = first.account.id;
    let suspended = event(AuditAction::AccountSuspended, 20).on_account(id);
    store
        .suspend(id, end(EndReason::Suspended, 20), &suspended)
        .await
        .unwrap();
    let refused = login(identity(APP_ONE, "o1", None), 30);
    assert_eq!(store.record_login(&refused).await.unwrap(), LoginOutcome::Suspended(id));
    assert_eq!(
        events(&store).await,
        [[suspended].as_slice(), &second.events, &first.events].concat()
    );
}

/// Whatever else a login did is told of with it: a number that was bound, a conflict.
pub async fn login_tells_of_all_that_it_did(store: StoreUnderTest) {
    let other = recorded(&store, &login(identity(APP_TWO, "o2", Some("u1")), 0)).await;
    recorded(&store, &login(identity(APP_ONE, "o1", None), 10)).await;
    let before = events(&store).await;
    let login = LoginRecord {
        phone: Some(unique_phone(NUMBER, 20)),
        ..login(identity(APP_ONE, "o1", Some("u1")), 20)
    };
    let login = recorded(&store, &login).await;
    assert_eq!(login.unionid_conflict, Some(other.account.id));
    assert_eq!(login.events.len(), 3);
    let mut told = login.events;
    told.sort_by_key(|event| Reverse(event.id));
    told.extend(before);
    assert_eq!(events(&store).await, told);
}

/// Ending sessions is told of, also where nothing was left to end.
pub async fn ending_sessions_and_its_event_are_one_act(store: StoreUnderTest) {
    let login = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    let id = login.session.id;
    let mut expected = login.events;
    let nobody = SessionRef {
        account: new_account_id(),
        session: new_session_id(),
    };
    for (seconds, session) in [(10, id), (20, id), (30, nobody)] {
        let event = event(AuditAction::LoggedOut, seconds).on_session(session);
        let end = end(EndReason::Logout, seconds);
        store.end_session(session, end, &event).await.unwrap();
        expected.insert(0, event);
        assert_eq!(events(&store).await, expected);
    }
    for (seconds, account) in [(40, id.account), (50, nobody.account)] {
        let event = event(AuditAction::SessionsEnded, seconds).on_account(account);
        let end = end(EndReason::EndedByOperator, seconds);
        store.end_all_sessions(account, end, &event).await.unwrap();
        expected.insert(0, event);
        assert_eq!(events(&store).await, expected);
    }
}

/// What operators do to an account is told of; what they try on nobody's is not.
pub async fn operators_acts_and_their_events_are_one(store: StoreUnderTest) {
    async fn act(store: &StoreUnderTest, number: u8, id: AccountId, event: &AuditEvent) -> bool {
        match number {
            0 => {
                let end = end(EndReason::Suspended, 10);
                store.suspend(id, end, event).await.unwrap().is_some()
            }
            1 => store.restore(id, event).await.unwrap().is_some(),
            _ => store.erase(id, event).await.unwrap().is_some(),
        }
    }
    let login = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    let mut expected = login.events;
    let actions = [
        AuditAction::AccountSuspended,
        AuditAction::AccountRestored,
        AuditAction::AccountErased,
    ];
    for (number, action) in (0..).zip(actions) {
        let seconds = 10 + i64::from(number);
        let nobody = new_account_id();
        let on_nobody = event(action, seconds).on_account(nobody);
        assert!(!act(&store, number, nobody, &on_nobody).await);
        let event = event(action, seconds).on_account(login.account.id);
        assert!(act(&store, number, login.account.id, &event).await);
        expected.insert(0, event);
        assert_eq!(events(&store).await, expected);
    }
    let again = event(AuditAction::AccountErased, 30);
    assert_eq!(store.erase(login.account.id, &again).await.unwrap(), None, "it is gone");
    assert_eq!(events(&store).await, expected);
}

/// An event that was written before, by an attempt whose answer was lost, does not keep the act from being done.
pub async fn an_event_that_is_there_already_stops_nothing(store: StoreUnderTest) {
    let session = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await.session;
    let written = event(AuditAction::LoggedOut, 10).on_session(session.id);
    store.append_audit(&written).await.unwrap();
    let end = end(EndReason::Logout, 10);
    store.end_session(session.id, end, &written).await.unwrap();
    assert_eq!(store.session(session.id).await.unwrap().unwrap().end, Some(end));
    let second = LoginRecord {
        event: written.clone(),
        ..login(identity(APP_ONE, "o1", None), 20)
    };
    let second = recorded(&store, &second).await;
    assert_eq!(
        store.session(second.session.id).await.unwrap().unwrap().created_at,
        at(20)
    );
    assert_eq!(events(&store).await.len(), 2);
    assert_eq!(events(&store).await[0], written);
}
