//! `RateLimit` and `RateLimit-Policy`: on what is allowed and on what is refused.

use serde_json::json;

use super::start;
use crate::app::TestApp;
use crate::call::Call;
use crate::reply::Reply;
use crate::wechat::code_of;

fn told(reply: &Reply) -> [&str; 2] {
    ["ratelimit-policy", "ratelimit"].map(|name| reply.header(name).unwrap_or("-"))
}

async fn me(app: &TestApp, access: &str) -> Reply {
    app.send(Call::get("/v1/me").bearer(access).at_peer("203.0.113.9"))
        .await
}

#[tokio::test]
async fn both_limits_are_told_in_one_answer() {
    let app = start(6, 3).await;
    let alice = app.logged_in("alice").await;
    let policy = r#""address";q=6;w=60, "account";q=3;w=60"#;
    for limit in [
        r#""address";r=5;t=10, "account";r=2;t=20"#,
        r#""address";r=4;t=20, "account";r=1;t=40"#,
        r#""address";r=3;t=30, "account";r=0;t=60"#,
    ] {
        let reply = me(&app, &alice.access).await;
        assert_eq!((reply.status, told(&reply)), (200, [policy, limit]));
    }
    let reply = me(&app, &alice.access).await;
    assert_eq!(told(&reply), [policy, r#""address";r=2;t=40, "account";r=0;t=20"#]);
    assert_eq!((reply.status, reply.header("retry-after")), (429, Some("20")));
}

#[tokio::test]
async fn an_address_that_is_refused_is_not_asked_whose_it_is() {
    let app = start(1, 100).await;
    let alice = app.logged_in("alice").await;
    assert_eq!(me(&app, &alice.access).await.status, 200);
    let reply = me(&app, &alice.access).await;
    assert_eq!(told(&reply), [r#""address";q=1;w=60"#, r#""address";r=0;t=60"#]);
    assert_eq!(reply.status, 429);
}

#[tokio::test]
async fn other_refusals_tell_them_too() {
    let app = start(60, 0).await;
    for (call, status) in [
        (Call::post("/v1/login").json(&json!({})), 400),
        (
            Call::post("/v1/login").json(&json!({ "code": code_of("alice", 1) })),
            200,
        ),
        (Call::get("/v1/login"), 405),
        (Call::get("/v1/me"), 401),
        (Call::post("/v1/revoke").form(&[("token", "a")]), 200),
        (
            Call::post("/v1/token/refresh").json(&json!({ "refresh_token": "a" })),
            401,
        ),
        (Call::post("/v1/login").said_to_be_json(vec![b' '; 64 * 1024 + 1]), 413),
    ] {
        let path = call.path.clone();
        let reply = app.send(call.at_peer("203.0.113.9")).await;
        assert_eq!(reply.status, status, "{path}");
        assert_ne!(reply.header("ratelimit"), None, "{path}");
    }
}

#[tokio::test]
async fn a_client_cannot_say_what_is_left() {
    let app = start(2, 0).await;
    let call = Call::get("/v1/me")
        .at_peer("203.0.113.9")
        .header("ratelimit".parse().unwrap(), r#""address";r=99;t=1"#);
    let reply = app.send(call).await;
    assert_eq!(reply.header("ratelimit"), Some(r#""address";r=1;t=30"#));
}

#[tokio::test]
async fn without_limits_nothing_is_told() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let reply = me(&app, &alice.access).await;
    assert_eq!((reply.status, told(&reply)), (200, ["-", "-"]));
}
