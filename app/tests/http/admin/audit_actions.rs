//! `GET /admin/v1/audit`: each event is written by the act that it is named after.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};
use wxlogin::config::MasterKey;
use wxlogin::wiring::reseal;
use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::origin::Origin;

use crate::app::{APPID, TestApp};
use crate::call::Call;
use crate::documented::DOCUMENT;
use crate::names::Names;
use crate::sealing::{event, event_with, sealed};
use crate::wechat::{BAD_CODE, phone_code_of};

fn a_phone() -> Value {
    json!({ "phone_code": phone_code_of("alice", "13800138000") })
}

async fn push(app: &TestApp, message: Value) {
    let reply = app.send(sealed(APPID, &message.to_string())).await;
    assert_eq!(reply.text(), "success");
}

/// Does what is said, and answers what it is to be called in snapshots.
async fn act(app: &TestApp, what: &str) -> Names {
    let login = app.logged_in("alice").await;
    let names = Names::default()
        .call(&login.account, "alice")
        .call(&login.session, "her session");
    match what {
        "a login" => {}
        "a login with a wrong code" => {
            app.login(json!({ "code": BAD_CODE })).await;
        }
        "a login while suspended" => {
            app.suspend(&login.account).await;
            app.login_of("alice").await;
        }
        "an old refresh token" => {
            let next = app.refreshed(&login.refresh).await;
            app.refreshed(&next.refresh).await;
            app.refresh(&login.refresh).await;
        }
        "a logout" => drop(app.logout(&login.access).await),
        "a logout of all" => drop(app.logout_with(&login.access, json!({ "all": true })).await),
        "a revocation" => drop(app.revoke(&login.refresh).await),
        "a session ended by its owner" => drop(app.end_session(&login.access, &login.session).await),
        "a session ended by an operator" => {
            let path = format!("accounts/{}/sessions/{}", login.account, login.session);
            app.admin_delete(&path).await;
        }
        "all sessions ended" => drop(app.admin_delete(&format!("accounts/{}/sessions", login.account)).await),
        "a suspension" => app.suspend(&login.account).await,
        "a restoration" => {
            app.suspend(&login.account).await;
            app.restore(&login.account).await;
        }
        "an erasure" => app.erase(&login.account).await,
        "a merge" => {
            let bob = app.logged_in("bob").await;
            app.merge(&bob.account, json!({ "into": login.account, "keep": login.account }))
                .await;
            return names.call(&bob.account, "bob");
        }
        "a number" => drop(app.set_phone(&login.access, a_phone()).await),
        "a number removed" => {
            app.set_phone(&login.access, a_phone()).await;
            app.remove_phone(&login.access).await;
        }
        "a change at WeChat" => push(app, event("user_info_modified", "o-alice")).await,
        "an authorization taken back" => {
            let what = json!({ "RevokeInfo": "6,8" });
            push(app, event_with("user_authorization_revoke", "o-alice", &what)).await;
        }
        "a cancellation at WeChat" => push(app, event("user_authorization_cancellation", "o-alice")).await,
        "a new session key" => drop(app.reset_session_key(&login.access).await),
        "a look at an account" => drop(app.admin_get(&format!("accounts/{}", login.account)).await),
        "a list of all accounts" => drop(app.admin_get("accounts?limit=1").await),
        "a search" => drop(
            app.admin_get("accounts?openid=o-alice&phone=%2B8613800138000&status=active")
                .await,
        ),
        "an import" => {
            app.import("10023").await;
        }
        "an export" => drop(app.admin_get(&format!("accounts/{}/export", login.account)).await),
        "a rotation" => {
            app.advance(360);
            app.rotate().await;
        }
        "a rotation by itself" => {
            app.advance(90 * 86_400);
            app.services.keys.tend().await.unwrap();
        }
        "a retirement" => {
            let next = app.kid("next").await;
            app.retire(&next).await;
            return names.call(&next, "the next key");
        }
        "a new key of refresh tokens" => {
            app.admin_post("keys/replace-refresh-key").await;
        }
        "a resealing" => {
            let (old, new) = (MasterKey::for_testing(), MasterKey::development([7; 20]));
            assert!(reseal(&*app.store, &old, &new, &Origin::service()).await.unwrap());
        }
        "an API key" => drop(app.api_key("orders", &["introspect"]).await),
        "an API key removed" => {
            app.api_key("orders", &["introspect"]).await;
            app.admin_delete("api-keys/orders").await;
        }
        other => panic!("{other} is missing"),
    }
    names
}

#[tokio::test]
async fn every_act_is_written_down() {
    let mut table = String::new();
    let mut found = BTreeSet::new();
    for what in [
        "a login",
        "a login with a wrong code",
        "a login while suspended",
        "an old refresh token",
        "a logout",
        "a logout of all",
        "a revocation",
        "a session ended by its owner",
        "a session ended by an operator",
        "all sessions ended",
        "a suspension",
        "a restoration",
        "an erasure",
        "a merge",
        "a number",
        "a number removed",
        "a change at WeChat",
        "an authorization taken back",
        "a cancellation at WeChat",
        "a new session key",
        "a look at an account",
        "a list of all accounts",
        "a search",
        "an import",
        "an export",
        "a rotation",
        "a rotation by itself",
        "a retirement",
        "a resealing",
        "a new key of refresh tokens",
        "an API key",
        "an API key removed",
    ] {
        let app = TestApp::new().await;
        let names = act(&app, what).await;
        let mut event = app.audit("limit=1").await.remove(0);
        let action = event["action"].as_str().unwrap().to_owned();
        found.insert(action.clone());
        if what == "a merge" {
            // Told on the account that is left; on the other one it is told besides.
            let away = app.audit("action=account_merged_away").await;
            found.extend(away.iter().map(|event| event["action"].as_str().unwrap().to_owned()));
        }
        if ["a resealing", "an import"].contains(&what) {
            // It is a command's, and a command's clock is the machine's.
            event["at"] = "[now]".into();
        }
        let fields = names.of(event);
        let fields = fields
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| *name != "action" && *name != "id");
        let fields: Vec<String> = fields
            .map(|(name, value)| format!("{name} {}", value.as_str().unwrap()))
            .collect();
        writeln!(table, "{what}: {action}\n    {}", fields.join("\n    ")).unwrap();
    }
    assert_snapshot!(table);
    let all: BTreeSet<String> = AuditAction::ALL
        .iter()
        .map(|action| action.as_str().to_owned())
        .collect();
    // It takes two accounts, and has tests of its own.
    found.insert("unionid_conflict".to_owned());
    assert_eq!(found, all, "each of them is there");
}

/// Whoever reads the log knows what to look for.
#[test]
fn the_document_names_every_action() {
    let schemas = &DOCUMENT["components"]["schemas"];
    let words = schemas["AuditEvent"]["properties"]["action"]["description"]
        .as_str()
        .unwrap();
    for action in AuditAction::ALL {
        assert!(words.contains(&format!("`{}`", action.as_str())), "{action:?}");
    }
}

#[tokio::test]
async fn a_page_in_full() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let call = Call::post("/v1/logout").bearer(&login.access).at_peer("203.0.113.9");
    app.send(call.request_id("logout-of-alice")).await;
    app.operate(Call::get(&format!("/admin/v1/accounts/{}", login.account)))
        .await;
    let names = Names::default()
        .call(&login.account, "alice")
        .call(&login.session, "her session");
    assert_json_snapshot!(names.shown(&app.admin_get("audit").await));
}

#[tokio::test]
async fn the_log_is_empty_at_first_and_reading_it_leaves_it_so() {
    let app = TestApp::new().await;
    for path in ["audit", "keys", "api-keys", "stats", "audit"] {
        assert_eq!(app.admin_get(path).await.status, 200);
    }
    assert_eq!(app.admin_get("audit").await.json(), json!({ "events": [] }));
}

#[tokio::test]
async fn an_act_that_did_not_happen_is_not_written_down() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let before = app.audit("").await;
    app.logout("garbage").await;
    app.refresh("garbage").await;
    app.revoke("garbage").await;
    app.end_session(&login.access, "garbage").await;
    app.remove_phone(&login.access).await;
    app.set_phone(&login.access, json!({ "phone_code": BAD_CODE })).await;
    app.check_session_key(&login.access).await;
    app.merge(&login.account, json!({ "into": login.account })).await;
    app.rotate().await;
    app.retire("garbage").await;
    app.make_api_key("test", &["introspect"]).await;
    app.make_api_key("", &[]).await;
    app.admin_delete("api-keys/test").await;
    app.admin_delete("api-keys/nothing").await;
    app.send(Call::get("/admin/v1/accounts").bearer("garbage")).await;
    assert_eq!(app.audit("").await, before);
}

#[tokio::test]
async fn two_replays_within_the_grace_window_are_no_theft() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.refreshed(&login.refresh).await;
    app.refreshed(&login.refresh).await;
    assert_eq!(app.audit("action=refresh_token_reused").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_stolen_refresh_token_is_written_down_once() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.refreshed(&login.refresh).await;
    app.advance(61);
    for _ in 0..3 {
        app.refresh(&login.refresh).await;
    }
    assert_eq!(app.audit("action=refresh_token_reused").await.len(), 1);
}
