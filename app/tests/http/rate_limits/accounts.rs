//! Per account: over all its sessions, wherever they are.

use std::sync::Arc;

use serde_json::json;
use wxlogin_domain::ports::code_exchange::MockCodeExchange;

use super::{at, limit, start};
use crate::app::{LoggedIn, TestApp};
use crate::call::Call;

async fn me(app: &TestApp, login: &LoggedIn) -> u16 {
    app.me(&login.access).await.status
}

#[tokio::test]
async fn all_sessions_count_together() {
    let app = start(0, 4).await;
    let (here, there) = (app.logged_in("alice").await, app.logged_in("alice").await);
    for login in [&here, &there, &here, &there] {
        assert_eq!(me(&app, login).await, 200);
    }
    for login in [&here, &there] {
        let reply = app.me(&login.access).await;
        assert_eq!(reply.brief(), "429 rate_limited retry R\n    retry-after: 15");
    }
    app.advance(15);
    assert_eq!(me(&app, &here).await, 200);
    assert_eq!(me(&app, &there).await, 429);
}

#[tokio::test]
async fn others_are_not_held_up() {
    let app = start(0, 1).await;
    let (alice, bob) = (app.logged_in("alice").await, app.logged_in("bob").await);
    assert_eq!((me(&app, &alice).await, me(&app, &alice).await), (200, 429));
    assert_eq!(me(&app, &bob).await, 200);
}

#[tokio::test]
async fn refreshes_of_a_session_are_counted_on_their_own() {
    let app = start(0, 2).await;
    let alice = app.logged_in("alice").await;
    let next = app.refreshed(&app.refreshed(&alice.refresh).await.refresh).await;
    let reply = app.refresh(&next.refresh).await;
    assert_eq!(reply.code(), "rate_limited");
    app.advance(30);
    assert_eq!(
        app.refresh(&next.refresh).await.status,
        200,
        "the token is as good as before"
    );
}

/// Whoever has a token of a session that is over cannot use up what its owner may.
#[tokio::test]
async fn dead_tokens_starve_nobody() {
    let app = start(0, 2).await;
    let (old, new) = (app.logged_in("alice").await, app.logged_in("alice").await);
    assert_eq!(app.revoke(&old.refresh).await.status, 200);
    for _ in 0..5 {
        assert_ne!(app.refresh(&old.refresh).await.status, 200);
    }
    assert_eq!(me(&app, &new).await, 200);
    assert_eq!(app.refresh(&new.refresh).await.status, 200);
}

/// Neither the login before nor what is said of tokens that nobody made.
#[tokio::test]
async fn what_is_nobodys_is_not_counted() {
    let app = start(0, 1).await;
    let alice = app.logged_in("alice").await;
    for _ in 0..3 {
        assert_eq!(limit(&app.refresh("garbage").await, "account"), None);
        assert_eq!(limit(&app.me("garbage").await, "account"), None);
        assert_eq!(limit(&app.get("/v1/me").await, "account"), None);
    }
    assert_eq!(me(&app, &alice).await, 200);
}

#[tokio::test]
async fn every_call_on_ones_own_account_is_counted() {
    let setup = at(0, 100);
    let app = setup.clone().start().await;
    let mut left = 100;
    for path in [
        Call::get("/v1/me"),
        Call::patch("/v1/me"),
        Call::put("/v1/me/phone"),
        Call::delete("/v1/me/phone"),
        Call::post("/v1/me/decrypt"),
        Call::post("/v1/me/session-key/check"),
        Call::post("/v1/me/session-key/reset"),
        Call::get("/v1/me/sessions"),
        Call::delete("/v1/me/sessions/nonsense"),
        Call::get("/v1/me/export"),
        Call::post("/v1/logout"),
        Call::delete("/v1/me"),
    ] {
        let alice = app.logged_in("alice").await;
        let is_with_body = matches!(path.path.as_str(), "/v1/me/phone" | "/v1/me/decrypt");
        let call = if is_with_body && path.method != "DELETE" {
            path.json(&json!({ "encrypted_data": "AAAAAAAAAAAAAAAAAAAAAA==", "iv": "AAAAAAAAAAAAAAAAAAAAAA==" }))
        } else if path.method == "PATCH" {
            path.json(&json!({}))
        } else {
            path
        };
        let reply = app.send(call.clone().bearer(&alice.access)).await;
        left -= 1;
        let told = limit(&reply, "account").unwrap_or_else(|| panic!("{} {}: {reply:?}", call.method, call.path));
        assert_eq!(told.remaining, left, "{} {}", call.method, call.path);
    }
}

#[tokio::test]
async fn whoever_asks_too_often_does_not_reach_wechat_nor_the_store() {
    let mut setup = at(0, 1);
    let alice = setup.clone().start().await.logged_in("alice").await;
    setup.wechat = Arc::new(MockCodeExchange::never());
    let app = setup.start().await;
    assert_eq!(me(&app, &alice).await, 200);
    let body = json!({ "code": "a", "encrypted_data": "AAAAAAAAAAAAAAAAAAAAAA==", "iv": "AAAAAAAAAAAAAAAAAAAAAA==" });
    assert_eq!(app.set_phone(&alice.access, body.clone()).await.code(), "rate_limited");
    assert_eq!(app.decrypt(&alice.access, body).await.code(), "rate_limited");
    let cancelled = app.send(Call::delete("/v1/me").bearer(&alice.access)).await;
    assert_eq!(cancelled.code(), "rate_limited");
    assert_eq!(app.verify(&alice.access).await.status, 204);
}

#[tokio::test]
async fn verification_is_not_counted() {
    let app = start(0, 1).await;
    let alice = app.logged_in("alice").await;
    assert_eq!(me(&app, &alice).await, 200);
    for _ in 0..5 {
        assert_eq!(app.verify(&alice.access).await.status, 204);
        assert!(app.is_active(&alice.access).await);
    }
}
