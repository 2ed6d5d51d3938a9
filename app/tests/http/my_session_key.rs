//! `POST /v1/me/session-key/check` and `/reset`

use std::sync::Arc;

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::app::{APPID, NOW, Setup, TestApp};
use crate::call::Call;
use crate::phone_data::{IV, encrypt};
use crate::store::Mood;
use crate::wechat::{KeysAtWechat, NEW_SESSION_KEY, OTHER_SESSION_KEY, SESSION_KEY};

async fn with_keys() -> (TestApp, Arc<KeysAtWechat>) {
    let keys = Arc::new(KeysAtWechat::default());
    let setup = Setup {
        checks: Arc::<KeysAtWechat>::clone(&keys),
        ..Setup::default()
    };
    (setup.start().await, keys)
}

fn sealed(session_key: &str) -> Value {
    let payload = json!({ "watermark": { "appid": APPID, "timestamp": NOW } });
    json!({ "encrypted_data": encrypt(session_key, payload.to_string().as_bytes()), "iv": IV })
}

#[tokio::test]
async fn the_key_of_the_login_is_current_until_wechat_has_another() {
    let (app, keys) = with_keys().await;
    let alice = app.logged_in("alice").await;
    assert_json_snapshot!(app.check_session_key(&alice.access).await.shown());
    keys.change_to(OTHER_SESSION_KEY);
    assert_eq!(
        app.check_session_key(&alice.access).await.json(),
        json!({ "current": false })
    );
}

#[tokio::test]
async fn a_key_that_is_not_kept_is_not_current() {
    let setup = Setup::default();
    let ttl = setup.config.wechat.session_key_ttl.as_secs();
    let app = setup.clone().start().await;
    let alice = app.logged_in("alice").await;
    let elsewhere = setup.start().await;
    assert_eq!(
        elsewhere.check_session_key(&alice.access).await.json(),
        json!({ "current": false })
    );
    app.advance(ttl);
    let alice = app.refreshed(&alice.refresh).await;
    assert_eq!(
        app.check_session_key(&alice.access).await.json(),
        json!({ "current": false })
    );
}

#[tokio::test]
async fn a_reset_replaces_the_key_and_forgets_the_old_ones() {
    let (app, _) = with_keys().await;
    let alice = app.logged_in("alice").await;
    let reply = app.reset_session_key(&alice.access).await;
    assert_eq!((reply.status, reply.text()), (204, ""));
    assert_eq!(
        app.check_session_key(&alice.access).await.json(),
        json!({ "current": true })
    );
    assert_eq!(app.decrypt(&alice.access, sealed(NEW_SESSION_KEY)).await.status, 200);
    assert_eq!(
        app.decrypt(&alice.access, sealed(SESSION_KEY)).await.code(),
        "session_key_stale"
    );
}

#[tokio::test]
async fn a_reset_is_written_down() {
    let (app, _) = with_keys().await;
    let alice = app.logged_in("alice").await;
    app.reset_session_key(&alice.access).await;
    let event = app.audit("action=session_key_reset").await.remove(0);
    assert_eq!(event["actor"], "person");
    assert_eq!(event["account_id"], alice.account);
    assert_eq!(event["session_id"], alice.session);
    assert_eq!(event["appid"], APPID);
}

#[tokio::test]
async fn a_reset_needs_the_current_key() {
    let (app, keys) = with_keys().await;
    let alice = app.logged_in("alice").await;
    keys.change_to(OTHER_SESSION_KEY);
    assert_json_snapshot!(app.reset_session_key(&alice.access).await.shown());
    assert!(app.audit("action=session_key_reset").await.is_empty());
    assert_eq!(
        app.decrypt(&alice.access, sealed(SESSION_KEY)).await.status,
        200,
        "what is kept is kept"
    );
}

#[tokio::test]
async fn a_reset_without_a_key_asks_for_a_login() {
    let setup = Setup::default();
    let alice = setup.clone().start().await.logged_in("alice").await;
    let elsewhere = setup.start().await;
    assert_eq!(
        elsewhere.reset_session_key(&alice.access).await.brief(),
        "409 session_key_stale relogin R"
    );
}

#[tokio::test]
async fn the_sessions_of_the_person_go_on() {
    let (app, _) = with_keys().await;
    let (here, there) = (app.logged_in("alice").await, app.logged_in("alice").await);
    app.reset_session_key(&here.access).await;
    for login in [&here, &there] {
        assert_eq!(app.verify(&login.access).await.status, 204);
    }
}

#[tokio::test]
async fn others_keep_their_keys() {
    let (app, _) = with_keys().await;
    let (alice, bob) = (app.logged_in("alice").await, app.logged_in("bob").await);
    app.reset_session_key(&alice.access).await;
    assert_eq!(app.decrypt(&bob.access, sealed(SESSION_KEY)).await.status, 200);
    assert_eq!(
        app.decrypt(&bob.access, sealed(NEW_SESSION_KEY)).await.code(),
        "session_key_stale"
    );
}

#[tokio::test]
async fn a_live_session_is_needed() {
    let (app, _) = with_keys().await;
    let alice = app.logged_in("alice").await;
    for path in ["/v1/me/session-key/check", "/v1/me/session-key/reset"] {
        assert_eq!(app.send(Call::post(path)).await.code(), "unauthorized", "{path}");
        assert_eq!(
            app.send(Call::post(path).bearer("garbage")).await.code(),
            "token_invalid"
        );
    }
    app.store.be(Mood::Down);
    for reply in [
        app.check_session_key(&alice.access).await,
        app.reset_session_key(&alice.access).await,
    ] {
        assert_eq!(reply.code(), "store_unavailable");
    }
    app.store.be(Mood::Well);
    app.logout(&alice.access).await;
    for reply in [
        app.check_session_key(&alice.access).await,
        app.reset_session_key(&alice.access).await,
    ] {
        assert_eq!(reply.code(), "session_revoked");
    }
}
