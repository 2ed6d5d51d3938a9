//! What was imported lives on as if it had come about in the store itself.

use std::slice::from_ref;

use wxlogin_domain::account::{Account, AccountStatus};
use wxlogin_domain::audit::{AuditAction, AuditEvent, AuditFilter};
use wxlogin_domain::copy::CopyItem;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord};
use wxlogin_domain::merge_rules::{Merge, MergeOutcome};
use wxlogin_domain::ports::account_store::PhoneOutcome;
use wxlogin_domain::ports::session_store::SessionSweep;
use wxlogin_domain::push::{PushAct, PushEffect, PushOutcome};
use wxlogin_domain::session::{EndReason, Generation, Session};
use wxlogin_domain::timestamp::Timestamp;

use super::copy::import;
use super::search::{found, with_phone};
use crate::StoreUnderTest;
use crate::copied::{api_key, person, person_with_everything, push, ring, session};
use crate::sample::{
    APP_ONE, APP_TWO, NUMBER, POLICY, account_of, at, end, event, events, events_in_pages, identity, live_sessions,
    login, next, phone, recorded, unique_phone,
};

const APP_THREE: &str = "wx0000000000000003";

/// Whoever was imported is known: by each identity, and in another app by each unionid, also one of before.
pub async fn logins_find_imported_accounts(store: StoreUnderTest) {
    let somebody = person_with_everything();
    let id = somebody.account.id;
    import(&store, &[somebody.clone().into()]).await;
    for linked in &somebody.account.identities {
        let found = account_of(&store, &linked.identity).await;
        assert_eq!(found, Some(somebody.account.clone()));
    }
    for linked in &somebody.account.identities {
        let login = recorded(&store, &login(linked.identity.clone(), 100)).await;
        assert_eq!((login.account.id, login.is_new_account), (id, false));
        assert_eq!(login.account.external_id, somebody.account.external_id);
    }
    for (number, unionid) in (0x10..).zip(&somebody.unionids) {
        let app = format!("wx00000000000000{number:x}");
        let login = recorded(&store, &login(identity(&app, "o-new", Some(unionid.as_str())), 200)).await;
        assert_eq!((login.account.id, login.is_new_account), (id, false), "{unionid}");
    }
    let stranger = recorded(&store, &login(identity(APP_THREE, "o-new", Some("u-new")), 300)).await;
    assert!(stranger.is_new_account);
}

/// Whoever was suspended is, until an operator says otherwise.
pub async fn imported_suspensions_hold(store: StoreUnderTest) {
    let mut somebody = person(&[identity(APP_ONE, "o1", Some("u1"))], 0);
    somebody.account.status = AccountStatus::Suspended;
    let id = somebody.account.id;
    import(&store, &[somebody.into()]).await;
    for login in [
        login(identity(APP_ONE, "o1", None), 10),
        login(identity(APP_TWO, "o2", Some("u1")), 10),
    ] {
        let outcome = store.record_login(&login).await.unwrap();
        assert_eq!(outcome, LoginOutcome::Suspended(id));
    }
    let restored = event(AuditAction::AccountRestored, 20);
    store
        .restore(id, &restored)
        .await
        .unwrap()
        .expect("there is such an account");
    let back = recorded(&store, &login(identity(APP_ONE, "o1", None), 30)).await;
    assert_eq!(back.account.id, id);
}

/// A conflict that was told before it was copied is not told again.
pub async fn imported_conflicts_are_known(store: StoreUnderTest) {
    let rival = person(&[identity(APP_TWO, "o2", Some("u1"))], 0);
    let mut somebody = person(&[identity(APP_ONE, "o1", None)], 0);
    somebody.account.identities[0].unionid_conflict = Some(rival.account.id);
    let both = [rival.clone().into(), somebody.clone().into()];
    import(&store, &both).await;
    let login = recorded(&store, &login(identity(APP_ONE, "o1", Some("u1")), 10)).await;
    assert_eq!(login.account.id, somebody.account.id);
    assert_eq!(login.unionid_conflict, Some(rival.account.id));
    assert_eq!(login.events.len(), 1, "nothing but the login");
}

/// Sessions that live go on at their generation, those that are over do not, and all can be ended.
pub async fn imported_sessions_go_on(store: StoreUnderTest) {
    let somebody = person_with_everything();
    import(&store, &[somebody.clone().into()]).await;
    let id = somebody.account.id;
    assert_eq!(store.sessions_of(id).await.unwrap(), somebody.sessions);
    for session in &somebody.sessions {
        assert_eq!(store.session(session.id).await.unwrap().as_ref(), Some(session));
        if session.generation == Generation(u32::MAX) {
            continue;
        }
        let next = Session {
            generation: session.generation.next(),
            rotated_at: at(100),
            ..session.clone()
        };
        let lives = session.end.is_none();
        assert_eq!(store.advance_session(&next).await.unwrap(), lives);
        assert!(!store.advance_session(&next).await.unwrap(), "once");
        let stored = if lives { next } else { session.clone() };
        assert_eq!(store.session(session.id).await.unwrap(), Some(stored));
    }
    let used = somebody.sessions[0].id;
    store.touch_sessions(&[(used, at(150))]).await.unwrap();
    assert_eq!(store.session(used).await.unwrap().unwrap().last_used_at, at(150));
    let suspended = event(AuditAction::AccountSuspended, 200);
    store
        .suspend(id, end(EndReason::Suspended, 200), &suspended)
        .await
        .unwrap();
    assert_eq!(live_sessions(&store, id, at(200)).await, []);
    let erased = event(AuditAction::AccountErased, 300);
    store
        .erase(id, &erased)
        .await
        .unwrap()
        .expect("there is such an account");
    assert_eq!(store.sessions_of(id).await.unwrap(), []);
    let back = recorded(
        &store,
        &login(identity(APP_ONE, "o-back", Some("u-before-everything")), 400),
    )
    .await;
    assert!(back.is_new_account, "nothing leads to an account that was erased");
}

/// Sessions that were imported take room, and the oldest of them goes first.
pub async fn the_cap_counts_imported_sessions(store: StoreUnderTest) {
    let mut somebody = person(&[identity(APP_ONE, "o1", None)], 0);
    for seconds in (0_i64..).take(POLICY.max_per_account) {
        somebody.sessions.push(session(&somebody, seconds));
    }
    import(&store, &[somebody.clone().into()]).await;
    let newest = recorded(&store, &login(identity(APP_ONE, "o1", None), 60))
        .await
        .session;
    let live = live_sessions(&store, somebody.account.id, at(60)).await;
    assert_eq!(live, [&somebody.sessions[1..], from_ref(&newest)].concat());
}

/// Sessions that were imported are swept when they have been over for long enough.
pub async fn imported_sessions_are_swept(store: StoreUnderTest) {
    let mut somebody = person(&[identity(APP_ONE, "o1", None)], 0);
    somebody.sessions = vec![session(&somebody, 0), session(&somebody, 1)];
    let over = somebody.sessions[0].clone().ended(end(EndReason::Logout, 5));
    somebody.sessions[0] = over;
    import(&store, &[somebody.clone().into()]).await;
    let sweep = SessionSweep {
        now: at(100),
        dead_since: at(50),
        after: None,
        limit: 10,
    };
    let swept = store.sweep_sessions(&sweep).await.unwrap();
    assert_eq!((swept.removed, swept.alive), (1, 1));
    let left = store.sessions_of(somebody.account.id).await.unwrap();
    assert_eq!(left, somebody.sessions[1..]);
}

/// All who have a number are found by it; none of them loses it, and nobody else gets it where it has to be unique.
pub async fn imported_numbers_are_found_and_kept(store: StoreUnderTest) {
    let mut holders: Vec<Account> = Vec::new();
    for seconds in 0..3 {
        let mut somebody = person(&[identity(APP_ONE, &format!("o{seconds}"), None)], seconds);
        somebody.account.phone = Some(phone(NUMBER, seconds));
        holders.push(somebody.account.clone());
        import(&store, &[somebody.into()]).await;
    }
    for limit in [1, 2, 100] {
        assert_eq!(found(&store, &with_phone(NUMBER), limit).await, holders);
    }
    let wants_it = LoginRecord {
        phone: Some(unique_phone(NUMBER, 10)),
        ..login(identity(APP_TWO, "o-other", None), 10)
    };
    let refused = store.record_login(&wants_it).await.unwrap();
    assert_eq!(refused, LoginOutcome::PhoneTaken);
    let other = recorded(&store, &login(identity(APP_TWO, "o-other", None), 20))
        .await
        .account;
    let bound = event(AuditAction::PhoneBound, 30);
    let outcome = store
        .bind_phone(other.id, &unique_phone(NUMBER, 30), &bound)
        .await
        .unwrap();
    assert_eq!(outcome, PhoneOutcome::Taken);
    for holder in holders {
        let removed = event(AuditAction::PhoneRemoved, 40);
        store
            .unbind_phone(holder.id, &removed)
            .await
            .unwrap()
            .expect("there is such an account");
    }
    assert_eq!(found(&store, &with_phone(NUMBER), 10).await, []);
    let outcome = store
        .bind_phone(other.id, &unique_phone(NUMBER, 50), &bound)
        .await
        .unwrap();
    assert!(matches!(outcome, PhoneOutcome::Bound(_)), "it is free");
}

/// Messages that were honoured before they were copied are repeats, until they are forgotten.
pub async fn imported_messages_are_repeats(store: StoreUnderTest) {
    let known = push(3);
    import(&store, &[CopyItem::Push(known)]).await;
    let app = AppId::parse(APP_ONE).unwrap();
    let act = PushAct {
        hash: known.hash,
        app: app.clone(),
        openid: None,
        effect: PushEffect::Record,
        at: at(10),
        event: event(AuditAction::UserInfoModified, 10).in_app(&app),
    };
    assert_eq!(store.honour(&act).await.unwrap(), PushOutcome::Repeated);
    assert_eq!(events(&store).await, []);
    assert_eq!(store.sweep_pushes(at(3), 10).await.unwrap(), 0);
    assert_eq!(store.sweep_pushes(at(4), 10).await.unwrap(), 1);
    assert_eq!(store.honour(&act).await.unwrap(), PushOutcome::Honoured(None));
}

/// API keys keep their names, and the key ring its version.
pub async fn imported_keys_are_the_stores_own(store: StoreUnderTest) {
    let (key, ring) = (api_key("orders"), ring());
    let items = [CopyItem::ApiKey(key.clone()), CopyItem::KeyRing(Box::new(ring.clone()))];
    import(&store, &items).await;
    assert_eq!(store.api_keys().await.unwrap(), from_ref(&key));
    let created = event(AuditAction::ApiKeyCreated, 1);
    assert!(!store.add_api_key(&key, &created).await.unwrap(), "the name is taken");
    assert_eq!(store.key_ring().await.unwrap(), Some(ring.clone()));
    assert!(!store.replace_key_ring(&ring, &[]).await.unwrap());
    let next = KeyRing {
        version: ring.version + 1,
        ..ring
    };
    assert!(store.replace_key_ring(&next, &[]).await.unwrap());
    assert_eq!(store.key_ring().await.unwrap(), Some(next));
    let removed = event(AuditAction::ApiKeyRemoved, 2);
    assert!(store.remove_api_key(&key.name, &removed).await.unwrap());
}

/// The log is read in pages and by filters, goes on, and is swept.
pub async fn imported_events_are_in_the_log(store: StoreUnderTest) {
    let somebody = person(&[identity(APP_ONE, "o1", None)], 0);
    let id = somebody.account.id;
    let mut log: Vec<AuditEvent> = Vec::new();
    for seconds in 0..30 {
        let event = event(AuditAction::ALL[usize::try_from(seconds % 3).unwrap()], seconds);
        log.push(if seconds % 2 == 0 { event.on_account(id) } else { event });
    }
    let items = log.iter().cloned().map(|event| CopyItem::Event(Box::new(event)));
    let items: Vec<CopyItem> = std::iter::once(somebody.clone().into()).chain(items).collect();
    import(&store, &items).await;
    let own = recorded(&store, &login(identity(APP_ONE, "o1", None), 100)).await;
    log.extend(own.events);
    log.reverse();
    for filter in [
        AuditFilter::default(),
        AuditFilter {
            account: Some(id),
            ..AuditFilter::default()
        },
        AuditFilter {
            action: Some(AuditAction::ALL[1]),
            account: Some(id),
            ..AuditFilter::default()
        },
        AuditFilter {
            since: Some(at(10)),
            until: Some(at(20)),
            ..AuditFilter::default()
        },
    ] {
        let expected: Vec<AuditEvent> = log.iter().filter(|event| filter.fits(event)).cloned().collect();
        for limit in [1, 7, 100] {
            assert_eq!(events_in_pages(&store, &filter, limit).await, expected, "{filter:?}");
        }
    }
    let before: Timestamp = at(10);
    assert_eq!(store.sweep_audit(before, 100).await.unwrap(), 10);
    log.retain(|event| event.at >= before);
    assert_eq!(events(&store).await, log);
}

/// An account that was imported merges with one that was not.
pub async fn imported_accounts_merge(store: StoreUnderTest) {
    let mut somebody = person(&[identity(APP_ONE, "o1", Some("u1"))], 0);
    somebody.sessions.push(session(&somebody, 0));
    import(&store, &[somebody.clone().into()]).await;
    let other = recorded(&store, &login(identity(APP_TWO, "o2", None), 10))
        .await
        .account;
    let session = &somebody.sessions[0];
    assert!(store.advance_session(&next(session, 20)).await.unwrap());
    let merge = Merge {
        from: somebody.account.id,
        into: other.id,
        keep: None,
        event_from: event(AuditAction::AccountMergedAway, 30).on_account(somebody.account.id),
        event_into: event(AuditAction::AccountMerged, 30).on_account(other.id),
    };
    let outcome = store.merge(&merge).await.expect("the store merges");
    assert!(matches!(outcome, MergeOutcome::Merged(_)), "{outcome:?}");
    assert_eq!(store.session(session.id).await.unwrap(), None);
    for identity in [
        identity(APP_ONE, "o1", None),
        identity(APP_TWO, "o2", None),
        identity(APP_THREE, "o3", Some("u1")),
    ] {
        let login = recorded(&store, &login(identity, 40)).await;
        assert_eq!((login.account.id, login.is_new_account), (other.id, false));
    }
}
