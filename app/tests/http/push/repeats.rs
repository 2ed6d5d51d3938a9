//! The platform repeats what was not answered with `success`: each message is honoured once, and durably.

use std::sync::Arc;

use insta::assert_json_snapshot;
use serde_json::json;

use super::{assert_taken, cancel, push};
use crate::app::{APPID, TestApp};
use crate::call::Call;
use crate::sealing::{TOKEN, event, seal, sealed, signature};
use crate::store::Mood;

fn cancellation() -> Call {
    sealed(APPID, &event("user_authorization_cancellation", "o-alice").to_string())
}

#[tokio::test]
async fn with_the_store_down_wechat_is_to_come_again_and_then_it_is_honoured() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    app.store.be(Mood::Down);
    assert_json_snapshot!(app.send(cancellation()).await.shown());
    app.store.be(Mood::Well);
    assert_eq!(app.me(&alice.access).await.status, 200);
    push(&app, cancellation()).await;
    assert_eq!(app.me(&alice.access).await.code(), "session_revoked");
}

#[tokio::test]
async fn with_the_store_down_what_concerns_nobody_is_taken_and_strangers_are_refused() {
    let app = TestApp::new().await;
    app.store.be(Mood::Down);
    push(&app, sealed(APPID, &event("debug_demo", "o-alice").to_string())).await;
    let call = cancellation();
    let path = call.path.replace("msg_signature=", "msg_signature=0");
    assert_eq!(app.send(Call { path, ..call }).await.code(), "signature_invalid");
}

#[tokio::test]
async fn what_the_store_holds_and_nobody_can_read_is_not_taken() {
    let app = TestApp::new().await;
    app.store.be(Mood::Unreadable);
    assert_eq!(app.send(cancellation()).await.code(), "internal");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_at_the_same_time_are_honoured_once() {
    let app = Arc::new(TestApp::new().await);
    app.logged_in("alice").await;
    let pushes = (0..20).map(|_| {
        let app = Arc::clone(&app);
        tokio::spawn(async move { app.send(cancellation()).await })
    });
    for reply in pushes.collect::<Vec<_>>() {
        assert_taken(&reply.await.unwrap());
    }
    assert_eq!(app.audit("actor=wechat").await.len(), 1);
}

/// WeChat signs a repeat anew.
#[tokio::test]
async fn a_repeat_is_known_by_its_message_and_not_by_its_signature() {
    let app = TestApp::new().await;
    app.logged_in("alice").await;
    let message = event("user_authorization_cancellation", "o-alice").to_string();
    let encrypted = seal(APPID, &message);
    for nonce in ["1", "2"] {
        let signature = signature(&[TOKEN, "1769614999", nonce, &encrypted]);
        let path = format!(
            "/v1/wechat/{APPID}/events?timestamp=1769614999&nonce={nonce}&encrypt_type=aes&msg_signature={signature}"
        );
        let body = json!({ "Encrypt": encrypted });
        push(&app, Call::post(&path).json(&body)).await;
    }
    assert_eq!(app.audit("actor=wechat").await.len(), 1);
}

/// The platform's own account stands in `FromUserName`: two people in one second are two messages.
#[tokio::test]
async fn two_people_in_the_same_second_are_both_honoured() {
    let app = TestApp::new().await;
    let (alice, bob) = (app.logged_in("alice").await, app.logged_in("bob").await);
    for openid in ["o-alice", "o-bob"] {
        cancel(&app, openid).await;
    }
    for login in [&alice, &bob] {
        assert_eq!(app.me(&login.access).await.code(), "session_revoked");
    }
}
