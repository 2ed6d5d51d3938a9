//! Finding accounts.

use std::slice::from_ref;

use wxlogin_domain::account::{Account, AccountStatus};
use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::login_rules::LoginRecord;
use wxlogin_domain::phone_number::PhoneNumber;
use wxlogin_domain::ports::account_store::{AccountFilter, AccountQuery};
use wxlogin_domain::session::EndReason;

use crate::StoreUnderTest;
use crate::sample::{APP_ONE, APP_TWO, NUMBER, end, event, identity, login, recorded, shared_phone};

const OTHER_NUMBER: &str = "+8613800138001";

/// Logs in, with a number or without one.
async fn person(store: &StoreUnderTest, openid: &str, number: Option<&str>, seconds: i64) -> Account {
    let login = LoginRecord {
        phone: number.map(|number| shared_phone(number, seconds)),
        ..login(identity(APP_ONE, openid, None), seconds)
    };
    recorded(store, &login).await.account
}

async fn suspend(store: &StoreUnderTest, id: AccountId) -> Account {
    let event = event(AuditAction::AccountSuspended, 500);
    let suspended = store.suspend(id, end(EndReason::Suspended, 500), &event).await;
    suspended.unwrap().expect("there is such an account")
}

pub(super) fn with_phone(number: &str) -> AccountFilter {
    AccountFilter {
        phone: PhoneNumber::parse(number).ok(),
        status: None,
    }
}

fn with_status(status: AccountStatus) -> AccountFilter {
    AccountFilter {
        phone: None,
        status: Some(status),
    }
}

/// All that fit, read in pages of this size.
pub(super) async fn found(store: &StoreUnderTest, filter: &AccountFilter, limit: usize) -> Vec<Account> {
    let mut accounts = Vec::new();
    let mut query = AccountQuery {
        filter: filter.clone(),
        after: None,
        limit,
    };
    loop {
        let page = store.accounts(&query).await.unwrap();
        assert!(page.accounts.len() <= limit, "a page of {}", page.accounts.len());
        accounts.extend(page.accounts);
        if page.next.is_none() {
            return accounts;
        }
        assert_ne!(page.next, query.after, "a page goes on from somewhere else");
        query.after = page.next;
    }
}

/// A person is found by what WeChat calls the person.
pub async fn accounts_are_found_by_identity_and_unionid(store: StoreUnderTest) {
    let first = login(identity(APP_ONE, "o1", Some("u1")), 0);
    recorded(&store, &first).await;
    let account = recorded(&store, &login(identity(APP_TWO, "o2", Some("u1")), 10))
        .await
        .account;
    person(&store, "somebody-else", None, 20).await;
    let app = |app| AppId::parse(app).unwrap();
    let openid = |openid| OpenId::parse(openid).unwrap();
    for (in_app, named) in [(APP_ONE, "o1"), (APP_TWO, "o2")] {
        let found = store.account_of_identity(&app(in_app), &openid(named)).await.unwrap();
        assert_eq!(found, Some(account.clone()));
    }
    for (in_app, named) in [(APP_ONE, "o2"), (APP_TWO, "o1"), (APP_TWO, "somebody-else")] {
        assert_eq!(
            store.account_of_identity(&app(in_app), &openid(named)).await.unwrap(),
            None
        );
    }
    let unionid = |unionid| UnionId::parse(unionid).unwrap();
    assert_eq!(store.account_of_unionid(&unionid("u1")).await.unwrap(), Some(account));
    assert_eq!(store.account_of_unionid(&unionid("u2")).await.unwrap(), None);
}

/// All who have a number are found by it, in the order in which they came; and by the number that they have now.
pub async fn accounts_are_found_by_phone(store: StoreUnderTest) {
    let mut shared = Vec::new();
    for seconds in 0..5 {
        let openid = format!("o{seconds}");
        shared.push(person(&store, &openid, Some(NUMBER), seconds).await);
        person(&store, &format!("without-{seconds}"), None, seconds).await;
    }
    let other = person(&store, "other", Some(OTHER_NUMBER), 10).await;
    for limit in [1, 2, 5, 100] {
        assert_eq!(found(&store, &with_phone(NUMBER), limit).await, shared);
        assert_eq!(found(&store, &with_phone(OTHER_NUMBER), limit).await, from_ref(&other));
        assert_eq!(found(&store, &with_phone("+8613800138002"), limit).await, []);
        assert_eq!(found(&store, &with_phone("+861380013800"), limit).await, []);
    }
    // A later login brings another number, the same number, or none.
    let changed = person(&store, "o1", Some(OTHER_NUMBER), 20).await;
    shared[2] = person(&store, "o2", Some(NUMBER), 30).await;
    shared[3] = person(&store, "o3", None, 40).await;
    shared.remove(1);
    assert_eq!(found(&store, &with_phone(NUMBER), 2).await, shared);
    let mut others = found(&store, &with_phone(OTHER_NUMBER), 2).await;
    others.sort_by_key(|account| account.id);
    assert_eq!(others, [changed, other.clone()]);
    // And back again.
    let back = person(&store, "o1", Some(NUMBER), 50).await;
    shared.insert(1, back);
    assert_eq!(found(&store, &with_phone(NUMBER), 2).await, shared);
    assert_eq!(found(&store, &with_phone(OTHER_NUMBER), 2).await, [other]);
}

/// Accounts are listed in the order in which they came, by status, and by status and number.
pub async fn accounts_are_listed_by_status(store: StoreUnderTest) {
    assert_eq!(found(&store, &AccountFilter::default(), 3).await, []);
    let mut all = Vec::new();
    for seconds in 0..12 {
        let number = (seconds % 2 == 0).then_some(NUMBER);
        all.push(person(&store, &format!("o{seconds}"), number, seconds).await);
    }
    for number in [2, 3, 10, 11] {
        all[number] = suspend(&store, all[number].id).await;
    }
    for filter in [
        AccountFilter::default(),
        with_status(AccountStatus::Active),
        with_status(AccountStatus::Suspended),
        AccountFilter {
            status: Some(AccountStatus::Suspended),
            ..with_phone(NUMBER)
        },
        AccountFilter {
            status: Some(AccountStatus::Suspended),
            ..with_phone(OTHER_NUMBER)
        },
    ] {
        let expected: Vec<Account> = all.iter().filter(|account| filter.fits(account)).cloned().collect();
        for limit in [1, 3, 12, 13] {
            let shown = found(&store, &filter, limit).await;
            assert_eq!(shown, expected, "pages of {limit}, {filter:?}");
        }
    }
    let event = event(AuditAction::AccountRestored, 600);
    let restored = store.restore(all[2].id, &event).await.unwrap().unwrap();
    all[2] = restored;
    let suspended = found(&store, &with_status(AccountStatus::Suspended), 2).await;
    assert_eq!(suspended, [3, 10, 11].map(|number| all[number].clone()));
}

/// Pages go on where they ended, whoever comes and goes meanwhile, also the one that a page ended with: everybody who
/// stays is shown once.
pub async fn pages_of_accounts_are_stable_while_accounts_come_and_go(store: StoreUnderTest) {
    for filter in [AccountFilter::default(), with_phone(NUMBER)] {
        let mut expected = found(&store, &filter, 100).await;
        let from = 1000 * i64::try_from(expected.len()).unwrap();
        for seconds in from..from + 20 {
            expected.push(person(&store, &format!("o{seconds}"), Some(NUMBER), seconds).await);
        }
        let mut query = AccountQuery {
            filter: filter.clone(),
            after: None,
            limit: 3,
        };
        let mut shown: Vec<Account> = Vec::new();
        for round in 0.. {
            let page = store.accounts(&query).await.unwrap();
            shown.extend(page.accounts);
            if page.next.is_none() {
                break;
            }
            assert!(round < 40, "the pages have an end");
            query.after = page.next;
            if round < 4 {
                let seconds = from + 500 + round;
                person(&store, &format!("came-meanwhile-{seconds}"), Some(NUMBER), seconds).await;
                // One that was shown last, and one that was not shown yet.
                let ahead = expected
                    .iter()
                    .position(|account| *account == shown[shown.len() - 1])
                    .unwrap()
                    + 2;
                for gone in [shown[shown.len() - 1].id, expected.remove(ahead).id] {
                    let event = event(AuditAction::AccountErased, seconds);
                    assert!(store.erase(gone, &event).await.unwrap().is_some());
                }
            }
        }
        // Those who came meanwhile may be shown or not.
        shown.retain(|account| expected.contains(account));
        assert_eq!(shown, expected);
    }
}
