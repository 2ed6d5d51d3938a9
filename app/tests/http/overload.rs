//! More requests than the service takes on at once.

use std::sync::Arc;

use async_trait::async_trait;
use insta::assert_json_snapshot;
use tokio::sync::Notify;
use wxlogin_domain::code::JsCode;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::code_exchange::{CodeExchange, CodeExchangeError, CodeSession};

use crate::app::Setup;
use crate::wechat::session;

/// Answers when it is told to.
#[derive(Clone, Default)]
struct SlowWechat {
    was_asked: Arc<Notify>,
    may_answer: Arc<Notify>,
}

#[async_trait]
impl CodeExchange for SlowWechat {
    async fn exchange(&self, app: &AppId, _: &JsCode) -> Result<CodeSession, CodeExchangeError> {
        self.was_asked.notify_one();
        self.may_answer.notified().await;
        Ok(session(app, "o-alice", None))
    }
}

#[tokio::test]
async fn a_full_house_says_so_and_is_alive() {
    let wechat = SlowWechat::default();
    let mut setup = Setup::with_wechat(wechat.clone());
    setup.config.limits.max_concurrent_requests = 1;
    let app = setup.start().await;

    let meanwhile = async {
        wechat.was_asked.notified().await;
        for path in ["/v1/me", "/.well-known/jwks.json", "/docs", "/openapi.json", "/nowhere"] {
            assert_eq!(app.get(path).await.code(), "overloaded", "{path}");
        }
        assert_json_snapshot!(app.login_of("bob").await.shown());
        for path in ["/livez", "/readyz", "/metrics"] {
            assert_eq!(app.get(path).await.status, 200, "{path}");
        }
        wechat.may_answer.notify_one();
    };
    let (login, ()) = tokio::join!(app.login_of("alice"), meanwhile);

    assert_eq!(login.status, 200, "who was in is served");
    assert_eq!(
        app.get("/.well-known/jwks.json").await.status,
        200,
        "and the place is free again"
    );
}

#[tokio::test]
async fn what_was_begun_is_finished_though_its_caller_hangs_up() {
    let wechat = SlowWechat::default();
    let mut setup = Setup::with_wechat(wechat.clone());
    setup.config.limits.max_concurrent_requests = 1;
    let app = setup.start().await;
    tokio::select! {
        _ = app.login_of("alice") => panic!("WeChat has not answered"),
        () = wechat.was_asked.notified() => {}
    }
    // WeChat has the code: the place is taken until it has answered.
    assert_eq!(app.get("/.well-known/jwks.json").await.code(), "overloaded");
    wechat.may_answer.notify_one();
    while app.get("/.well-known/jwks.json").await.status != 200 {
        tokio::task::yield_now().await;
    }
    wechat.may_answer.notify_one();
    let again = app.login_of("alice").await;
    assert_eq!(again.json()["is_new_account"], false, "the first login was recorded");
}

#[tokio::test]
async fn a_slow_wechat_holds_up_nobody_else() {
    let wechat = SlowWechat::default();
    let app = Setup::with_wechat(wechat.clone()).start().await;
    wechat.may_answer.notify_one();
    let bob = app.logged_in("bob").await;
    wechat.was_asked.notified().await;

    let meanwhile = async {
        wechat.was_asked.notified().await;
        assert_eq!(app.verify(&bob.access).await.status, 204);
        assert_eq!(app.refresh(&bob.refresh).await.status, 200);
        wechat.may_answer.notify_one();
    };
    let (login, ()) = tokio::join!(app.login_of("alice"), meanwhile);
    assert_eq!(login.status, 200);
}
