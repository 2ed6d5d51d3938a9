//! Copies that are made and taken while other things happen.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::spawn;
use tokio::task::yield_now;
use wxlogin_domain::copy::{AccountCopy, CopyItem};
use wxlogin_domain::id::AccountId;

use super::copy::{exported, import};
use crate::copied::{person, ring, session};
use crate::sample::{APP_ONE, APP_TWO, account_of, identity, login, recorded};
use crate::{FEW_RACE_ROUNDS, StoreUnderTest};

/// How many accounts there are, so that an export takes several pieces.
const ACCOUNTS: usize = 2_400;
/// How many people log in at a time. None of them is anybody else, so that the logins of each are in order.
const TASKS: usize = 3;

fn somebody(number: usize) -> AccountCopy {
    let unionid = format!("u{number}");
    let mut copy = person(&[identity(APP_ONE, &format!("o{number}"), Some(&unionid))], 0);
    copy.sessions.push(session(&copy, 0));
    copy
}

/// Logs people in again, and strangers, until it is told that it is enough.
async fn log_people_in(store: StoreUnderTest, enough: Arc<AtomicBool>, first: usize) {
    for round in 0.. {
        if enough.load(Ordering::Relaxed) {
            return;
        }
        let seconds = i64::try_from(round).unwrap() + 1;
        let number = (first + round * TASKS * 331) % ACCOUNTS;
        let (openid, unionid) = (format!("o{number}"), format!("u{number}"));
        recorded(&store, &login(identity(APP_ONE, &openid, None), seconds)).await;
        recorded(&store, &login(identity(APP_TWO, &openid, Some(&unionid)), seconds)).await;
        let stranger = format!("stranger-{first}-{round}");
        recorded(&store, &login(identity(APP_TWO, &stranger, None), seconds)).await;
        // A store in memory never lets anybody else run by itself.
        yield_now().await;
    }
}

/// Whether the sessions of a copy are those that its account tells of: both are of one moment.
fn assert_whole(copy: &AccountCopy) {
    let AccountCopy {
        account,
        unionids,
        sessions,
    } = copy;
    let newest = sessions.iter().map(|session| session.created_at).max();
    assert_eq!(newest, Some(account.last_login_at), "{copy:?}");
    for session in sessions {
        assert_eq!(session.id.account, account.id);
        assert!(account.identity(&session.identity).is_some(), "{copy:?}");
    }
    for linked in &account.identities {
        assert!(linked.identity.unionid.iter().all(|unionid| unionids.contains(unionid)));
        let has_session = |in_app| sessions.iter().any(|session| session.identity.app == in_app);
        assert!(has_session(linked.identity.app.clone()), "{copy:?}");
    }
}

/// While people log in, each account is shown once, and as it is at one moment.
pub async fn an_export_while_people_log_in_shows_whole_accounts(store: StoreUnderTest) {
    let copies: Vec<CopyItem> = (0..ACCOUNTS).map(|number| somebody(number).into()).collect();
    for piece in copies.chunks(500) {
        import(&store, piece).await;
    }
    let expected: HashSet<AccountId> = copies.iter().filter_map(account_id).collect();
    let enough = Arc::new(AtomicBool::new(false));
    let logins: Vec<_> = (0..TASKS)
        .map(|first| spawn(log_people_in(Arc::clone(&store), Arc::clone(&enough), first)))
        .collect();
    // Not before they have begun.
    while account_of(&store, &identity(APP_TWO, "stranger-0-0", None))
        .await
        .is_none()
    {
        yield_now().await;
    }
    let items = exported(&store).await;
    enough.store(true, Ordering::Relaxed);
    for logins in logins {
        logins.await.expect("all logins are recorded");
    }
    let mut shown = HashSet::new();
    for item in &items {
        if let CopyItem::Account(copy) = item {
            assert!(shown.insert(copy.account.id), "{} is shown twice", copy.account.id);
            assert_whole(copy);
        }
    }
    assert_eq!(expected.difference(&shown).count(), 0, "nobody is left out");
}

fn account_id(item: &CopyItem) -> Option<AccountId> {
    match item {
        CopyItem::Account(copy) => Some(copy.account.id),
        _ => None,
    }
}

/// Nobody sees a piece that is half there.
pub async fn a_piece_is_imported_in_one_act(store: StoreUnderTest) {
    for round in 0..FEW_RACE_ROUNDS {
        let first = round * 1000;
        let numbers = first..first + 200;
        let mut piece: Vec<CopyItem> = numbers.clone().map(|number| somebody(number).into()).collect();
        if round == 0 {
            piece.push(CopyItem::KeyRing(Box::new(ring())));
        }
        let ends = [numbers.start, numbers.end - 1].map(|number| identity(APP_ONE, &format!("o{number}"), None));
        let importing = spawn({
            let store = Arc::clone(&store);
            async move { import(&store, &piece).await }
        });
        loop {
            let is_done = importing.is_finished();
            for (one, other) in [(&ends[0], &ends[1]), (&ends[1], &ends[0])] {
                if account_of(&store, one).await.is_some() {
                    assert!(account_of(&store, other).await.is_some(), "round {round}");
                    assert!(store.key_ring().await.unwrap().is_some(), "round {round}");
                }
            }
            if is_done {
                break;
            }
            yield_now().await;
        }
        importing.await.expect("the piece is imported");
    }
}
