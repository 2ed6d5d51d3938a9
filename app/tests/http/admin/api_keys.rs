//! `/admin/v1/api-keys`

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use poem::http::header;
use serde_json::{Value, json};
use wxlogin_domain::api_key::ApiKeyDigest;
use wxlogin_domain::ports::api_key_store::ApiKeyStore as _;

use crate::app::{ADMIN_KEY, INTROSPECT_KEY, Setup, TestApp};
use crate::call::Call;
use crate::names::Names;

fn ask() -> Call {
    Call::post("/v1/introspect").form(&[("token", "garbage")])
}

#[tokio::test]
async fn a_new_key_is_shown_once_and_its_digest_is_kept() {
    let app = TestApp::new().await;
    let reply = app.make_api_key("orders", &["introspect"]).await;
    assert_json_snapshot!(Names::default().shown(&reply));
    let key = reply.json()["key"].as_str().unwrap().to_owned();
    assert!(key.starts_with("wxk_") && key.len() == 4 + 43, "{key}");
    let stored = app.store.api_keys().await.unwrap();
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].digest, ApiKeyDigest::of(&key.as_str().into()));
    assert!(!format!("{stored:?}").contains(&key[4..]));
    // That no later answer has it, secrets.rs checks.
    assert_json_snapshot!("listed", Names::default().shown(&app.admin_get("api-keys").await));
}

#[tokio::test]
async fn keys_differ() {
    let app = TestApp::new().await;
    let (one, other) = (
        app.api_key("one", &["admin"]).await,
        app.api_key("other", &["admin"]).await,
    );
    assert_ne!(one, other);
}

#[tokio::test]
async fn a_new_key_works_at_once_for_what_it_allows() {
    let app = TestApp::new().await;
    let introspects = app.api_key("orders", &["introspect"]).await;
    let administers = app.api_key("operator", &["admin"]).await;
    let both = app.api_key("both", &["introspect", "admin"]).await;
    let mut table = String::new();
    for (name, key) in [("orders", introspects), ("operator", administers), ("both", both)] {
        for (what, call) in [("introspection", ask()), ("stats", Call::get("/admin/v1/stats"))] {
            let bearer = app.send(call.clone().bearer(&key)).await;
            let basic = app.send(call.clone().basic(name, &key)).await;
            let misnamed = app.send(call.basic("test", &key)).await;
            assert_eq!(
                (bearer.status, misnamed.code().as_str()),
                (basic.status, "token_invalid")
            );
            writeln!(table, "{name}, {what}: {}", bearer.status).unwrap();
        }
    }
    assert_snapshot!(table, @r"
    orders, introspection: 200
    orders, stats: 403
    operator, introspection: 403
    operator, stats: 200
    both, introspection: 200
    both, stats: 200
    ");
}

#[tokio::test]
async fn what_a_key_does_is_written_down_under_its_name() {
    let app = TestApp::new().await;
    let key = app.api_key("operator", &["admin"]).await;
    app.send(Call::get("/admin/v1/accounts").bearer(&key)).await;
    assert_eq!(app.audit("limit=1").await[0]["actor"], "api_key:operator");
}

#[tokio::test]
async fn a_removed_key_is_refused_at_once() {
    let app = TestApp::new().await;
    let key = app.api_key("orders", &["introspect"]).await;
    assert_eq!(app.send(ask().bearer(&key)).await.status, 200);
    let reply = app.admin_delete("api-keys/orders").await;
    assert_eq!((reply.status, reply.text()), (204, ""));
    assert_eq!(app.send(ask().bearer(&key)).await.code(), "token_invalid");
    assert_eq!(app.send(ask().basic("orders", &key)).await.code(), "token_invalid");
    assert_eq!(app.admin_delete("api-keys/orders").await.code(), "not_found");
    let again = app.api_key("orders", &["introspect"]).await;
    assert_ne!(again, key);
    assert_eq!(
        app.send(ask().bearer(&key)).await.code(),
        "token_invalid",
        "it stays so"
    );
}

#[tokio::test]
async fn a_key_may_remove_itself() {
    let app = TestApp::new().await;
    let key = app.api_key("operator", &["admin"]).await;
    let remove = || Call::delete("/admin/v1/api-keys/operator").bearer(&key);
    assert_eq!(app.send(remove()).await.status, 204);
    assert_eq!(app.send(remove()).await.code(), "token_invalid");
}

#[tokio::test]
async fn a_key_of_the_configuration_is_not_removed_here() {
    let app = Setup::with_callers().start().await;
    let call = |language| Call::delete("/admin/v1/api-keys/orders").language(language);
    assert_json_snapshot!("in_chinese", Names::default().shown(&app.operate(call("zh")).await));
    assert_json_snapshot!("in_english", Names::default().shown(&app.operate(call("en")).await));
    assert_eq!(app.send(ask().bearer(INTROSPECT_KEY)).await.status, 200);
}

#[tokio::test]
async fn a_key_that_is_not_there_is_not_found() {
    let app = TestApp::new().await;
    app.api_key("orders", &["introspect"]).await;
    for name in [
        "nothing",
        "ORDERS",
        "order",
        "orders%20",
        "%20",
        "%ff",
        "a%2fb",
        &"a".repeat(65),
    ] {
        assert_eq!(
            app.admin_delete(&format!("api-keys/{name}")).await.code(),
            "not_found",
            "{name}"
        );
    }
    assert_json_snapshot!(Names::default().shown(&app.admin_delete("api-keys/nothing").await));
}

#[tokio::test]
async fn names() {
    let app = TestApp::new().await;
    let mut table = String::new();
    for name in [
        json!("a"),
        json!("A-Z_a.z0"),
        json!("..."),
        json!("a".repeat(64)),
        json!("A-Z_a.z0"),
        json!("a-z_a.z0"),
        json!("test"),
        json!("command-line"),
        json!("a".repeat(65)),
        json!(""),
        json!(" "),
        json!(" a"),
        json!("a b"),
        json!("a:b"),
        json!("a/b"),
        json!("名"),
        json!("a\n"),
        json!(null),
        json!(5),
        json!(["a"]),
    ] {
        let body = json!({ "name": name, "scopes": ["introspect"] });
        let reply = app
            .operate(Call::post("/admin/v1/api-keys").language("en").json(&body))
            .await;
        let shown: String = name.to_string().chars().take(16).collect();
        writeln!(table, "{shown}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn scopes() {
    let app = TestApp::new().await;
    let mut table = String::new();
    for (number, scopes) in (1..).zip([
        json!(["admin"]),
        json!(["introspect"]),
        json!(["introspect", "admin"]),
        json!(["introspect", "introspect", "introspect"]),
        json!([]),
        json!(null),
        json!("introspect"),
        json!(["Introspect"]),
        json!(["introspect", "everything"]),
        json!(["introspect", 5]),
        json!(["*"]),
        json!({ "introspect": true }),
    ]) {
        let body = json!({ "name": format!("key-{number}"), "scopes": scopes });
        let reply = app
            .operate(Call::post("/admin/v1/api-keys").language("en").json(&body))
            .await;
        let kept = reply.json().pointer("/api_key/scopes").map(Value::to_string);
        writeln!(table, "{scopes}: {}", kept.unwrap_or_else(|| reply.brief())).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn bodies() {
    let app = TestApp::new().await;
    let call = || Call::post("/admin/v1/api-keys").language("en");
    let mut table = String::new();
    for (name, call) in [
        ("nothing", call()),
        ("an empty object", call().json(&json!({}))),
        (
            "everything wrong",
            call().json(&json!({ "name": "a b", "scopes": [], "key": "mine" })),
        ),
        (
            "a key of one's own",
            call().json(&json!({ "name": "a", "scopes": ["admin"], "key": "my-own-key-my-own-key" })),
        ),
        (
            "a name twice",
            call().said_to_be_json(r#"{"name":"a","name":"b","scopes":["admin"]}"#),
        ),
        ("a form", call().form(&[("name", "a"), ("scopes", "admin")])),
        ("no JSON", call().said_to_be_json("{")),
        ("64 KiB and a byte", call().said_to_be_json(vec![b' '; 64 * 1024 + 1])),
    ] {
        writeln!(table, "{name}: {}", app.operate(call).await.brief()).unwrap();
    }
    assert_snapshot!(table);
    assert!(app.store.api_keys().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_list_has_configured_and_made_keys_and_no_secret() {
    let app = Setup::with_callers().start().await;
    app.api_key("shop", &["introspect"]).await;
    app.api_key("backoffice", &["admin"]).await;
    let reply = app.admin_get("api-keys").await;
    assert_json_snapshot!(Names::default().shown(&reply));
    for word in ["wxk_", "digest", "\"key\"", INTROSPECT_KEY, ADMIN_KEY] {
        assert!(!reply.text().contains(word), "{word}");
    }
}

#[tokio::test]
async fn a_new_key_must_not_be_kept_by_anything_between() {
    let app = TestApp::new().await;
    let reply = app.make_api_key("orders", &["introspect"]).await;
    assert_eq!(reply.header(header::CACHE_CONTROL.as_str()), Some("no-store"));
}

#[tokio::test]
async fn there_is_an_end_to_how_many_there_may_be() {
    let app = TestApp::new().await;
    for number in 0..1000 {
        app.services
            .api_keys
            .create(
                &wxlogin_domain::origin::Origin::service(),
                wxlogin_domain::api_key::ApiKeyName::parse(&format!("key-{number}")).unwrap(),
                vec![wxlogin_domain::api_key::Scope::Introspect],
            )
            .await
            .unwrap();
    }
    let body = json!({ "name": "one-more", "scopes": ["introspect"] });
    let reply = app
        .operate(Call::post("/admin/v1/api-keys").language("en").json(&body))
        .await;
    assert_eq!(
        reply.brief(),
        "400 invalid_request fix_request\n    \"name\": \"there are too many API keys\""
    );
}
