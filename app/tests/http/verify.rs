//! `GET /v1/verify`: forward authentication for gateways.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use poem::http::Method;

use crate::app::{LoggedIn, TestApp};
use crate::call::Call;
use crate::token::part;

#[tokio::test]
async fn a_good_token_is_answered_with_the_identity_in_headers() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let reply = app.verify(&login.access).await;
    assert_json_snapshot!(reply.shown());
    let claims = part(&login.access, 1);
    for (header, claim) in [
        ("x-account-id", "sub"),
        ("x-session-id", "sid"),
        ("x-app-id", "client_id"),
    ] {
        assert_eq!(reply.header(header), claims[claim].as_str(), "{header}");
    }
}

#[tokio::test]
async fn the_identity_is_the_tokens_whatever_the_caller_claims_to_be() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let call = Call::get("/v1/verify")
        .bearer(&login.access)
        .header("x-account-id".parse().unwrap(), "somebody-else");
    assert_eq!(
        app.send(call).await.header("x-account-id"),
        Some(login.account.as_str())
    );
}

#[tokio::test]
async fn without_a_good_token_there_is_no_identity() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(930);
    let mut table = String::new();
    for (name, call) in [
        ("none", Call::get("/v1/verify")),
        ("garbage", Call::get("/v1/verify").bearer("garbage")),
        ("expired", Call::get("/v1/verify").bearer(&login.access)),
    ] {
        let reply = app.send(call).await;
        assert_eq!(reply.header("x-account-id"), None);
        writeln!(table, "{name}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn a_logout_is_seen_at_once() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    assert_eq!(app.verify(&login.access).await.status, 204);
    app.logout(&login.access).await;
    assert_json_snapshot!(app.verify(&login.access).await.shown());
}

#[tokio::test]
async fn the_methods_are_get_and_head() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let mut table = String::new();
    for method in [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::TRACE,
    ] {
        let reply = app
            .send(Call::new(method.clone(), "/v1/verify").bearer(&login.access))
            .await;
        writeln!(table, "{method}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn a_new_session_is_another_one_of_the_same_account() {
    let app = TestApp::new().await;
    let logins: [LoggedIn; 2] = [app.logged_in("alice").await, app.logged_in("alice").await];
    let first = app.verify(&logins[0].access).await;
    let second = app.verify(&logins[1].access).await;
    assert_eq!(first.header("x-account-id"), second.header("x-account-id"));
    assert_ne!(first.header("x-session-id"), second.header("x-session-id"));
}
