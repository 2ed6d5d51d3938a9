//! Replicas that share a Redis server.

use std::num::NonZeroU32;
use std::time::Duration;

use serde_json::json;
use wxlogin::config::CacheUrl;
use wxlogin_throwaway::{Redis, required};

use crate::app::{Setup, TestApp};
use crate::call::Call;
use crate::phone_data::{IV, encrypt, payload};
use crate::wechat::SESSION_KEY;

fn setup(server: &Redis, per_address: u32) -> Setup {
    Setup::with_config(|config| {
        config.cache = CacheUrl::redis_for_testing(&server.url());
        config.limits.rates.per_address = NonZeroU32::new(per_address);
    })
}

/// Polls for a minute at most: on a busy machine a server may miss its deadline, which is an outage as any other.
async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..3000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never: {what}");
}

/// What the answer to data without a code is, after a login somewhere.
async fn opened(login: &TestApp, at: &TestApp) -> Option<String> {
    let alice = login.logged_in("alice").await;
    let data = encrypt(SESSION_KEY, payload().to_string().as_bytes());
    let reply = at
        .decrypt(&alice.access, json!({ "encrypted_data": data, "iv": IV }))
        .await;
    (reply.status != 200).then(|| reply.code())
}

#[tokio::test]
async fn a_session_key_of_one_replica_opens_data_at_another() {
    let Some(server) = required(Redis::start(), "Redis") else {
        return;
    };
    let setup = setup(&server, 0);
    let (one, other) = (setup.clone().start().await, setup.start().await);
    eventually("it opens", async || opened(&one, &other).await.is_none()).await;
}

#[tokio::test]
async fn replicas_count_together() {
    let Some(server) = required(Redis::start(), "Redis") else {
        return;
    };
    let setup = setup(&server, 6);
    let replicas = [setup.clone().start().await, setup.start().await];
    let mut peers = 0;
    eventually("six of twelve are let in", async || {
        peers += 1;
        let mut allowed = 0;
        for replica in replicas.iter().cycle().take(12) {
            let peer = format!("203.0.113.{}", peers % 250);
            let reply = replica.send(Call::get("/v1/me").at_peer(&peer)).await;
            allowed += u32::from(reply.status == 401);
        }
        allowed == 6
    })
    .await;
}

/// Nobody is kept from logging in; what needs a session key asks for a `wx.login`; requests are still counted.
#[tokio::test]
async fn without_the_server_logins_go_on() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let app = setup(&server, 4000).start().await;
    eventually("the server is used", async || opened(&app, &app).await.is_none()).await;
    server.stop();
    assert_eq!(opened(&app, &app).await.as_deref(), Some("session_key_stale"));
    assert_eq!(app.login_of("bob").await.status, 200);
    let reply = app.send(Call::get("/v1/me").at_peer("203.0.113.9")).await;
    assert!(reply.header("ratelimit").is_some(), "{reply:?}");
    server.start_again();
    eventually("the server is used again", async || opened(&app, &app).await.is_none()).await;
}
