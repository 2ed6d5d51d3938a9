//! `GET /metrics`

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use insta::assert_snapshot;
use poem::http::Method;
use serde_json::json;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::platform_health::{AppHealth, CallCount, Circuit};

use crate::app::{APPID, Setup, TestApp};
use crate::call::Call;
use crate::sealing::{event, sealed};
use crate::store::Mood;
use crate::wechat::{BAD_CODE, phone_code_of};

async fn metrics(app: &TestApp) -> String {
    let reply = app.get("/metrics").await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.text().to_owned()
}

/// The value of a series, by its name with labels; 0 where it is not there.
fn value(text: &str, series: &str) -> u64 {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.map_or(0, |value| value.parse().unwrap_or_else(|_| panic!("{series}: {value}")))
}

/// Everything but the numbers.
fn series(text: &str) -> BTreeSet<String> {
    let name = |line: &str| line.rsplit_once(' ').map_or(line, |(name, _)| name).to_owned();
    text.lines().map(name).collect()
}

#[tokio::test]
async fn it_is_written_as_openmetrics() {
    let app = TestApp::new().await;
    let reply = app.get("/metrics").await;
    assert_eq!(
        reply.header("content-type"),
        Some("application/openmetrics-text; version=1.0.0; charset=utf-8")
    );
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert!(reply.text().ends_with("# EOF\n"), "{reply:?}");
}

#[tokio::test]
async fn everything_that_is_counted() {
    let app = TestApp::new().await;
    app.health.be(vec![AppHealth {
        app: AppId::parse(APPID).unwrap(),
        login_circuit: Circuit::HalfOpen,
        access_token_circuit: Circuit::Open,
        in_flight: 2,
        calls: vec![
            CallCount {
                api: "jscode2session",
                outcome: "ok",
                count: 7,
            },
            CallCount {
                api: "jscode2session",
                outcome: "failed",
                count: 1,
            },
        ],
    }]);
    app.logged_in("alice").await;
    app.login(json!({ "code": BAD_CODE })).await;
    app.keep_house().await;
    let text = metrics(&app).await;
    // How long requests took is another number each time, and the order is another one, too.
    let mut shown: Vec<&str> = text.lines().filter(|line| !line.contains("_seconds_")).collect();
    shown.sort_unstable();
    assert_snapshot!(shown.join("\n"));
}

#[tokio::test]
async fn requests_are_counted_by_route_and_status_and_problems_by_code() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    for _ in 0..3 {
        app.end_session(&alice.access, "nonsense").await;
    }
    app.end_session(&alice.access, &alice.session).await;
    app.send(Call::new(Method::HEAD, "/livez")).await;
    let text = metrics(&app).await;
    let requests = |method: &str, route: &str, status: u16| {
        let labels = format!(r#"{{method="{method}",route="{route}",status="{status}"}}"#);
        value(&text, &format!("wxlogin_http_requests_total{labels}"))
    };
    assert_eq!(requests("POST", "/v1/login", 200), 1);
    assert_eq!(requests("DELETE", "/v1/me/sessions/{id}", 404), 3);
    assert_eq!(requests("DELETE", "/v1/me/sessions/{id}", 204), 1);
    assert_eq!(requests("HEAD", "/livez", 200), 1);
    assert_eq!(value(&text, r#"wxlogin_problems_total{code="not_found"}"#), 3);
    assert_eq!(
        value(
            &text,
            r#"wxlogin_http_request_duration_seconds_count{route="/v1/me/sessions/{id}"}"#
        ),
        4
    );
}

#[tokio::test]
async fn what_is_refused_at_the_door_is_counted_too() {
    let setup = Setup::with_config(|config| config.limits.rates.per_address = NonZeroU32::new(1));
    let app = setup.start().await;
    for _ in 0..3 {
        app.send(Call::get("/v1/me").at_peer("203.0.113.9")).await;
    }
    let text = metrics(&app).await;
    assert_eq!(value(&text, r#"wxlogin_problems_total{code="rate_limited"}"#), 2);
}

/// Whoever makes up paths, methods and ids does not make the service remember them.
#[tokio::test]
async fn made_up_paths_and_methods_do_not_make_it_grow() {
    let app = TestApp::new().await;
    for path in [
        "/nowhere",
        "/problems/nothing",
        "/v1/wechat/nonsense/events",
        "/admin/v1/accounts/nobody",
        "/v1/me/sessions/a",
    ] {
        app.get(path).await;
    }
    app.send(Call::new("MAKEUP".parse().unwrap(), "/nowhere")).await;
    app.send(Call::new("MAKEUP".parse().unwrap(), "/v1/login")).await;
    metrics(&app).await;
    let before = series(&metrics(&app).await);
    for number in 0..400 {
        for path in [
            "/",
            "/problems/",
            "/v1/wechat/",
            "/admin/v1/accounts/",
            "/v1/me/sessions/",
        ] {
            let rest = if path == "/v1/wechat/" { "/events" } else { "" };
            app.get(&format!("{path}made-up-{number}{rest}")).await;
        }
    }
    for number in 0..100 {
        let method: Method = format!("MAKEUP{number}").parse().unwrap();
        app.send(Call::new(method.clone(), "/nowhere")).await;
        app.send(Call::new(method, "/v1/login")).await;
    }
    assert_eq!(series(&metrics(&app).await), before);
}

#[tokio::test]
async fn nothing_of_a_person_or_a_secret_is_in_it() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    app.set_phone(&alice.access, body).await;
    app.admin_get(&format!("accounts/{}", alice.account)).await;
    app.end_session(&alice.access, &alice.session).await;
    app.send(sealed(APPID, &event("user_info_modified", "o-alice").to_string()))
        .await;
    app.get("/v1/o-alice").await;
    let text = metrics(&app).await;
    for private in [
        "o-alice",
        "13800138000",
        &alice.account,
        &alice.session,
        "code-of",
        "msg_signature",
    ] {
        assert!(!text.contains(private), "{private}: {text}");
    }
}

#[tokio::test]
async fn it_is_answered_without_the_store() {
    let app = TestApp::new().await;
    app.store.be(Mood::Down);
    app.login_of("alice").await;
    let text = metrics(&app).await;
    assert_eq!(value(&text, r#"wxlogin_problems_total{code="store_unavailable"}"#), 1);
}

#[tokio::test]
async fn it_is_answered_while_the_house_is_full() {
    let app = Setup::with_config(|config| config.limits.max_concurrent_requests = 0)
        .start()
        .await;
    assert_eq!(app.login_of("alice").await.code(), "overloaded");
    assert_eq!(
        value(&metrics(&app).await, r#"wxlogin_problems_total{code="overloaded"}"#),
        1
    );
}

#[tokio::test]
async fn it_is_read_only() {
    let app = TestApp::new().await;
    let reply = app.send(Call::post("/metrics")).await;
    assert_eq!(reply.code(), "method_not_allowed");
    assert_eq!(reply.header("allow"), Some("GET, HEAD"));
}
