//! Two services on one store: what the one changes, the other picks up.

use crate::app::{INTROSPECT_KEY, Setup, TestApp};
use crate::call::Call;
use crate::token::part;

async fn two() -> (TestApp, TestApp) {
    let setup = Setup::default();
    (setup.clone().start().await, setup.start().await)
}

#[tokio::test]
async fn they_have_the_same_keys_from_the_beginning() {
    let (one, other) = two().await;
    let login = one.logged_in("alice").await;
    assert_eq!(other.verify(&login.access).await.status, 204);
    assert_eq!(other.refresh(&login.refresh).await.status, 200);
    assert_eq!(
        one.get("/.well-known/jwks.json").await.json(),
        other.get("/.well-known/jwks.json").await.json()
    );
}

#[tokio::test]
async fn a_rotation_surprises_nobody() {
    let (one, other) = two().await;
    one.advance(360);
    assert_eq!(one.rotate().await.status, 200);
    // Before the other has looked, each believes what the other signs.
    let (new, old) = (one.logged_in("alice").await, other.logged_in("alice").await);
    assert_ne!(part(&new.access, 0)["kid"], part(&old.access, 0)["kid"]);
    assert_eq!(other.verify(&new.access).await.status, 204);
    assert_eq!(one.verify(&old.access).await.status, 204);
    other.services.keys.tend().await.unwrap();
    let late = other.logged_in("alice").await;
    assert_eq!(part(&new.access, 0)["kid"], part(&late.access, 0)["kid"]);
    assert_eq!(
        one.get("/.well-known/jwks.json").await.json(),
        other.get("/.well-known/jwks.json").await.json()
    );
}

#[tokio::test]
async fn a_retirement_is_picked_up() {
    let (one, other) = two().await;
    let login = one.logged_in("alice").await;
    one.retire(&one.kid("active").await).await;
    assert_eq!(one.verify(&login.access).await.code(), "token_invalid");
    assert_eq!(other.verify(&login.access).await.status, 204, "it has not looked yet");
    other.services.keys.tend().await.unwrap();
    assert_eq!(other.verify(&login.access).await.code(), "token_invalid");
    assert_eq!(other.refresh(&login.refresh).await.status, 200);
}

#[tokio::test]
async fn a_list_of_keys_is_the_stores_and_not_the_own() {
    let (one, other) = two().await;
    let kid = one.kid("active").await;
    one.retire(&kid).await;
    assert_eq!(other.kid("retired").await, kid);
}

#[tokio::test]
async fn whoever_retires_a_key_after_the_other_finds_it_done() {
    let (one, other) = two().await;
    let kid = one.kid("active").await;
    assert_eq!(one.retire(&kid).await.status, 200);
    let login = other.logged_in("alice").await;
    let reply = other.retire(&kid).await;
    assert_eq!((reply.status, reply.json()), (200, one.admin_get("keys").await.json()));
    assert_eq!(other.verify(&login.access).await.code(), "token_invalid");
    assert_eq!(one.audit("action=key_retired").await.len(), 1);
}

#[tokio::test]
async fn rotations_at_the_same_time_rotate_once() {
    let (one, other) = two().await;
    one.advance(360);
    let (first, second) = tokio::join!(one.rotate(), other.rotate());
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 429]);
    assert_eq!(one.audit("action=key_activated").await.len(), 1);
}

#[tokio::test]
async fn sessions_are_shared_at_once() {
    let (one, other) = two().await;
    let login = one.logged_in("alice").await;
    other.revoke(&login.refresh).await;
    assert_eq!(one.verify(&login.access).await.code(), "session_revoked");
    let login = one.logged_in("alice").await;
    other.suspend(&login.account).await;
    assert_eq!(one.verify(&login.access).await.code(), "account_suspended");
}

#[tokio::test]
async fn api_keys_are_picked_up() {
    let (one, other) = two().await;
    let key = one.api_key("orders", &["introspect"]).await;
    let ask = || Call::post("/v1/introspect").form(&[("token", "garbage")]).bearer(&key);
    assert_eq!(one.send(ask()).await.status, 200);
    assert_eq!(other.send(ask()).await.code(), "token_invalid", "it has not looked yet");
    other.services.api_keys.reload().await.unwrap();
    assert_eq!(other.send(ask()).await.status, 200);
    one.admin_delete("api-keys/orders").await;
    assert_eq!(other.send(ask()).await.status, 200, "it has not looked yet");
    other.services.api_keys.reload().await.unwrap();
    assert_eq!(other.send(ask()).await.code(), "token_invalid");
}

/// The configuration of one replica names a key as the store does: the configuration wins there.
#[tokio::test]
async fn a_configured_key_hides_a_stored_one_of_its_name() {
    let plain = Setup::default();
    let without = plain.clone().start().await;
    let stored = without.api_key("orders", &["admin", "introspect"]).await;
    let with = Setup {
        config: Setup::with_callers().config,
        ..plain
    };
    let with = with.start().await;
    let ask = |key: &str| Call::post("/v1/introspect").form(&[("token", "garbage")]).bearer(key);
    assert_eq!(with.send(ask(&stored)).await.code(), "token_invalid");
    assert_eq!(with.send(ask(INTROSPECT_KEY)).await.status, 200);
    let listed = with.admin_get("api-keys").await.texts("api_keys", "name");
    assert_eq!(listed, ["test", "orders", "operator"]);

    // What is removed is the hidden one, so that it does not come back when the configuration lets the name go.
    assert_eq!(with.admin_delete("api-keys/orders").await.status, 204);
    assert_eq!(with.send(ask(INTROSPECT_KEY)).await.status, 200);
    assert_eq!(with.admin_delete("api-keys/orders").await.code(), "invalid_request");
    without.services.api_keys.reload().await.unwrap();
    assert_eq!(without.send(ask(&stored)).await.code(), "token_invalid");
}
