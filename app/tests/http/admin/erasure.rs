//! Erasing an account, and exporting it before.

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::app::{LoggedIn, Setup, TestApp};
use crate::call::Call;
use crate::everything::{everything, table};
use crate::names::Names;
use crate::phone_data::{IV, encrypt, payload};
use crate::wechat::{SESSION_KEY, code_of, united_people};

/// Somebody with all that can be known of a person.
async fn somebody(app: &TestApp) -> LoggedIn {
    let encrypted_data = encrypt(SESSION_KEY, payload().to_string().as_bytes());
    let body = json!({
        "code": code_of("alice", 1), "encrypted_data": encrypted_data, "iv": IV, "device": "Alice's phone",
    });
    let call = Call::post("/v1/login")
        .json(&body)
        .user_agent("Mozilla/5.0 (iPhone) MicroMessenger/8.0.49(0x18003137)")
        .at_peer("203.0.113.9");
    let login = LoggedIn::from(&app.send(call).await);
    app.change_me(&login.access, json!({ "nickname": "Alice in Wonderland" }))
        .await;
    login
}

#[tokio::test]
async fn an_export_has_everything_that_is_held() {
    let app = TestApp::new().await;
    let login = somebody(&app).await;
    app.advance(60);
    let ended = app.logged_in("alice").await;
    app.logout(&ended.access).await;
    app.logged_in("bob").await;
    app.admin_get(&format!("accounts/{}", login.account)).await;
    let reply = app.admin_get(&format!("accounts/{}/export", login.account)).await;
    let names = Names::default()
        .call(&login.account, "alice")
        .call(&login.session, "on the phone")
        .call(&ended.session, "elsewhere");
    assert_json_snapshot!(names.shown(&reply));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
}

/// No page of it is missing.
#[tokio::test]
async fn an_export_has_long_histories_in_full() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    for _ in 0..600 {
        app.admin_get(&format!("accounts/{}", login.account)).await;
    }
    let export = app.admin_get(&format!("accounts/{}/export", login.account)).await;
    let events = export.list("audit");
    let ids: std::collections::HashSet<String> = events.iter().map(|event| event["id"].to_string()).collect();
    assert_eq!((events.len(), ids.len()), (602, 602));
    assert_eq!(events[0]["action"], "account_exported");
    assert_eq!(events[601]["action"], "login_succeeded");
}

#[tokio::test]
async fn an_erased_account_can_do_nothing() {
    let app = TestApp::new().await;
    let login = somebody(&app).await;
    let bob = app.logged_in("bob").await;
    let reply = app.admin_delete(&format!("accounts/{}", login.account)).await;
    assert_eq!((reply.status, reply.text()), (204, ""));
    assert_snapshot!(table(&everything(&app, &login).await));
    assert!(!app.is_active(&login.access).await);
    assert_eq!(
        app.admin_delete(&format!("accounts/{}", login.account)).await.code(),
        "not_found"
    );
    assert_eq!(app.verify(&bob.access).await.status, 204);
}

#[tokio::test]
async fn a_later_login_makes_a_new_account_with_nothing_of_the_old() {
    let app = TestApp::new().await;
    let before = somebody(&app).await;
    app.erase(&before.account).await;
    let reply = app.login_of("alice").await;
    let after = LoggedIn::from(&reply);
    assert_ne!(after.account, before.account);
    assert_eq!(reply.json()["is_new_account"], true);
    let account = &reply.json()["account"];
    assert_eq!((account.get("phone"), account.get("nickname")), (None, None));
    assert_eq!(
        app.sessions(&after.access).await.texts("sessions", "id"),
        [after.session]
    );
    assert_eq!(app.verify(&before.access).await.code(), "session_revoked");
    assert_eq!(app.refresh(&before.refresh).await.code(), "refresh_token_invalid");
}

/// That nothing of the person is in any answer afterwards, [`crate::privacy`] checks.
#[tokio::test]
async fn nobody_finds_the_person_any_more() {
    let app = TestApp::new().await;
    let login = somebody(&app).await;
    let queries = ["", "?openid=o-alice", "?phone=%2B8613800138000", "?status=active"];
    for query in queries {
        let found = app.admin_get(&format!("accounts{query}")).await;
        assert_eq!(found.texts("accounts", "id"), [login.account.as_str()], "{query}");
    }
    app.erase(&login.account).await;
    for query in queries {
        let found = app.admin_get(&format!("accounts{query}")).await;
        assert!(found.list("accounts").is_empty(), "{query}");
    }
    assert_eq!(
        app.admin_get(&format!("accounts/{}/export", login.account))
            .await
            .code(),
        "not_found"
    );
    assert_eq!(
        app.admin_get(&format!("accounts/{}/sessions", login.account))
            .await
            .code(),
        "not_found"
    );
}

#[tokio::test]
async fn the_audit_log_keeps_the_id_and_what_happened_to_it() {
    let app = TestApp::new().await;
    let login = somebody(&app).await;
    app.erase(&login.account).await;
    let names = Names::default()
        .call(&login.account, "alice")
        .call(&login.session, "her session");
    let events = app.audit(&format!("account={}", login.account)).await;
    assert_json_snapshot!(names.of(Value::from(events)));
}

#[tokio::test]
async fn a_suspended_account_is_erased_as_well_and_its_person_may_come_back() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.suspend(&login.account).await;
    app.erase(&login.account).await;
    assert_eq!(app.login_of("alice").await.json()["is_new_account"], true);
}

#[tokio::test]
async fn a_unionid_of_an_erased_account_leads_to_the_new_one() {
    let app = Setup::with_wechat(united_people()).start().await;
    let before = app.logged_in("alice").await;
    app.erase(&before.account).await;
    assert!(
        app.admin_get("accounts?unionid=u-alice")
            .await
            .list("accounts")
            .is_empty()
    );
    let after = app.logged_in("alice").await;
    let found = app.admin_get("accounts?unionid=u-alice").await;
    assert_eq!(found.texts("accounts", "id"), [after.account.as_str()]);
    assert_ne!(after.account, before.account);
}
