//! Unionids: what says that two identities are one person's.

use std::collections::HashSet;
use std::sync::Arc;

use wxlogin_domain::audit::{AuditAction, AuditEvent, AuditFilter};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::WechatIdentity;
use wxlogin_domain::login_rules::RecordedLogin;

use crate::racing::race;
use crate::sample::{APP_ONE, APP_TWO, account_of, account_with, events_in_pages, identity, login, recorded};
use crate::{FEW_RACE_ROUNDS, StoreUnderTest};

async fn conflicts_of(store: &StoreUnderTest, account: AccountId) -> Vec<AuditEvent> {
    let filter = AuditFilter {
        account: Some(account),
        action: Some(AuditAction::UnionidConflict),
        ..AuditFilter::default()
    };
    events_in_pages(store, &filter, 10).await
}

/// Which account the store notes as one that has the unionid of an identity.
async fn noted(store: &StoreUnderTest, identity: &WechatIdentity) -> Option<AccountId> {
    let account = account_of(store, identity).await.expect("there is such an account");
    account
        .identity(identity)
        .expect("it has the identity")
        .unionid_conflict
}

/// A first login in a second app joins the account that has the unionid.
pub async fn unionid_joins_a_second_app(store: StoreUnderTest) {
    let one = recorded(&store, &login(identity(APP_ONE, "o1", Some("u1")), 0)).await;
    let two = recorded(&store, &login(identity(APP_TWO, "o2", Some("u1")), 60)).await;
    assert!(!two.is_new_account);
    assert_eq!(two.account.id, one.account.id);
    assert_eq!(two.account.identities.len(), 2);
    assert_eq!(two.session.identity.app.as_str(), APP_TWO);
    // Without the unionid, the openid alone finds it from now on.
    let again = recorded(&store, &login(identity(APP_TWO, "o2", None), 120)).await;
    assert_eq!(again.account.id, one.account.id);
    assert_eq!(store.account(one.account.id).await.unwrap(), Some(again.account));
}

/// A unionid that appears later is kept, and joins from then on.
pub async fn unionid_is_back_filled(store: StoreUnderTest) {
    let first = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    let later = recorded(&store, &login(identity(APP_ONE, "o1", Some("u1")), 60)).await;
    assert_eq!(later.account.id, first.account.id);
    assert!(later.account.identities[0].identity.unionid.is_some());
    let elsewhere = recorded(&store, &login(identity(APP_TWO, "o2", Some("u1")), 120)).await;
    assert_eq!(elsewhere.account.id, first.account.id);
}

/// A unionid that belongs to another account is reported, and both accounts stay as they are.
pub async fn unionid_conflict_is_reported_and_nothing_merged(store: StoreUnderTest) {
    let one = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    let two = recorded(&store, &login(identity(APP_TWO, "o2", Some("u1")), 0)).await;
    assert_ne!(one.account.id, two.account.id);
    let conflict = recorded(&store, &login(identity(APP_ONE, "o1", Some("u1")), 60)).await;
    assert_eq!(conflict.account.id, one.account.id);
    assert_eq!(conflict.unionid_conflict, Some(two.account.id));
    assert_eq!(conflict.account.identities[0].identity.unionid, None);
    assert_eq!(
        noted(&store, &identity(APP_ONE, "o1", None)).await,
        Some(two.account.id)
    );
    assert_eq!(store.account(one.account.id).await.unwrap(), Some(conflict.account));
    assert_eq!(store.account(two.account.id).await.unwrap(), Some(two.account));
}

/// A conflict is noted, and told once, however often the person logs in; another conflict is told again.
pub async fn unionid_conflict_is_told_once(store: StoreUnderTest) {
    let one = identity(APP_ONE, "o1", None);
    let own = recorded(&store, &login(one.clone(), 0)).await.account.id;
    let [two, three] = ["u2", "u3"].map(|unionid| login(identity(APP_TWO, unionid, Some(unionid)), 0));
    let two = recorded(&store, &two).await.account.id;
    let three = recorded(&store, &three).await.account.id;
    let mut told = Vec::new();
    for (unionid, conflict, is_news) in [
        (Some("u2"), Some(two), true),
        (Some("u2"), Some(two), false),
        // A login without a unionid says nothing.
        (None, None, false),
        (Some("u2"), Some(two), false),
        (Some("u3"), Some(three), true),
        (Some("u2"), Some(two), true),
    ] {
        let login = recorded(&store, &login(identity(APP_ONE, "o1", unionid), 60)).await;
        assert_eq!(login.unionid_conflict, conflict);
        assert_eq!(noted(&store, &one).await, conflict.or(Some(two)));
        assert_eq!(login.events.len(), 1 + usize::from(is_news));
        told.extend(login.events[1..].iter().map(|event| event.detail.clone()));
        let events = conflicts_of(&store, own).await;
        assert_eq!(events.len(), told.len());
        assert!(login.events[1..].iter().all(|event| events.contains(event)));
    }
    let names = [two, three, two].map(|account| Some(account.to_string().into()));
    assert_eq!(told, names);
    for other in [two, three] {
        assert_eq!(conflicts_of(&store, other).await, []);
    }
    // One that nobody has is no conflict.
    let settled = recorded(&store, &login(identity(APP_ONE, "o1", Some("u4")), 90)).await;
    assert_eq!(settled.unionid_conflict, None);
    assert_eq!(noted(&store, &one).await, None);
}

/// Two identities of one person whose unionid appears at the same moment: one account has it, the other notes that, and
/// nothing is merged.
pub async fn racing_back_fills_have_one_owner(store: StoreUnderTest) {
    for round in 0..2 * FEW_RACE_ROUNDS {
        let (openid, unionid) = (format!("race-{round}"), format!("union-{round}"));
        let identities = [APP_ONE, APP_TWO].map(|app| identity(app, &openid, None));
        let mut accounts = Vec::new();
        for identity in &identities {
            accounts.push(recorded(&store, &login(identity.clone(), 0)).await.account.id);
        }
        let logins = race(|number| {
            let store = Arc::clone(&store);
            let app = [APP_ONE, APP_TWO][number % 2];
            let login = login(identity(app, &openid, Some(&unionid)), 1);
            async move { recorded(&store, &login).await }
        })
        .await;
        assert!(logins.iter().all(|login| !login.is_new_account), "round {round}");
        let owner = account_with(&store, &unionid).await.expect("somebody has it").id;
        for (account, identity) in accounts.into_iter().zip(&identities) {
            let stored = account_of(&store, identity).await.expect("nothing is merged");
            assert_eq!((stored.id, stored.identities.len()), (account, 1), "round {round}");
            let linked = &stored.identities[0];
            let has_it = account == owner;
            assert_eq!(linked.identity.unionid.is_some(), has_it, "round {round}");
            assert_eq!(linked.unionid_conflict, (!has_it).then_some(owner), "round {round}");
            let told = conflicts_of(&store, account).await.len();
            assert_eq!(told, usize::from(!has_it), "round {round}");
        }
    }
}

/// First logins with one unionid, of two openids in one app and one in another: one account has the unionid and both
/// apps, and the openid that has no room in it has an account of its own.
pub async fn racing_strangers_with_one_unionid_stay_apart(store: StoreUnderTest) {
    for round in 0..2 * FEW_RACE_ROUNDS {
        let unionid = format!("union-{round}");
        let persons = [(APP_ONE, "a"), (APP_ONE, "b"), (APP_TWO, "c")]
            .map(|(app, name)| identity(app, &format!("{name}-{round}"), Some(&unionid)));
        let logins: Vec<RecordedLogin> = race(|number| {
            let store = Arc::clone(&store);
            let login = login(persons[number % 3].clone(), 0);
            async move { recorded(&store, &login).await }
        })
        .await;
        let accounts: HashSet<AccountId> = logins.iter().map(|login| login.account.id).collect();
        assert_eq!(accounts.len(), 2, "round {round}");
        assert_eq!(logins.iter().filter(|login| login.is_new_account).count(), 2);
        let owner = account_with(&store, &unionid).await.expect("somebody has it");
        assert_eq!(owner.identities.len(), 2, "round {round}");
        assert!(owner.identity(&persons[2]).is_some());
        let alone = persons[..2].iter().find(|person| owner.identity(person).is_none());
        let alone = alone.expect("one of the two has no room");
        assert_eq!(noted(&store, alone).await, Some(owner.id), "round {round}");
        let stored = account_of(&store, alone).await.unwrap();
        assert_eq!(stored.identities.len(), 1);
        assert_eq!(stored.identities[0].identity.unionid, None);
        assert_eq!(conflicts_of(&store, stored.id).await.len(), 1, "round {round}");
        assert_eq!(conflicts_of(&store, owner.id).await, []);
    }
}
