//! JSON and XML, as the platform writes them, and its slips.

use serde_json::Value;

use super::{assert_taken, push};
use crate::app::{APPID, LoggedIn, TestApp};
use crate::call::Call;
use crate::sealing::{as_xml, event, sealed, sealed_xml};

async fn is_gone(app: &TestApp, login: &LoggedIn) -> bool {
    app.me(&login.access).await.code() == "session_revoked"
}

fn cancellation() -> Value {
    event("user_authorization_cancellation", "o-alice")
}

#[tokio::test]
async fn each_may_hold_either() {
    let message = cancellation();
    for call in [
        sealed(APPID, &message.to_string()),
        sealed(APPID, &as_xml(&message)),
        sealed_xml(APPID, &message.to_string()),
        sealed_xml(APPID, &as_xml(&message)),
    ] {
        let app = TestApp::new().await;
        let alice = app.logged_in("alice").await;
        push(&app, call).await;
        assert!(is_gone(&app, &alice).await);
    }
}

/// The platform itself is not always right about it.
#[tokio::test]
async fn the_content_type_does_not_matter() {
    for media_type in [
        "text/plain",
        "text/xml",
        "application/json",
        "application/x-www-form-urlencoded",
        "",
    ] {
        let app = TestApp::new().await;
        let alice = app.logged_in("alice").await;
        let mut call = sealed(APPID, &cancellation().to_string());
        call.headers.clear();
        if !media_type.is_empty() {
            call = call.content_type(media_type);
        }
        push(&app, call).await;
        assert!(is_gone(&app, &alice).await, "{media_type}");
    }
}

#[tokio::test]
async fn a_blank_before_the_key_is_forgiven() {
    for (name, text) in [
        ("json", cancellation().to_string().replace("\"OpenID\"", "\" OpenID\"")),
        (
            "json, behind",
            cancellation().to_string().replace("\"OpenID\"", "\"OpenID \""),
        ),
        (
            "xml",
            as_xml(&cancellation()).replace("<![CDATA[o-alice]]>", " o-alice\n"),
        ),
    ] {
        let app = TestApp::new().await;
        let alice = app.logged_in("alice").await;
        push(&app, sealed(APPID, &text)).await;
        assert!(is_gone(&app, &alice).await, "{name}");
    }
}

#[tokio::test]
async fn the_same_message_in_another_form_is_another_message() {
    let app = TestApp::new().await;
    app.logged_in("alice").await;
    push(&app, sealed(APPID, &cancellation().to_string())).await;
    push(&app, sealed(APPID, &as_xml(&cancellation()))).await;
    assert_eq!(app.audit("action=authorization_cancelled").await.len(), 2);
}

/// In compatible mode a message comes in the clear as well, where nothing covers it.
#[tokio::test]
async fn what_stands_beside_the_encrypted_part_is_not_read() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let mut call = sealed(APPID, &event("user_info_modified", "o-bob").to_string());
    let mut body: Value = serde_json::from_slice(&call.body).unwrap();
    for (name, value) in cancellation().as_object().unwrap() {
        body[name] = value.clone();
    }
    call = call.body(body.to_string());
    push(&app, call).await;
    assert!(!is_gone(&app, &alice).await);
}

#[tokio::test]
async fn a_post_of_another_path_of_the_same_app_is_not_found() {
    let app = TestApp::new().await;
    let good = sealed(APPID, &cancellation().to_string());
    assert_taken(&app.send(good.clone()).await);
    for path in ["/v1/wechat/events", "/v1/wechat//events", "/v1/wechat/a/b/events"] {
        let call = Call {
            path: good.path.replace(&format!("/v1/wechat/{APPID}/events"), path),
            ..good.clone()
        };
        assert_eq!(app.send(call).await.code(), "not_found", "{path}");
    }
}
