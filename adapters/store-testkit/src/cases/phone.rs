//! Telephone numbers.

use std::slice::from_ref;
use std::sync::Arc;

use wxlogin_domain::account::Account;
use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord};
use wxlogin_domain::phone_number::PhoneBinding;
use wxlogin_domain::ports::account_store::PhoneOutcome;

use super::search::{found, with_phone};
use crate::racing::race;
use crate::sample::{
    APP_ONE, NUMBER, account_of, events, identity, login, new_account_id, phone, recorded, shared_phone, unique_phone,
};
use crate::{FEW_RACE_ROUNDS, RACERS, StoreUnderTest};

const OTHER_NUMBER: &str = "+8613800138001";

async fn person(store: &StoreUnderTest, openid: &str) -> AccountId {
    let login = login(identity(APP_ONE, openid, None), 0);
    recorded(store, &login).await.account.id
}

async fn bind(store: &StoreUnderTest, id: AccountId, binding: &PhoneBinding) -> PhoneOutcome {
    let event = event(AuditAction::PhoneBound, id);
    store
        .bind_phone(id, binding, &event)
        .await
        .expect("the store binds a number")
}

async fn unbind(store: &StoreUnderTest, id: AccountId) -> Option<Account> {
    let event = event(AuditAction::PhoneRemoved, id);
    store
        .unbind_phone(id, &event)
        .await
        .expect("the store removes a number")
}

fn event(action: AuditAction, id: AccountId) -> AuditEvent {
    crate::sample::event(action, 10).on_account(id)
}

async fn is_bound(store: &StoreUnderTest, id: AccountId, binding: &PhoneBinding) -> bool {
    match bind(store, id, binding).await {
        PhoneOutcome::Bound(account) => {
            assert_eq!(account.phone.as_ref(), Some(&binding.phone));
            true
        }
        PhoneOutcome::Taken => false,
        PhoneOutcome::NoAccount => panic!("there is an account {id}"),
    }
}

/// Who has a number.
async fn holders(store: &StoreUnderTest, number: &str) -> Vec<AccountId> {
    let accounts = found(store, &with_phone(number), 10).await;
    accounts.into_iter().map(|account| account.id).collect()
}

/// A number is bound, verified again, replaced and removed; each is told of, and the account is found by the number that
/// it has.
pub async fn phone_is_bound_replaced_and_removed(store: StoreUnderTest) {
    let login = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    let id = login.account.id;
    let mut expected = login.account;
    let mut told = login.events;
    for (seconds, number, other) in [
        (10, NUMBER, OTHER_NUMBER),
        (20, NUMBER, OTHER_NUMBER),
        (30, OTHER_NUMBER, NUMBER),
        (40, NUMBER, OTHER_NUMBER),
    ] {
        let binding = if seconds < 40 {
            unique_phone(number, seconds)
        } else {
            shared_phone(number, seconds)
        };
        let event = crate::sample::event(AuditAction::PhoneBound, seconds).on_account(id);
        expected.phone = Some(phone(number, seconds));
        let outcome = store.bind_phone(id, &binding, &event).await.unwrap();
        assert_eq!(outcome, PhoneOutcome::Bound(Box::new(expected.clone())));
        told.insert(0, event);
        assert_eq!(store.account(id).await.unwrap().as_ref(), Some(&expected));
        assert_eq!(found(&store, &with_phone(number), 10).await, from_ref(&expected));
        assert_eq!(holders(&store, other).await, []);
        assert_eq!(events(&store).await, told);
    }
    let removed = crate::sample::event(AuditAction::PhoneRemoved, 50).on_account(id);
    expected.phone = None;
    assert_eq!(
        store.unbind_phone(id, &removed).await.unwrap().as_ref(),
        Some(&expected)
    );
    told.insert(0, removed);
    assert_eq!(store.account(id).await.unwrap().as_ref(), Some(&expected));
    assert_eq!(holders(&store, NUMBER).await, []);
    assert_eq!(unbind(&store, id).await, Some(expected), "there is nothing to remove");
    assert_eq!(events(&store).await, told);
    assert_eq!(store.session(login.session.id).await.unwrap(), Some(login.session));
}

/// Nobody has no number, and nothing is told of nobody.
pub async fn phone_of_nobody_is_nothing(store: StoreUnderTest) {
    let nobody = new_account_id();
    for binding in [shared_phone(NUMBER, 0), unique_phone(NUMBER, 0)] {
        assert_eq!(bind(&store, nobody, &binding).await, PhoneOutcome::NoAccount);
    }
    assert_eq!(unbind(&store, nobody).await, None);
    assert_eq!(holders(&store, NUMBER).await, []);
    assert_eq!(events(&store).await, []);
}

/// A number that may be shared belongs to all who bind it, until they remove it.
pub async fn shared_number_belongs_to_many(store: StoreUnderTest) {
    let mut all = Vec::new();
    for openid in ["o1", "o2", "o3", "o4"] {
        let id = person(&store, openid).await;
        assert!(is_bound(&store, id, &shared_phone(NUMBER, 5)).await);
        all.push(id);
    }
    assert_eq!(holders(&store, NUMBER).await, all);
    unbind(&store, all.remove(1)).await;
    assert!(is_bound(&store, all.remove(1), &shared_phone(OTHER_NUMBER, 6)).await);
    assert_eq!(holders(&store, NUMBER).await, all);
}

/// A number that has to be unique is refused to others, however they come by it, and nothing is written; whoever has it
/// may verify it again.
pub async fn unique_number_is_refused_to_others(store: StoreUnderTest) {
    let unique = unique_phone(NUMBER, 10);
    let with_number = |openid| LoginRecord {
        phone: Some(unique.clone()),
        ..login(identity(APP_ONE, openid, None), 10)
    };
    let own = person(&store, "own").await;
    let other = person(&store, "other").await;
    assert!(is_bound(&store, other, &unique_phone(OTHER_NUMBER, 1)).await);
    assert!(is_bound(&store, own, &unique).await);
    let before = (events(&store).await, store.account(other).await.unwrap());
    let sessions = store.sessions_of(other).await.unwrap();
    assert!(!is_bound(&store, other, &unique).await);
    for openid in ["other", "somebody-new"] {
        let refused = store.record_login(&with_number(openid)).await.unwrap();
        assert_eq!(refused, LoginOutcome::PhoneTaken);
    }
    assert_eq!(account_of(&store, &identity(APP_ONE, "somebody-new", None)).await, None);
    assert_eq!(store.sessions_of(other).await.unwrap(), sessions);
    assert_eq!((events(&store).await, store.account(other).await.unwrap()), before);
    // The one who has it.
    assert!(is_bound(&store, own, &unique_phone(NUMBER, 20)).await);
    let again = recorded(&store, &with_number("own")).await;
    assert_eq!((again.account.id, again.account.phone), (own, Some(phone(NUMBER, 10))));
    assert_eq!(holders(&store, NUMBER).await, [own]);
    // Where the rule was another once, several have it: they keep it, and nobody else gets it.
    assert!(is_bound(&store, other, &shared_phone(NUMBER, 30)).await);
    for id in [own, other] {
        assert!(is_bound(&store, id, &unique_phone(NUMBER, 40)).await);
    }
    let third = person(&store, "third").await;
    assert!(!is_bound(&store, third, &unique_phone(NUMBER, 45)).await);
    unbind(&store, other).await;
    assert!(is_bound(&store, own, &unique_phone(NUMBER, 50)).await);
}

/// Who gives a number up gives it free.
pub async fn unique_number_is_free_again(store: StoreUnderTest) {
    let mut owner = person(&store, "first").await;
    assert!(is_bound(&store, owner, &unique_phone(NUMBER, 0)).await);
    for (round, way) in ["removed", "replaced", "erased", "replaced by a login"]
        .into_iter()
        .enumerate()
    {
        let next = person(&store, &format!("next-{round}")).await;
        assert!(!is_bound(&store, next, &unique_phone(NUMBER, 5)).await);
        match way {
            "removed" => drop(unbind(&store, owner).await),
            // Whatever the rule is by then.
            "replaced" => assert!(is_bound(&store, owner, &shared_phone(OTHER_NUMBER, 6)).await),
            "erased" => {
                let event = event(AuditAction::AccountErased, owner);
                assert!(store.erase(owner, &event).await.unwrap().is_some());
            }
            _ => {
                let login = LoginRecord {
                    phone: Some(shared_phone(OTHER_NUMBER, 7)),
                    ..login(identity(APP_ONE, &format!("next-{}", round - 1), None), 7)
                };
                assert_eq!(recorded(&store, &login).await.account.id, owner);
            }
        }
        assert_eq!(holders(&store, NUMBER).await, [], "{way}");
        assert!(is_bound(&store, next, &unique_phone(NUMBER, 10)).await, "{way}");
        assert_eq!(holders(&store, NUMBER).await, [next]);
        owner = next;
    }
    unbind(&store, owner).await;
    let comes_with_it = LoginRecord {
        phone: Some(unique_phone(NUMBER, 20)),
        ..login(identity(APP_ONE, "last", None), 20)
    };
    recorded(&store, &comes_with_it).await;
}

/// Many want one number at the same moment, by a binding, by a login, or by a first login: one gets it.
pub async fn racing_for_a_unique_number_has_one_winner(store: StoreUnderTest) {
    for round in 0..3 * FEW_RACE_ROUNDS {
        let number = format!("+8613800139{round:03}");
        let binding = unique_phone(&number, 10);
        let mut known = Vec::new();
        for racer in 0..RACERS {
            known.push(person(&store, &format!("race-{round}-{racer}")).await);
        }
        let won = race(|racer| {
            let store = Arc::clone(&store);
            let binding = binding.clone();
            let id = known[racer];
            let who = if racer % 3 == 2 { "new" } else { "race" };
            let login = LoginRecord {
                phone: Some(binding.clone()),
                ..login(identity(APP_ONE, &format!("{who}-{round}-{racer}"), None), 10)
            };
            async move {
                if racer % 3 == 0 {
                    return is_bound(&store, id, &binding).await.then_some(id);
                }
                match store.record_login(&login).await.expect("no error") {
                    LoginOutcome::Recorded(recorded) => Some(recorded.account.id),
                    LoginOutcome::PhoneTaken => None,
                    LoginOutcome::Suspended(id) => panic!("account {id} is not suspended"),
                }
            }
        })
        .await;
        let winners: Vec<AccountId> = won.into_iter().flatten().collect();
        assert_eq!(winners.len(), 1, "round {round}");
        assert_eq!(holders(&store, &number).await, winners, "round {round}");
    }
}

/// While two numbers go from hand to hand, neither is ever in two.
pub async fn racing_for_numbers_that_change_hands_leaves_one_holder(store: StoreUnderTest) {
    let numbers = [NUMBER, OTHER_NUMBER];
    let mut accounts = Vec::new();
    for racer in 0..RACERS {
        accounts.push(person(&store, &format!("race-{racer}")).await);
    }
    for round in 0..2 * FEW_RACE_ROUNDS {
        race(|racer| {
            let store = Arc::clone(&store);
            let id = accounts[racer];
            let bindings = numbers.map(|number| unique_phone(number, 10));
            async move {
                for step in 0..4 {
                    match (racer + round + step) % 3 {
                        0 => drop(unbind(&store, id).await),
                        number => drop(bind(&store, id, &bindings[number - 1]).await),
                    }
                }
            }
        })
        .await;
        for number in numbers {
            let holders = holders(&store, number).await;
            assert!(holders.len() <= 1, "round {round}: {holders:?} have {number}");
        }
    }
}
