//! Paths and methods that lead nowhere.

use std::fmt::Write as _;

use std::collections::BTreeSet;

use insta::{assert_json_snapshot, assert_snapshot};
use poem::http::Method;
use serde_json::json;

use crate::app::TestApp;
use crate::call::{Call, METHOD_OVERRIDE};
use crate::documented::DOCUMENT;

#[tokio::test]
async fn an_unknown_path_is_not_found() {
    let app = TestApp::new().await;
    for path in [
        "/",
        "/v1",
        "/v1/",
        "/v2/login",
        "/v1/login/",
        "//v1/login",
        "/V1/login",
        "/v1/login%00",
        "/v1/%6de",
        "/v1/%256de",
        "/v1%2fme",
        "/v1/me;a=b",
        "/v1/me/..",
        "/..%2f..%2fetc/passwd",
        "/metrics/",
        "/problems",
        "/problems/",
        "/problems/internal/more",
        "/docs/",
        "/docs/oauth-receiver.html",
        "/openapi.json/",
        "/openapi.yaml",
        "/sandbox/code",
        "/playground",
    ] {
        assert_eq!(app.get(path).await.code(), "not_found", "{path}");
    }
    assert_json_snapshot!(app.get("/v1/nowhere").await.shown());
}

/// `wxlogin dev` puts it before the service, which knows nothing of it.
#[tokio::test]
async fn the_service_itself_has_no_playground() {
    let app = TestApp::new().await;
    for path in ["/playground", "/playground/", "/playground/platform/sandbox"] {
        assert_eq!(app.get(path).await.code(), "not_found", "{path}");
    }
    let code = app.send(Call::post("/playground/platform/sandbox/code")).await;
    assert_eq!(code.code(), "not_found");
}

#[tokio::test]
async fn a_path_that_is_no_utf8_is_not_found_either() {
    let app = TestApp::new().await;
    for path in ["/%ff", "/v1/me%ff", "/v1/%c3%28", "/problems/%ff"] {
        assert_eq!(app.get(path).await.code(), "not_found", "{path}");
    }
}

#[tokio::test]
async fn a_method_that_a_path_does_not_take_is_refused() {
    let app = TestApp::new().await;
    let paths = DOCUMENT["paths"].as_object().unwrap();
    for (path, item) in paths {
        let taken: BTreeSet<String> = item
            .as_object()
            .unwrap()
            .keys()
            .map(|name| name.to_uppercase())
            .collect();
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
            let reply = app.send(Call::new(method.parse().unwrap(), path)).await;
            let refused = reply.status == 405;
            assert_eq!(refused, !taken.contains(method), "{method} {path}");
            if refused {
                let allowed = reply
                    .header("allow")
                    .unwrap()
                    .split(", ")
                    .filter(|name| *name != "HEAD");
                assert_eq!(allowed.map(str::to_owned).collect::<BTreeSet<_>>(), taken, "{path}");
            }
        }
    }
    assert_json_snapshot!(app.send(Call::new(Method::DELETE, "/v1/login")).await.shown());
}

#[tokio::test]
async fn pages_are_read_only() {
    let app = TestApp::new().await;
    for path in ["/openapi.json", "/docs", "/metrics", "/problems/internal"] {
        assert_eq!(app.send(Call::post(path)).await.code(), "method_not_allowed", "{path}");
    }
}

#[tokio::test]
async fn a_post_may_stand_for_a_patch() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let call = |path: &str, method: &str| {
        Call::post(path)
            .bearer(&login.access)
            .header(METHOD_OVERRIDE, method)
            .json(&json!({ "nickname": method }))
    };
    for method in ["PATCH", "patch", "Patch"] {
        let reply = app.send(call("/v1/me", method)).await;
        assert_eq!(reply.json()["nickname"], method);
    }
    for method in ["GET", "PUT", "DELETE", "PATCH, PATCH", ""] {
        assert_eq!(
            app.send(call("/v1/me", method)).await.code(),
            "method_not_allowed",
            "{method}"
        );
    }
    assert_eq!(app.send(call("/v1/logout", "PATCH")).await.code(), "method_not_allowed");
}

#[tokio::test]
async fn nothing_but_a_post_stands_for_another_method() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let call = Call::get("/v1/me")
        .bearer(&login.access)
        .header(METHOD_OVERRIDE, "PATCH");
    let reply = app.send(call.json(&json!({ "nickname": "Ann" }))).await;
    assert_eq!((reply.status, reply.json().get("nickname")), (200, None));
}

#[tokio::test]
async fn a_head_is_answered_as_a_get_without_its_body() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let mut table = String::new();
    for path in [
        "/livez",
        "/v1/me",
        "/v1/verify",
        "/.well-known/jwks.json",
        "/openapi.json",
        "/problems/internal",
    ] {
        let get = app.send(Call::get(path).bearer(&login.access).request_id("same")).await;
        let head = app
            .send(Call::new(Method::HEAD, path).bearer(&login.access).request_id("same"))
            .await;
        assert_eq!((head.status, &head.headers), (get.status, &get.headers), "{path}");
        assert!(head.body.is_empty(), "{path}");
        writeln!(table, "{path}: {}", head.status).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn a_query_changes_nothing() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let call = Call::get("/v1/me?_=1769614976&all=true").bearer(&login.access);
    assert_eq!(app.send(call).await.status, 200);
}
