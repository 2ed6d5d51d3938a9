//! Messages that WeChat pushed.

use std::sync::Arc;

use wxlogin_domain::account::{Account, AvatarUrl, Change, Nickname, Profile, ProfileChange};
use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord, RecordedLogin};
use wxlogin_domain::phone_number::PhonePolicy;
use wxlogin_domain::ports::account_store::AccountFilter;
use wxlogin_domain::push::{Forgotten, MessageHash, PushAct, PushEffect, PushOutcome};
use wxlogin_domain::session::EndReason;

use super::search::{found, with_phone};
use crate::importing::{imported, user};
use crate::racing::race;
use crate::sample::{
    APP_ONE, APP_TWO, NUMBER, account_of, at, end, event, events, identity, login, next, recorded, unique_phone,
};
use crate::{FEW_RACE_ROUNDS, StoreUnderTest};

fn hash(number: u8) -> MessageHash {
    let mut bytes = [0xff; 32];
    bytes[31] = number;
    MessageHash(bytes)
}

/// A message about somebody in the first app.
fn message(number: u8, openid: &str, effect: PushEffect, seconds: i64) -> PushAct {
    let action = match effect {
        PushEffect::Erase => AuditAction::AuthorizationCancelled,
        PushEffect::Forget(_) => AuditAction::AuthorizationRevoked,
        PushEffect::Record => AuditAction::UserInfoModified,
    };
    let app = AppId::parse(APP_ONE).unwrap();
    PushAct {
        hash: hash(number),
        openid: OpenId::parse(openid).ok(),
        effect,
        at: at(seconds),
        event: event(action, seconds).in_app(&app),
        app,
    }
}

async fn honour(store: &StoreUnderTest, act: &PushAct) -> PushOutcome {
    store.honour(act).await.expect("the store honours the message")
}

fn honoured(account: Account) -> PushOutcome {
    PushOutcome::Honoured(Some(Box::new(account)))
}

/// Somebody with everything that can be forgotten.
async fn person(store: &StoreUnderTest, openid: &str, number: &str) -> RecordedLogin {
    let login = LoginRecord {
        phone: Some(unique_phone(number, 0)),
        ..login(identity(APP_ONE, openid, None), 0)
    };
    let login = recorded(store, &login).await;
    let change = ProfileChange {
        nickname: Change::Set(Nickname::parse("名字").unwrap()),
        avatar_url: Change::Set(AvatarUrl::parse("https://thirdwx.qlogo.cn/a.png").unwrap()),
    };
    store.change_profile(login.account.id, &change).await.unwrap();
    let known = user(identity(APP_ONE, openid, None), "10023");
    imported(store, &[known], PhonePolicy::Shared, 0).await;
    let account = store.account(login.account.id).await.unwrap();
    RecordedLogin {
        account: account.expect("there is such an account"),
        ..login
    }
}

/// Whoever is suspended does not come back as somebody new by ending the account with the app.
pub async fn message_does_not_lift_a_suspension(store: StoreUnderTest) {
    let id = person(&store, "o1", NUMBER).await.account.id;
    let login_again = login(identity(APP_ONE, "o1", None), 20);
    let suspended = event(AuditAction::AccountSuspended, 5);
    let suspended = store.suspend(id, end(EndReason::Suspended, 5), &suspended).await;
    let suspended = suspended.unwrap().unwrap();
    let act = message(1, "o1", PushEffect::Erase, 10);
    assert_eq!(honour(&store, &act).await, honoured(suspended.clone()));
    let left = store.account(id).await.unwrap().unwrap();
    assert_eq!(
        (left.phone, left.profile, left.external_id),
        (None, Profile::default(), None)
    );
    assert_eq!((left.status, left.identities), (suspended.status, suspended.identities));
    assert_eq!(found(&store, &with_phone(NUMBER), 10).await, []);
    let again = store.record_login(&login_again).await.unwrap();
    assert_eq!(again, LoginOutcome::Suspended(id));
}

/// Somebody who ends the account with the app is erased, with everything; who comes back is somebody new, and stays that
/// when the message is repeated.
pub async fn message_erases_the_account(store: StoreUnderTest) {
    let first = person(&store, "o1", NUMBER).await;
    let other = recorded(&store, &login(identity(APP_ONE, "o2", None), 0)).await;
    let id = first.account.id;
    let act = message(1, "o1", PushEffect::Erase, 10);
    assert_eq!(honour(&store, &act).await, honoured(first.account));
    assert_eq!(store.account(id).await.unwrap(), None);
    assert_eq!(store.sessions_of(id).await.unwrap(), []);
    assert!(!store.advance_session(&next(&first.session, 20)).await.unwrap());
    assert_eq!(found(&store, &with_phone(NUMBER), 10).await, []);
    assert_eq!(events(&store).await[0], act.event.clone().on_account(id));
    let back = person(&store, "o1", NUMBER).await;
    assert!(back.is_new_account);
    let told = events(&store).await;
    for seconds in [10, 30] {
        let repeated = message(1, "o1", PushEffect::Erase, seconds);
        assert_eq!(honour(&store, &repeated).await, PushOutcome::Repeated);
    }
    assert_eq!(events(&store).await, told);
    assert_eq!(
        store.account(back.account.id).await.unwrap(),
        Some(back.account.clone())
    );
    assert_eq!(store.session(back.session.id).await.unwrap(), Some(back.session));
    // Another message of the same kind is another message.
    let again = message(2, "o1", PushEffect::Erase, 30);
    assert_eq!(honour(&store, &again).await, honoured(back.account));
    assert_eq!(found(&store, &AccountFilter::default(), 10).await, [other.account]);
}

/// What is named is forgotten, and nothing else.
pub async fn message_forgets_exactly_what_is_named(store: StoreUnderTest) {
    for bits in 0..16_u8 {
        let openid = format!("o{bits}");
        let number = format!("+86138001380{bits:02}");
        let before = person(&store, &openid, &number).await;
        let what = Forgotten {
            phone: bits & 1 != 0,
            nickname: bits & 2 != 0,
            avatar: bits & 4 != 0,
            external_id: bits & 8 != 0,
        };
        let act = message(bits, &openid, PushEffect::Forget(what), 10);
        assert_eq!(honour(&store, &act).await, honoured(before.account.clone()));
        let id = before.account.id;
        let after = what.taken_from(before.account);
        assert_eq!(after.phone.is_none(), what.phone);
        assert_eq!(after.external_id.is_none(), what.external_id);
        assert_eq!(store.account(id).await.unwrap(), Some(after.clone()), "{what:?}");
        assert_eq!(store.session(before.session.id).await.unwrap(), Some(before.session));
        let with_number: Vec<Account> = Some(after).filter(|_| !what.phone).into_iter().collect();
        assert_eq!(found(&store, &with_phone(&number), 10).await, with_number);
        assert!(events(&store).await.contains(&act.event.clone().on_account(id)));
        // A number that is forgotten is free, and one that was bound since stays.
        let next = recorded(&store, &login(identity(APP_TWO, &openid, None), 20)).await;
        let bound = event(AuditAction::PhoneBound, 20);
        let binding = unique_phone(&number, 20);
        for account in [next.account.id, id] {
            store.bind_phone(account, &binding, &bound).await.unwrap();
        }
        let holder = if what.phone { next.account.id } else { id };
        assert_eq!(honour(&store, &act).await, PushOutcome::Repeated);
        let holders = found(&store, &with_phone(&number), 10).await;
        assert_eq!(holders.iter().map(|account| account.id).collect::<Vec<_>>(), [holder]);
    }
}

/// What only has to be known is on record, and changes nothing.
pub async fn message_is_put_on_record(store: StoreUnderTest) {
    let before = person(&store, "o1", NUMBER).await;
    let told_before = events(&store).await;
    let act = message(1, "o1", PushEffect::Record, 10);
    assert_eq!(honour(&store, &act).await, honoured(before.account.clone()));
    let told = act.event.clone().on_account(before.account.id);
    assert_eq!(events(&store).await, [vec![told], told_before].concat());
    assert_eq!(honour(&store, &act).await, PushOutcome::Repeated);
    assert_eq!(store.account(before.account.id).await.unwrap(), Some(before.account));
    assert_eq!(store.session(before.session.id).await.unwrap(), Some(before.session));
}

/// A message about nobody, or about somebody of another app, is on record and does nothing, also not later.
pub async fn message_about_nobody_is_on_record(store: StoreUnderTest) {
    let elsewhere = recorded(&store, &login(identity(APP_TWO, "o1", None), 0)).await;
    let what = Forgotten {
        phone: true,
        nickname: true,
        avatar: true,
        external_id: true,
    };
    let mut told = elsewhere.events;
    let mut acts = Vec::new();
    for (number, effect) in (0..).zip([PushEffect::Erase, PushEffect::Forget(what), PushEffect::Record]) {
        let named = message(2 * number, "o1", effect, 10 + i64::from(number));
        let nameless = PushAct {
            openid: None,
            ..message(2 * number + 1, "o1", effect, 20 + i64::from(number))
        };
        acts.extend([named, nameless]);
    }
    acts.sort_by_key(|act| act.at);
    for act in &acts {
        assert_eq!(honour(&store, act).await, PushOutcome::Honoured(None));
        told.insert(0, act.event.clone());
    }
    assert_eq!(events(&store).await, told);
    let here = person(&store, "o1", NUMBER).await;
    for act in &acts {
        assert_eq!(honour(&store, act).await, PushOutcome::Repeated);
    }
    for account in [elsewhere.account, here.account] {
        assert_eq!(store.account(account.id).await.unwrap(), Some(account));
    }
}

/// How often an event of this kind is on record of an account.
async fn told(store: &StoreUnderTest, account: AccountId, action: AuditAction) -> usize {
    let is_one = |event: &&AuditEvent| event.account == Some(account) && event.action == action;
    events(store).await.iter().filter(is_one).count()
}

/// A message that arrives many times at once, while the person logs in and refreshes: it is honoured once, and leaves no
/// session without an account.
pub async fn racing_repeats_are_honoured_once(store: StoreUnderTest) {
    for round in 0..u8::try_from(FEW_RACE_ROUNDS).unwrap() {
        let openid = format!("race-{round}");
        let number = format!("+861380013{round:04}");
        let first = person(&store, &openid, &number).await;
        let id = first.account.id;
        let outcomes = race(|racer| {
            let store = Arc::clone(&store);
            let act = message(round, &openid, PushEffect::Erase, 1);
            let login = login(identity(APP_ONE, &openid, None), 1);
            let next = next(&first.session, 1);
            async move {
                match racer {
                    0..8 => Some(honour(&store, &act).await),
                    8 | 9 => {
                        store.advance_session(&next).await.expect("no error");
                        None
                    }
                    _ => {
                        recorded(&store, &login).await;
                        None
                    }
                }
            }
        })
        .await;
        let mut honoured: Vec<PushOutcome> = outcomes.into_iter().flatten().collect();
        assert_eq!(honoured.len(), 8);
        honoured.retain(|outcome| *outcome != PushOutcome::Repeated);
        assert!(
            matches!(&honoured[..], [PushOutcome::Honoured(Some(account))] if account.id == id),
            "round {round}: {honoured:?}"
        );
        assert_eq!(store.account(id).await.unwrap(), None);
        assert_eq!(store.sessions_of(id).await.unwrap(), [], "round {round}: an orphan");
        let again = account_of(&store, &identity(APP_ONE, &openid, None)).await;
        assert_ne!(again.map(|account| account.id), Some(id), "round {round}");
        assert_eq!(found(&store, &with_phone(&number), 10).await, []);
        let cancelled = AuditAction::AuthorizationCancelled;
        assert_eq!(told(&store, id, cancelled).await, 1, "round {round}");
    }
}

/// The oldest messages are forgotten first, and those alone that are too old.
pub async fn sweep_forgets_the_oldest_messages_first(store: StoreUnderTest) {
    assert_eq!(store.sweep_pushes(at(100), 10).await, Ok(0));
    for seconds in [5, 1, 4, 0, 3, 2] {
        let act = message(u8::try_from(seconds).unwrap(), "o1", PushEffect::Record, seconds);
        assert_eq!(honour(&store, &act).await, PushOutcome::Honoured(None));
    }
    assert_eq!(
        store.sweep_pushes(at(0), 10).await,
        Ok(0),
        "not those of that very moment"
    );
    assert_eq!(store.sweep_pushes(at(5), 0).await, Ok(0));
    assert_eq!(store.sweep_pushes(at(5), 2).await, Ok(2));
    assert_eq!(store.sweep_pushes(at(3), 10).await, Ok(1));
    assert_eq!(store.sweep_pushes(at(3), 10).await, Ok(0));
    for number in 0..6 {
        let act = message(number, "o1", PushEffect::Record, 50);
        let expected = if number < 3 {
            PushOutcome::Honoured(None)
        } else {
            PushOutcome::Repeated
        };
        assert_eq!(honour(&store, &act).await, expected, "message {number}");
    }
    let swept = race(|_| {
        let store = Arc::clone(&store);
        async move { store.sweep_pushes(at(50), 2).await.expect("no error") }
    })
    .await;
    assert_eq!(swept.into_iter().sum::<usize>(), 3, "each is counted once");
}
