//! `wxlogin dev`, the first thing that anybody runs: nothing configured, and the line that it prints logs in.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use reqwest::StatusCode;
use serde_json::{Value, json};
use wxlogin_tests::client::http_client;
use wxlogin_tests::program::{DEV, MASTER_KEY, Program, directory, environment, run};

fn start(directory: &Path) -> Program {
    Program::dev(directory, &BTreeMap::new())
}

/// The printed line, pasted into a shell.
fn paste(dev: &Program) -> Value {
    let line = dev
        .wait_for_line(|line| line.trim().starts_with("curl ").then(|| line.trim().to_owned()))
        .expect("a curl line is printed");
    let pasted = Command::new("sh").args(["-c", &line]).output().expect("a shell");
    serde_json::from_slice(&pasted.stdout).unwrap_or_else(|_| panic!("tokens: {pasted:?}"))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_printed_line_logs_in_and_a_kill_loses_nothing() {
    let directory = directory();
    let dev = start(directory.path());
    let api = dev.api();
    assert_eq!(api.get("/readyz").await.status, StatusCode::OK);
    let tokens = paste(&dev);
    let account = text(&tokens["account"]["id"]).to_owned();
    let access_token = text(&tokens["access_token"]);
    assert_eq!(tokens["is_new_account"], true);
    assert_eq!(api.get_as("/v1/me", access_token).await.ok().text("/id"), account);
    assert_eq!(
        api.get_as("/v1/verify", access_token).await.status,
        StatusCode::NO_CONTENT
    );
    dev.kill();

    let dev = start(directory.path());
    let refreshed = dev.api().refresh(text(&tokens["refresh_token"])).await.ok();
    assert_eq!(refreshed.text("/account/id"), account);
    let again = paste(&dev);
    assert_eq!(again["account"]["id"], account);
    assert_eq!(again["is_new_account"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stand_in_of_dev_pushes_to_the_service() {
    let directory = directory();
    let dev = start(directory.path());
    let tokens = paste(&dev);
    let stand_in = dev.stand_in();
    let push = json!({ "event": "user_authorization_cancellation", "user": "alice" });
    let request = http_client().post(format!("{stand_in}/push")).json(&push);
    let pushed: Value = request.send().await.expect("it answers").json().await.expect("JSON");
    assert_eq!(pushed["body"], "success", "{pushed}");
    let gone = dev.api().get_as("/v1/me", text(&tokens["access_token"])).await;
    assert_eq!(gone.text("/code"), "session_revoked");
}

#[tokio::test(flavor = "multi_thread")]
async fn serve_refuses_the_keys_of_dev() {
    let directory = directory();
    let mut dev = start(directory.path());
    assert!(dev.stop().success());
    let key = std::fs::read_to_string(directory.path().join("data/dev-master-key")).expect("a generated key");
    let mut environment = environment("http://127.0.0.1:9", directory.path());
    environment.insert("WXLOGIN_MASTER_KEY", key.trim().to_owned());
    let refused = run(directory.path(), &["serve"], &environment);
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && message.contains("WXLOGIN_MASTER_KEY"),
        "{message}"
    );
    assert!(!message.contains(key.trim()), "the key is not repeated");

    // Another key over the same store is refused as well: what is in it is sealed under the first one.
    environment.insert("WXLOGIN_MASTER_KEY", MASTER_KEY.to_owned());
    let store = directory.path().join("data/wxlogin");
    environment.insert("WXLOGIN_STORE", format!("surrealkv://{}", store.display()));
    let refused = run(directory.path(), &["serve"], &environment);
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && message.contains("do not open under it"),
        "{message}"
    );
}

#[test]
fn dev_refuses_what_is_good_in_production() {
    let directory = directory();
    for (key, value) in [
        ("WXLOGIN_MASTER_KEY", MASTER_KEY),
        ("WXLOGIN_ISSUER", "https://login.example"),
    ] {
        let environment = BTreeMap::from([(key, value.to_owned())]);
        let refused = run(directory.path(), &DEV, &environment);
        let message = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && message.contains(key), "{message}");
        assert!(
            !directory.path().join("data/wxlogin").exists(),
            "nothing was signed or stored"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_for_the_world_outside_is_not_asked_for_the_stand_in() {
    let directory = directory();
    let nobody = "http://127.0.0.1:9".to_owned();
    let environment = BTreeMap::from([("http_proxy", nobody.clone()), ("all_proxy", nobody)]);
    let dev = Program::dev(directory.path(), &environment);
    assert_eq!(paste(&dev)["is_new_account"], true);
}

#[test]
fn dev_listens_on_loopback_only() {
    let directory = directory();
    for (flag, address) in [("--listen", "0.0.0.0:0"), ("--sandbox-listen", "0.0.0.0:0")] {
        let refused = run(directory.path(), &["dev", flag, address], &BTreeMap::new());
        let message = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(
            !refused.status.success() && message.contains(&format!("{flag}: ")) && message.contains("0.0.0.0:0"),
            "{flag}: {message}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_process_per_store_is_said_clearly() {
    let directory = directory();
    let _dev = start(directory.path());
    let second = run(directory.path(), &DEV, &BTreeMap::new());
    let message = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(!second.status.success(), "{message}");
    assert!(message.contains("another process has the database"), "{message}");
}
