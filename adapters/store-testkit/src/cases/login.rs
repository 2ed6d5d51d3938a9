//! Accounts, identities, unionids.

use wxlogin_domain::account::{AccountStatus, AvatarUrl, Change, Nickname, Profile, ProfileChange};
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::session::{DeviceName, Generation};

use crate::StoreUnderTest;
use crate::sample::{
    APP_ONE, APP_TWO, NUMBER, POLICY, at, identity, login, new_account_id, phone, recorded, shared_phone, unique_phone,
};

/// A first login makes an account with the id that was drawn for it.
pub async fn first_login_makes_an_account(store: StoreUnderTest) {
    let login = login(identity(APP_ONE, "o1", None), 5);
    let recorded = recorded(&store, &login).await;
    assert!(recorded.is_new_account);
    assert_eq!(recorded.unionid_conflict, None);
    let account = recorded.account;
    assert_eq!(account.id, login.new_account);
    assert_eq!(account.status, AccountStatus::Active);
    assert_eq!((account.created_at, account.last_login_at), (at(5), at(5)));
    assert_eq!(account.identities.len(), 1);
    assert_eq!(account.identities[0].identity, login.identity);
    assert_eq!(account.identities[0].first_seen_at, at(5));
}

/// A second login of the same identity belongs to the same account.
pub async fn second_login_finds_the_account(store: StoreUnderTest) {
    let first = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    let second = recorded(&store, &login(identity(APP_ONE, "o1", None), 60)).await;
    assert!(!second.is_new_account);
    assert_eq!(second.account.id, first.account.id);
    assert_eq!(second.account.created_at, at(0));
    assert_eq!(second.account.last_login_at, at(60));
    assert_ne!(second.session.id.session, first.session.id.session);
}

/// What a login answered is what is read back, to the millisecond.
pub async fn what_was_recorded_is_read_back_in_full(store: StoreUnderTest) {
    let mut login = login(identity(APP_ONE, "o1", Some("u1")), 5);
    login.phone = Some(unique_phone(NUMBER, 5));
    login.device = Some(DeviceName::parse("华为 Mate \"60\" \\ ' 🙂").unwrap());
    login.client = ClientKind::restore("WeChat 8.0 (iOS)");
    let recorded = recorded(&store, &login).await;
    assert_eq!(
        store.account(recorded.account.id).await.unwrap(),
        Some(recorded.account.clone())
    );
    assert_eq!(
        store.session(recorded.session.id).await.unwrap(),
        Some(recorded.session.clone())
    );
    assert_eq!(recorded.session.generation, Generation(0));
    assert_eq!(recorded.session.expires_at, at(5).plus(POLICY.session_ttl));
    assert_eq!(recorded.session.device, login.device);
    assert_eq!(recorded.session.client, login.client);
    assert_eq!(recorded.session.last_used_at, at(5));
    let sessions = store.sessions_of(recorded.account.id).await.unwrap();
    assert_eq!(sessions, [recorded.session]);
}

/// An openid means nothing outside its app.
pub async fn same_openid_in_another_app_is_another_account(store: StoreUnderTest) {
    let one = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    let two = recorded(&store, &login(identity(APP_TWO, "o1", None), 0)).await;
    assert!(two.is_new_account);
    assert_ne!(one.account.id, two.account.id);
}

/// Identifiers with every character that WeChat may use are told apart.
pub async fn odd_identifiers_do_not_collide(store: StoreUnderTest) {
    let mut accounts = Vec::new();
    for openid in [
        "o-_A", "o-_a", "o_-A", "0", "00", "-", "_", "null", "o1-", "o1--", "NONE", "1e5", "100000",
    ] {
        let recorded = recorded(&store, &login(identity(APP_ONE, openid, None), 0)).await;
        assert!(recorded.is_new_account, "{openid} is somebody new");
        accounts.push(recorded.account.id);
    }
    let long = "o".repeat(128);
    assert!(
        recorded(&store, &login(identity(APP_ONE, &long, None), 0))
            .await
            .is_new_account
    );
    accounts.sort_unstable();
    accounts.dedup();
    assert_eq!(accounts.len(), 13);
}

/// A verified number stays bound; a login without one leaves it.
pub async fn phone_is_bound_by_a_login(store: StoreUnderTest) {
    let with_phone = wxlogin_domain::login_rules::LoginRecord {
        phone: Some(shared_phone(NUMBER, 0)),
        ..login(identity(APP_ONE, "o1", None), 0)
    };
    recorded(&store, &with_phone).await;
    let later = recorded(&store, &login(identity(APP_ONE, "o1", None), 60)).await;
    assert_eq!(later.account.phone, Some(phone(NUMBER, 0)));
    assert_eq!(
        store.account(later.account.id).await.unwrap().unwrap().phone,
        Some(phone(NUMBER, 0))
    );
}

/// A profile is set field by field, and cleared.
pub async fn profile_changes_and_clears(store: StoreUnderTest) {
    let id = recorded(&store, &login(identity(APP_ONE, "o1", None), 0))
        .await
        .account
        .id;
    let nickname = Nickname::parse("微信用户").unwrap();
    let avatar_url = AvatarUrl::parse("https://thirdwx.qlogo.cn/a'b\"c.png").unwrap();
    let both = ProfileChange {
        nickname: Change::Set(nickname.clone()),
        avatar_url: Change::Set(avatar_url.clone()),
    };
    let account = store.change_profile(id, &both).await.unwrap().unwrap();
    let expected = Profile {
        nickname: Some(nickname),
        avatar_url: Some(avatar_url.clone()),
    };
    assert_eq!(account.profile, expected);
    let clear_one = ProfileChange {
        nickname: Change::Clear,
        avatar_url: Change::Keep,
    };
    let account = store.change_profile(id, &clear_one).await.unwrap().unwrap();
    let expected = Profile {
        nickname: None,
        avatar_url: Some(avatar_url),
    };
    assert_eq!(account.profile, expected);
    assert_eq!(store.account(id).await.unwrap(), Some(account));
}

/// There is nothing to change where there is no account, and none comes to be.
pub async fn profile_of_nobody_is_nothing(store: StoreUnderTest) {
    let nobody = new_account_id();
    assert_eq!(store.account(nobody).await.unwrap(), None);
    assert_eq!(
        store.change_profile(nobody, &ProfileChange::default()).await.unwrap(),
        None
    );
    assert_eq!(store.account(nobody).await.unwrap(), None);
}
