//! What the audit log says of where a request came from: its id, and a pseudonym of the address.

use ipnet::IpNet;
use serde_json::{Value, json};

use crate::app::{Setup, TestApp};
use crate::call::Call;
use crate::wechat::code_of;

async fn behind_proxies() -> TestApp {
    Setup::with_config(|config| {
        config.server.trusted_proxies = ["10.0.0.0/8", "fd00::/8"]
            .map(|net| net.parse::<IpNet>().unwrap())
            .into();
    })
    .start()
    .await
}

/// What a login over this connection is said to come from.
async fn origin(app: &TestApp, peer: &str, forwarded_for: Option<&str>) -> String {
    let mut call = Call::post("/v1/login")
        .json(&json!({ "code": code_of("alice", 1) }))
        .at_peer(peer);
    if let Some(addresses) = forwarded_for {
        call = call.forwarded_for(addresses);
    }
    assert_eq!(app.send(call).await.status, 200);
    let event = app.audit("limit=1").await.remove(0);
    event["ip"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_address_has_one_pseudonym_and_another_address_another() {
    let app = behind_proxies().await;
    let home = origin(&app, "203.0.113.9", None).await;
    assert!(home.starts_with("ip_") && home.len() > 12, "{home}");
    for (peer, forwarded_for, is_home) in [
        ("203.0.113.9", None, true),
        ("::ffff:203.0.113.9", None, true),
        ("203.0.113.8", None, false),
        ("10.0.0.1", None, false),
        // A trusted proxy is believed, whoever speaks before it is not.
        ("10.0.0.1", Some("203.0.113.9"), true),
        ("fd00::1", Some("203.0.113.9"), true),
        ("10.0.0.1", Some("198.51.100.1, 203.0.113.9"), true),
        ("10.0.0.1", Some("203.0.113.9, 10.0.0.2"), true),
        ("10.0.0.1", Some("203.0.113.9, 198.51.100.1"), false),
        ("10.0.0.1", Some("nonsense"), false),
        // Nobody else is.
        ("198.51.100.1", Some("203.0.113.9"), false),
        ("203.0.113.9", Some("198.51.100.1"), true),
    ] {
        let found = origin(&app, peer, forwarded_for).await;
        assert_eq!(found == home, is_home, "{peer} {forwarded_for:?}");
    }
}

#[tokio::test]
async fn a_network_of_ipv6_is_one_household() {
    let app = behind_proxies().await;
    let home = origin(&app, "2001:db8:1:2::1", None).await;
    assert_eq!(origin(&app, "2001:db8:1:2:aaaa:bbbb:cccc:dddd", None).await, home);
    assert_ne!(origin(&app, "2001:db8:1:3::1", None).await, home);
}

#[tokio::test]
async fn another_deployment_has_other_pseudonyms() {
    let (one, other) = (behind_proxies().await, behind_proxies().await);
    assert_ne!(
        origin(&one, "203.0.113.9", None).await,
        origin(&other, "203.0.113.9", None).await
    );
}

#[tokio::test]
async fn replicas_have_the_same_ones_and_a_new_key_does_not_change_them() {
    let setup = Setup::default();
    let (one, other) = (setup.clone().start().await, setup.start().await);
    let name = origin(&one, "203.0.113.9", None).await;
    assert_eq!(origin(&other, "203.0.113.9", None).await, name);
    one.retire(&one.kid("active").await).await;
    assert_eq!(origin(&one, "203.0.113.9", None).await, name);
}

#[tokio::test]
async fn a_request_without_an_address_has_no_pseudonym() {
    let app = TestApp::new().await;
    app.logged_in("alice").await;
    assert_eq!(app.audit("").await[0].get("ip"), None);
}

#[tokio::test]
async fn operators_come_from_somewhere_too() {
    let app = TestApp::new().await;
    let person = origin(&app, "203.0.113.9", None).await;
    let call = Call::get("/admin/v1/accounts")
        .at_peer("203.0.113.9")
        .request_id("ticket-4711");
    app.operate(call).await;
    let event = app.audit("limit=1").await.remove(0);
    assert_eq!(
        (&event["ip"], &event["actor"]),
        (&Value::from(person), &json!("api_key:test"))
    );
    assert_eq!(event["request_id"], "ticket-4711");
}

#[tokio::test]
async fn the_request_id_is_the_one_of_the_answer() {
    let app = TestApp::new().await;
    let own = app.login_of("alice").await;
    let event = app.audit("limit=1").await.remove(0);
    assert_eq!(event["request_id"], own.header("x-request-id").unwrap());
    let call = Call::post("/v1/login").json(&json!({ "code": code_of("alice", 9) }));
    app.send(call.clone().request_id("4bf92f3577b34da6a3ce929d0e0e4736"))
        .await;
    assert_eq!(
        app.audit("limit=1").await[0]["request_id"],
        "4bf92f3577b34da6a3ce929d0e0e4736"
    );
    let replaced = app.send(call.request_id("<script>")).await;
    let event = app.audit("limit=1").await.remove(0);
    assert_eq!(event["request_id"], replaced.header("x-request-id").unwrap());
}
