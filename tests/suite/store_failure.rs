//! A database server that stops, freezes or was not there yet: whoever asks is told so soon, nobody has to start the
//! service anew, and what was promised is kept.

mod load;

use std::collections::BTreeMap;
use std::sync::Arc;

use reqwest::StatusCode;
use sqlx::Connection as _;
use sqlx::postgres::PgConnection;
use tempfile::TempDir;
use tokio::task::block_in_place;
use wxlogin_tests::client::Api;
use wxlogin_tests::database::DatabaseServer;
use wxlogin_tests::eventually::eventually;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, shared_environment};
use wxlogin_throwaway::{Postgres, required};

use load::{Load, assert_unavailable};

/// Calls that go well before and after.
const GOOD: usize = 100;
/// Calls that are refused meanwhile.
const REFUSED: usize = 20;

on_each_database! { private:
    a_store_that_stops_is_told_of_and_taken_up_again,
    a_store_that_freezes_is_told_of_and_taken_up_again,
    a_store_that_starts_anew_is_taken_up_again,
    the_service_starts_before_its_store,
    a_service_that_waits_for_its_store_stops_at_once,
}

/// A service to be, on a database of its own.
struct Deployment {
    platform: Arc<Platform>,
    directory: TempDir,
    environment: BTreeMap<&'static str, String>,
}

impl Deployment {
    async fn new(store: &str) -> Self {
        let (platform, directory) = (Platform::start().await, directory());
        Self {
            environment: shared_environment(&platform.url, directory.path(), store),
            platform: Arc::new(platform),
            directory,
        }
    }

    fn serve(&self) -> Program {
        block_in_place(|| Program::serve(self.directory.path(), &self.environment))
    }

    fn serve_without_its_store(&self) -> Program {
        block_in_place(|| Program::serve_without_its_store(self.directory.path(), &self.environment))
    }
}

async fn assert_alive_and_not_ready(api: &Api) {
    api.get("/livez").await.assert_ok();
    assert_unavailable(&api.get("/readyz").await);
}

async fn until_ready(api: &Api) {
    eventually("the service is ready", async || {
        api.get("/readyz").await.status.is_success().then_some(())
    })
    .await;
}

async fn until_not_ready(api: &Api) {
    eventually("the service is not ready", async || {
        (api.get("/readyz").await.status == StatusCode::SERVICE_UNAVAILABLE).then_some(())
    })
    .await;
}

/// An outage under load, from `begin` to `end`.
async fn outage<S: DatabaseServer>(server: &S, begin: fn(&S), end: fn(&S)) {
    let deployment = Deployment::new(&server.new_database()).await;
    let service = deployment.serve();
    let api = service.api();
    let load = Load::start(&api, &deployment.platform);
    load.until_good(GOOD).await;

    block_in_place(|| begin(server));
    until_not_ready(&api).await;
    assert_alive_and_not_ready(&api).await;
    load.until_unavailable(REFUSED).await;
    assert_alive_and_not_ready(&api).await;

    block_in_place(|| end(server));
    until_ready(&api).await;
    load.until_good(GOOD).await;
    let promises = load.stop().await;
    promises.assert_kept(&api, &deployment.platform).await;
}

async fn a_store_that_stops_is_told_of_and_taken_up_again(server: &impl DatabaseServer) {
    outage(server, DatabaseServer::stop, DatabaseServer::start_again).await;
}

async fn a_store_that_freezes_is_told_of_and_taken_up_again(server: &impl DatabaseServer) {
    outage(server, DatabaseServer::freeze, DatabaseServer::thaw).await;
}

async fn a_store_that_starts_anew_is_taken_up_again(server: &impl DatabaseServer) {
    let deployment = Deployment::new(&server.new_database()).await;
    let service = deployment.serve();
    let api = service.api();
    let load = Load::start(&api, &deployment.platform);
    for _ in 0..3 {
        load.until_good(GOOD).await;
        block_in_place(|| {
            server.stop();
            server.start_again();
        });
    }
    load.until_good(GOOD).await;
    let promises = load.stop().await;
    promises.assert_kept(&api, &deployment.platform).await;
}

async fn the_service_starts_before_its_store(server: &impl DatabaseServer) {
    let deployment = Deployment::new(&server.new_database()).await;
    block_in_place(|| server.stop());
    let service = deployment.serve_without_its_store();
    let api = service.api();
    assert_alive_and_not_ready(&api).await;
    let code = deployment.platform.code("alice").await;
    assert_unavailable(&api.login(&code).await);
    assert_eq!(deployment.platform.calls().await["total"], 0, "the code is still good");
    api.get("/openapi.json").await.assert_ok();

    block_in_place(|| server.start_again());
    until_ready(&api).await;
    let login = api.login(&code).await.ok();
    assert_eq!(login.body["is_new_account"], true);
    api.get_as("/v1/verify", login.text("/access_token")).await.assert_ok();
    let log = service.output().join("\n");
    assert!(log.contains("the store cannot be reached"), "{log}");
    assert!(!log.contains("root:root"), "no password is logged");
}

async fn a_service_that_waits_for_its_store_stops_at_once(server: &impl DatabaseServer) {
    let deployment = Deployment::new(&server.new_database()).await;
    block_in_place(|| server.stop());
    let mut service = deployment.serve_without_its_store();
    assert_alive_and_not_ready(&service.api()).await;
    assert!(block_in_place(|| service.stop()).success());
}

/// A login that meets a store which is not there leaves nothing behind: not even later.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_while_postgresql_was_away_never_happened() {
    let Some(server) = required(Postgres::private(), "PostgreSQL") else {
        return;
    };
    let deployment = Deployment::new(&server.new_database()).await;
    let service = deployment.serve();
    let api = service.api();
    block_in_place(|| server.stop());
    until_not_ready(&api).await;
    for _ in 0..3 {
        assert_unavailable(&api.login(&deployment.platform.code("alice").await).await);
    }
    block_in_place(|| server.start_again());
    until_ready(&api).await;
    let login = api.login(&deployment.platform.code("alice").await).await.ok();
    assert_eq!(login.body["is_new_account"], true);
    assert_eq!(load::sessions_of(&api, login.text("/account/id")).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_postgresql_cuts_lose_nothing() {
    let Some(server) = required(Postgres::private(), "PostgreSQL") else {
        return;
    };
    let store = server.new_database();
    let deployment = Deployment::new(&store).await;
    let service = deployment.serve();
    let api = service.api();
    let load = Load::start(&api, &deployment.platform);
    let mut operator = PgConnection::connect(&store).await.expect("a connection");
    for _ in 0..20 {
        load.until_good(GOOD / 4).await;
        sqlx::query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .execute(&mut operator)
        .await
        .expect("they are cut");
    }
    load.until_good(GOOD).await;
    let promises = load.stop().await;
    promises.assert_kept(&api, &deployment.platform).await;
}
