//! Merging accounts.

use std::slice::from_ref;

use wxlogin_domain::account::{Account, AvatarUrl, Change, Nickname, ProfileChange};
use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord, RecordedLogin};
use wxlogin_domain::merge_rules::{Merge, MergeOutcome, MergeRefusal, merged};
use wxlogin_domain::ports::account_store::{AccountFilter, PhoneOutcome};
use wxlogin_domain::session::{EndReason, SessionEnd};

use super::search::{found, with_phone};
use crate::StoreUnderTest;
use crate::sample::{
    APP_ONE, APP_TWO, NUMBER, account_of, account_with, at, end, event, events, identity, login, new_account_id, next,
    recorded, unique_phone,
};

const OTHER_NUMBER: &str = "+8613800138001";
const APP_THREE: &str = "wx0000000000000003";

pub(super) fn merge(from: AccountId, into: AccountId, keep: Option<AccountId>) -> Merge {
    let told = |action, account, other: AccountId| {
        let event = event(action, 100).on_account(account);
        event.with_detail(&other.to_string())
    };
    Merge {
        from,
        into,
        keep,
        event_from: told(AuditAction::AccountMergedAway, from, into),
        event_into: told(AuditAction::AccountMerged, into, from),
    }
}

async fn log_in(store: &StoreUnderTest, app: &str, name: &str, unionid: Option<&str>) -> RecordedLogin {
    recorded(store, &login(identity(app, name, unionid), 10)).await
}

async fn profile(store: &StoreUnderTest, id: AccountId, change: ProfileChange) -> Account {
    let changed = store.change_profile(id, &change).await.unwrap();
    changed.expect("there is such an account")
}

fn name(name: &str) -> ProfileChange {
    ProfileChange {
        nickname: Change::Set(Nickname::parse(name).unwrap()),
        avatar_url: Change::Keep,
    }
}

fn picture(url: &str) -> ProfileChange {
    ProfileChange {
        nickname: Change::Keep,
        avatar_url: Change::Set(AvatarUrl::parse(url).unwrap()),
    }
}

/// Everything that an account has is the other's, which is found by all of it; its sessions are over.
pub async fn merging_moves_everything(store: StoreUnderTest) {
    log_in(&store, APP_ONE, "o1", Some("u0")).await;
    let gone = log_in(&store, APP_ONE, "o1", Some("u1")).await;
    let second = LoginRecord {
        phone: Some(unique_phone(NUMBER, 20)),
        ..login(identity(APP_THREE, "o3", Some("u1")), 20)
    };
    assert_eq!(recorded(&store, &second).await.account.id, gone.account.id);
    let stays = log_in(&store, APP_TWO, "o2", Some("u2")).await;
    let somebody_else = log_in(&store, APP_TWO, "o9", Some("u9")).await;
    let from = profile(&store, gone.account.id, name("名字")).await;
    let into = profile(&store, stays.account.id, picture("https://thirdwx.qlogo.cn/a.png")).await;
    let told = events(&store).await;

    let merge = merge(from.id, into.id, None);
    let expected = merged(into.clone(), from.clone(), None).unwrap();
    assert_eq!(expected.identities.len(), 3);
    let outcome = store.merge(&merge).await.unwrap();
    assert_eq!(outcome, MergeOutcome::Merged(Box::new(expected.clone())));
    assert_eq!(store.account(into.id).await.unwrap(), Some(expected.clone()));
    assert_eq!(store.account(from.id).await.unwrap(), None);
    for (app, openid) in [(APP_ONE, "o1"), (APP_TWO, "o2"), (APP_THREE, "o3")] {
        let found = account_of(&store, &identity(app, openid, None)).await;
        assert_eq!(found.as_ref(), Some(&expected));
    }
    for unionid in ["u0", "u1", "u2"] {
        assert_eq!(
            account_with(&store, unionid).await.as_ref(),
            Some(&expected),
            "{unionid}"
        );
    }
    assert_eq!(found(&store, &with_phone(NUMBER), 10).await, from_ref(&expected));
    let all = found(&store, &AccountFilter::default(), 10).await;
    assert_eq!(all, [expected.clone(), somebody_else.account.clone()]);

    assert_eq!(store.sessions_of(from.id).await.unwrap(), []);
    assert_eq!(store.session(gone.session.id).await.unwrap(), None);
    assert!(!store.advance_session(&next(&gone.session, 110)).await.unwrap());
    store.touch_sessions(&[(gone.session.id, at(110))]).await.unwrap();
    assert_eq!(store.session(gone.session.id).await.unwrap(), None);
    assert_eq!(store.sessions_of(into.id).await.unwrap(), from_ref(&stays.session));
    assert!(store.advance_session(&next(&stays.session, 110)).await.unwrap());
    let mut expected_log = vec![merge.event_into.clone(), merge.event_from.clone()];
    expected_log.extend(told);
    assert_eq!(events(&store).await, expected_log);

    for (app, openid, unionid) in [
        (APP_ONE, "o1", None),
        (APP_THREE, "o3", Some("u0")),
        (APP_ONE, "o1", Some("u1")),
    ] {
        let again = recorded(&store, &login(identity(app, openid, unionid), 120)).await;
        assert!(!again.is_new_account);
        assert_eq!((again.account.id, again.unionid_conflict), (into.id, None));
        assert_eq!(again.session.id.account, into.id);
    }
    let repeated = store.merge(&merge).await.unwrap();
    assert_eq!(repeated, MergeOutcome::NoFrom);
}

/// Where both have something that an account has once, the one that prevails keeps its own; the other's is forgotten, and
/// free for somebody else. Where the account that stays loses an identity, its sessions end: they may be that one's.
pub async fn merging_keeps_what_it_is_told_to(store: StoreUnderTest) {
    for keeps_into in [true, false] {
        let openid = |whose: &str| format!("{whose}-{keeps_into}");
        let mut pair = Vec::new();
        for (whose, number) in [("from", NUMBER), ("into", OTHER_NUMBER)] {
            let login = LoginRecord {
                phone: Some(unique_phone(number, 0)),
                ..login(identity(APP_ONE, &openid(whose), Some(&openid(whose))), 0)
            };
            let id = recorded(&store, &login).await.account.id;
            pair.push(profile(&store, id, name(whose)).await);
        }
        let [from, into] = <[Account; 2]>::try_from(pair).unwrap();
        let keep = if keeps_into { into.id } else { from.id };
        let (kept, lost) = if keeps_into { (&into, &from) } else { (&from, &into) };
        let expected = merged(into.clone(), from.clone(), Some(keep)).unwrap();
        assert_eq!(expected.phone, kept.phone);
        let outcome = store.merge(&merge(from.id, into.id, Some(keep))).await.unwrap();
        let ends: Vec<Option<SessionEnd>> = store
            .sessions_of(into.id)
            .await
            .unwrap()
            .iter()
            .map(|session| session.end)
            .collect();
        assert_eq!(ends, [(!keeps_into).then(|| end(EndReason::EndedByOperator, 100))]);
        assert_eq!(outcome, MergeOutcome::Merged(Box::new(expected.clone())));
        assert_eq!(store.account(into.id).await.unwrap(), Some(expected.clone()));
        assert_eq!(store.account(from.id).await.unwrap(), None);
        let kept_identity = &kept.identities[0].identity;
        assert_eq!(account_of(&store, kept_identity).await, Some(expected.clone()));
        let forgotten = &lost.identities[0].identity;
        assert_eq!(account_of(&store, forgotten).await, None);
        // Whoever was let go does not come back by a unionid, from another app.
        let (kept_unionid, lost_unionid) = if keeps_into { ("into", "from") } else { ("from", "into") };
        assert_eq!(
            account_with(&store, &openid(kept_unionid)).await,
            Some(expected.clone())
        );
        assert_eq!(account_with(&store, &openid(lost_unionid)).await, None);
        let (kept_number, lost_number) = if keeps_into {
            (OTHER_NUMBER, NUMBER)
        } else {
            (NUMBER, OTHER_NUMBER)
        };
        assert_eq!(found(&store, &with_phone(kept_number), 10).await, [expected]);
        assert_eq!(found(&store, &with_phone(lost_number), 10).await, []);

        let again = recorded(&store, &login(forgotten.clone(), 200)).await;
        assert!(again.is_new_account, "whoever was let go is somebody new");
        assert_eq!(again.unionid_conflict, None);
        for (number, is_free) in [(kept_number, false), (lost_number, true)] {
            let bound = event(AuditAction::PhoneBound, 210);
            let binding = unique_phone(number, 210);
            let outcome = store.bind_phone(again.account.id, &binding, &bound).await.unwrap();
            assert_eq!(outcome != PhoneOutcome::Taken, is_free);
        }
        for account in [into.id, again.account.id] {
            store
                .erase(account, &event(AuditAction::AccountErased, 220))
                .await
                .unwrap();
        }
    }
}

/// What is refused, and what is about nobody, changes nothing.
pub async fn refused_merges_write_nothing(store: StoreUnderTest) {
    let one = log_in(&store, APP_ONE, "o1", Some("u1")).await;
    let two = log_in(&store, APP_ONE, "o2", Some("u2")).await;
    let suspended = log_in(&store, APP_TWO, "o3", Some("u3")).await;
    let id = suspended.account.id;
    let event = event(AuditAction::AccountSuspended, 20).on_account(id);
    store.suspend(id, end(EndReason::Suspended, 20), &event).await.unwrap();
    let accounts = found(&store, &AccountFilter::default(), 10).await;
    let told = events(&store).await;
    let (one_id, two_id, nobody) = (one.account.id, two.account.id, new_account_id());
    let app = AppId::parse(APP_ONE).unwrap();
    let refused = MergeOutcome::Refused;
    for (from, into, keep, expected) in [
        (one_id, one_id, None, refused(MergeRefusal::SameAccount)),
        (one_id, two_id, None, refused(MergeRefusal::SameApps(vec![app]))),
        (one_id, id, None, refused(MergeRefusal::Suspended)),
        (id, one_id, Some(one_id), refused(MergeRefusal::Suspended)),
        (nobody, one_id, Some(one_id), MergeOutcome::NoFrom),
        (one_id, nobody, Some(one_id), MergeOutcome::NoInto),
        (nobody, nobody, None, MergeOutcome::NoFrom),
    ] {
        assert_eq!(store.merge(&merge(from, into, keep)).await.unwrap(), expected);
        assert_eq!(found(&store, &AccountFilter::default(), 10).await, accounts);
        assert_eq!(events(&store).await, told);
        for login in [&one, &two] {
            assert_eq!(
                account_of(&store, &login.session.identity).await.as_ref(),
                Some(&login.account)
            );
            let session = store.session(login.session.id).await.unwrap();
            assert_eq!(session.as_ref(), Some(&login.session));
        }
    }
}

/// Two suspended accounts are one suspended account.
pub async fn suspended_accounts_stay_suspended(store: StoreUnderTest) {
    let mut ids = Vec::new();
    for (app, openid) in [(APP_ONE, "o1"), (APP_TWO, "o2")] {
        let id = log_in(&store, app, openid, None).await.account.id;
        let event = event(AuditAction::AccountSuspended, 20);
        store.suspend(id, end(EndReason::Suspended, 20), &event).await.unwrap();
        ids.push(id);
    }
    let outcome = store.merge(&merge(ids[0], ids[1], None)).await.unwrap();
    assert!(matches!(outcome, MergeOutcome::Merged(_)), "{outcome:?}");
    for (app, openid) in [(APP_ONE, "o1"), (APP_TWO, "o2")] {
        let refused = store
            .record_login(&login(identity(app, openid, None), 200))
            .await
            .unwrap();
        assert_eq!(refused, LoginOutcome::Suspended(ids[1]));
    }
}

/// A conflict of unionids is what an operator merges; then it is none any more, and the next login has its unionid.
pub async fn merging_ends_a_conflict(store: StoreUnderTest) {
    for keeps_noting in [true, false] {
        let openid = |whose: &str| format!("{whose}-{keeps_noting}");
        let unionid = openid("u");
        log_in(&store, APP_ONE, &openid("noting"), None).await;
        let owner = log_in(&store, APP_TWO, &openid("owner"), Some(&unionid))
            .await
            .account
            .id;
        let noting = log_in(&store, APP_ONE, &openid("noting"), Some(&unionid)).await;
        assert_eq!(noting.unionid_conflict, Some(owner));
        let noting = noting.account.id;
        let (from, into) = if keeps_noting { (owner, noting) } else { (noting, owner) };
        let MergeOutcome::Merged(account) = store.merge(&merge(from, into, None)).await.unwrap() else {
            panic!("they are one");
        };
        assert!(
            account
                .identities
                .iter()
                .all(|linked| linked.unionid_conflict.is_none())
        );
        assert_eq!(store.account(into).await.unwrap(), Some(*account));
        let settled = log_in(&store, APP_ONE, &openid("noting"), Some(&unionid)).await;
        assert_eq!((settled.account.id, settled.unionid_conflict), (into, None));
        assert_eq!(settled.events.len(), 1);
        assert!(
            settled
                .account
                .identities
                .iter()
                .all(|linked| linked.identity.unionid.is_some())
        );
    }
}
