//! `POST /v1/revoke` (RFC 7009): whoever holds a token may end its session.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use poem::http::Method;

use crate::app::{API_KEY, LoggedIn, TestApp};
use crate::call::Call;
use crate::everything::{everything, table};

/// What a session can still do, in a line.
async fn state(app: &TestApp, login: &LoggedIn) -> String {
    let verify = app.verify(&login.access).await;
    let me = app.me(&login.access).await;
    let active = app.is_active(&login.access).await;
    let refresh = app.refresh(&login.refresh).await;
    let word = |reply: &crate::reply::Reply| match reply.status {
        200 | 204 => reply.status.to_string(),
        status => format!("{status} {}", reply.code()),
    };
    format!(
        "verify {}, me {}, active {active}, refresh {}",
        word(&verify),
        word(&me),
        word(&refresh)
    )
}

#[tokio::test]
async fn a_revocation_is_answered_with_nothing() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let call = |token| Call::post("/v1/revoke").form(&[("token", token)]).request_id("mine");
    let done = app.send(call(&login.access)).await;
    assert_json_snapshot!(done.shown());
    for token in [login.access.as_str(), login.refresh.as_str(), "garbage"] {
        let again = app.send(call(token)).await;
        assert_eq!(
            (again.status, &again.headers, &again.body),
            (200, &done.headers, &done.body)
        );
    }
}

#[tokio::test]
async fn afterwards_the_session_is_over_for_everybody() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.revoke(&login.refresh).await;
    assert_snapshot!(table(&everything(&app, &login).await));
}

#[tokio::test]
async fn which_tokens_end_their_session() {
    let mut lines = String::new();
    for what in [
        "nothing",
        "the access token",
        "an older access token of the session",
        "the refresh token",
        "the refresh token before, within the grace window",
        "the refresh token before, after the grace window",
        "the refresh token before that",
        "the access token with another hint",
        "the refresh token with another hint",
        "the refresh token with a hint of nobody's",
        "an access token in the 30 seconds after its time",
        "an access token after that",
        "the access token, cut",
        "the refresh token, cut",
        "the access token with a blank",
        "another session's token",
        "another account's token",
        "an API key",
    ] {
        let app = TestApp::new().await;
        let first = app.logged_in("alice").await;
        let there = app.logged_in("alice").await;
        let bob = app.logged_in("bob").await;
        let second = app.refreshed(&first.refresh).await;
        let mut login = app.refreshed(&second.refresh).await;
        let cut = |token: &str| token[..token.len() - 1].to_owned();
        let (token, hint) = match what {
            "nothing" => ("garbage".to_owned(), None),
            "the access token" => (login.access.clone(), None),
            "an older access token of the session" => (first.access, None),
            "the refresh token" => (login.refresh.clone(), None),
            "the refresh token before, within the grace window" => (second.refresh, None),
            "the refresh token before, after the grace window" => {
                app.advance(61);
                (second.refresh, None)
            }
            "the refresh token before that" => (first.refresh, None),
            "the access token with another hint" => (login.access.clone(), Some("refresh_token")),
            "the refresh token with another hint" => (login.refresh.clone(), Some("access_token")),
            "the refresh token with a hint of nobody's" => (login.refresh.clone(), Some("pizza")),
            "an access token in the 30 seconds after its time" => {
                app.advance(929);
                (login.access.clone(), None)
            }
            "an access token after that" => {
                app.advance(930);
                let expired = login.access.clone();
                login = app.refreshed(&login.refresh).await;
                (expired, None)
            }
            "the access token, cut" => (cut(&login.access), None),
            "the refresh token, cut" => (cut(&login.refresh), None),
            "the access token with a blank" => (format!(" {}", login.access), None),
            "another session's token" => (there.access.clone(), None),
            "another account's token" => (bob.refresh.clone(), None),
            "an API key" => (API_KEY.to_owned(), None),
            other => panic!("{other} is missing"),
        };
        let mut form = vec![("token", token.as_str())];
        form.extend(hint.map(|hint| ("token_type_hint", hint)));
        let reply = app.send(Call::post("/v1/revoke").form(&form)).await;
        assert_eq!((reply.status, reply.text()), (200, ""), "{what}");
        writeln!(lines, "{what}\n    it: {}", state(&app, &login).await).unwrap();
        writeln!(lines, "    other session: {}", app.refresh(&there.refresh).await.status).unwrap();
        writeln!(lines, "    other account: {}", app.refresh(&bob.refresh).await.status).unwrap();
    }
    assert_snapshot!(lines);
}

#[tokio::test]
async fn a_revocation_is_written_down_once() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    for _ in 0..3 {
        app.revoke(&login.access).await;
        app.revoke(&login.refresh).await;
        app.revoke("garbage").await;
    }
    let events = app.audit("action=token_revoked").await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["session_id"], login.session);
}

#[tokio::test]
async fn a_session_that_ended_before_keeps_its_reason() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.logout(&login.access).await;
    app.revoke(&login.refresh).await;
    let export = app.admin_get(&format!("accounts/{}/export", login.account)).await;
    assert_eq!(export.json()["sessions"][0]["end_reason"], "logout");
    assert_eq!(app.audit("action=token_revoked").await.len(), 0);
}

#[tokio::test]
async fn tokens_of_the_suspended_and_of_the_erased_are_answered_alike() {
    let app = TestApp::new().await;
    let (alice, bob) = (app.logged_in("alice").await, app.logged_in("bob").await);
    app.suspend(&alice.account).await;
    app.erase(&bob.account).await;
    for login in [alice, bob] {
        assert_eq!(app.revoke(&login.access).await.status, 200);
        assert_eq!(app.revoke(&login.refresh).await.status, 200);
    }
    assert_eq!(app.audit("action=token_revoked").await.len(), 0);
}

#[tokio::test]
async fn credentials_are_neither_asked_for_nor_looked_at() {
    let app = TestApp::new().await;
    for call in [
        Call::post("/v1/revoke"),
        Call::post("/v1/revoke").bearer("garbage"),
        Call::post("/v1/revoke").basic("nobody", "nothing"),
    ] {
        let login = app.logged_in("alice").await;
        assert_eq!(app.send(call.form(&[("token", &login.access)])).await.status, 200);
        assert_eq!(app.verify(&login.access).await.code(), "session_revoked");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_said() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let access = login.access.as_str();
    let call = || Call::post("/v1/revoke").language("en");
    let mut lines = String::new();
    for (name, call) in [
        ("no token", call().form(&[("token_type_hint", "access_token")])),
        ("an empty token", call().form(&[("token", "")])),
        ("two tokens", call().form(&[("token", access), ("token", "garbage")])),
        ("JSON", call().said_to_be_json(format!(r#"{{"token":"{access}"}}"#))),
        ("no media type", call().body(format!("token={access}"))),
        ("64 KiB and a byte", call().said_to_be_a_form(vec![b'a'; 64 * 1024 + 1])),
        (
            "the token in the URL",
            Call::post(&format!("/v1/revoke?token={access}"))
                .language("en")
                .form(&[]),
        ),
    ] {
        writeln!(lines, "{name}: {}", app.send(call).await.brief()).unwrap();
    }
    assert_snapshot!(lines);
    assert_eq!(app.verify(access).await.status, 204, "none of that ended anything");
}

#[tokio::test]
async fn the_method_is_post() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let call = Call::new(method.clone(), &format!("/v1/revoke?token={}", login.access));
        assert_eq!(app.send(call).await.code(), "method_not_allowed", "{method}");
    }
    assert_eq!(app.verify(&login.access).await.status, 204);
}
