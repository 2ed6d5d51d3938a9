//! The request: a form.

use std::fmt::Write as _;

use insta::assert_snapshot;

use crate::app::TestApp;
use crate::call::Call;
use crate::reply::Reply;

const MOST: usize = 64 * 1024;

fn introspection() -> Call {
    Call::post("/v1/introspect").language("en")
}

fn outcome(reply: &Reply) -> String {
    match reply.status {
        200 => format!("200 active: {}", reply.json()["active"]),
        _ => reply.brief(),
    }
}

/// RFC 7662, section 2.1: both of its examples, and what they become with a token of ours.
#[tokio::test]
async fn the_requests_of_the_standard() {
    let app = TestApp::new().await;
    let access = app.logged_in("alice").await.access;
    for body in [
        "token=2YotnFZFEjr1zCsicMWpAA",
        "token=mF_9.B5f-4.1JqM&token_type_hint=access_token",
    ] {
        let reply = app.operate(introspection().said_to_be_a_form(body)).await;
        assert_eq!(reply.text(), r#"{"active":false}"#);
    }
    for body in [
        format!("token={access}"),
        format!("token={access}&token_type_hint=access_token"),
        format!("token_type_hint=access_token&token={access}"),
    ] {
        let reply = app.operate(introspection().said_to_be_a_form(body)).await;
        assert_eq!(reply.json()["active"], true);
    }
}

#[tokio::test]
async fn parameters() {
    let app = TestApp::new().await;
    let access = app.logged_in("alice").await.access;
    let mut spelt_out = String::new();
    for byte in access.bytes() {
        write!(spelt_out, "%{byte:02X}").unwrap();
    }
    let mut table = String::new();
    for (name, body) in [
        (
            "the hint of another kind",
            format!("token={access}&token_type_hint=refresh_token"),
        ),
        ("a hint of nobody's", format!("token={access}&token_type_hint=saml2")),
        ("an empty hint", format!("token={access}&token_type_hint=")),
        (
            "two hints",
            format!("token={access}&token_type_hint=a&token_type_hint=b"),
        ),
        (
            "an unknown parameter",
            format!("a=b&token={access}&resource=https://api.example"),
        ),
        ("percent signs all over", format!("token={spelt_out}")),
        ("empty pairs", format!("&&token={access}&&=&")),
        ("nothing", String::new()),
        ("no token", "token_type_hint=access_token".to_owned()),
        ("an empty token", "token=".to_owned()),
        ("a token without =", "token".to_owned()),
        ("two tokens", format!("token={access}&token=garbage")),
        ("the same token twice", format!("token={access}&token={access}")),
        ("a token and an empty one", format!("token={access}&token=")),
        ("a capital letter", format!("Token={access}")),
        ("a token with a blank", "token=a+b".to_owned()),
        ("half a percent sign", "token=%".to_owned()),
        ("not UTF-8", "token=%ff%fe".to_owned()),
        ("JSON, said to be a form", format!(r#"{{"token":"{access}"}}"#)),
    ] {
        let reply = app.operate(introspection().said_to_be_a_form(body)).await;
        writeln!(table, "{name}: {}", outcome(&reply)).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn media_types() {
    let app = TestApp::new().await;
    let access = app.logged_in("alice").await.access;
    let mut table = String::new();
    for media_type in [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded;charset=UTF-8",
        "Application/X-WWW-Form-URLencoded",
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
        "",
    ] {
        let call = introspection().content_type(media_type).body(format!("token={access}"));
        writeln!(table, "{media_type:?}: {}", outcome(&app.operate(call).await)).unwrap();
    }
    let none = introspection().body(format!("token={access}"));
    writeln!(table, "none: {}", outcome(&app.operate(none).await)).unwrap();
    let json = introspection().said_to_be_json(format!(r#"{{"token":"{access}"}}"#));
    let reply = app.operate(json).await;
    writeln!(table, "JSON: {}\n    {}", outcome(&reply), reply.json()["detail"]).unwrap();
    assert_snapshot!(table);
}

#[tokio::test]
async fn a_form_may_have_64_kib() {
    let app = TestApp::new().await;
    for (bytes, status) in [(MOST, 200), (MOST + 1, 413), (10 * MOST, 413)] {
        let mut body = b"token=".to_vec();
        body.resize(bytes, b'a');
        let reply = app.operate(introspection().said_to_be_a_form(body)).await;
        assert_eq!(reply.status, status, "{bytes}");
    }
}
