//! A bug behind a port: one request fails, the service goes on.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use insta::assert_json_snapshot;
use serde_json::json;
use wxlogin_domain::code::JsCode;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::code_exchange::{CodeExchange, CodeExchangeError, CodeSession};

use crate::app::{APPID, Setup, TestApp};
use crate::sealing::{event, sealed};
use crate::store::{CONFIDENCE, Mood};
use crate::wechat::session;

/// Panics at the first call, with the code in its words.
#[derive(Default)]
struct Stumbling(AtomicBool);

#[async_trait]
impl CodeExchange for Stumbling {
    async fn exchange(&self, app: &AppId, code: &JsCode) -> Result<CodeSession, CodeExchangeError> {
        assert!(self.0.swap(true, Ordering::SeqCst), "stumbled over {}", code.expose());
        Ok(session(app, "o-alice", None))
    }
}

#[tokio::test]
async fn a_panic_at_wechats_door_is_an_internal_error_and_no_more() {
    let app = Setup::with_wechat(Stumbling::default()).start().await;
    let reply = app.login_of("alice").await;
    assert_json_snapshot!(reply.shown());
    assert!(!reply.text().contains("stumbled"));
    let next = app.login_of("alice").await;
    assert_eq!(next.json()["is_new_account"], true, "the first one wrote nothing");
}

#[tokio::test]
async fn a_panic_in_the_store_is_an_internal_error_everywhere() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.store.be(Mood::Panicking);
    for reply in [
        app.login_of("alice").await,
        app.refresh(&login.refresh).await,
        app.me(&login.access).await,
        app.verify(&login.access).await,
        app.introspect(&login.access).await,
        app.sessions(&login.access).await,
        app.remove_phone(&login.access).await,
        app.check_session_key(&login.access).await,
        app.export(&login.access).await,
        app.send(sealed(APPID, &event("user_info_modified", "o-alice").to_string()))
            .await,
        app.merge(&login.account, json!({ "into": login.account })).await,
        app.revoke(&login.refresh).await,
        app.logout(&login.access).await,
        app.admin_get("accounts").await,
        app.admin_get("audit").await,
        app.rotate().await,
        app.make_api_key("orders", &["introspect"]).await,
        app.get("/readyz").await,
    ] {
        assert_eq!(reply.code(), "internal");
        assert!(!reply.text().contains(CONFIDENCE));
    }
    assert_eq!(app.get("/livez").await.status, 200);
    app.store.be(Mood::Well);
    assert_eq!(app.me(&login.access).await.status, 200);
    assert_eq!(app.get("/readyz").await.status, 200);
}

#[tokio::test]
async fn a_panic_gives_its_place_back() {
    let app = Setup::with_config(|config| config.limits.max_concurrent_requests = 1)
        .start()
        .await;
    app.store.be(Mood::Panicking);
    for _ in 0..3 {
        assert_eq!(app.login_of("alice").await.code(), "internal");
    }
    app.store.be(Mood::Well);
    assert_eq!(app.login_of("alice").await.status, 200);
}
