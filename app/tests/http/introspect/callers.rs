//! Who may ask: whoever has an API key with the scope `introspect`.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use insta::{assert_json_snapshot, assert_snapshot};
use poem::http::header;

use crate::app::{ADMIN_KEY, API_KEY, INTROSPECT_KEY, Setup};
use crate::call::Call;

#[tokio::test]
async fn credentials_and_what_is_said_of_them() {
    let app = Setup::with_callers().start().await;
    let login = app.logged_in("alice").await;
    let refused_before = app.api_key("shop", &["introspect"]).await;
    app.admin_delete("api-keys/shop").await;
    let basic = |text: &str| format!("Basic {}", STANDARD.encode(text));
    let mut table = String::new();
    for (name, authorization) in [
        ("Bearer", format!("Bearer {INTROSPECT_KEY}")),
        ("bearer", format!("bearer {INTROSPECT_KEY}")),
        ("Basic with its name", basic(&format!("orders:{INTROSPECT_KEY}"))),
        (
            "basic",
            basic(&format!("orders:{INTROSPECT_KEY}")).replace("Basic", "basic"),
        ),
        ("with all scopes", format!("Bearer {API_KEY}")),
        ("none", String::new()),
        ("Basic with another name", basic(&format!("test:{INTROSPECT_KEY}"))),
        (
            "Basic with a name of nobody's",
            basic(&format!("nobody:{INTROSPECT_KEY}")),
        ),
        ("Basic without a name", basic(&format!(":{INTROSPECT_KEY}"))),
        (
            "Basic with name and key exchanged",
            basic(&format!("{INTROSPECT_KEY}:orders")),
        ),
        ("Basic without a colon", basic(INTROSPECT_KEY)),
        ("Basic with a colon more", basic(&format!("orders:{INTROSPECT_KEY}:"))),
        ("Basic without base64", format!("Basic orders:{INTROSPECT_KEY}")),
        (
            "a wrong key",
            "Bearer wrong-key-wrong-key-wrong-key-wrong-key".to_owned(),
        ),
        ("a key in capitals", format!("Bearer {}", INTROSPECT_KEY.to_uppercase())),
        ("half a key", format!("Bearer {}", &INTROSPECT_KEY[..20])),
        ("an empty key", "Bearer ".to_owned()),
        ("the name for a key", "Bearer orders".to_owned()),
        ("a key that was removed", format!("Bearer {refused_before}")),
        ("an access token", format!("Bearer {}", login.access)),
        ("a refresh token", format!("Bearer {}", login.refresh)),
        ("a key for operators alone", format!("Bearer {ADMIN_KEY}")),
        ("the same as Basic", basic(&format!("operator:{ADMIN_KEY}"))),
        ("another scheme", format!("Digest {INTROSPECT_KEY}")),
    ] {
        let call = Call::post("/v1/introspect").form(&[("token", &login.access)]);
        let reply = app.send(call.header(header::AUTHORIZATION, &authorization)).await;
        assert_eq!(reply.status == 200, reply.text().contains("active"), "{name}");
        writeln!(table, "{name}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn refusals_in_full() {
    let app = Setup::with_callers().start().await;
    let call = || {
        Call::post("/v1/introspect")
            .form(&[("token", "garbage")])
            .request_id("mine")
    };
    assert_json_snapshot!("without_credentials", app.send(call().language("en")).await.shown());
    let wrong = call().bearer("wrong-key-wrong-key-wrong-key-wrong-key").language("en");
    assert_json_snapshot!("with_a_wrong_key", app.send(wrong).await.shown());
    let lacking = call().bearer(ADMIN_KEY).language("en");
    assert_json_snapshot!("without_the_scope", app.send(lacking).await.shown());
    assert_json_snapshot!(
        "without_the_scope_in_chinese",
        app.send(call().bearer(ADMIN_KEY)).await.shown()
    );
}

#[tokio::test]
async fn a_caller_is_asked_for_before_the_form_is_read() {
    let app = Setup::with_callers().start().await;
    for call in [
        Call::post("/v1/introspect"),
        Call::post("/v1/introspect").said_to_be_json("{}"),
        Call::post("/v1/introspect").said_to_be_a_form(vec![b'a'; 100_000]),
    ] {
        assert_eq!(app.send(call.clone()).await.code(), "unauthorized");
        assert_eq!(app.send(call.bearer(ADMIN_KEY)).await.code(), "insufficient_scope");
    }
}

#[tokio::test]
async fn credentials_in_the_form_are_none() {
    let app = Setup::with_callers().start().await;
    let call = Call::post("/v1/introspect").form(&[
        ("token", "garbage"),
        ("client_id", "orders"),
        ("client_secret", INTROSPECT_KEY),
        ("access_token", INTROSPECT_KEY),
    ]);
    assert_eq!(app.send(call).await.code(), "unauthorized");
}

#[tokio::test]
async fn an_introspection_leaves_no_event() {
    let app = Setup::with_callers().start().await;
    let login = app.logged_in("alice").await;
    let before = app.audit("").await.len();
    assert!(app.is_active(&login.access).await);
    assert_eq!(app.audit("").await.len(), before);
}
