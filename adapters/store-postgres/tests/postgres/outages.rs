//! The server goes away in every way that it can, and comes back: nobody waits for longer than was promised, and nobody
//! has to be started again.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Executor as _};
use tokio::task::JoinSet;
use tokio::time::timeout;
use wxlogin_domain::ports::account_store::AccountStore as _;
use wxlogin_domain::ports::store::{StoreError, StoreHealth as _};
use wxlogin_store_postgres::{OpenError, PostgresStore};
use wxlogin_throwaway::{Postgres, required};

use crate::sample::{login, recorded, unique_phone};

/// Far more than the store's own deadline: that it answers at all is what is waited for, on however busy a machine.
const LONG: Duration = Duration::from_secs(20);

fn server() -> Option<Postgres> {
    required(Postgres::private(), "PostgreSQL")
}

async fn open(server: &Postgres) -> Arc<PostgresStore> {
    let store = PostgresStore::open(&server.new_database(), PostgresStore::DEADLINE).await;
    Arc::new(store.expect("the store opens"))
}

/// Makes as many connections as there may be, and leaves them unused.
async fn warm_up(store: &Arc<PostgresStore>) {
    all(store, 64, |store| async move { store.ping().await }).await;
}

/// Many calls at a time, and what they answer.
async fn all<T, F>(store: &Arc<PostgresStore>, calls: usize, call: impl Fn(Arc<PostgresStore>) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let mut running = JoinSet::new();
    for _ in 0..calls {
        running.spawn(call(Arc::clone(store)));
    }
    timeout(LONG, running.join_all()).await.expect("every call is answered")
}

/// Waits until the store does what it is asked for.
async fn recovered(store: &PostgresStore) {
    let recovers = async {
        while store.prove_writable().await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(LONG, recovers).await.expect("the store recovers");
}

fn is_unavailable<T>(answer: &Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::Unavailable(_)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_unavailable() {
    let Some(server) = server() else { return };
    let url = server.new_database();
    let nowhere = url.replace("test0", "nowhere");
    let refused = PostgresStore::open(&nowhere, PostgresStore::DEADLINE).await.err();
    assert!(matches!(refused, Some(OpenError::Failed(_))), "{refused:?}");
    server.stop();
    let refused = PostgresStore::open(&url, PostgresStore::DEADLINE).await.err();
    assert!(matches!(refused, Some(OpenError::Unavailable(_))), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_server_is_missed_and_found_again() {
    let Some(server) = server() else { return };
    let store = open(&server).await;
    let first = recorded(&*store, &login("o1", 0)).await;
    warm_up(&store).await;
    server.stop();
    let answers = all(&store, 64, |store| async move { store.ping().await }).await;
    assert!(answers.iter().all(is_unavailable), "{answers:?}");
    server.start_again();
    // Nothing has failed since: whatever died is replaced without anybody noticing.
    let again = recorded(&*store, &login("o1", 10)).await;
    assert_eq!(again.account.id, first.account.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_the_night_is_noticed_by_nobody() {
    let Some(server) = server() else { return };
    let store = open(&server).await;
    warm_up(&store).await;
    server.stop();
    server.start_again();
    let answers = all(&store, 64, |store| async move { store.ping().await }).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_server_is_given_up_and_found_again() {
    let Some(server) = server() else { return };
    let store = open(&server).await;
    recorded(&*store, &login("o1", 0)).await;
    warm_up(&store).await;
    server.freeze();
    for _ in 0..2 {
        // The first find connections that say nothing, the others make new ones, which are not accepted.
        let answers = all(&store, 64, |store| async move { store.ping().await }).await;
        assert!(answers.iter().all(is_unavailable), "{answers:?}");
    }
    server.thaw();
    recovered(&store).await;
}

/// What was sent to a frozen server is done when it goes on, though its caller is gone. It is what was meant, or nothing.
#[tokio::test(flavor = "multi_thread")]
async fn what_lands_late_does_no_harm() {
    let Some(server) = server() else { return };
    let store = open(&server).await;
    let before = recorded(&*store, &login("known", 0)).await;
    for round in 1..=3 {
        warm_up(&store).await;
        let mut running = JoinSet::new();
        for number in 0..64_u8 {
            let store = Arc::clone(&store);
            let openid = if number % 2 == 0 { "known" } else { "new" };
            running.spawn(async move { store.record_login(&login(openid, round)).await });
        }
        tokio::task::yield_now().await;
        server.freeze();
        let answers = timeout(LONG, running.join_all()).await.expect("all are answered");
        server.thaw();
        recovered(&store).await;
        assert!(answers.iter().all(|answer| answer.is_ok() || is_unavailable(answer)));
        let known = recorded(&*store, &login("known", 10 + round)).await;
        assert_eq!(known.account.id, before.account.id);
        let new = recorded(&*store, &login("new", 10 + round)).await;
        for account in [known.account, new.account] {
            assert_eq!(account.identities.len(), 1);
            assert_eq!(store.account(account.id).await, Ok(Some(account)));
        }
    }
}

/// The server ends the connections of others, in the middle of whatever they do: an act is done as a whole or not at all.
#[tokio::test(flavor = "multi_thread")]
async fn connections_that_are_cut_leave_nothing_half_done() {
    const CUT: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE application_name = 'wxlogin' AND datname = current_database()";
    let Some(server) = server() else { return };
    let url = server.new_database();
    let store = PostgresStore::open(&url, PostgresStore::DEADLINE)
        .await
        .expect("it opens");
    let store = Arc::new(store);
    let options: PgConnectOptions = url.parse().expect("a URL");
    let mut scissors = options.connect().await.expect("a connection");
    for round in 0..20 {
        let mut running = JoinSet::new();
        for number in 0..32 {
            let store = Arc::clone(&store);
            // Every third login is a transaction of many statements.
            let mut login = login(&format!("o{round}-{}", number / 4), round);
            login.phone = (number % 3 == 0).then(|| unique_phone(round, number / 4));
            running.spawn(async move { store.record_login(&login).await });
        }
        scissors.execute(CUT).await.expect("it may");
        let answers = timeout(LONG, running.join_all()).await.expect("all are answered");
        assert!(answers.iter().all(|answer| answer.is_ok() || is_unavailable(answer)));
    }
    let halves = "SELECT (SELECT count(*) FROM account WHERE NOT EXISTS \
            (SELECT FROM identity WHERE account_id = account.id)) \
        + (SELECT count(*) FROM account WHERE session_rows <> \
            (SELECT count(*) FROM login_session WHERE account_id = account.id)) \
        + (SELECT count(*) FROM login_session AS s WHERE NOT EXISTS \
            (SELECT FROM audit_event WHERE session_id = s.session_id))";
    let halves: i64 = sqlx::query_scalar(halves)
        .fetch_one(&mut scissors)
        .await
        .expect("a count");
    assert_eq!(halves, 0);
    recovered(&store).await;
}

/// Whoever waits for another's lock is told in time, and the connection is good for the next.
#[tokio::test(flavor = "multi_thread")]
async fn a_lock_that_others_keep_is_not_waited_for_too_long() {
    let Some(server) = server() else { return };
    let url = server.new_database();
    let store = PostgresStore::open(&url, PostgresStore::DEADLINE)
        .await
        .expect("it opens");
    recorded(&store, &login("o1", 0)).await;
    let options: PgConnectOptions = url.parse().expect("a URL");
    let mut other = options.connect().await.expect("a connection");
    other
        .execute("BEGIN; SELECT FROM account FOR UPDATE")
        .await
        .expect("a lock");
    let answer = timeout(LONG, store.record_login(&login("o1", 10)))
        .await
        .expect("it is answered");
    assert!(is_unavailable(&answer), "{answer:?}");
    other.execute("ROLLBACK").await.expect("it lets go");
    let again = recorded(&store, &login("o1", 20)).await;
    assert!(!again.is_new_account);
}
