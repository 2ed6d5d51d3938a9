//! `GET /admin/v1/audit`: which events a query finds.

use std::fmt::Write as _;

use insta::assert_snapshot;
use serde_json::json;

use crate::app::{LoggedIn, TestApp};
use crate::call::Call;
use crate::store::Mood;
use crate::wechat::{BAD_CODE, code_of};

/// A minute after the other: Alice logs in, Bob logs in from elsewhere, a code is refused, an operator looks at
/// Alice, Alice logs out, the keys rotate by themselves.
async fn eventful() -> (TestApp, LoggedIn) {
    let app = TestApp::new().await;
    let call = |person: &str| Call::post("/v1/login").json(&json!({ "code": code_of(person, 1) }));
    let alice = LoggedIn::from(&app.send(call("alice").at_peer("203.0.113.9")).await);
    app.advance(60);
    app.send(call("bob").at_peer("198.51.100.1")).await;
    app.advance(60);
    app.login(json!({ "code": BAD_CODE })).await;
    app.advance(60);
    app.admin_get(&format!("accounts/{}", alice.account)).await;
    app.advance(60);
    app.logout(&alice.access).await;
    app.advance(90 * 86_400);
    app.services.keys.tend().await.unwrap();
    (app, alice)
}

#[tokio::test]
async fn filters_alone_and_together() {
    let (app, alice) = eventful().await;
    let bobs = app
        .audit("action=login_succeeded&since=2026-01-28T15:43:00Z")
        .await
        .remove(0);
    let bob = bobs["account_id"].as_str().unwrap().to_owned();
    let ip = bobs["ip"].as_str().unwrap().to_owned();
    let mut table = String::new();
    for query in [
        "",
        "account=ALICE",
        "account=BOB",
        "account=019c0545-a400-7000-8000-0000000000ff",
        "action=login_succeeded",
        "action=login_failed",
        "action=account_erased",
        "appid=wx00000000000000a1",
        "appid=wx00000000000000ff",
        "actor=person",
        "actor=service",
        "actor=api_key:test",
        "actor=api_key:nobody",
        "actor=api_key%3Atest",
        "code=code_invalid",
        "code=internal",
        "ip=BOBS_ADDRESS",
        "ip=ip_nobodys",
        "since=2026-01-28T15:43:56Z",
        "until=2026-01-28T15:43:56Z",
        "since=2026-01-28T15:43:56Z&until=2026-01-28T15:45:56Z",
        "since=2026-01-28T23:43:56%2B08:00&until=2026-01-28T23:45:56%2B08:00",
        "since=2026-01-28T15:43:56.001Z&until=2026-01-28T15:45:56.001Z",
        "since=2027-01-01T00:00:00Z",
        "until=1969-01-01T00:00:00Z",
        "since=2026-01-28T15:45:00Z&until=2026-01-28T15:44:00Z",
        "account=ALICE&action=login_succeeded&actor=person&appid=wx00000000000000a1&until=2026-01-28T15:42:57Z",
        "account=ALICE&actor=api_key:test",
        "account=BOB&action=logged_out",
        "limit=2",
        "cursor=",
    ] {
        let filled = query
            .replace("ALICE", &alice.account)
            .replace("BOBS_ADDRESS", &ip)
            .replace("BOB", &bob);
        let reply = app.admin_get(&format!("audit?{filled}")).await;
        assert_eq!(reply.status, 200, "{query} {reply:?}");
        let more = if reply.json().get("next_cursor").is_some() {
            ", and more"
        } else {
            ""
        };
        writeln!(table, "{query:?}: {}{more}", reply.texts("events", "action").join(" ")).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn what_is_wrong_with_a_query_is_said_by_parameter() {
    let app = TestApp::new().await;
    let mut table = String::new();
    for query in [
        "nonsense=1",
        "account_id=019c0545-a400-7000-8000-0000000000ff",
        "action=login_failed&action=login_failed",
        "account=alice",
        "action=nonsense",
        "action=LoginFailed",
        "appid=alice",
        "actor=alice",
        "actor=api_key:",
        "actor=api_key",
        "code=nonsense",
        "ip=203.0.113.9",
        "ip=ip_",
        "since=yesterday",
        "since=2026-01-28",
        "since=2026-01-28T15:43:56",
        "since=2026-01-28T23:43:56+08:00",
        "since=2026-13-28T15:43:56Z",
        "until=1769614976",
        "cursor=nonsense",
        "limit=0",
        "limit=101",
        "limit=all",
        "since=a&until=b&limit=c&cursor=d&action=e",
    ] {
        let reply = app
            .operate(Call::get(&format!("/admin/v1/audit?{query}")).language("en"))
            .await;
        writeln!(table, "{query}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn old_events_are_swept() {
    let app = TestApp::new().await;
    app.logged_in("alice").await;
    app.advance(179 * 86_400);
    app.logged_in("bob").await;
    app.keep_house().await;
    assert_eq!(app.audit("").await.len(), 2);
    app.advance(86_400);
    app.keep_house().await;
    assert_eq!(app.audit("").await.len(), 2, "it is exactly as old as it may be");
    app.advance(1);
    app.keep_house().await;
    assert_eq!(app.audit("").await.len(), 1);
}

#[tokio::test]
async fn with_the_store_down_there_is_no_log() {
    let app = TestApp::new().await;
    app.store.be(Mood::Down);
    assert_eq!(app.admin_get("audit").await.code(), "store_unavailable");
}
