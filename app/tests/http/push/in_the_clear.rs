//! Messages in the clear: for an app without an `EncodingAESKey`.

use insta::assert_json_snapshot;
use serde_json::json;

use super::push;
use crate::app::{APPID, Setup, TestApp};
use crate::call::Call;
use crate::sealing::{as_xml, event, in_the_clear, sealed};

async fn without_key() -> TestApp {
    Setup::with_config(|config| config.apps[0].push_aes_key = None)
        .start()
        .await
}

#[tokio::test]
async fn json_and_xml_are_honoured() {
    let message = event("user_authorization_cancellation", "o-alice");
    for text in [message.to_string(), as_xml(&message)] {
        let app = without_key().await;
        let alice = app.logged_in("alice").await;
        push(&app, in_the_clear(APPID, &text)).await;
        assert_eq!(app.me(&alice.access).await.code(), "session_revoked");
    }
}

#[tokio::test]
async fn a_wrong_signature_is_refused() {
    let app = without_key().await;
    let alice = app.logged_in("alice").await;
    let message = event("user_authorization_cancellation", "o-alice").to_string();
    let good = in_the_clear(APPID, &message);
    for path in [
        good.path.replace("signature=", "signature=0"),
        good.path.replace("timestamp=1", "timestamp=2"),
        good.path.replace("nonce=4", "nonce=5"),
    ] {
        let call = Call { path, ..good.clone() };
        assert_eq!(app.send(call).await.brief(), "403 signature_invalid fix_request");
    }
    assert_eq!(app.me(&alice.access).await.status, 200);
}

#[tokio::test]
async fn an_encrypted_message_does_not_open() {
    let app = without_key().await;
    let call = sealed(APPID, &event("user_info_modified", "o-alice").to_string());
    assert_json_snapshot!(app.send(call.language("en")).await.shown());
}

#[tokio::test]
async fn a_message_for_another_app_is_refused() {
    let app = without_key().await;
    app.logged_in("alice").await;
    let mut message = event("user_authorization_cancellation", "o-alice");
    message["AppID"] = "wx00000000000000b2".into();
    let reply = app.send(in_the_clear(APPID, &message.to_string())).await;
    assert_eq!(reply.brief(), "403 signature_invalid fix_request");
    message["AppID"] = json!(null);
    push(&app, in_the_clear(APPID, &message.to_string())).await;
}
