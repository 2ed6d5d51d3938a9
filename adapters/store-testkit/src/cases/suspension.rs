//! Suspension and restoring.

use wxlogin_domain::account::AccountStatus;
use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::login_rules::LoginOutcome;
use wxlogin_domain::session::EndReason;

use crate::StoreUnderTest;
use crate::sample::{APP_ONE, at, end, event, identity, login, new_account_id, recorded};

/// Sessions end at once; a login is refused and writes nothing.
pub async fn suspension_ends_sessions_and_refuses_logins(store: StoreUnderTest) {
    let first = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    let second = recorded(&store, &login(identity(APP_ONE, "o1", None), 10)).await;
    let id = first.account.id;
    let end = end(EndReason::Suspended, 60);
    let account = store
        .suspend(id, end, &event(AuditAction::AccountSuspended, 60))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(account.status, AccountStatus::Suspended);
    for session in [first.session.id, second.session.id] {
        assert_eq!(store.session(session).await.unwrap().unwrap().end, Some(end));
    }
    let login = login(identity(APP_ONE, "o1", Some("u1")), 120);
    assert_eq!(store.record_login(&login).await.unwrap(), LoginOutcome::Suspended(id));
    let stored = store.account(id).await.unwrap().unwrap();
    assert_eq!(stored, account);
    assert_eq!(stored.last_login_at, at(10));
    let suspended = event(AuditAction::AccountSuspended, 60);
    assert_eq!(store.suspend(new_account_id(), end, &suspended).await.unwrap(), None);
}

/// After restoring, logins are new sessions; the old ones stay dead.
pub async fn restore_lets_in_again_but_revives_no_session(store: StoreUnderTest) {
    let first = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    store
        .suspend(
            first.account.id,
            end(EndReason::Suspended, 60),
            &event(AuditAction::AccountSuspended, 60),
        )
        .await
        .unwrap();
    let let_in = event(AuditAction::AccountRestored, 90);
    let restored = store.restore(first.account.id, &let_in).await.unwrap().unwrap();
    assert_eq!(restored.status, AccountStatus::Active);
    assert!(store.session(first.session.id).await.unwrap().unwrap().end.is_some());
    let again = recorded(&store, &login(identity(APP_ONE, "o1", None), 120)).await;
    assert_eq!(again.account.id, first.account.id);
    assert_eq!(again.session.end, None);
    assert_eq!(store.restore(new_account_id(), &let_in).await.unwrap(), None);
}
