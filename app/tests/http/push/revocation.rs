//! `user_authorization_revoke`: a person takes back what they had let the app have.

use std::fmt::Write as _;

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::push;
use crate::app::{APPID, LoggedIn, TestApp};
use crate::sealing::{event_with, sealed};
use crate::wechat::phone_code_of;

/// Somebody with all that can be taken back.
async fn somebody(app: &TestApp) -> LoggedIn {
    let alice = app.logged_in("alice").await;
    let profile = json!({ "nickname": "Alice in Wonderland", "avatar_url": "https://thirdwx.qlogo.cn/alice.png" });
    app.change_me(&alice.access, profile).await;
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    app.set_phone(&alice.access, body).await;
    alice
}

async fn revoke(app: &TestApp, openid: &str, revoke_info: impl Into<Value>) {
    let more = json!({ "RevokeInfo": revoke_info.into(), "PluginID": "", "OpenPID": "" });
    let message = event_with("user_authorization_revoke", openid, &more).to_string();
    push(app, sealed(APPID, &message)).await;
}

#[tokio::test]
async fn exactly_what_is_named_is_forgotten() {
    let app = TestApp::new().await;
    let mut table = String::new();
    for revoke_info in [
        "8",
        "6",
        "19",
        "20",
        "6,8",
        "8,6",
        "19,20",
        " 8 , 20 ",
        "1,2,3,4,5,7,12,13,14,15,16,18",
        "",
        "8,nonsense,20",
        "88",
        "-8",
        "99999999999999999999",
    ] {
        let alice = somebody(&app).await;
        let before = app.me(&alice.access).await.json();
        revoke(&app, "o-alice", revoke_info).await;
        let after = app.me(&alice.access).await.json();
        let forgotten: Vec<&str> = ["phone", "nickname", "avatar_url"]
            .into_iter()
            .filter(|name| after.get(name).is_none())
            .collect();
        for (name, value) in after.as_object().unwrap() {
            assert_eq!(before[name], *value, "{revoke_info}");
        }
        let event = app.audit("action=authorization_revoked").await.remove(0);
        let detail = event.get("detail").map_or("-", |detail| detail.as_str().unwrap());
        writeln!(table, "{revoke_info:?}: {}; told as {detail:?}", forgotten.join(", ")).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn a_number_is_read_like_a_text() {
    let app = TestApp::new().await;
    let alice = somebody(&app).await;
    revoke(&app, "o-alice", 8).await;
    assert_eq!(app.me(&alice.access).await.json().get("phone"), None);
}

#[tokio::test]
async fn the_person_stays_logged_in() {
    let app = TestApp::new().await;
    let alice = somebody(&app).await;
    revoke(&app, "o-alice", "6,8").await;
    assert_eq!(app.verify(&alice.access).await.status, 204);
    assert_eq!(app.refresh(&alice.refresh).await.status, 200);
    let found = app.admin_get("accounts?phone=%2B8613800138000").await;
    assert!(found.list("accounts").is_empty());
}

#[tokio::test]
async fn a_late_repeat_does_not_take_what_was_given_since() {
    let app = TestApp::new().await;
    let alice = somebody(&app).await;
    revoke(&app, "o-alice", "8").await;
    let body = json!({ "phone_code": phone_code_of("alice", "13900139000") });
    app.set_phone(&alice.access, body).await;
    revoke(&app, "o-alice", "8").await;
    assert_eq!(app.me(&alice.access).await.json()["phone"]["number"], "+8613900139000");
}

#[tokio::test]
async fn nobody_else_is_concerned() {
    let app = TestApp::new().await;
    let alice = somebody(&app).await;
    let before = app.me(&alice.access).await.json();
    for openid in ["o-bob", "o-alic", "O-ALICE"] {
        revoke(&app, openid, "6,8").await;
    }
    assert_eq!(app.me(&alice.access).await.json(), before);
}

/// A person finds it in what is held about them.
#[tokio::test]
async fn the_audit_log_has_it_on_the_account() {
    let app = TestApp::new().await;
    let alice = somebody(&app).await;
    revoke(&app, "o-alice", "6,8").await;
    let export = app.export(&alice.access).await.list("audit");
    let told = export.iter().find(|event| event["action"] == "authorization_revoked");
    let told = told.expect("it is there");
    assert_eq!((&told["actor"], &told["detail"]), (&json!("wechat"), &json!("6,8")));
    assert_eq!(told["account_id"], alice.account);
}
