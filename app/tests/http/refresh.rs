//! `POST /v1/token/refresh`: rotation, replay, theft.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;
use wxlogin_domain::ports::key_store::KeyStore as _;

use crate::app::{LoggedIn, Setup, TestApp};
use crate::call::Call;
use crate::token::{RefreshTokenParts, part};
use crate::wechat::{people, scripted, session};

/// What the tokens of a session are still good for.
async fn what_is_left(app: &TestApp, login: &LoggedIn) -> Vec<String> {
    vec![
        app.refresh(&login.refresh).await.code(),
        app.me(&login.access).await.code(),
        app.verify(&login.access).await.code(),
    ]
}

#[tokio::test]
async fn a_refresh_answers_new_tokens() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(600);
    let reply = app.refresh(&login.refresh).await;
    assert_json_snapshot!(reply.shown());
    let next = LoggedIn::from(&reply);
    assert_ne!((&next.access, &next.refresh), (&login.access, &login.refresh));
    assert_eq!(app.me(&next.access).await.status, 200);
    // The access token before is good until its own time is over.
    assert_eq!(app.me(&login.access).await.status, 200);
}

#[tokio::test]
async fn a_refresh_never_asks_wechat() {
    let mut wechat = people();
    wechat.checkpoint();
    wechat
        .expect_exchange()
        .times(1)
        .returning(|app, _| Ok(session(app, "o-alice", None)));
    let app = Setup::with_wechat(wechat).start().await;
    let login = app.logged_in("alice").await;
    app.refreshed(&login.refresh).await;
}

#[tokio::test]
async fn a_lost_reply_is_answered_again_with_the_same_refresh_token() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(600);
    let lost = app.refreshed(&login.refresh).await;
    app.advance(59);
    let reply = app.refresh(&login.refresh).await;
    assert_json_snapshot!(reply.shown());
    let again = LoggedIn::from(&reply);
    assert_eq!(again.refresh, lost.refresh);
    assert_ne!(part(&again.access, 1)["jti"], part(&lost.access, 1)["jti"]);
    assert_eq!(app.refresh(&again.refresh).await.status, 200);
}

#[tokio::test]
async fn a_repeat_after_the_grace_window_ends_the_session() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let next = app.refreshed(&login.refresh).await;
    app.advance(60);
    assert_json_snapshot!(app.refresh(&login.refresh).await.shown());
    for tokens in [login, next] {
        assert_eq!(what_is_left(&app, &tokens).await, ["session_revoked"; 3]);
    }
}

#[tokio::test]
async fn a_token_of_an_older_generation_ends_the_session_within_the_window_too() {
    let app = TestApp::new().await;
    let first = app.logged_in("alice").await;
    let second = app.refreshed(&first.refresh).await;
    let third = app.refreshed(&second.refresh).await;
    assert_eq!(app.refresh(&first.refresh).await.code(), "refresh_token_reused");
    for tokens in [first, second, third] {
        assert_eq!(what_is_left(&app, &tokens).await, ["session_revoked"; 3]);
    }
}

#[tokio::test]
async fn theft_ends_one_session_and_no_other() {
    let app = TestApp::new().await;
    let other_phone = app.logged_in("alice").await;
    let stolen = app.logged_in("alice").await;
    app.refreshed(&stolen.refresh).await;
    app.advance(60);
    assert_eq!(app.refresh(&stolen.refresh).await.code(), "refresh_token_reused");
    assert_eq!(app.verify(&other_phone.access).await.status, 204);
    assert_eq!(app.refresh(&other_phone.refresh).await.status, 200);
}

#[tokio::test]
async fn without_a_grace_window_every_repeat_is_theft() {
    let app = Setup::with_config(|config| config.tokens.refresh_grace = std::time::Duration::ZERO)
        .start()
        .await;
    let login = app.logged_in("alice").await;
    app.refreshed(&login.refresh).await;
    assert_eq!(app.refresh(&login.refresh).await.code(), "refresh_token_reused");
}

#[tokio::test]
async fn what_is_no_refresh_token_of_ours_is_invalid() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let elsewhere = TestApp::new().await.logged_in("alice").await;
    assert_eq!(
        RefreshTokenParts::of(&elsewhere.refresh),
        RefreshTokenParts::of(&login.refresh),
        "only the MAC tells them apart"
    );
    let flipped = |at: usize| {
        let mut token = login.refresh.clone();
        let other = if token.as_bytes()[at] == b'A' { "B" } else { "A" };
        token.replace_range(at..=at, other);
        token
    };
    for (name, token) in [
        ("garbage", "garbage".to_owned()),
        ("the prefix alone", "wxr_".to_owned()),
        ("of another key", elsewhere.refresh),
        ("an access token", login.access.clone()),
        ("the account changed", flipped(10)),
        ("the generation changed", flipped(50)),
        ("the MAC changed", flipped(60)),
        ("cut", login.refresh[..login.refresh.len() - 1].to_owned()),
        ("longer", format!("{}A", login.refresh)),
        ("a line break after it", format!("{}\n", login.refresh)),
        ("a blank before it", format!(" {}", login.refresh)),
        ("in capitals", login.refresh.to_uppercase()),
        ("as a bearer", format!("Bearer {}", login.refresh)),
        ("not ASCII", "刷新".repeat(16)),
        ("60 KiB", "a".repeat(60 * 1024)),
    ] {
        let reply = app.refresh(&token).await;
        assert_eq!(reply.code(), "refresh_token_invalid", "{name}");
    }
    assert_json_snapshot!(app.refresh("garbage").await.shown());
    assert_eq!(
        app.refresh(&login.refresh).await.status,
        200,
        "nothing was revoked by all that"
    );
}

#[tokio::test]
async fn a_session_that_the_store_does_not_have_any_more_is_invalid() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let restored = Setup::default();
    let keys = app.store.key_ring().await.unwrap().unwrap();
    assert!(restored.store.replace_key_ring(&keys, &[]).await.unwrap());
    let restored = restored.start().await;
    assert_eq!(restored.refresh(&login.refresh).await.code(), "refresh_token_invalid");
    assert_eq!(restored.me(&login.access).await.code(), "session_revoked");
}

#[tokio::test]
async fn a_malformed_request_names_the_field() {
    let app = TestApp::new().await;
    let mut table = String::new();
    for body in [
        json!({}),
        json!({ "refresh_token": null }),
        json!({ "refresh_token": "" }),
        json!({ "refresh_token": 5 }),
        json!({ "refresh_token": ["a"] }),
        json!({ "refreshToken": "a" }),
        json!({ "refresh_token": "a", "grant_type": "refresh_token" }),
    ] {
        let call = Call::post("/v1/token/refresh").language("en").json(&body);
        writeln!(table, "{body}: {}", app.send(call).await.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn the_account_of_the_answer_is_as_it_is_now() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.change_me(&login.access, json!({ "nickname": "Ann" })).await;
    let reply = app.refresh(&login.refresh).await;
    assert_eq!(reply.json()["account"]["nickname"], "Ann");
    assert_eq!(reply.json()["is_new_account"], false);
}

#[tokio::test]
async fn a_unionid_that_appeared_meanwhile_is_in_the_next_access_token() {
    let mut setup = Setup::with_wechat(scripted(|app, code| {
        let unionid = code.ends_with('2').then_some("u-alice");
        Ok(session(app, "o-alice", unionid))
    }));
    setup.config.tokens.extra_claims.unionid = true;
    let app = setup.start().await;
    let before = app.logged_in("alice").await;
    assert_eq!(part(&before.access, 1).get("unionid"), None);
    app.logged_in("alice").await;
    let refreshed = app.refreshed(&before.refresh).await;
    assert_eq!(part(&refreshed.access, 1)["unionid"], "u-alice");
}
