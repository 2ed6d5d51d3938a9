//! Imports that run while other things happen.

use std::collections::HashSet;
use std::sync::Arc;

use wxlogin_domain::account::Account;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::UnionId;
use wxlogin_domain::import_rules::{ImportRefusal, Imported, ImportedUser};
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord};
use wxlogin_domain::phone_number::PhonePolicy;
use wxlogin_domain::ports::account_store::AccountFilter;

use super::search::{found, with_phone};
use crate::importing::{described, imported, user};
use crate::racing::race;
use crate::sample::{APP_ONE, APP_TWO, account_of, at, identity, live_sessions, login, recorded, unique_phone};
use crate::{FEW_RACE_ROUNDS, StoreUnderTest};

/// How many users a piece has.
const USERS: usize = 4;
/// How many rounds logins race with imports: each of them has many logins.
const LOGIN_ROUNDS: usize = FEW_RACE_ROUNDS / 3;

fn piece(round: usize) -> Vec<ImportedUser> {
    let user = |number: usize| {
        let (openid, unionid) = (format!("o-{round}-{number}"), format!("u-{round}-{number}"));
        let number = round * USERS + number;
        let phone = format!("+86138{number:08}");
        described(
            identity(APP_ONE, &openid, Some(&unionid)),
            &format!("{number}"),
            &phone,
            "A",
        )
    };
    (0..USERS).map(user).collect()
}

async fn everybody(store: &StoreUnderTest) -> Vec<Account> {
    found(store, &AccountFilter::default(), 100).await
}

/// Several who import the same users: each user is made once.
pub async fn racing_imports_of_one_piece_are_one(store: StoreUnderTest) {
    for round in 0..FEW_RACE_ROUNDS {
        let users = piece(round);
        let outcomes = race(|_| {
            let (store, users) = (Arc::clone(&store), users.clone());
            async move { imported(&store, &users, PhonePolicy::Unique, 0).await }
        })
        .await;
        for number in 0..USERS {
            let made = outcomes
                .iter()
                .filter(|of_one| of_one[number] == Imported::Made)
                .count();
            let unchanged = outcomes
                .iter()
                .filter(|of_one| of_one[number] == Imported::Unchanged)
                .count();
            assert_eq!((made, unchanged), (1, outcomes.len() - 1), "round {round}");
        }
        assert_eq!(everybody(&store).await.len(), (round + 1) * USERS);
    }
}

/// People who log in for the first time while they are imported, in this app or in another one: each is one account with
/// the external id, and no session belongs to nobody.
pub async fn racing_with_first_logins_makes_one_account_each(store: StoreUnderTest) {
    for round in 0..LOGIN_ROUNDS {
        let users = piece(round);
        let sessions = race(|racer| {
            let (store, users) = (Arc::clone(&store), users.clone());
            async move {
                if racer % 4 == 0 {
                    imported(&store, &users, PhonePolicy::Shared, 0).await;
                    return Vec::new();
                }
                let mut sessions = Vec::new();
                for number in 0..USERS {
                    let user = &users[(number + racer) % USERS];
                    let unionid = user.identity.unionid.as_ref().map(UnionId::as_str);
                    let app = if racer % 4 == 3 { APP_TWO } else { APP_ONE };
                    let identity = identity(app, user.identity.openid.as_str(), unionid);
                    sessions.push(recorded(&store, &login(identity, 1)).await.session);
                }
                sessions
            }
        })
        .await;
        let mut ids: HashSet<AccountId> = HashSet::new();
        for user in &users {
            let account = account_of(&store, &user.identity).await.expect("it is there");
            assert_eq!(account.external_id.as_ref(), Some(&user.external_id), "round {round}");
            assert_eq!(account.identities.len(), 2, "round {round}");
            assert_eq!(store.account(account.id).await.unwrap(), Some(account.clone()));
            ids.insert(account.id);
        }
        for session in sessions.into_iter().flatten() {
            assert!(ids.contains(&session.id.account), "round {round}");
            let live = live_sessions(&store, session.id.account, at(2)).await;
            assert!(live.contains(&session), "round {round}");
        }
        assert_eq!(everybody(&store).await.len(), (round + 1) * USERS);
    }
}

/// Several who want one number for themselves, by imports and by logins: one has it.
pub async fn racing_for_a_unique_number_leaves_one_holder(store: StoreUnderTest) {
    for round in 0..FEW_RACE_ROUNDS {
        let number = format!("+86139{round:08}");
        let won = race(|racer| {
            let (store, number) = (Arc::clone(&store), number.clone());
            let identity = identity(APP_ONE, &format!("o-{round}-{racer}"), None);
            async move {
                if racer % 2 == 0 {
                    let users = [
                        user(
                            crate::sample::identity(APP_TWO, &format!("o-{round}-{racer}"), None),
                            "1",
                        ),
                        described(identity, "2", &number, "A"),
                    ];
                    let outcomes = imported(&store, &users, PhonePolicy::Unique, 0).await;
                    assert_eq!(outcomes[0], Imported::Made, "it wants no number");
                    let refused = Imported::Refused(ImportRefusal::PhoneTaken);
                    assert!([Imported::Made, refused].contains(&outcomes[1]));
                    outcomes[1] == Imported::Made
                } else {
                    let login = LoginRecord {
                        phone: Some(unique_phone(&number, 0)),
                        ..login(identity, 0)
                    };
                    let outcome = store.record_login(&login).await.expect("no error");
                    matches!(outcome, LoginOutcome::Recorded(_))
                }
            }
        })
        .await;
        assert_eq!(won.iter().filter(|won| **won).count(), 1, "round {round}");
        assert_eq!(found(&store, &with_phone(&number), 10).await.len(), 1, "round {round}");
    }
}
