//! Nothing of the operators' part is open to anybody else. The OpenAPI document says what there is, so that a guard that
//! was forgotten is found.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::app::{ADMIN_KEY, INTROSPECT_KEY, LoggedIn, Setup, TestApp};
use crate::call::Call;
use crate::documented::DOCUMENT;
use crate::store::Mood;

/// A service with something of everything.
struct Scene {
    app: TestApp,
    login: LoggedIn,
    other: LoggedIn,
    kid: String,
}

impl Scene {
    async fn set() -> Self {
        let app = Setup::with_callers().start().await;
        app.advance(360);
        app.api_key("shop", &["introspect"]).await;
        app.keep_house().await;
        Self {
            login: app.logged_in("alice").await,
            other: app.logged_in("bob").await,
            kid: app.kid("active").await,
            app,
        }
    }

    /// A good call of each operation, without credentials.
    fn calls(&self) -> Vec<(String, Call)> {
        let paths = DOCUMENT["paths"].as_object().unwrap();
        let admin = paths.iter().filter(|(path, _)| path.starts_with("/admin/"));
        let operations =
            admin.flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| (path, method)));
        operations
            .map(|(path, method)| {
                let method = method.to_uppercase();
                let filled = path
                    .replace("{id}", &self.login.account)
                    .replace("{session_id}", &self.login.session)
                    .replace("{kid}", &self.kid)
                    .replace("{name}", "shop");
                assert!(!filled.contains('{'), "{path} has a new parameter");
                let call = Call::new(method.parse().unwrap(), &filled);
                let call = match (method.as_str(), path.as_str()) {
                    ("POST", "/admin/v1/api-keys") => call.json(&json!({ "name": "new", "scopes": ["introspect"] })),
                    ("POST", "/admin/v1/accounts/{id}/merge") => {
                        call.json(&json!({ "into": self.other.account, "keep": self.other.account }))
                    }
                    _ => call,
                };
                (format!("{method} {path}"), call)
            })
            .collect()
    }

    /// What an intruder could have changed.
    async fn state(&self) -> Value {
        let audit = self.app.audit("").await;
        json!({
            "account": self.app.me(&self.login.access).await.json(),
            "other": self.app.me(&self.other.access).await.json(),
            "keys": self.app.admin_get("keys").await.json(),
            "api_keys": self.app.admin_get("api-keys").await.json(),
            "events": audit.len(),
        })
    }
}

#[tokio::test]
async fn every_operation_wants_a_key_with_the_scope_admin() {
    let scene = Scene::set().await;
    let before = scene.state().await;
    let mut table = String::new();
    for (operation, call) in scene.calls() {
        for (credentials, call, refused) in [
            ("none", call.clone(), "unauthorized"),
            (
                "a wrong key",
                call.clone().bearer("wrong-key-wrong-key-wrong-key-wrong-key"),
                "token_invalid",
            ),
            (
                "another's name",
                call.clone().basic("operator", INTROSPECT_KEY),
                "token_invalid",
            ),
            (
                "an access token",
                call.clone().bearer(&scene.login.access),
                "token_invalid",
            ),
            (
                "a refresh token",
                call.clone().bearer(&scene.login.refresh),
                "token_invalid",
            ),
            (
                "a key for introspection",
                call.clone().bearer(INTROSPECT_KEY),
                "insufficient_scope",
            ),
        ] {
            let reply = scene.app.send(call).await;
            assert_eq!(reply.code(), refused, "{operation} with {credentials}");
            let challenge = reply.header("www-authenticate").unwrap();
            assert!(challenge.contains(r#"scope="admin""#), "{operation}: {challenge}");
        }
        writeln!(table, "{operation}").unwrap();
    }
    assert_snapshot!(table);
    assert_eq!(scene.state().await, before);
}

#[tokio::test]
async fn every_operation_takes_a_key_that_allows_nothing_else() {
    let mut table = String::new();
    for (operation, _) in Scene::set().await.calls() {
        let scene = Scene::set().await;
        let (_, call) = scene.calls().into_iter().find(|(name, _)| *name == operation).unwrap();
        let head = call.clone();
        let reply = scene.app.send(call.basic("operator", ADMIN_KEY)).await;
        writeln!(table, "{operation}: {}", reply.status).unwrap();
        if operation.starts_with("GET") {
            assert_eq!(scene.app.send(head.bearer(ADMIN_KEY)).await.status, 200);
        }
    }
    assert_snapshot!(table);
}

#[test]
fn the_document_says_which_credentials_are_wanted() {
    let either = json!([{ "apiKeyBearer": [] }, { "apiKeyBasic": [] }]);
    for (path, item) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let wants_key = path.starts_with("/admin/") || path == "/v1/introspect";
            let security = &operation["security"];
            assert_eq!(*security == either, wants_key, "{method} {path}: {security}");
        }
    }
}

#[tokio::test]
async fn refusals_name_the_scope() {
    let app = Setup::with_callers().start().await;
    let call = || Call::get("/admin/v1/stats").language("en").request_id("mine");
    assert_json_snapshot!("without_credentials", app.send(call()).await.shown());
    assert_json_snapshot!(
        "without_the_scope",
        app.send(call().bearer(INTROSPECT_KEY)).await.shown()
    );
}

#[tokio::test]
async fn a_caller_is_asked_for_before_anything_is_read() {
    let app = Setup::with_callers().start().await;
    for call in [
        Call::post("/admin/v1/api-keys").said_to_be_json("no JSON"),
        Call::get("/admin/v1/accounts?nonsense=1"),
        Call::get("/admin/v1/audit?limit=0"),
        Call::get("/admin/v1/accounts/nobody"),
        Call::post("/admin/v1/keys/nothing/retire"),
        Call::delete("/admin/v1/api-keys/nothing"),
    ] {
        assert_eq!(app.send(call.clone()).await.code(), "unauthorized", "{}", call.path);
        assert_eq!(app.send(call.bearer(INTROSPECT_KEY)).await.code(), "insufficient_scope");
    }
}

#[tokio::test]
async fn with_the_store_down_every_operation_says_so_and_does_nothing() {
    let scene = Scene::set().await;
    let before = scene.state().await;
    scene.app.store.be(Mood::Down);
    let mut table = String::new();
    for (operation, call) in scene.calls() {
        let reply = scene.app.send(call.bearer(ADMIN_KEY)).await;
        writeln!(table, "{operation}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table);
    scene.app.store.be(Mood::Well);
    assert_eq!(scene.state().await, before);
}

#[tokio::test]
async fn with_the_store_down_strangers_are_still_refused() {
    let scene = Scene::set().await;
    scene.app.store.be(Mood::Down);
    for (operation, call) in scene.calls() {
        assert_eq!(scene.app.send(call.clone()).await.status, 401, "{operation}");
        assert_eq!(
            scene.app.send(call.bearer(INTROSPECT_KEY)).await.status,
            403,
            "{operation}"
        );
    }
}
