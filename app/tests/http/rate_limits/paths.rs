//! What is counted: what mini programs call, and nothing else.

use std::collections::BTreeSet;

use super::start;
use crate::app::APPID;
use crate::call::Call;
use crate::documented::DOCUMENT;
use crate::rate_headers::is_counted;
use crate::sealing::{event, sealed};

/// The document says so, operation by operation; that no other answer has the headers is checked of every answer.
#[test]
fn exactly_the_operations_of_mini_programs_may_be_refused() {
    let mut counted = BTreeSet::new();
    for (path, item) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let description = operation["responses"]["429"]["description"]
                .as_str()
                .unwrap_or_default();
            // Keys that were rotated a moment ago are refused by that code, too, for another reason.
            let may_be_refused = description.contains("`rate_limited`") && path != "/admin/v1/keys/rotate";
            assert_eq!(may_be_refused, is_counted(path), "{method} {path}");
            counted.extend(is_counted(path).then_some(path));
        }
    }
    assert!(counted.len() > 10, "{counted:?}");
}

#[tokio::test]
async fn gateways_backends_wechat_and_operators_are_never_refused() {
    let app = start(1, 1).await;
    let login = app.logged_in("alice").await;
    let from = |call: Call| call.at_peer("203.0.113.9");
    // The only request that is left of both.
    let me = || from(Call::get("/v1/me").bearer(&login.access));
    assert_eq!(app.send(me()).await.status, 200);
    assert_eq!(app.send(me()).await.status, 429);
    let push = sealed(APPID, &event("user_info_modified", "o-alice").to_string());
    for _ in 0..5 {
        for call in [
            Call::get("/v1/verify").bearer(&login.access),
            Call::get("/.well-known/jwks.json"),
            Call::get("/livez"),
            Call::get("/readyz"),
            Call::get("/metrics"),
            Call::get("/openapi.json"),
            Call::get("/docs"),
            Call::get("/problems/internal"),
            push.clone(),
        ] {
            let path = call.path.clone();
            let reply = app.send(from(call)).await;
            assert!(reply.status < 300, "{path} {reply:?}");
            assert_eq!(reply.header("ratelimit"), None, "{path}");
        }
        for call in [
            Call::post("/v1/introspect").form(&[("token", &login.access)]),
            Call::get("/admin/v1/accounts"),
        ] {
            assert_eq!(app.operate(from(call)).await.status, 200);
        }
    }
}

/// It is not known yet which path is a good one.
#[tokio::test]
async fn paths_below_ones_own_account_are_counted_though_there_is_nothing() {
    let app = start(1, 0).await;
    let nowhere = || Call::get("/v1/me/nowhere").at_peer("203.0.113.9");
    assert_eq!(app.send(nowhere()).await.code(), "not_found");
    assert_eq!(app.send(nowhere()).await.code(), "rate_limited");
    let other = Call::get("/v1/meadow").at_peer("203.0.113.9");
    assert_eq!(app.send(other).await.code(), "not_found");
}
