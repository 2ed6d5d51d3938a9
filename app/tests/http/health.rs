//! `GET /livez` and `GET /readyz`

use insta::assert_json_snapshot;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::platform_health::{AppHealth, Circuit};

use crate::app::TestApp;
use crate::store::Mood;

fn app_in(number: &str, circuit: Circuit, in_flight: usize) -> AppHealth {
    AppHealth {
        app: AppId::parse(&format!("wx00000000000000{number}")).unwrap(),
        login_circuit: circuit,
        access_token_circuit: Circuit::Closed,
        in_flight,
        calls: Vec::new(),
    }
}

#[tokio::test]
async fn a_service_that_is_well_says_so() {
    let app = TestApp::new().await;
    assert_json_snapshot!("livez", app.get("/livez").await.shown());
    app.health.be(vec![app_in("a1", Circuit::Closed, 0)]);
    assert_json_snapshot!("readyz", app.get("/readyz").await.shown());
}

/// Tokens are refreshed and verified without WeChat.
#[tokio::test]
async fn a_service_that_wechat_does_not_answer_is_ready_and_tells_of_it() {
    let app = TestApp::new().await;
    app.health.be(vec![
        app_in("a1", Circuit::Open, 0),
        app_in("b2", Circuit::HalfOpen, 1),
        app_in("c3", Circuit::Closed, 12),
    ]);
    assert_json_snapshot!(app.get("/readyz").await.shown());
}

#[tokio::test]
async fn a_service_without_its_store_is_alive_and_not_ready() {
    let app = TestApp::new().await;
    app.store.be(Mood::Down);
    assert_eq!(app.get("/livez").await.status, 200);
    let reply = app.get("/readyz").await;
    assert_eq!(reply.brief(), "503 store_unavailable retry R\n    retry-after: 1");
    app.store.be(Mood::Well);
    assert_eq!(app.get("/readyz").await.status, 200);
}
