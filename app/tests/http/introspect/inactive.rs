//! Everything else: nobody is told why.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use crate::app::{API_KEY, LoggedIn, NOW, TestApp};
use crate::token::{StolenKey, encoded, part};

/// The whole answer, to the byte.
const INACTIVE: &str = r#"{"active":false}"#;

/// A login whose token is good so far.
async fn good(app: &TestApp, person: &str) -> LoggedIn {
    let login = app.logged_in(person).await;
    assert!(app.is_active(&login.access).await);
    login
}

async fn assert_inactive(app: &TestApp, what: &str, token: &str) {
    let reply = app.introspect(token).await;
    assert_eq!((reply.status, reply.text()), (200, INACTIVE), "{what}");
    assert_eq!(reply.header("cache-control"), Some("no-store"), "{what}");
}

#[tokio::test]
async fn what_is_no_access_token() {
    let app = TestApp::new().await;
    let login = good(&app, "alice").await;
    let next = app.refreshed(&login.refresh).await;
    for (what, token) in [
        ("unknown", "2YotnFZFEjr1zCsicMWpAA"),
        ("garbage", "garbage"),
        ("a blank", " "),
        ("a line break", "\n"),
        ("a zero byte", "\0"),
        ("a dot", "."),
        ("two dots", ".."),
        ("not ASCII", "令牌"),
        ("null", "null"),
        ("a token and a blank", &format!("{} ", login.access)),
        ("a token in quotes", &format!("\"{}\"", login.access)),
        ("a token with its scheme", &format!("Bearer {}", login.access)),
        ("the newest refresh token", &next.refresh),
        ("a refresh token that was replaced", &login.refresh),
        ("an API key", API_KEY),
        ("60 KB", &"a".repeat(60_000)),
    ] {
        assert_inactive(&app, what, token).await;
    }
    assert!(app.is_active(&login.access).await, "nothing of that did harm");
}

#[tokio::test]
async fn forgeries() {
    let app = TestApp::new().await;
    let login = good(&app, "alice").await;
    let access = login.access.as_str();
    let key = StolenKey::from(&app.store).await;
    assert!(app.is_active(&key.resign(access, |_, _| ())).await);
    let claim = |name: &str, value: &str| key.resign(access, |_, claims| claims[name] = value.into());
    let unsigned = {
        let mut header = part(access, 0);
        header["alg"] = "none".into();
        format!("{}.{}.", encoded(&header), access.split('.').nth(1).unwrap())
    };
    let elsewhere = TestApp::new().await.logged_in("alice").await;
    for (what, token) in [
        ("of another issuer", claim("iss", "https://elsewhere.example")),
        ("for another audience", claim("aud", "https://elsewhere.example")),
        ("of an account that is not there", claim("sub", &login.session)),
        ("of a session that is not there", claim("sid", &login.account)),
        ("alg none", unsigned),
        ("of other keys", elsewhere.access),
        (
            "with another signature",
            format!("{}{}", &access[..access.len() - 86], URL_SAFE_NO_PAD.encode([7; 64])),
        ),
        (
            "issued in the future",
            key.resign(access, |_, claims| claims["iat"] = json!(NOW + 31)),
        ),
    ] {
        assert_inactive(&app, what, &token).await;
    }
}

/// Leeway is for clocks that differ; this is the clock that the token was issued by.
#[tokio::test]
async fn an_expired_token_is_over_at_once_though_others_still_bear_it() {
    let app = TestApp::new().await;
    let login = good(&app, "alice").await;
    app.advance(899);
    assert!(app.is_active(&login.access).await);
    for (seconds, verified) in [(1, 204), (29, 204), (1, 401), (86_400, 401)] {
        app.advance(seconds);
        assert_inactive(&app, "expired", &login.access).await;
        assert_eq!(app.verify(&login.access).await.status, verified, "{seconds}");
    }
}

#[tokio::test]
async fn tokens_of_a_session_that_is_over() {
    let app = TestApp::new().await;
    let (here, there) = (good(&app, "alice").await, good(&app, "alice").await);
    app.logout(&here.access).await;
    assert_inactive(&app, "logged out", &here.access).await;
    assert!(app.is_active(&there.access).await, "another session goes on");

    app.revoke(&there.access).await;
    assert_inactive(&app, "revoked", &there.access).await;

    let login = good(&app, "alice").await;
    app.revoke(&login.refresh).await;
    assert_inactive(&app, "its refresh token was revoked", &login.access).await;

    let (here, there) = (good(&app, "alice").await, good(&app, "alice").await);
    assert_eq!(app.end_session(&here.access, &there.session).await.status, 204);
    assert_inactive(&app, "ended from another session", &there.access).await;
    app.admin_delete(&format!("accounts/{}/sessions/{}", here.account, here.session))
        .await;
    assert_inactive(&app, "ended by an operator", &here.access).await;

    let login = good(&app, "alice").await;
    app.admin_delete(&format!("accounts/{}/sessions", login.account)).await;
    assert_inactive(&app, "all ended by an operator", &login.access).await;

    let login = good(&app, "alice").await;
    app.advance(61);
    let next = app.refreshed(&login.refresh).await;
    app.refreshed(&next.refresh).await;
    assert_eq!(app.refresh(&login.refresh).await.code(), "refresh_token_reused");
    assert_inactive(&app, "a stolen refresh token was noticed", &next.access).await;
}

#[tokio::test]
async fn tokens_of_an_account_that_was_suspended_or_erased() {
    let app = TestApp::new().await;
    let login = good(&app, "alice").await;
    app.suspend(&login.account).await;
    assert_inactive(&app, "suspended", &login.access).await;
    app.restore(&login.account).await;
    assert_inactive(&app, "restored, but of before", &login.access).await;

    let login = good(&app, "alice").await;
    app.erase(&login.account).await;
    assert_inactive(&app, "erased", &login.access).await;
    let again = good(&app, "alice").await;
    assert_ne!(again.account, login.account);
    assert_inactive(&app, "erased, but back as somebody new", &login.access).await;
}

#[tokio::test]
async fn tokens_of_a_retired_key() {
    let app = TestApp::new().await;
    let login = good(&app, "alice").await;
    app.retire(&app.kid("active").await).await;
    assert_inactive(&app, "of a retired key", &login.access).await;
    let next = app.refreshed(&login.refresh).await;
    assert!(app.is_active(&next.access).await);
}

#[tokio::test]
async fn tokens_whose_session_has_idled_out() {
    let mut setup = crate::app::Setup::default();
    setup.config.tokens.refresh_ttl = std::time::Duration::from_secs(600);
    let app = setup.start().await;
    let login = good(&app, "alice").await;
    app.advance(599);
    assert!(app.is_active(&login.access).await);
    app.advance(1);
    assert_inactive(&app, "its session idled out", &login.access).await;
}
