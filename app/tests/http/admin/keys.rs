//! `/admin/v1/keys`: the life of signing keys.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::Value;
use wxlogin_domain::key_ring::Algorithm;

use crate::app::{Setup, TestApp};
use crate::names::Names;
use crate::token::part;

/// Numbers keys in the order in which they were made.
#[derive(Default)]
struct Numbered(Vec<String>);

impl Numbered {
    fn of(&mut self, kid: &str) -> usize {
        let known = self.0.iter().position(|known| known == kid);
        1 + known.unwrap_or_else(|| {
            self.0.push(kid.to_owned());
            self.0.len() - 1
        })
    }

    /// The keys as the ring, the JWKS and the next token have them, in a line.
    async fn shown(&mut self, app: &TestApp) -> String {
        let keys = app.admin_get("keys").await.list("keys");
        let mut shown = Vec::new();
        for key in &keys {
            let number = self.of(key["kid"].as_str().unwrap());
            let (state, time) = (
                key["state"].as_str().unwrap(),
                key["since"].as_str().or(key["until"].as_str()),
            );
            shown.push(format!("{number} {state} {}", &time.unwrap()[8..19]));
        }
        let jwks = app.get("/.well-known/jwks.json").await.texts("keys", "kid");
        let published: Vec<String> = jwks.iter().map(|kid| self.of(kid).to_string()).collect();
        let signs = part(&app.logged_in("alice").await.access, 0)["kid"]
            .as_str()
            .unwrap()
            .to_owned();
        format!(
            "{}; published {}; {} signs",
            shown.join(", "),
            published.join(" "),
            self.of(&signs)
        )
    }
}

#[tokio::test]
async fn a_new_deployment_has_a_key_and_its_successor() {
    let app = TestApp::new().await;
    let reply = app.admin_get("keys").await;
    assert_json_snapshot!(Names::default().shown(&reply));
    let jwks = app.get("/.well-known/jwks.json").await;
    assert_eq!(jwks.texts("keys", "kid"), reply.texts("keys", "kid"));
}

#[tokio::test]
async fn a_key_takes_over_when_every_verifier_knows_it() {
    let app = TestApp::new().await;
    let mut lines = String::new();
    let mut keys = Numbered::default();
    for seconds in [0, 1, 358, 1, 0, 359, 1, 990] {
        app.advance(seconds);
        app.services.keys.tend().await.unwrap();
        let reply = app.rotate().await;
        writeln!(lines, "{seconds} s later: {}", reply.brief()).unwrap();
        writeln!(lines, "    {}", keys.shown(&app).await).unwrap();
    }
    assert_snapshot!(lines);
}

#[tokio::test]
async fn the_answer_of_a_rotation_is_the_new_ring() {
    let app = TestApp::new().await;
    app.advance(360);
    let before = app.kid("next").await;
    let reply = app.rotate().await;
    assert_json_snapshot!(Names::default().call(&before, "the next key before").shown(&reply));
    assert_eq!(reply.json(), app.admin_get("keys").await.json());
}

#[tokio::test]
async fn a_rotation_that_comes_too_early_says_when_to_come_again() {
    let app = TestApp::new().await;
    app.advance(100);
    let reply = app.rotate().await;
    assert_json_snapshot!("in_chinese", Names::default().shown(&reply));
    let call = crate::call::Call::post("/admin/v1/keys/rotate").language("en");
    let reply = app.operate(call).await;
    assert_json_snapshot!("in_english", Names::default().shown(&reply));
}

#[tokio::test]
async fn tokens_of_the_key_before_are_believed_until_the_last_has_expired() {
    let app = TestApp::new().await;
    app.advance(360);
    let login = app.logged_in("alice").await;
    app.rotate().await;
    app.advance(929);
    app.services.keys.tend().await.unwrap();
    assert_eq!(app.verify(&login.access).await.status, 204);
    app.advance(1);
    assert_eq!(app.verify(&login.access).await.code(), "token_expired");
    app.advance(60);
    app.services.keys.tend().await.unwrap();
    assert_eq!(
        app.verify(&login.access).await.code(),
        "token_invalid",
        "the key is forgotten"
    );
    assert_eq!(app.refresh(&login.refresh).await.status, 200);
}

#[tokio::test]
async fn a_new_key_of_refresh_tokens_refuses_the_old_ones_and_nothing_else() {
    let app = TestApp::new().await;
    let before = app.logged_in("alice").await;
    assert_eq!(app.admin_post("keys/replace-refresh-key").await.status, 204);
    assert_eq!(app.refresh(&before.refresh).await.code(), "refresh_token_invalid");
    assert_eq!(app.verify(&before.access).await.status, 204);
    assert!(app.revoke(&before.refresh).await.status == 200);
    assert_eq!(app.verify(&before.access).await.status, 204, "it was no token of ours");
    let after = app.logged_in("alice").await;
    assert_eq!(after.account, before.account);
    assert_eq!(app.refresh(&after.refresh).await.status, 200);
    let events = app.admin_get("audit?action=refresh_key_replaced").await;
    assert_eq!(events.json()["events"][0]["actor"], "api_key:test");
}

#[tokio::test]
async fn whichever_key_is_retired_one_signs_and_one_follows() {
    let mut lines = String::new();
    for state in ["active", "next", "retiring", "retired"] {
        let app = TestApp::new().await;
        let mut keys = Numbered::default();
        app.advance(360);
        app.rotate().await;
        app.advance(60);
        app.retire(&app.kid("next").await).await;
        writeln!(
            lines,
            "retiring the one that is {state}\n    {}",
            keys.shown(&app).await
        )
        .unwrap();
        let kid = app.kid(state).await;
        for _ in 0..2 {
            app.advance(60);
            assert_eq!(app.retire(&kid).await.status, 200);
            writeln!(lines, "    {}", keys.shown(&app).await).unwrap();
        }
    }
    assert_snapshot!(lines);
}

#[tokio::test]
async fn tokens_of_a_retired_key_are_over_at_once_and_people_stay_logged_in() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let kid = app.kid("active").await;
    assert_eq!(part(&login.access, 0)["kid"], Value::from(kid.as_str()));
    let reply = app.retire(&kid).await;
    assert_json_snapshot!(Names::default().call(&kid, "the key").shown(&reply));
    for reply in [app.verify(&login.access).await, app.me(&login.access).await] {
        assert_eq!(reply.code(), "token_invalid");
    }
    assert!(!app.is_active(&login.access).await);
    let next = app.refreshed(&login.refresh).await;
    assert_eq!(app.verify(&next.access).await.status, 204);
    let published = app.get("/.well-known/jwks.json").await.texts("keys", "kid");
    assert!(!published.contains(&kid));
    assert_eq!(published.len(), 2);
}

#[tokio::test]
async fn a_key_that_is_not_there_is_not_found() {
    let app = TestApp::new().await;
    let before = app.admin_get("keys").await.json();
    let active = app.kid("active").await;
    for kid in [
        "nothing",
        "rotate",
        "%20",
        "%ff",
        "..",
        &active[..42],
        &active.to_lowercase(),
        &"a".repeat(4000),
    ] {
        assert_eq!(app.retire(kid).await.code(), "not_found", "{kid}");
    }
    assert_json_snapshot!(Names::default().shown(&app.retire("nothing").await));
    assert_eq!(app.admin_get("keys").await.json(), before);
}

#[tokio::test]
async fn each_algorithm_has_keys_that_rotate() {
    for algorithm in Algorithm::ALL {
        let app = Setup::with_config(|config| config.tokens.algorithm = algorithm)
            .start()
            .await;
        app.advance(360);
        let before = app.logged_in("alice").await;
        assert_eq!(app.rotate().await.status, 200);
        assert_eq!(
            app.admin_get("keys").await.texts("keys", "alg"),
            [algorithm.as_str(); 3]
        );
        for login in [before, app.logged_in("alice").await] {
            assert_eq!(app.verify(&login.access).await.status, 204, "{algorithm}");
        }
    }
}

#[tokio::test]
async fn a_year_after_its_end_a_key_is_forgotten() {
    let app = TestApp::new().await;
    let kid = app.kid("active").await;
    app.retire(&kid).await;
    for (days, is_there) in [(364, true), (1, false)] {
        app.advance(days * 86_400);
        app.services.keys.tend().await.unwrap();
        let kids = app.admin_get("keys").await.texts("keys", "kid");
        assert_eq!(kids.contains(&kid), is_there, "{days}");
    }
    assert_eq!(app.retire(&kid).await.code(), "not_found");
}
