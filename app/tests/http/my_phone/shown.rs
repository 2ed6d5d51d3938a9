//! Where a number that was bound is seen: wherever the account is, and nowhere else.

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::wechat::phone_code_of;

#[tokio::test]
async fn it_is_part_of_the_account_wherever_that_is_shown() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    let bound = app.set_phone(&alice.access, body).await.json();
    let phone = json!({ "number": "+8613800138000", "country_code": "86", "verified_at": "2026-01-28T15:42:56Z" });
    assert_eq!(bound["phone"], phone);
    let login = app.login_of("alice").await.json();
    let alice_again = crate::app::LoggedIn::from(&app.refresh(&alice.refresh).await);
    let found = app.admin_get("accounts?phone=%2B8613800138000").await.list("accounts");
    for (place, account) in [
        ("login", &login["account"]),
        ("me", &app.me(&alice_again.access).await.json()),
        ("my export", &app.export(&alice_again.access).await.json()["account"]),
        ("operators", &app.account(&alice.account).await),
        ("search", &found[0]),
    ] {
        assert_eq!(account["phone"], phone, "{place}");
    }
    assert_eq!(found.len(), 1);
}

#[tokio::test]
async fn the_audit_log_and_tokens_do_not_have_it() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let body = json!({ "phone_code": phone_code_of("alice", "13800138000") });
    app.set_phone(&alice.access, body).await;
    let events = Value::from(app.audit("").await).to_string();
    let tokens = app.refreshed(&alice.refresh).await;
    let claims = crate::token::part(&tokens.access, 1).to_string();
    let introspected = app.introspect(&tokens.access).await;
    for text in [&events, &claims, introspected.text()] {
        assert!(!text.contains("13800138000"), "{text}");
    }
}
