//! The service runs before its store does: what is answered meanwhile, and that the API takes over when it comes.

use std::sync::Arc;

use insta::{assert_json_snapshot, assert_snapshot};
use poem::EndpointExt as _;
use poem::test::TestClient;
use serde_json::json;
use wxlogin::http::{Front, Surroundings, waiting};
use wxlogin::wiring::api;
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::entropy::RepeatableEntropy;
use wxlogin_domain::timestamp::Timestamp;

use crate::app::{NOW, Setup};
use crate::call::Call;
use crate::everything::table;
use crate::peer::AtPeer;
use crate::reply::Reply;
use crate::wechat::code_of;
use crate::{documented, form};

/// A service that has just been started, and what it answers by.
struct Started {
    front: Front,
    client: TestClient<AtPeer>,
}

impl Started {
    fn new() -> Self {
        let front = Front::new(waiting(
            Arc::new(FixedClock::at(Timestamp::from_unix_seconds(NOW))),
            Arc::new(RepeatableEntropy::default()),
            Surroundings {
                trusted_proxies: Vec::new(),
                max_concurrent_requests: 1,
            },
        ));
        Self {
            client: TestClient::new(AtPeer(front.clone().boxed())),
            front,
        }
    }

    async fn send(&self, call: Call) -> Reply {
        let mut request = self.client.request(call.method.clone(), call.path.clone());
        for (name, value) in &call.headers {
            request = request.header(name, value.clone());
        }
        let reply = Reply::read(request.body(call.body.clone()).send().await.0).await;
        form::check(&reply);
        documented::check(&call, &reply);
        reply
    }

    async fn get(&self, path: &str) -> Reply {
        self.send(Call::get(path)).await
    }
}

fn login_of(person: &str) -> Call {
    Call::post("/v1/login").json(&json!({ "code": code_of(person, 1) }))
}

#[tokio::test]
async fn it_is_alive_tells_of_its_api_and_is_not_ready() {
    let started = Started::new();
    for path in ["/livez", "/openapi.json", "/docs", "/problems/store_unavailable"] {
        assert_eq!(started.get(path).await.status, 200, "{path}");
    }
    let app = Setup::default().start().await;
    for path in ["/livez", "/openapi.json", "/docs"] {
        assert_eq!(started.get(path).await.body, app.get(path).await.body, "{path}");
    }
    assert_json_snapshot!("readyz_before_the_store", started.get("/readyz").await.shown());
}

#[tokio::test]
async fn whoever_needs_the_store_is_told_to_come_again() {
    let started = Started::new();
    let mut replies = Vec::new();
    for (name, call) in [
        ("login", login_of("alice")),
        ("a body that is none", Call::post("/v1/login")),
        ("me", Call::get("/v1/me").bearer("garbage")),
        ("verify", Call::get("/v1/verify")),
        ("jwks", Call::get("/.well-known/jwks.json")),
        ("introspect", Call::post("/v1/introspect").form(&[("token", "garbage")])),
        ("an operator", Call::get("/admin/v1/stats").bearer("garbage")),
        ("a push", Call::post("/v1/wechat/wx00000000000000a1/events")),
        ("metrics", Call::get("/metrics")),
        ("the root", Call::get("/")),
        ("nowhere", Call::get("/nowhere/at/all")),
        ("a method that is none", Call::post("/livez")),
        ("a problem that is none", Call::get("/problems/nothing")),
    ] {
        replies.push((name, started.send(call).await));
    }
    assert_snapshot!(table(&replies));
}

#[tokio::test]
async fn it_speaks_two_languages_and_keeps_the_id_of_a_request() {
    let started = Started::new();
    let call = login_of("alice").request_id("from-the-gateway");
    assert_json_snapshot!("login_before_the_store", started.send(call).await.shown());
    let call = login_of("alice").language("en");
    assert_eq!(started.send(call).await.header("content-language"), Some("en"));
}

#[tokio::test]
async fn the_api_takes_over_when_the_store_is_there() {
    let started = Started::new();
    assert_eq!(started.send(login_of("alice")).await.code(), "store_unavailable");
    let setup = Setup::default();
    let config = setup.config.clone();
    let app = setup.start().await;
    started.front.hand_over(api(&config, &app.services));
    assert_eq!(started.get("/readyz").await.status, 200);
    assert_eq!(started.send(login_of("alice")).await.status, 200);
}
