//! Erasing accounts.

use std::slice::from_ref;
use std::sync::Arc;

use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::identity::UnionId;
use wxlogin_domain::login_rules::LoginRecord;
use wxlogin_domain::phone_number::PhoneNumber;
use wxlogin_domain::ports::account_store::{AccountFilter, AccountQuery};
use wxlogin_domain::session::EndReason;

use crate::racing::race;
use crate::sample::{APP_ONE, APP_TWO, NUMBER, at, end, event, identity, login, next, recorded, shared_phone};
use crate::{FEW_RACE_ROUNDS, StoreUnderTest};

/// Nothing of an account is left, and nothing of it comes back; others keep what is theirs.
pub async fn erasing_leaves_nothing_of_an_account(store: StoreUnderTest) {
    let with_phone = |openid, unionid, seconds| LoginRecord {
        phone: Some(shared_phone(NUMBER, seconds)),
        ..login(identity(APP_ONE, openid, Some(unionid)), seconds)
    };
    let first = recorded(&store, &with_phone("o1", "u1", 0)).await;
    let second = recorded(&store, &login(identity(APP_TWO, "o2", Some("u1")), 10)).await;
    let other = recorded(&store, &with_phone("o3", "u3", 20)).await;
    let id = first.account.id;
    let erased = event(AuditAction::AccountErased, 30).on_account(id);
    assert_eq!(store.erase(id, &erased).await.unwrap(), Some(second.account.clone()));
    assert_eq!(store.account(id).await.unwrap(), None);
    for login in [&first, &second] {
        let session = &login.session;
        let identity = &session.identity;
        let found = store
            .account_of_identity(&identity.app, &identity.openid)
            .await
            .unwrap();
        assert_eq!(found, None);
        assert_eq!(store.session(session.id).await.unwrap(), None);
        // What was under way meanwhile finds nothing to change.
        assert!(!store.advance_session(&next(session, 40)).await.unwrap());
        store.touch_sessions(&[(session.id, at(40))]).await.unwrap();
        let event = event(AuditAction::LoggedOut, 40);
        store
            .end_session(session.id, end(EndReason::Logout, 40), &event)
            .await
            .unwrap();
        assert_eq!(store.session(session.id).await.unwrap(), None);
    }
    assert_eq!(store.sessions_of(id).await.unwrap(), []);
    let unionid = |unionid| UnionId::parse(unionid).unwrap();
    assert_eq!(store.account_of_unionid(&unionid("u1")).await.unwrap(), None);
    let with_number = AccountQuery {
        filter: AccountFilter {
            phone: PhoneNumber::parse(NUMBER).ok(),
            status: None,
        },
        after: None,
        limit: 10,
    };
    assert_eq!(
        store.accounts(&with_number).await.unwrap().accounts,
        from_ref(&other.account)
    );
    assert_eq!(
        store.account(other.account.id).await.unwrap(),
        Some(other.account.clone())
    );
    assert_eq!(store.session(other.session.id).await.unwrap(), Some(other.session));
    assert_eq!(
        store.account_of_unionid(&unionid("u3")).await.unwrap(),
        Some(other.account)
    );
    let again = event(AuditAction::AccountErased, 50);
    assert_eq!(store.erase(id, &again).await.unwrap(), None);
}

/// Who comes again is somebody new: by the openid, by the unionid, and by a unionid that the account had before.
pub async fn after_erasing_a_login_makes_a_new_account(store: StoreUnderTest) {
    let old = recorded(&store, &login(identity(APP_ONE, "o1", Some("u1")), 0)).await;
    let changed = recorded(&store, &login(identity(APP_ONE, "o1", Some("u2")), 10)).await;
    assert_eq!(changed.account.id, old.account.id);
    let erased = event(AuditAction::AccountErased, 20);
    assert_eq!(
        store.erase(old.account.id, &erased).await.unwrap(),
        Some(changed.account)
    );
    let mut accounts = vec![old.account.id];
    for (app, openid, unionid) in [
        (APP_ONE, "o1", None),
        (APP_TWO, "o2", Some("u1")),
        (APP_TWO, "o3", Some("u2")),
    ] {
        let login = login(identity(app, openid, unionid), 30);
        let again = recorded(&store, &login).await;
        assert!(again.is_new_account);
        assert_eq!(again.account.id, login.new_account);
        assert_eq!(again.account.created_at, at(30));
        assert_eq!(store.sessions_of(again.account.id).await.unwrap(), [again.session]);
        assert!(!accounts.contains(&again.account.id));
        accounts.push(again.account.id);
    }
}

/// A unionid that belongs to somebody else stays with that account.
pub async fn erasing_takes_no_unionid_from_others(store: StoreUnderTest) {
    let one = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    let two = recorded(&store, &login(identity(APP_TWO, "o2", Some("u1")), 0)).await;
    let conflict = recorded(&store, &login(identity(APP_ONE, "o1", Some("u1")), 10)).await;
    assert_eq!(conflict.unionid_conflict, Some(two.account.id));
    let erased = event(AuditAction::AccountErased, 20);
    assert_eq!(
        store.erase(one.account.id, &erased).await.unwrap(),
        Some(conflict.account)
    );
    let found = store.account_of_unionid(&UnionId::parse("u1").unwrap()).await.unwrap();
    assert_eq!(found, Some(two.account));
}

/// Logins and refreshes that run while an account is erased: no session is left without its account.
pub async fn racing_with_erasing_leaves_no_orphan(store: StoreUnderTest) {
    for round in 0..2 * FEW_RACE_ROUNDS {
        let (openid, unionid) = (format!("race-{round}"), format!("union-{round}"));
        let first = recorded(&store, &login(identity(APP_ONE, &openid, Some(&unionid)), 0)).await;
        let id = first.account.id;
        let answers = race(|number| {
            let store = Arc::clone(&store);
            let app = if number % 2 == 0 { APP_ONE } else { APP_TWO };
            let login = LoginRecord {
                phone: (number % 3 == 0).then(|| shared_phone(NUMBER, 1)),
                ..login(identity(app, &openid, Some(&unionid)), 1)
            };
            let next = next(&first.session, 1);
            async move {
                match number {
                    0 | 1 => {
                        let event = event(AuditAction::AccountErased, 2).on_account(id);
                        let erased = store.erase(id, &event).await.expect("no error");
                        (erased.is_some(), None)
                    }
                    2 | 3 => {
                        store.advance_session(&next).await.expect("no error");
                        (false, None)
                    }
                    4 => {
                        let uses = [(next.id, at(1))];
                        store.touch_sessions(&uses).await.expect("no error");
                        (false, None)
                    }
                    _ => (false, Some(recorded(&store, &login).await)),
                }
            }
        })
        .await;
        assert_eq!(answers.iter().filter(|(erased, _)| *erased).count(), 1, "round {round}");
        assert_eq!(store.account(id).await.unwrap(), None);
        assert_eq!(store.sessions_of(id).await.unwrap(), [], "round {round}: an orphan");
        for login in answers.into_iter().filter_map(|(_, login)| login) {
            let account = store.account(login.account.id).await.unwrap();
            let session = store.session(login.session.id).await.unwrap();
            assert_eq!(account.is_some(), session.is_some(), "round {round}");
            assert_eq!(account.is_none(), login.account.id == id, "round {round}");
            let identity = &login.session.identity;
            let found = store
                .account_of_identity(&identity.app, &identity.openid)
                .await
                .unwrap();
            let found = found.map(|account| account.id);
            assert_ne!(found, Some(id), "round {round}: an identity leads nowhere");
        }
        let found = store
            .account_of_unionid(&UnionId::parse(&unionid).unwrap())
            .await
            .unwrap();
        assert_ne!(found.map(|account| account.id), Some(id));
    }
}
