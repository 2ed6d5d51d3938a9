//! Merging accounts while something else happens to them.

use std::collections::HashSet;
use std::sync::Arc;

use wxlogin_domain::account::Account;
use wxlogin_domain::audit::{AuditAction, AuditFilter};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::WechatIdentity;
use wxlogin_domain::login_rules::{LoginRecord, RecordedLogin};
use wxlogin_domain::merge_rules::MergeOutcome;
use wxlogin_domain::session::SessionRef;

use super::merge::merge;
use super::search::{found, with_phone};
use crate::racing::race;
use crate::sample::{
    APP_ONE, APP_TWO, account_of, account_with, at, event, events_in_pages, identity, live_sessions, login, next,
    recorded, unique_phone,
};
use crate::{FEW_RACE_ROUNDS, StoreUnderTest};

const ROUNDS: usize = 2 * FEW_RACE_ROUNDS;

/// Two accounts that are one person's, each with an app, a unionid and a number of its own.
struct Pair {
    identities: [WechatIdentity; 2],
    numbers: [String; 2],
    logins: [RecordedLogin; 2],
}

impl Pair {
    async fn new(store: &StoreUnderTest, round: usize) -> Self {
        let numbers = [0, 1].map(|side| format!("+86138001{side}{round:04}"));
        let identities = [(APP_ONE, "a"), (APP_TWO, "b")].map(|(app, name)| {
            let name = format!("{name}-{round}");
            identity(app, &name, Some(&name))
        });
        let logins = [0, 1].map(|side: usize| LoginRecord {
            phone: Some(unique_phone(&numbers[side], 0)),
            ..login(identities[side].clone(), 0)
        });
        let logins = [recorded(store, &logins[0]).await, recorded(store, &logins[1]).await];
        Self {
            identities,
            numbers,
            logins,
        }
    }

    fn ids(&self) -> [AccountId; 2] {
        [self.logins[0].account.id, self.logins[1].account.id]
    }
}

/// Sees that an identity, and its unionid, lead to one account.
async fn assert_leads_to(store: &StoreUnderTest, identity: &WechatIdentity, account: &Account, round: usize) {
    assert_eq!(
        account_of(store, identity).await.as_ref(),
        Some(account),
        "round {round}"
    );
    let unionid = identity.unionid.as_ref().unwrap().as_str();
    assert_eq!(
        account_with(store, unionid).await.as_ref(),
        Some(account),
        "round {round}"
    );
}

async fn how_often(store: &StoreUnderTest, account: AccountId, action: AuditAction) -> usize {
    let filter = AuditFilter {
        account: Some(account),
        action: Some(action),
        ..AuditFilter::default()
    };
    events_in_pages(store, &filter, 10).await.len()
}

/// Logins of both, and refreshes and uses of a session of the account that goes: no session of it is left, every login
/// that was answered is either gone with it or one of the account that stays, and nothing is lost.
pub async fn racing_logins_land_where_the_identity_is(store: StoreUnderTest) {
    for round in 0..ROUNDS {
        let pair = Pair::new(&store, round).await;
        let [from, into] = pair.ids();
        let answers = race(|number| {
            let store = Arc::clone(&store);
            let merge = merge(from, into, None);
            let next = next(&pair.logins[0].session, 1);
            let login = login(pair.identities[number % 2].clone(), 1);
            async move {
                match number {
                    0 | 1 => {
                        let outcome = store.merge(&merge).await.expect("no error");
                        (matches!(outcome, MergeOutcome::Merged(_)), None)
                    }
                    2 | 3 => {
                        store.advance_session(&next).await.expect("no error");
                        (false, None)
                    }
                    4 => {
                        store.touch_sessions(&[(next.id, at(1))]).await.expect("no error");
                        (false, None)
                    }
                    _ => (false, Some(recorded(&store, &login).await)),
                }
            }
        })
        .await;
        assert_eq!(answers.iter().filter(|(merged, _)| *merged).count(), 1, "round {round}");
        assert_eq!(store.account(from).await.unwrap(), None);
        assert_eq!(store.sessions_of(from).await.unwrap(), [], "round {round}: an orphan");
        let left = store.account(into).await.unwrap().expect("it stays");
        assert_eq!(left.identities.len(), 2, "round {round}");
        for identity in &pair.identities {
            assert_leads_to(&store, identity, &left, round).await;
        }
        let mut living: HashSet<SessionRef> = [pair.logins[1].session.id].into();
        for login in answers.into_iter().filter_map(|(_, login)| login) {
            assert!(!login.is_new_account, "round {round}");
            assert!([from, into].contains(&login.account.id), "round {round}");
            let session = store.session(login.session.id).await.unwrap();
            assert_eq!(session.is_some(), login.account.id == into, "round {round}");
            living.extend(session.map(|session| session.id));
        }
        let sessions = store.sessions_of(into).await.unwrap();
        let sessions: HashSet<SessionRef> = sessions.iter().map(|session| session.id).collect();
        assert_eq!(sessions, living, "round {round}");
        assert_eq!(how_often(&store, from, AuditAction::AccountMergedAway).await, 1);
        assert_eq!(how_often(&store, into, AuditAction::AccountMerged).await, 1);
    }
}

/// Each into the other at once: one of the two merges is made, and the account that is left has everything.
pub async fn opposite_merges_have_one_winner(store: StoreUnderTest) {
    for round in 0..ROUNDS {
        let pair = Pair::new(&store, round).await;
        let [one, other] = pair.ids();
        let outcomes = race(|number| {
            let store = Arc::clone(&store);
            let merge = if number % 2 == 0 {
                merge(one, other, None)
            } else {
                merge(other, one, None)
            };
            async move { store.merge(&merge).await.expect("no error") }
        })
        .await;
        let mut winners = Vec::new();
        for outcome in outcomes {
            match outcome {
                MergeOutcome::Merged(account) => winners.push(*account),
                MergeOutcome::NoFrom | MergeOutcome::NoInto => {}
                MergeOutcome::Refused(refusal) => panic!("round {round}: {refusal}"),
            }
        }
        assert_eq!(winners.len(), 1, "round {round}");
        let left = winners.remove(0);
        let gone = if left.id == one { other } else { one };
        assert_eq!(store.account(left.id).await.unwrap().as_ref(), Some(&left));
        assert_eq!(store.account(gone).await.unwrap(), None);
        assert_eq!(left.identities.len(), 2, "round {round}");
        for (side, identity) in pair.identities.iter().enumerate() {
            assert_leads_to(&store, identity, &left, round).await;
            let session = &pair.logins[side].session;
            let kept = store.session(session.id).await.unwrap();
            assert_eq!(kept.is_some(), session.id.account == left.id, "round {round}");
        }
        let numbers = [&pair.numbers[0], &pair.numbers[1]].map(|number| with_phone(number));
        let mut with_number = found(&store, &numbers[0], 10).await;
        with_number.extend(found(&store, &numbers[1], 10).await);
        assert_eq!(with_number, [left], "round {round}: it has one of the two");
        assert_eq!(how_often(&store, gone, AuditAction::AccountMerged).await, 0);
    }
}

/// Either account is erased meanwhile: what belongs to an account that is gone is gone with it, whichever way it went.
pub async fn racing_with_erasing_leaves_nothing_behind(store: StoreUnderTest) {
    for round in 0..ROUNDS {
        let pair = Pair::new(&store, round).await;
        let [from, into] = pair.ids();
        let erased = [from, into][round % 2];
        let answers = race(|number| {
            let store = Arc::clone(&store);
            let merge = merge(from, into, None);
            let event = event(AuditAction::AccountErased, 1);
            async move {
                if number % 2 == 0 {
                    let outcome = store.merge(&merge).await.expect("no error");
                    (matches!(outcome, MergeOutcome::Merged(_)), false)
                } else {
                    let erased = store.erase(erased, &event).await.expect("no error");
                    (false, erased.is_some())
                }
            }
        })
        .await;
        let merges = answers.iter().filter(|(merged, _)| *merged).count();
        let erasures = answers.iter().filter(|(_, erased)| *erased).count();
        // Who merges first leaves `into` to be erased, and nothing of `from`.
        let expected: &[(usize, usize)] = if erased == from {
            &[(1, 0), (0, 1)]
        } else {
            &[(1, 1), (0, 1)]
        };
        assert!(
            expected.contains(&(merges, erasures)),
            "round {round}: {merges}, {erasures}"
        );
        let mut left = Vec::new();
        for (id, login) in pair.ids().into_iter().zip(&pair.logins) {
            let account = store.account(id).await.unwrap();
            let sessions = store.sessions_of(id).await.unwrap();
            assert_eq!(!sessions.is_empty(), account.is_some(), "round {round}");
            assert_eq!(
                store.session(login.session.id).await.unwrap().is_some(),
                account.is_some()
            );
            left.extend(account);
        }
        let survivors = match (erased == from, merges) {
            (true, _) => vec![into],
            (false, 0) => vec![from],
            (false, _) => vec![],
        };
        assert_eq!(
            left.iter().map(|account| account.id).collect::<Vec<_>>(),
            survivors,
            "round {round}"
        );
        for identity in &pair.identities {
            let owner = left.iter().find(|account| account.identity(identity).is_some());
            assert_eq!(account_of(&store, identity).await.as_ref(), owner, "round {round}");
            let unionid = identity.unionid.as_ref().unwrap().as_str();
            assert_eq!(account_with(&store, unionid).await.as_ref(), owner, "round {round}");
        }
        for number in &pair.numbers {
            let filter = with_phone(number);
            let owner: Vec<_> = left.iter().filter(|account| filter.fits(account)).cloned().collect();
            assert_eq!(found(&store, &filter, 10).await, owner, "round {round}");
        }
    }
}

/// The account that stays loses its identity to the other's: whoever logs in or refreshes by the lost one meanwhile has
/// no live session of it afterwards.
pub async fn racing_logins_of_a_lost_identity_keep_no_session(store: StoreUnderTest) {
    for round in 0..ROUNDS {
        let identities = ["kept", "lost"].map(|name| identity(APP_ONE, &format!("{name}-{round}"), None));
        let from = recorded(&store, &login(identities[0].clone(), 0)).await.account.id;
        let first = recorded(&store, &login(identities[1].clone(), 0)).await;
        let into = first.account.id;
        let logins = race(|number| {
            let store = Arc::clone(&store);
            let merge = merge(from, into, Some(from));
            let next = next(&first.session, 1);
            let login = login(identities[number % 2].clone(), 1);
            async move {
                match number {
                    0 => {
                        let outcome = store.merge(&merge).await.expect("no error");
                        assert!(matches!(outcome, MergeOutcome::Merged(_)), "{outcome:?}");
                        None
                    }
                    1 | 2 => {
                        store.advance_session(&next).await.expect("no error");
                        None
                    }
                    _ => Some(recorded(&store, &login).await),
                }
            }
        })
        .await;
        let left = account_of(&store, &identities[0]).await.expect("it stays");
        assert_eq!((left.id, left.identities.len()), (into, 1), "round {round}");
        for session in live_sessions(&store, into, at(2)).await {
            assert_eq!(session.identity, identities[0], "round {round}");
        }
        let lost = account_of(&store, &identities[1]).await.map(|account| account.id);
        for login in logins.into_iter().flatten() {
            let is_of_lost = login.session.identity == identities[1];
            let owners = if is_of_lost {
                [Some(into), lost]
            } else {
                [Some(into), Some(from)]
            };
            assert!(owners.contains(&Some(login.account.id)), "round {round}");
        }
    }
}
