//! Importing the users of a business.

use std::slice::from_ref;

use wxlogin_domain::account::{Account, Change, LinkedIdentity, Nickname, ProfileChange};
use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::WechatIdentity;
use wxlogin_domain::import_rules::{ImportRefusal, Imported, ImportedUser};
use wxlogin_domain::phone_number::PhonePolicy;
use wxlogin_domain::ports::account_store::AccountFilter;
use wxlogin_domain::ports::import_store::MAX_PIECE;

use super::copy::exported;
use super::search::{found, with_phone};
use crate::StoreUnderTest;
use crate::importing::{act_on, described, imported, user};
use crate::sample::{
    APP_ONE, APP_TWO, NUMBER, account_of, account_with, at, event, events, identity, login, phone, recorded,
    unique_phone,
};

use PhonePolicy::{Shared, Unique};

const OTHER_NUMBER: &str = "+85261234567";

fn linked(identity: &WechatIdentity, seconds: i64) -> LinkedIdentity {
    LinkedIdentity {
        identity: identity.clone(),
        first_seen_at: at(seconds),
        unionid_conflict: None,
    }
}

fn external(id: &str) -> Option<ExternalId> {
    ExternalId::parse(id).ok()
}

async fn account(store: &StoreUnderTest, id: AccountId) -> Account {
    store.account(id).await.unwrap().expect("there is such an account")
}

/// What is said of users is there afterwards: by identity, by unionid, by number. Who logs in is no stranger.
pub async fn imported_users_are_read_back_in_full(store: StoreUnderTest) {
    let one = identity(APP_ONE, "o-1", Some("u-1"));
    let same_person = identity(APP_TWO, "o-1", Some("u-1"));
    let other = identity(APP_ONE, "o-2", None);
    let users = [
        described(one.clone(), "客户/17 'x\" ⟩`\\", NUMBER, "名字 'x\" ⟩`\\"),
        user(other.clone(), "18"),
        described(same_person.clone(), "客户/17 'x\" ⟩`\\", OTHER_NUMBER, "somebody"),
    ];
    let outcomes = imported(&store, &users, Shared, 5).await;
    assert_eq!(outcomes, [Imported::Made, Imported::Made, Imported::Joined]);

    let id = account_of(&store, &one).await.expect("it is imported").id;
    let mut expected = Account::new(id, at(5));
    expected.external_id = external("客户/17 'x\" ⟩`\\");
    expected.phone = Some(phone(NUMBER, 5));
    expected.profile.nickname = Nickname::parse("名字 'x\" ⟩`\\").ok();
    expected.identities = vec![linked(&one, 5), linked(&same_person, 5)];
    for found in [
        account_of(&store, &one).await,
        account_of(&store, &same_person).await,
        account_with(&store, "u-1").await,
        store.account(id).await.unwrap(),
    ] {
        assert_eq!(found.as_ref(), Some(&expected));
    }
    assert_eq!(found(&store, &with_phone(NUMBER), 10).await, from_ref(&expected));
    assert_eq!(found(&store, &with_phone(OTHER_NUMBER), 10).await, []);

    let events = events(&store).await;
    let [told] = events.as_slice() else {
        panic!("one event: {events:?}");
    };
    assert_eq!(told.action, AuditAction::AccountsImported);
    assert_eq!(told.detail.as_deref(), Some("2 made, 0 changed"));

    for (of, seconds) in [(&one, 10), (&same_person, 20)] {
        let login = recorded(&store, &login(of.clone(), seconds)).await;
        expected.last_login_at = at(seconds);
        assert_eq!((&login.account, login.is_new_account), (&expected, false));
    }
    let login = recorded(&store, &login(other, 30)).await;
    assert_eq!(
        (login.account.external_id, login.is_new_account),
        (external("18"), false)
    );
}

/// Once more, with other things said of them: whoever is there stays as they are, and nothing is told.
pub async fn importing_users_again_changes_nothing(store: StoreUnderTest) {
    let users = [
        described(identity(APP_ONE, "o-1", Some("u-1")), "1", NUMBER, "A"),
        user(identity(APP_TWO, "o-1", Some("u-1")), "1"),
        user(identity(APP_ONE, "o-2", None), "2"),
    ];
    imported(&store, &users, Unique, 0).await;
    let before = exported(&store).await;
    let others = users.clone().map(|user| ImportedUser {
        nickname: Nickname::parse("B").ok(),
        ..described(user.identity, user.external_id.as_str(), OTHER_NUMBER, "B")
    });
    for again in [users, others] {
        let outcomes = imported(&store, &again, Unique, 10).await;
        assert_eq!(outcomes, [Imported::Unchanged; 3]);
        assert_eq!(exported(&store).await, before);
    }
}

/// Who was here before gets the external id, and what they have not got; sessions go on.
pub async fn accounts_that_are_there_are_completed(store: StoreUnderTest) {
    let (one, two) = (identity(APP_ONE, "o-1", None), identity(APP_ONE, "o-2", None));
    let first = recorded(&store, &login(one.clone(), 0)).await;
    let second = recorded(&store, &login(two.clone(), 0)).await;
    let change = ProfileChange {
        nickname: Change::Set(Nickname::parse("own").unwrap()),
        avatar_url: Change::Keep,
    };
    store.change_profile(second.account.id, &change).await.unwrap();
    let bound = event(AuditAction::PhoneBound, 1);
    let binding = unique_phone(NUMBER, 1);
    store.bind_phone(second.account.id, &binding, &bound).await.unwrap();

    let with_unionid = identity(APP_ONE, "o-1", Some("u-1"));
    let users = [
        described(with_unionid.clone(), "1", OTHER_NUMBER, "said"),
        described(two, "2", "+8613900139000", "said"),
    ];
    assert_eq!(imported(&store, &users, Unique, 10).await, [Imported::Completed; 2]);

    let mut expected = first.account;
    expected.external_id = external("1");
    expected.phone = Some(phone(OTHER_NUMBER, 10));
    expected.profile.nickname = Nickname::parse("said").ok();
    expected.identities = vec![linked(&with_unionid, 0)];
    assert_eq!(account(&store, expected.id).await, expected);
    assert_eq!(account_with(&store, "u-1").await.as_ref(), Some(&expected));
    assert_eq!(found(&store, &with_phone(OTHER_NUMBER), 10).await, [expected]);
    let second_now = account(&store, second.account.id).await;
    assert_eq!(second_now.external_id, external("2"));
    assert_eq!(second_now.phone, Some(phone(NUMBER, 1)));
    assert_eq!(second_now.profile.nickname, Nickname::parse("own").ok());
    for session in [first.session, second.session] {
        assert_eq!(store.session(session.id).await.unwrap(), Some(session));
    }
    assert_eq!(events(&store).await[0].detail.as_deref(), Some("0 made, 2 changed"));
}

/// A person who is here by another app is known by the unionid.
pub async fn another_identity_joins_by_the_unionid(store: StoreUnderTest) {
    let one = identity(APP_ONE, "o-1", Some("u-1"));
    let first = recorded(&store, &login(one, 0)).await;
    let other = identity(APP_TWO, "o-2", Some("u-1"));
    let outcomes = imported(&store, &[user(other.clone(), "1")], Shared, 10).await;
    assert_eq!(outcomes, [Imported::Joined]);
    let joined = account_of(&store, &other).await.expect("it joined");
    assert_eq!((joined.id, joined.identities.len()), (first.account.id, 2));
    assert_eq!(joined.external_id, external("1"));
    let login = recorded(&store, &login(other, 20)).await;
    assert_eq!((login.account.id, login.is_new_account), (first.account.id, false));
}

/// Who is refused is left alone, and nobody is kept from the others.
pub async fn refused_users_are_left_alone(store: StoreUnderTest) {
    let known = [
        described(identity(APP_ONE, "o-1", Some("u-1")), "1", NUMBER, "A"),
        user(identity(APP_TWO, "o-1", Some("u-1")), "1"),
    ];
    imported(&store, &known, Unique, 0).await;
    let before = exported(&store).await;
    let refused = [
        user(identity(APP_ONE, "o-1", None), "another"),
        user(identity(APP_ONE, "o-2", Some("u-1")), "another"),
        user(identity(APP_ONE, "o-2", Some("u-1")), "1"),
        described(identity(APP_ONE, "o-2", None), "2", NUMBER, "B"),
    ];
    let why = [
        ImportRefusal::OtherExternalId,
        ImportRefusal::OtherExternalId,
        ImportRefusal::OtherIdentity,
        ImportRefusal::PhoneTaken,
    ];
    let why = why.map(Imported::Refused);
    assert_eq!(imported(&store, &refused, Unique, 10).await, why);
    assert_eq!(exported(&store).await, before);

    let good = identity(APP_ONE, "o-3", None);
    let mut users = refused.to_vec();
    users.insert(2, user(good.clone(), "3"));
    let outcomes = imported(&store, &users, Unique, 20).await;
    assert_eq!(outcomes[2], Imported::Made);
    assert_eq!([&outcomes[..2], &outcomes[3..]].concat(), why);
    assert!(account_of(&store, &good).await.is_some());
    // What must be unique for one may be shared by the rules of another time.
    let shared = imported(&store, &refused[3..], Shared, 30).await;
    assert_eq!(shared, [Imported::Made]);
    assert_eq!(found(&store, &with_phone(NUMBER), 10).await.len(), 2);
}

/// Something that happens between reading and writing.
async fn meanwhile(store: &StoreUnderTest, number: usize, id: AccountId) {
    match number {
        0 => drop(recorded(store, &login(identity(APP_ONE, "o-new", None), 20)).await),
        1 => drop(recorded(store, &login(identity(APP_TWO, "o-x", Some("u-new")), 20)).await),
        2 => {
            let other = recorded(store, &login(identity(APP_ONE, "o-x", None), 20)).await;
            let bound = event(AuditAction::PhoneBound, 21);
            let binding = unique_phone(NUMBER, 21);
            store.bind_phone(other.account.id, &binding, &bound).await.unwrap();
        }
        3 => {
            let change = ProfileChange {
                nickname: Change::Set(Nickname::parse("own").unwrap()),
                avatar_url: Change::Keep,
            };
            store.change_profile(id, &change).await.unwrap();
        }
        4 => drop(store.erase(id, &event(AuditAction::AccountErased, 20)).await.unwrap()),
        _ => drop(recorded(store, &login(identity(APP_ONE, "o-known", Some("u-late")), 20)).await),
    }
}

/// An act on what is no more as it was read writes nothing at all.
pub async fn an_import_of_what_has_changed_writes_nothing(store: StoreUnderTest) {
    for number in 0..6 {
        let known = identity(APP_ONE, "o-known", None);
        let id = recorded(&store, &login(known.clone(), 0)).await.account.id;
        let users = [
            user(identity(APP_ONE, "o-first", None), "1"),
            described(identity(APP_ONE, "o-new", Some("u-new")), "2", NUMBER, "A"),
            user(known, "3"),
        ];
        let act = act_on(&store, &users, Unique, 10).await;
        assert_eq!((act.made.len(), act.changed.len(), act.unionids.len()), (2, 1, 1));
        meanwhile(&store, number, id).await;
        let before = exported(&store).await;
        assert_eq!(store.import_users(&act).await, Ok(false), "{number}");
        assert_eq!(exported(&store).await, before, "{number}");
        clear(&store).await;
    }
}

/// Erases everybody.
async fn clear(store: &StoreUnderTest) {
    for account in found(store, &AccountFilter::default(), 100).await {
        let erased = event(AuditAction::AccountErased, 90).on_account(account.id);
        store.erase(account.id, &erased).await.unwrap();
    }
}

/// That somebody logs in meanwhile keeps nobody from writing, and neither undoes the other.
pub async fn a_login_in_between_does_not_stop_an_import(store: StoreUnderTest) {
    let known = identity(APP_ONE, "o-known", None);
    let id = recorded(&store, &login(known.clone(), 0)).await.account.id;
    let act = act_on(&store, &[described(known.clone(), "1", NUMBER, "A")], Unique, 10).await;
    // What this process knows of the account by now is not to outlive the import.
    assert_eq!(account(&store, id).await.external_id, None);
    let login_between = recorded(&store, &login(known, 20)).await;
    assert_eq!(store.import_users(&act).await, Ok(true));
    let now = account(&store, id).await;
    assert_eq!((now.external_id, now.last_login_at), (external("1"), at(20)));
    assert_eq!(now.phone, Some(phone(NUMBER, 10)));
    let session = login_between.session;
    assert_eq!(store.session(session.id).await.unwrap(), Some(session));
    assert_eq!(
        events(&store).await.last().map(|event| event.action),
        Some(AuditAction::LoginSucceeded)
    );
    assert!(events(&store).await.contains(&act.event));
}

/// As many as go into one act, with all that may be said of them.
pub async fn the_largest_piece_is_imported(store: StoreUnderTest) {
    let somebody = |number: usize| {
        let (openid, unionid) = (format!("o-{number}"), format!("u-{number}"));
        let identity = identity(APP_ONE, &openid, Some(&unionid));
        described(identity, &format!("{number}"), &format!("+86138{number:08}"), "名字")
    };
    let users: Vec<ImportedUser> = (0..MAX_PIECE).map(somebody).collect();
    let outcomes = imported(&store, &users, Unique, 0).await;
    assert_eq!(outcomes, [Imported::Made; MAX_PIECE]);
    for number in [0, 1, MAX_PIECE / 2, MAX_PIECE - 1] {
        let account = account_of(&store, &users[number].identity)
            .await
            .expect("it is imported");
        assert_eq!(account.external_id, external(&number.to_string()));
        assert_eq!(
            found(&store, &with_phone(&format!("+86138{number:08}")), 10).await,
            [account]
        );
    }
    assert_eq!(
        imported(&store, &users, Unique, 10).await,
        [Imported::Unchanged; MAX_PIECE]
    );
}
