//! Housekeeping: in pieces, to an end, and right about what it counts.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use wxlogin_domain::audit::{AuditAction, AuditFilter};
use wxlogin_domain::housekeeping::{Census, Housekeeper, Round};
use wxlogin_domain::login_rules::RecordedLogin;
use wxlogin_domain::origin::Actor;
use wxlogin_domain::ports::account_store::{AccountPage, AccountStore, MockAccountStore};
use wxlogin_domain::ports::audit_store::{AuditStore, MockAuditStore};
use wxlogin_domain::ports::push_store::{MockPushStore, PushStore};
use wxlogin_domain::ports::session_store::{MockSessionStore, SessionStore, SessionsSwept};
use wxlogin_domain::push::{MessageHash, PushAct, PushEffect, PushOutcome};
use wxlogin_domain::session::{EndReason, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

use crate::sample::{World, account, app, at, down, identity, operator, person_of, session_id};

const DAY: i64 = 86_400;
const RETENTION: Duration = Duration::from_secs(180 * 86_400);
/// How many rows a step looks at.
const PIECE: usize = 500;

fn housekeeper(world: &World) -> Housekeeper {
    let store = &world.store;
    housekeeper_of(world, store.clone(), store.clone(), store.clone(), store.clone())
}

fn housekeeper_of(
    world: &World,
    sessions: Arc<dyn SessionStore>,
    accounts: Arc<dyn AccountStore>,
    audit: Arc<dyn AuditStore>,
    pushes: Arc<dyn PushStore>,
) -> Housekeeper {
    Housekeeper::new(sessions, accounts, audit, pushes, RETENTION, world.clock.clone())
}

/// Steps until the round is done; answers how many steps it took.
async fn round(housekeeper: &Housekeeper) -> usize {
    for step in 1..100 {
        if housekeeper.step().await.unwrap() == Round::Done {
            return step;
        }
    }
    panic!("the round does not end");
}

async fn people(world: &World, count: usize) -> Vec<RecordedLogin> {
    let mut logins = Vec::new();
    for number in 0..count {
        logins.push(world.log_in(person_of(&app(), &format!("person-{number}"), None)).await);
    }
    logins
}

async fn kept(world: &World, logins: &[RecordedLogin]) -> usize {
    let mut kept = 0;
    for login in logins {
        kept += usize::from(world.store.session(login.session.id).await.unwrap().is_some());
    }
    kept
}

#[tokio::test]
async fn an_empty_store_is_done_at_once() {
    let world = World::new();
    let housekeeper = housekeeper(&world);
    assert_eq!(housekeeper.census(), None);
    assert_eq!(housekeeper.step().await, Ok(Round::Done));
    let nothing = Census {
        accounts: 0,
        suspended_accounts: 0,
        live_sessions: 0,
        counted_at: at(0),
    };
    assert_eq!(housekeeper.census(), Some(nothing));
}

#[tokio::test]
async fn a_round_ends_and_its_census_is_right() {
    let world = World::new();
    let logins = people(&world, 1201).await;
    // A second session for one, none for two, and four who may not log in.
    world.log_in(logins[0].session.identity.clone()).await;
    world.end(logins[1].session.id, EndReason::Logout).await;
    world.end(logins[2].session.id, EndReason::Logout).await;
    for login in &logins[3..7] {
        world.suspend(login.account.id).await;
    }
    let housekeeper = housekeeper(&world);
    world.set_clock(60);
    assert_eq!(round(&housekeeper).await, 3);
    let census = Census {
        accounts: 1201,
        suspended_accounts: 4,
        live_sessions: 1201 + 1 - 2 - 4,
        counted_at: at(60),
    };
    assert_eq!(housekeeper.census(), Some(census));

    // The next round counts anew. Until it is done, the last one's numbers are shown.
    world.suspend(logins[8].account.id).await;
    world.set_clock(120);
    assert_eq!(housekeeper.step().await, Ok(Round::GoesOn));
    assert_eq!(housekeeper.census(), Some(census));
    assert_eq!(round(&housekeeper).await, 2);
    let next = Census {
        suspended_accounts: 5,
        live_sessions: census.live_sessions - 1,
        counted_at: at(120),
        ..census
    };
    assert_eq!(housekeeper.census(), Some(next));
}

/// Each kind of work has a table of its own, and the longest one decides.
#[tokio::test]
async fn a_round_ends_when_the_longest_table_was_walked_through() {
    for (accounts, sessions_each, old_events, steps) in [
        (1, 1, 0, 1),
        (501, 1, 0, 2),
        (2, 251, 0, 2),
        (1, 1, 1499, 3),
        (1, 1, 1500, 4),
    ] {
        let world = World::new();
        for number in 0..accounts {
            for _ in 0..sessions_each {
                let mut login = world.login(person_of(&app(), &format!("person-{number}"), None));
                login.policy.max_per_account = 1000;
                login.at = at(200 * DAY);
                login.event.at = at(200 * DAY);
                world.record(&login).await;
            }
        }
        for _ in 0..old_events {
            let event = world.scribe.event(&operator(), AuditAction::AccountsSearched, at(-1));
            world.store.append_audit(&event).await.unwrap();
        }
        world.set_clock(200 * DAY);
        let housekeeper = housekeeper(&world);
        let name = format!("{accounts} accounts, {sessions_each} sessions each, {old_events} old events");
        assert_eq!(round(&housekeeper).await, steps, "{name}");
        let census = housekeeper.census().unwrap();
        assert_eq!(census.accounts, accounts, "{name}");
        assert_eq!(census.live_sessions, accounts * sessions_each, "{name}");
        let events = world.events(AuditFilter::default()).await.len() as u64;
        assert_eq!(events, accounts * sessions_each, "{name}");
    }
}

#[tokio::test]
async fn copies_of_a_housekeeper_do_one_round() {
    let world = World::new();
    people(&world, 501).await;
    let housekeeper = housekeeper(&world);
    assert_eq!(housekeeper.clone().step().await, Ok(Round::GoesOn));
    assert_eq!(housekeeper.step().await, Ok(Round::Done));
    assert_eq!(housekeeper.clone().census().unwrap().accounts, 501);
}

#[tokio::test]
async fn sessions_are_swept_a_week_after_they_were_over() {
    let world = World::new();
    let login = |name: &'static str| world.log_in(person_of(&app(), name, None));
    let (ended, expired, alive) = (login("ended").await, login("expired").await, login("alive").await);
    world.set_clock(DAY);
    world.end(ended.session.id, EndReason::Logout).await;
    let mut refreshed = alive.session.clone();
    refreshed.generation = refreshed.generation.next();
    refreshed.idle_expires_at = at(100 * DAY);
    assert!(world.store.advance_session(&refreshed).await.unwrap());
    let housekeeper = housekeeper(&world);
    for (seconds, ended_kept, expired_kept, live_sessions) in [
        (2 * DAY, true, true, 2),
        (8 * DAY - 1, true, true, 2),
        (8 * DAY, false, true, 2),
        (30 * DAY, false, true, 1),
        (37 * DAY - 1, false, true, 1),
        (37 * DAY, false, false, 1),
        (99 * DAY, false, false, 1),
    ] {
        world.set_clock(seconds);
        round(&housekeeper).await;
        let is_kept = async |login: &RecordedLogin| kept(&world, std::slice::from_ref(login)).await == 1;
        assert_eq!(is_kept(&ended).await, ended_kept, "{seconds}");
        assert_eq!(is_kept(&expired).await, expired_kept, "{seconds}");
        assert!(is_kept(&alive).await, "{seconds}");
        assert_eq!(housekeeper.census().unwrap().live_sessions, live_sessions, "{seconds}");
    }
    assert_eq!(housekeeper.census().unwrap().accounts, 3);
}

#[tokio::test]
async fn dead_sessions_and_old_events_are_swept_in_pieces() {
    let world = World::new();
    let logins = people(&world, 1201).await;
    // The sessions are long over then, and the events are a second too old, but for the last one.
    world.set_clock(180 * DAY);
    let last = world.scribe.event(
        &operator(),
        AuditAction::AccountsSearched,
        at(0).plus(Duration::from_secs(1)),
    );
    world.store.append_audit(&last).await.unwrap();
    world.set_clock(180 * DAY + 1);
    let housekeeper = housekeeper(&world);
    for (left, outcome) in [
        (1201 - PIECE, Round::GoesOn),
        (1201 - 2 * PIECE, Round::GoesOn),
        (0, Round::Done),
    ] {
        assert_eq!(housekeeper.step().await, Ok(outcome));
        assert_eq!(kept(&world, &logins).await, left);
        assert_eq!(world.events(AuditFilter::default()).await.len(), left + 1);
    }
    assert_eq!(world.last_event().await, last);
    let census = housekeeper.census().unwrap();
    assert_eq!((census.accounts, census.live_sessions), (1201, 0));
}

/// A message about nobody, that is honoured then.
fn push(world: &World, number: usize, at: Timestamp) -> PushAct {
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&number.to_le_bytes());
    let origin = operator().by(Actor::Wechat);
    PushAct {
        hash: MessageHash(hash),
        app: app(),
        openid: None,
        effect: PushEffect::Record,
        at,
        event: world.scribe.event(&origin, AuditAction::UserInfoModified, at),
    }
}

/// A message is remembered for 400 days, however short the log is: to the second, and in pieces.
#[tokio::test]
async fn messages_are_forgotten_long_after_their_events() {
    let world = World::new();
    for number in 0..=1201 {
        let at = at(i64::from(number == 1201));
        world.store.honour(&push(&world, number, at)).await.unwrap();
    }
    let housekeeper = housekeeper(&world);
    let honour = async |number| {
        let now = at(400 * DAY);
        world.store.honour(&push(&world, number, now)).await
    };
    // The first ones are as old as they may be, and then a second too old.
    world.set_clock(400 * DAY);
    while housekeeper.step().await == Ok(Round::GoesOn) {}
    assert_eq!(world.told().await.len(), 0);
    assert_eq!(honour(0).await, Ok(PushOutcome::Repeated));
    world.set_clock(400 * DAY + 1);
    for round in [Round::GoesOn, Round::GoesOn, Round::Done] {
        assert_eq!(housekeeper.step().await, Ok(round));
    }
    assert_eq!(honour(1201).await, Ok(PushOutcome::Repeated));
    for number in [0, 1, 700, 1200] {
        assert_eq!(honour(number).await, Ok(PushOutcome::Honoured(None)), "{number}");
    }
}

/// Other replicas do the same work at the same time.
#[tokio::test]
async fn two_housekeepers_do_not_disturb_each_other() {
    let world = World::new();
    let logins = people(&world, 1001).await;
    let alive = world.log_in(identity()).await;
    let mut refreshed = alive.session.clone();
    refreshed.generation = refreshed.generation.next();
    refreshed.idle_expires_at = at(100 * DAY);
    assert!(world.store.advance_session(&refreshed).await.unwrap());
    world.set_clock(50 * DAY);
    let (here, there) = (housekeeper(&world), housekeeper(&world));
    let (mut here_is_done, mut there_is_done) = (false, false);
    for _ in 0..10 {
        here_is_done = here_is_done || here.step().await == Ok(Round::Done);
        there_is_done = there_is_done || there.step().await == Ok(Round::Done);
        if here_is_done && there_is_done {
            break;
        }
    }
    assert!(here_is_done && there_is_done);
    assert_eq!(kept(&world, &logins).await, 0);
    for housekeeper in [here, there] {
        let census = housekeeper.census().unwrap();
        assert_eq!((census.accounts, census.live_sessions), (1002, 1));
    }
}

/// Whichever part fails: the others go on, what was counted is not counted twice, and the part is tried again where it
/// was.
#[tokio::test]
async fn a_store_that_fails_keeps_the_place() {
    for failing in ["sessions", "accounts", "audit", "pushes"] {
        let world = World::new();
        let place = session_id();
        // The second step fails once.
        let fails = move |part| {
            let calls = Mutex::new(0);
            move || {
                let mut calls = calls.lock().unwrap();
                *calls += 1;
                if part == failing && *calls == 2 {
                    Err(down())
                } else {
                    Ok(())
                }
            }
        };
        let asked: Arc<Mutex<Vec<Option<SessionRef>>>> = Arc::default();
        let mut sessions = MockSessionStore::new();
        let (noted, fail) = (asked.clone(), fails("sessions"));
        sessions.expect_sweep_sessions().returning(move |sweep| {
            assert_eq!((sweep.now, sweep.limit), (at(0), PIECE));
            assert_eq!(sweep.dead_since, at(-7 * DAY));
            noted.lock().unwrap().push(sweep.after);
            fail().map(|()| SessionsSwept {
                removed: 1,
                alive: 3,
                next: sweep.after.is_none().then_some(place),
            })
        });
        let mut accounts = MockAccountStore::new();
        let fail = fails("accounts");
        accounts.expect_accounts().returning(move |query| {
            assert_eq!(query.limit, PIECE);
            fail().map(|()| AccountPage {
                accounts: vec![account()],
                next: query.after.is_none().then_some(place.account),
            })
        });
        let mut audit = MockAuditStore::new();
        let (fail, full) = (fails("audit"), Mutex::new(true));
        audit.expect_sweep_audit().returning(move |before, limit| {
            assert_eq!((before, limit), (at(0).minus(RETENTION), PIECE));
            fail()?;
            let full = std::mem::replace(&mut *full.lock().unwrap(), false);
            Ok(if full { PIECE } else { 0 })
        });
        let mut pushes = MockPushStore::new();
        let (fail, full) = (fails("pushes"), Mutex::new(true));
        pushes.expect_sweep_pushes().returning(move |before, limit| {
            assert_eq!((before, limit), (at(-400 * DAY), PIECE));
            fail()?;
            let full = std::mem::replace(&mut *full.lock().unwrap(), false);
            Ok(if full { PIECE } else { 0 })
        });
        let housekeeper = housekeeper_of(
            &world,
            Arc::new(sessions),
            Arc::new(accounts),
            Arc::new(audit),
            Arc::new(pushes),
        );
        assert_eq!(housekeeper.step().await, Ok(Round::GoesOn), "{failing}");
        assert_eq!(housekeeper.step().await, Err(down()), "{failing}");
        assert_eq!(housekeeper.census(), None, "{failing}");
        assert_eq!(housekeeper.step().await, Ok(Round::Done), "{failing}");
        let asked = asked.lock().unwrap().clone();
        if failing == "sessions" {
            assert_eq!(
                asked,
                [None, Some(place), Some(place)],
                "it is tried again where it was"
            );
        } else {
            assert_eq!(
                asked,
                [None, Some(place)],
                "{failing} does not keep the others from going on"
            );
        }
        let census = housekeeper.census().unwrap();
        assert_eq!((census.live_sessions, census.accounts), (6, 2), "{failing}");
    }
}
