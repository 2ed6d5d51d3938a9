//! Several processes on one database, some of them of another release.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _};
use tokio::task::JoinSet;
use wxlogin_domain::ports::store::StoreHealth as _;
use wxlogin_store_postgres::{OpenError, PostgresStore};
use wxlogin_throwaway::{Postgres, required};

use crate::sample::{login, recorded};

/// The tests share the machine with others: what they ask for is correctness, not the service's deadline.
const PATIENT: Duration = Duration::from_secs(30);

async fn execute(url: &str, statement: &str) {
    let options: PgConnectOptions = url.parse().expect("a URL");
    let mut connection = options.connect().await.expect("a connection");
    connection
        .execute(AssertSqlSafe(statement.to_owned()))
        .await
        .expect("the statement");
}

#[tokio::test(flavor = "multi_thread")]
async fn replicas_that_start_at_once_all_come_up() {
    let Some(server) = required(Postgres::start(), "PostgreSQL") else {
        return;
    };
    let url = server.new_database();
    let mut starting = JoinSet::new();
    for number in 0..8 {
        let url = url.clone();
        starting.spawn(async move {
            if number % 4 == 3 {
                PostgresStore::open_as_it_is(&url, PATIENT).await
            } else {
                PostgresStore::open(&url, PATIENT).await
            }
        });
    }
    for store in starting.join_all().await {
        let store = store.expect("it comes up");
        assert_eq!(store.prove_writable().await, Ok(()));
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn first_logins_at_two_replicas_make_one_account() {
    let Some(server) = required(Postgres::start(), "PostgreSQL") else {
        return;
    };
    let url = server.new_database();
    let mut replicas = Vec::new();
    for _ in 0..2 {
        let replica = PostgresStore::open(&url, PATIENT).await.expect("it opens");
        replicas.push(Arc::new(replica));
    }
    for round in 0..100 {
        let openid = format!("o{round}");
        let mut running = JoinSet::new();
        for number in 0..16 {
            let (store, login) = (Arc::clone(&replicas[number % 2]), login(&openid, round));
            running.spawn(async move { recorded(&*store, &login).await });
        }
        let logins = running.join_all().await;
        let accounts: HashSet<_> = logins.iter().map(|login| login.account.id).collect();
        let new = logins.iter().filter(|login| login.is_new_account).count();
        assert_eq!((accounts.len(), new), (1, 1), "round {round}");
    }
}

#[tokio::test]
async fn what_another_release_wrote_is_told() {
    let Some(server) = required(Postgres::start(), "PostgreSQL") else {
        return;
    };
    let url = server.new_database();
    let store = PostgresStore::open(&url, PATIENT).await.expect("it opens");
    store.close().await;
    execute(
        &url,
        "INSERT INTO wxlogin_schema (version, description, success, checksum, execution_time) \
         VALUES (1000, 'later', true, '', 0)",
    )
    .await;
    let newer = |refused| matches!(refused, Some(OpenError::NewerSchema { found: 1000, .. }));
    assert!(newer(PostgresStore::open(&url, PATIENT).await.err()));
    assert!(newer(PostgresStore::open_as_it_is(&url, PATIENT).await.err()));

    let earlier = "DELETE FROM wxlogin_schema WHERE version = 1000; UPDATE wxlogin_schema SET version = 0";
    execute(&url, earlier).await;
    let older = PostgresStore::open_as_it_is(&url, PATIENT).await.err();
    assert!(matches!(older, Some(OpenError::OlderSchema { .. })), "{older:?}");
}

/// An operator may keep several stores in one database, each in a schema of its own.
#[tokio::test]
async fn the_search_path_chooses_the_schema() {
    let Some(server) = required(Postgres::start(), "PostgreSQL") else {
        return;
    };
    let url = server.new_database();
    execute(&url, "CREATE SCHEMA one; CREATE SCHEMA two").await;
    for schema in ["one", "two"] {
        let url = format!("{url}?options=-csearch_path%3D{schema}");
        let store = PostgresStore::open(&url, PATIENT).await.expect("it opens");
        assert!(recorded(&store, &login("o1", 0)).await.is_new_account, "{schema}");
        store.close().await;
    }
    let refused = PostgresStore::open(&format!("{url}?options=-csearch_path%3Dthree"), PATIENT).await;
    assert!(matches!(refused.err(), Some(OpenError::Failed(_))));
}

#[tokio::test]
async fn errors_repeat_nothing_of_the_url() {
    for url in [
        "postgres://user:canary@127.0.0.1:99999/db",
        "postgres://user:canary@127.0.0.1/db?pasword=canary",
        "postgres://user:canary@127.0.0.1/db?sslmode=canary",
        "postgres://user:canary@127.0.0.1:1/db",
        "postgres://user:canary@127.0.0.1:1/db?password=canary",
        "canary",
    ] {
        let refused = PostgresStore::open(url, PATIENT).await.err().expect("it does not open");
        let told = format!("{refused} {refused:?}");
        assert!(!told.contains("canary"), "{told}");
    }
}
