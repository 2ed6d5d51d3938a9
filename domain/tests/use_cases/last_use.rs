//! Last uses: noted once a minute, collected without bounds being passed, written in batches.

use std::sync::{Arc, Mutex};

use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::last_use::LastUse;
use wxlogin_domain::ports::session_store::MockSessionStore;
use wxlogin_domain::session::{Session, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

use crate::sample::{World, at, down, identity, session};

/// Many sessions that all began at second 0.
fn sessions(count: u32) -> impl Iterator<Item = Session> {
    (0..count).map(|number| {
        let mut bytes = [0; 16];
        bytes[12..].copy_from_slice(&number.to_be_bytes());
        Session {
            id: SessionRef {
                account: AccountId::from_bytes(bytes),
                session: SessionId::from_bytes(bytes),
            },
            ..session()
        }
    })
}

type Batches = Arc<Mutex<Vec<Vec<(SessionRef, Timestamp)>>>>;

/// Takes what is written to it.
fn recording() -> (MockSessionStore, Batches) {
    let batches = Batches::default();
    let mut store = MockSessionStore::new();
    let taken = batches.clone();
    store.expect_touch_sessions().returning(move |uses| {
        taken.lock().unwrap().push(uses.to_vec());
        Ok(())
    });
    (store, batches)
}

fn sizes(batches: &Batches) -> Vec<usize> {
    batches.lock().unwrap().iter().map(Vec::len).collect()
}

#[tokio::test]
async fn a_use_is_noted_once_a_minute() {
    let world = World::new();
    let id = world.log_in(identity()).await.session.id;
    let uses = LastUse::default();
    for (seconds, stored) in [
        (1, 0),
        (59, 0),
        (60, 60),
        (61, 60),
        (119, 60),
        (120, 120),
        (10_000, 10_000),
    ] {
        uses.note(&world.session(id).await, at(seconds));
        uses.write(&*world.store).await.unwrap();
        assert_eq!(world.session(id).await.last_used_at, at(stored), "{seconds}");
    }
}

/// However often a session is used between two writings, it is one write.
#[tokio::test]
async fn of_many_uses_the_first_is_written() {
    let (store, batches) = recording();
    let uses = LastUse::default();
    for seconds in [60, 61, 62, 300] {
        uses.note(&session(), at(seconds));
    }
    uses.write(&store).await.unwrap();
    assert_eq!(*batches.lock().unwrap(), [[(session().id, at(60))]]);
}

#[tokio::test]
async fn nothing_to_write_is_no_write() {
    let mut store = MockSessionStore::new();
    store.expect_touch_sessions().never();
    LastUse::default().write(&store).await.unwrap();
}

#[tokio::test]
async fn uses_are_written_in_batches_each_once() {
    let (store, batches) = recording();
    let uses = LastUse::default();
    for session in sessions(1200) {
        uses.note(&session, at(60));
    }
    uses.write(&store).await.unwrap();
    assert_eq!(sizes(&batches), [500, 500, 200]);
    let written: std::collections::HashSet<_> = batches.lock().unwrap().iter().flatten().copied().collect();
    assert_eq!(written.len(), 1200);
    uses.write(&store).await.unwrap();
    assert_eq!(sizes(&batches).len(), 3);
}

#[tokio::test]
async fn no_more_are_collected_than_there_is_room_for() {
    let (store, batches) = recording();
    let uses = LastUse::default();
    for session in sessions(10_100) {
        uses.note(&session, at(60));
    }
    uses.write(&store).await.unwrap();
    assert_eq!(sizes(&batches).iter().sum::<usize>(), 10_000);
    // There is room again.
    uses.note(&session(), at(61));
    uses.write(&store).await.unwrap();
    assert_eq!(sizes(&batches).last(), Some(&1));
}

#[tokio::test]
async fn what_could_not_be_written_is_given_up() {
    let mut store = MockSessionStore::new();
    store.expect_touch_sessions().once().returning(|_| Err(down()));
    let uses = LastUse::default();
    for session in sessions(1200) {
        uses.note(&session, at(60));
    }
    assert_eq!(uses.write(&store).await, Err(down()));
    assert_eq!(uses.write(&store).await, Ok(()));
}

#[tokio::test]
async fn a_session_that_is_gone_is_passed_over() {
    let world = World::new();
    let session = world.log_in(identity()).await.session;
    let uses = LastUse::default();
    uses.note(&session, at(60));
    world.erase(session.id.account).await;
    assert_eq!(uses.write(&*world.store).await, Ok(()));
}
