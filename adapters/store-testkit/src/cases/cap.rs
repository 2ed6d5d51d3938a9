//! How many sessions an account may have.

use std::collections::HashSet;
use std::slice::from_ref;
use std::sync::Arc;
use std::time::Duration;

use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::login_rules::LoginRecord;
use wxlogin_domain::session::{EndReason, Session, SessionPolicy};

use crate::racing::race;
use crate::sample::{APP_ONE, APP_TWO, POLICY, at, end, event, identity, live_sessions, login, next, recorded};
use crate::{FEW_RACE_ROUNDS, StoreUnderTest};

const MOST: usize = POLICY.max_per_account;

async fn log_in(store: &StoreUnderTest, openid: &str, seconds: i64) -> Session {
    recorded(store, &login(identity(APP_ONE, openid, None), seconds))
        .await
        .session
}

async fn log_in_times(store: &StoreUnderTest, openid: &str, times: i64) -> Vec<Session> {
    let mut sessions = Vec::new();
    for seconds in 0..times {
        sessions.push(log_in(store, openid, seconds).await);
    }
    sessions
}

/// One login more than an account may have live sessions ends the oldest of them, and no other.
pub async fn one_login_too_many_ends_the_oldest_session(store: StoreUnderTest) {
    let others = log_in_times(&store, "somebody-else", 2).await;
    let mut sessions = log_in_times(&store, "o1", 20).await;
    let account = sessions[0].id.account;
    assert_eq!(sessions.len(), MOST);
    assert_eq!(store.sessions_of(account).await.unwrap(), sessions, "they have room");
    // Refreshed lately or not: what counts is when it began.
    sessions[0] = next(&sessions[0], 50);
    assert!(store.advance_session(&sessions[0]).await.unwrap());
    sessions.push(log_in(&store, "o1", 60).await);
    sessions[0].end = Some(end(EndReason::Displaced, 60));
    assert_eq!(store.sessions_of(account).await.unwrap(), sessions);
    sessions.push(log_in(&store, "o1", 70).await);
    sessions[1].end = Some(end(EndReason::Displaced, 70));
    assert_eq!(store.sessions_of(account).await.unwrap(), sessions);
    for other in others {
        assert_eq!(store.session(other.id).await.unwrap(), Some(other));
    }
}

/// The mini program does not matter: the account counts.
pub async fn sessions_of_all_apps_count_together(store: StoreUnderTest) {
    for seconds in 0..20 {
        let app = if seconds % 2 == 0 { APP_ONE } else { APP_TWO };
        recorded(&store, &login(identity(app, "o1", Some("u1")), seconds)).await;
    }
    let last = recorded(&store, &login(identity(APP_TWO, "o1", Some("u1")), 60)).await;
    let live = live_sessions(&store, last.account.id, at(60)).await;
    assert_eq!(live.len(), MOST);
    assert_eq!(live[0].created_at, at(1));
}

/// Sessions that are over take no room from those that live.
pub async fn sessions_that_are_over_take_no_room(store: StoreUnderTest) {
    let sessions = log_in_times(&store, "o1", 20).await;
    let account = sessions[0].id.account;
    for session in &sessions[5..8] {
        let event = event(AuditAction::LoggedOut, 30);
        let end = end(EndReason::Logout, 30);
        store.end_session(session.id, end, &event).await.unwrap();
    }
    for seconds in 40..43 {
        log_in(&store, "o1", seconds).await;
    }
    assert!(live_sessions(&store, account, at(50)).await.contains(&sessions[0]));
    assert_eq!(live_sessions(&store, account, at(50)).await.len(), MOST);
    // All have expired by then.
    let later = 40 * 86_400;
    let first = log_in(&store, "o1", later).await;
    assert_eq!(live_sessions(&store, account, at(later)).await, from_ref(&first));
    for seconds in later + 1..later + 20 {
        log_in(&store, "o1", seconds).await;
    }
    let live = live_sessions(&store, account, at(later + 30)).await;
    assert_eq!((live.len(), live[0].clone()), (MOST, first));
}

/// However often somebody logs in, the account does not grow: of what is over, the last ones are kept.
pub async fn an_account_never_has_many_sessions(store: StoreUnderTest) {
    let sessions = log_in_times(&store, "o1", 90).await;
    let kept = store.sessions_of(sessions[0].id.account).await.unwrap();
    assert!(kept.len() <= 2 * MOST, "{} sessions are kept", kept.len());
    let ids = |sessions: &[Session]| sessions.iter().map(|session| session.id).collect::<Vec<_>>();
    assert_eq!(ids(&kept), ids(&sessions[90 - kept.len()..]), "the last ones");
    let (over, alive) = kept.split_at(kept.len() - MOST);
    assert!(!over.is_empty());
    assert!(alive.iter().all(|session| session.end.is_none()));
    let is_displaced = |session: &Session| session.end.is_some_and(|end| end.reason == EndReason::Displaced);
    assert!(over.iter().all(is_displaced));
}

/// A rule that became stricter holds from the next login on.
pub async fn a_stricter_cap_holds_from_the_next_login(store: StoreUnderTest) {
    let sessions = log_in_times(&store, "o1", 8).await;
    let account = sessions[0].id.account;
    let strict = LoginRecord {
        policy: SessionPolicy {
            max_per_account: 3,
            ..POLICY
        },
        ..login(identity(APP_ONE, "o1", None), 60)
    };
    let last = recorded(&store, &strict).await.session;
    let live = live_sessions(&store, account, at(60)).await;
    assert_eq!(live, [sessions[6].clone(), sessions[7].clone(), last]);
}

/// Logins that race leave as many live sessions as an account may have, and no more.
pub async fn racing_logins_stay_within_the_cap(store: StoreUnderTest) {
    const FEW: usize = 5;
    let policy = SessionPolicy {
        max_per_account: FEW,
        refresh_ttl: Duration::from_secs(3600),
        ..POLICY
    };
    let mut account = None;
    for round in 0..FEW_RACE_ROUNDS {
        let seconds = i64::try_from(round).unwrap();
        let old = match account {
            None => Vec::new(),
            Some(account) => live_sessions(&store, account, at(seconds)).await,
        };
        let logins = race(|number| {
            let store = Arc::clone(&store);
            let refreshed = old.get(number).map(|session| next(session, seconds));
            let login = LoginRecord {
                policy,
                ..login(identity(APP_ONE, "o1", None), seconds)
            };
            async move {
                if let Some(next) = refreshed {
                    store.advance_session(&next).await.expect("no error");
                }
                recorded(&store, &login).await
            }
        })
        .await;
        let id = logins[0].account.id;
        let live = live_sessions(&store, id, at(seconds)).await;
        assert_eq!(live.len(), FEW, "round {round}");
        let new: HashSet<_> = logins.iter().map(|login| login.session.id).collect();
        assert!(
            live.iter().all(|session| new.contains(&session.id)),
            "the last ones live"
        );
        assert!(store.sessions_of(id).await.unwrap().len() <= 2 * FEW);
        account = Some(id);
    }
}
