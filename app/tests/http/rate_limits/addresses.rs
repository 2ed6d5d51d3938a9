//! Per address: whoever asks, as far as it can be told.

use insta::assert_json_snapshot;
use serde_json::json;

use super::{limit, start};
use crate::app::TestApp;
use crate::call::Call;
use crate::reply::Reply;
use crate::wechat::code_of;

/// A request of this peer, which is counted and refused for other reasons.
async fn ask(app: &TestApp, peer: &str, forwarded_for: Option<&str>) -> Reply {
    let mut call = Call::get("/v1/me").at_peer(peer);
    if let Some(addresses) = forwarded_for {
        call = call.forwarded_for(addresses);
    }
    app.send(call).await
}

#[tokio::test]
async fn whoever_asks_too_often_is_told_when_to_come_again() {
    let app = start(3, 0).await;
    for remaining in [2, 1, 0] {
        let reply = ask(&app, "203.0.113.9", None).await;
        assert_eq!(reply.code(), "unauthorized");
        assert_eq!(limit(&reply, "address").unwrap().remaining, remaining);
    }
    assert_json_snapshot!("refused_in_chinese", ask(&app, "203.0.113.9", None).await.shown());
    let call = Call::get("/v1/me").at_peer("203.0.113.9").language("en");
    assert_json_snapshot!("refused_in_english", app.send(call).await.shown());
}

#[tokio::test]
async fn the_bucket_fills_with_the_time() {
    let app = start(3, 0).await;
    for _ in 0..3 {
        assert_eq!(ask(&app, "203.0.113.9", None).await.status, 401);
    }
    for (advance, status) in [(19, 429), (1, 401), (0, 429), (20, 401), (40, 401), (0, 401), (0, 429)] {
        app.advance(advance);
        let reply = ask(&app, "203.0.113.9", None).await;
        assert_eq!(reply.status, status, "after {advance} more seconds: {reply:?}");
    }
    // It holds a minute's worth, and no more.
    app.advance(86_400);
    for status in [401, 401, 401, 429] {
        assert_eq!(ask(&app, "203.0.113.9", None).await.status, status);
    }
}

/// Whoever waits as told is let in.
#[tokio::test]
async fn retry_after_is_enough() {
    let app = start(7, 0).await;
    for _ in 0..7 {
        ask(&app, "203.0.113.9", None).await;
    }
    let refused = ask(&app, "203.0.113.9", None).await;
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    app.advance(wait);
    assert_eq!(ask(&app, "203.0.113.9", None).await.status, 401);
}

#[tokio::test]
async fn each_address_has_its_own() {
    let app = start(1, 0).await;
    for (peer, forwarded_for, is_allowed) in [
        ("203.0.113.9", None, true),
        ("203.0.113.9", None, false),
        ("::ffff:203.0.113.9", None, false),
        ("203.0.113.8", None, true),
        // A trusted proxy is believed, whoever speaks before it is not.
        ("10.0.0.1", Some("203.0.113.9"), false),
        ("fd00::1", Some("203.0.113.9, 10.0.0.2"), false),
        ("10.0.0.1", Some("203.0.113.9, 203.0.113.7"), true),
        ("10.0.0.1", Some("198.51.100.1, 203.0.113.7"), false),
        // Nobody else is.
        ("203.0.113.9", Some("198.51.100.2"), false),
        ("198.51.100.2", Some("203.0.113.9"), true),
        // A proxy that says nothing is itself.
        ("10.0.0.1", None, true),
        ("10.0.0.1", None, false),
    ] {
        let reply = ask(&app, peer, forwarded_for).await;
        assert_eq!(reply.status == 401, is_allowed, "{peer} {forwarded_for:?} {reply:?}");
    }
}

#[tokio::test]
async fn a_network_of_ipv6_is_one_household() {
    let app = start(1, 0).await;
    for (peer, is_allowed) in [
        ("2001:db8:1:2::3", true),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", false),
        ("2001:db8:1:3::3", true),
        ("2001:db8:1:2::", false),
    ] {
        assert_eq!(ask(&app, peer, None).await.status == 401, is_allowed, "{peer}");
    }
}

/// So the code is as good as before, and the log has no failure.
#[tokio::test]
async fn a_login_that_is_refused_reaches_neither_wechat_nor_the_audit_log() {
    let app = start(1, 0).await;
    let login = |number| {
        let body = json!({ "code": code_of("alice", number) });
        app.send(Call::post("/v1/login").json(&body).at_peer("203.0.113.9"))
    };
    assert_eq!(login(1).await.status, 200);
    let reply = login(2).await;
    assert_eq!(reply.brief(), "429 rate_limited retry R\n    retry-after: 60");
    assert_eq!(app.audit("").await.len(), 1, "the login before");
    app.advance(60);
    assert_eq!(login(2).await.status, 200);
}

#[tokio::test]
async fn a_connection_without_an_address_is_not_counted() {
    let app = start(1, 0).await;
    for _ in 0..5 {
        assert_eq!(app.get("/v1/me").await.header("ratelimit"), None);
    }
}

#[tokio::test]
async fn zero_is_no_limit() {
    let app = start(0, 0).await;
    for _ in 0..100 {
        let reply = ask(&app, "203.0.113.9", None).await;
        assert_eq!((reply.status, reply.header("ratelimit")), (401, None));
    }
}
