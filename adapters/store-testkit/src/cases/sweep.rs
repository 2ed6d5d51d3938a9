//! Sweeping sessions that are over.

use std::time::Duration;

use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::login_rules::LoginRecord;
use wxlogin_domain::ports::session_store::{SessionSweep, SessionsSwept};
use wxlogin_domain::session::{EndReason, Session, SessionPolicy, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

use crate::StoreUnderTest;
use crate::sample::{APP_ONE, POLICY, at, end, event, identity, login, recorded};

const DAY: i64 = 86_400;
const NOW: i64 = 60 * DAY;
/// Sessions that were over a week before are swept.
const DEAD_SINCE: i64 = 53 * DAY;

/// A session that lives until then, if nothing ends it.
async fn living_until(store: &StoreUnderTest, openid: &str, until: Timestamp) -> Session {
    let login = LoginRecord {
        policy: SessionPolicy {
            refresh_ttl: until.since(at(0)),
            session_ttl: Duration::from_secs(100 * 86_400),
            ..POLICY
        },
        ..login(identity(APP_ONE, openid, None), 0)
    };
    recorded(store, &login).await.session
}

async fn living(store: &StoreUnderTest, openid: &str) -> Session {
    living_until(store, openid, at(NOW + DAY)).await
}

async fn ended(store: &StoreUnderTest, openid: &str, seconds: i64) -> Session {
    let session = living(store, openid).await;
    let end = end(EndReason::Logout, seconds);
    let event = event(AuditAction::LoggedOut, seconds);
    store.end_session(session.id, end, &event).await.unwrap();
    session.ended(end)
}

fn piece(after: Option<SessionRef>, limit: usize) -> SessionSweep {
    SessionSweep {
        now: at(NOW),
        dead_since: at(DEAD_SINCE),
        after,
        limit,
    }
}

/// Sweeps through everything, in pieces of `limit`; answers the pieces.
async fn sweep(store: &StoreUnderTest, limit: usize) -> Vec<SessionsSwept> {
    let mut pieces: Vec<SessionsSwept> = Vec::new();
    loop {
        let after = pieces.last().and_then(|piece| piece.next);
        let piece = store.sweep_sessions(&piece(after, limit)).await.unwrap();
        assert!(piece.removed + piece.alive <= limit, "{piece:?}");
        pieces.push(piece);
        if piece.next.is_none() {
            return pieces;
        }
    }
}

fn removed(pieces: &[SessionsSwept]) -> usize {
    pieces.iter().map(|piece| piece.removed).sum()
}

fn alive(pieces: &[SessionsSwept]) -> usize {
    pieces.iter().map(|piece| piece.alive).sum()
}

/// What was over by then goes; what lives, and what is over since then, stays as it is.
pub async fn sweep_removes_only_what_is_dead_long_enough(store: StoreUnderTest) {
    assert_eq!(alive(&sweep(&store, 10).await), 0);
    let millisecond = Duration::from_millis(1);
    let stay = [
        living(&store, "lives").await,
        living_until(&store, "lives-for-a-millisecond", at(NOW).plus(millisecond)).await,
        living_until(&store, "expires-now", at(NOW)).await,
        living_until(&store, "expired-too-late", at(DEAD_SINCE).plus(millisecond)).await,
        ended(&store, "ended-now", NOW).await,
        ended(&store, "ended-too-late", DEAD_SINCE + 1).await,
    ];
    let go = [
        living_until(&store, "expired-just-in-time", at(DEAD_SINCE)).await,
        living_until(&store, "expired-long-ago", at(DAY)).await,
        ended(&store, "ended-just-in-time", DEAD_SINCE).await,
        ended(&store, "ended-long-ago", DAY).await,
    ];
    let pieces = sweep(&store, 100).await;
    assert_eq!((removed(&pieces), alive(&pieces)), (4, 2));
    for session in stay {
        assert_eq!(store.session(session.id).await.unwrap(), Some(session));
    }
    for session in go {
        assert_eq!(store.session(session.id).await.unwrap(), None);
        assert_eq!(store.sessions_of(session.id.account).await.unwrap(), []);
    }
    let again = sweep(&store, 100).await;
    assert_eq!((removed(&again), alive(&again)), (0, 2));
}

/// All sessions are walked through once, in bounded pieces, whether they go or stay.
pub async fn sweep_walks_through_everything_once(store: StoreUnderTest) {
    for number in 0..24 {
        let openid = format!("o{}", number % 6);
        match number % 4 {
            0 => drop(ended(&store, &openid, DAY).await),
            1 => drop(ended(&store, &openid, NOW).await),
            _ => drop(living(&store, &openid).await),
        }
    }
    for limit in [1, 5, 24] {
        let pieces = sweep(&store, limit).await;
        let goes = if limit == 1 { 6 } else { 0 };
        assert_eq!((removed(&pieces), alive(&pieces)), (goes, 12), "limit {limit}");
        let looked_at = if limit == 1 { 24_usize } else { 18 };
        let most = looked_at / limit + 1;
        assert!(pieces.len() <= most, "{} pieces of {limit}", pieces.len());
    }
}

/// The walk does not lose its way when sessions come and go: nothing that is over long enough stays, nothing that lives
/// goes.
pub async fn sweep_is_stable_while_sessions_come_and_go(store: StoreUnderTest) {
    let mut dead = Vec::new();
    let mut live = Vec::new();
    for number in 0..12 {
        let openid = format!("o{number}");
        dead.push(ended(&store, &openid, DAY).await);
        live.push(living(&store, &openid).await);
    }
    let mut after = None;
    for round in 0.. {
        let piece = store.sweep_sessions(&piece(after, 3)).await.unwrap();
        after = piece.next;
        if after.is_none() {
            break;
        }
        assert!(round < 40, "the walk has an end");
        if round < 5 {
            live.push(living(&store, &format!("came-meanwhile-{round}")).await);
            let gone = live.remove(0).id.account;
            let event = event(AuditAction::AccountErased, NOW);
            assert!(store.erase(gone, &event).await.unwrap().is_some());
        }
    }
    for session in dead {
        assert_eq!(store.session(session.id).await.unwrap(), None);
    }
    for session in live {
        assert_eq!(store.session(session.id).await.unwrap(), Some(session));
    }
}
