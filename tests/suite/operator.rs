//! The operator's commands, on a store that nobody has open and beside a service that has.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;

use reqwest::StatusCode;
use serde_json::Value;
use tempfile::TempDir;
use wxlogin_tests::client::http_client;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment, run};

/// Base64 of `another key of tests, 32 bytes..`.
const NEW_MASTER_KEY: &str = "YW5vdGhlciBrZXkgb2YgdGVzdHMsIDMyIGJ5dGVzLi4=";
const ADMIN_KEY: &str = "admin-key-of-the-tests-admin-key-of-the-tests";

/// A deployment: a directory and how its programs are configured.
struct Deployment {
    directory: TempDir,
    environment: BTreeMap<&'static str, String>,
    platform: Platform,
}

impl Deployment {
    async fn new() -> Self {
        let (directory, platform) = (directory(), Platform::start().await);
        let environment = environment(&platform.url, directory.path());
        Self {
            directory,
            environment,
            platform,
        }
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn serve(&self) -> Program {
        Program::serve(self.path(), &self.environment)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        run(self.path(), arguments, &self.environment)
    }

    /// What a command prints, which has to succeed.
    fn stdout(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.stdout(arguments)).expect("JSON")
    }

    /// What a command says that has to fail.
    fn complaint(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stderr).expect("UTF-8")
    }

    /// Starts the service, logs in, and stops it again; answers the tokens.
    async fn log_in_once(&self, user: &str) -> Value {
        let mut service = self.serve();
        let tokens = service.api().login(&self.platform.code(user).await).await.ok().body;
        assert!(service.stop().success());
        tokens
    }
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{pointer} in {value}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_worked_on_while_the_service_is_stopped() {
    let deployment = Deployment::new().await;
    let tokens = deployment.log_in_once("alice").await;
    let (id, openid) = (
        text(&tokens, "/account/id"),
        text(&tokens, "/account/identities/0/openid"),
    );

    assert_eq!(text(&deployment.json(&["accounts", "list"]), "/id"), id);
    assert_eq!(text(&deployment.json(&["accounts", "show", id]), "/id"), id);
    assert_eq!(
        text(&deployment.json(&["accounts", "show", "--openid", openid]), "/id"),
        id
    );
    assert_eq!(
        text(&deployment.json(&["accounts", "sessions", id]), "/appid"),
        text(&tokens, "/account/identities/0/appid")
    );
    let suspended = deployment.json(&["accounts", "suspend", "--openid", openid]);
    assert_eq!(text(&suspended, "/status"), "suspended");

    let service = deployment.serve();
    let api = service.api();
    let refused = api.get_as("/v1/verify", text(&tokens, "/access_token")).await;
    assert_eq!(refused.text("/code"), "account_suspended");
    let refused = api.login(&deployment.platform.code("alice").await).await;
    assert_eq!(refused.text("/code"), "account_suspended");
    drop(service);

    assert_eq!(
        text(&deployment.json(&["accounts", "restore", id]), "/status"),
        "active"
    );
    let export = deployment.json(&["accounts", "export", id]);
    assert_eq!(text(&export, "/account/id"), id);
    assert_eq!(text(&export, "/sessions/0/end_reason"), "suspended");
    assert!(export["audit"].as_array().is_some_and(|events| events.len() > 3));

    assert!(deployment.complaint(&["accounts", "delete", id]).contains("--yes"));
    deployment.stdout(&["accounts", "delete", id, "--yes"]);
    assert!(deployment.complaint(&["accounts", "show", id]).contains("not_found"));
    assert_eq!(deployment.stdout(&["accounts", "list"]), "");

    let log = deployment.stdout(&["audit", "--account", id]);
    let events: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let acts: Vec<(&str, &str)> = events
        .iter()
        .map(|event| (text(event, "/action"), text(event, "/actor")))
        .filter(|(action, _)| *action != "account_viewed")
        .collect();
    let cli = "api_key:command-line";
    assert_eq!(
        acts,
        [
            ("account_erased", cli),
            ("account_exported", cli),
            ("account_restored", cli),
            ("login_failed", "person"),
            ("account_suspended", cli),
            ("login_succeeded", "person"),
        ]
    );
    assert!(!log.contains(openid), "the log does not say who it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_not_the_only_one_has_to_be_named() {
    let deployment = Deployment::new().await;
    deployment.log_in_once("alice").await;
    assert!(
        deployment
            .complaint(&["accounts", "show", "--openid", "nobody"])
            .contains("no account fits")
    );
    assert!(deployment.complaint(&["accounts", "show"]).contains("--openid"));
    assert!(
        deployment
            .complaint(&["accounts", "show", "../audit"])
            .contains("names nothing")
    );
    assert!(
        deployment
            .complaint(&["accounts", "list", "--phone", "110"])
            .contains("phone")
    );
    // A variable of the shell that was not set.
    let nobody = deployment.complaint(&["accounts", "delete", "--openid", "", "--yes"]);
    assert!(nobody.contains("--openid"), "{nobody}");
    assert!(
        deployment.stdout(&["accounts", "list"]).contains("openid"),
        "nobody was deleted"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_accounts_of_one_person_are_merged() {
    let deployment = Deployment::new().await;
    let (alice, bob) = (
        deployment.log_in_once("alice").await,
        deployment.log_in_once("bob").await,
    );
    let (from, into) = (text(&alice, "/account/id"), text(&bob, "/account/id"));
    assert!(
        deployment
            .complaint(&["accounts", "merge", from, "--into", into])
            .contains("--yes")
    );
    let merge = ["accounts", "merge", from, "--into", into, "--yes"];
    assert!(deployment.complaint(&merge).contains("merge_conflict"));
    let merged = deployment.json(&[merge.as_slice(), &["--keep", from]].concat());
    assert_eq!(text(&merged, "/id"), into);
    assert_eq!(
        text(&merged, "/identities/0/openid"),
        text(&alice, "/account/identities/0/openid")
    );
    assert!(deployment.complaint(&["accounts", "show", from]).contains("not_found"));
    let again = deployment.log_in_once("alice").await;
    assert_eq!(
        (text(&again, "/account/id"), &again["is_new_account"]),
        (into, &Value::Bool(false))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_a_running_service_the_commands_ask_it() {
    let mut deployment = Deployment::new().await;
    let service = deployment.serve();
    let complaint = deployment.complaint(&["accounts", "list"]);
    assert!(complaint.contains("WXLOGIN_ADMIN_KEYS"), "{complaint}");
    drop(service);

    deployment
        .environment
        .insert("WXLOGIN_ADMIN_KEYS", format!("ops:{ADMIN_KEY}"));
    let service = deployment.serve();
    let api = service.api();
    let tokens = api.login(&deployment.platform.code("alice").await).await.ok().body;
    let id = text(&tokens, "/account/id");
    let suspended = deployment.json(&["accounts", "suspend", id, "--service", &service.url]);
    assert_eq!(text(&suspended, "/status"), "suspended");
    let refused = api.get_as("/v1/verify", text(&tokens, "/access_token")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let log = deployment.stdout(&["audit", "--service", &service.url, "--action", "account_suspended"]);
    assert!(log.contains("api_key:ops"), "{log}");

    let unreachable = deployment.complaint(&["keys", "list"]);
    assert!(unreachable.contains("--service"), "{unreachable}");
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_makes_nothing() {
    let deployment = Deployment::new().await;
    let store = deployment.path().join("store");
    for is_mounted in [false, true] {
        if is_mounted {
            std::fs::create_dir(&store).expect("a directory");
        }
        for command in [["accounts", "list"], ["keys", "list"]] {
            let complaint = deployment.complaint(&command);
            assert!(complaint.contains("first start of the service"), "{complaint}");
        }
        let is_empty = std::fs::read_dir(&store).map_or(true, |mut entries| entries.next().is_none());
        assert!(is_empty, "a command that looks makes no database");
    }
}

#[test]
fn whoever_reads_no_further_gets_no_panic() {
    let directory = directory();
    let binary = wxlogin_tests::program::binary();
    let script = format!("'{}' openapi | head -c 1 >/dev/null; echo done", binary.display());
    let piped = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(directory.path())
        .output()
        .expect("a shell");
    assert!(piped.stderr.is_empty(), "{piped:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_listed_and_retired() {
    let deployment = Deployment::new().await;
    let tokens = deployment.log_in_once("alice").await;
    let states = |table: &str| {
        let lines = table.lines().skip(1);
        lines
            .map(|line| line.split_whitespace().nth(2).unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    let table = deployment.stdout(&["keys", "list"]);
    assert_eq!(states(&table), ["active", "next"]);
    let too_early = deployment.complaint(&["keys", "rotate"]);
    assert!(
        too_early.contains("rate_limited") && too_early.contains("retire"),
        "{too_early}"
    );
    let kid = table
        .lines()
        .nth(1)
        .and_then(|line| line.split_whitespace().next())
        .expect("a kid")
        .to_owned();
    assert_eq!(
        states(&deployment.stdout(&["keys", "retire", &kid])),
        ["retired", "active", "next"]
    );
    assert!(
        deployment
            .complaint(&["keys", "retire", "nobody"])
            .contains("not_found")
    );

    let service = deployment.serve();
    let api = service.api();
    let refused = api.get_as("/v1/me", text(&tokens, "/access_token")).await;
    assert_eq!(refused.text("/code"), "token_invalid");
    let refreshed = api.refresh(text(&tokens, "/refresh_token")).await.ok();
    let _ = api.get_as("/v1/me", refreshed.text("/access_token")).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_key_of_refresh_tokens_lets_nobody_refresh() {
    let deployment = Deployment::new().await;
    let tokens = deployment.log_in_once("alice").await;
    assert!(deployment.complaint(&["keys", "replace-refresh-key"]).contains("--yes"));
    deployment.stdout(&["keys", "replace-refresh-key", "--yes"]);
    let service = deployment.serve();
    let api = service.api();
    let refused = api.refresh(text(&tokens, "/refresh_token")).await;
    assert_eq!(refused.text("/code"), "refresh_token_invalid");
    let again = api.login(&deployment.platform.code("alice").await).await.ok();
    assert_eq!(again.body["account"]["id"], tokens["account"]["id"]);
    let _ = api.refresh(again.text("/refresh_token")).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_master_key_loses_nobody() {
    let mut deployment = Deployment::new().await;
    let tokens = deployment.log_in_once("alice").await;
    let file = deployment.path().join("new-master-key");
    std::fs::write(&file, format!("{NEW_MASTER_KEY}\n")).expect("a file");
    let file = file.to_str().expect("UTF-8");

    let service = deployment.serve();
    let running = deployment.complaint(&["keys", "reseal", "--new-master-key-file", file]);
    assert!(running.contains("stop the service first"), "{running}");
    drop(service);

    // A second run does no harm: whoever is not sure may repeat it.
    for _ in 0..2 {
        deployment.stdout(&["keys", "reseal", "--new-master-key-file", file]);
    }
    let refused = deployment.complaint(&["serve"]);
    assert!(refused.contains("WXLOGIN_MASTER_KEY"), "{refused}");

    deployment
        .environment
        .insert("WXLOGIN_MASTER_KEY", NEW_MASTER_KEY.into());
    let service = deployment.serve();
    let api = service.api();
    let _ = api.get_as("/v1/me", text(&tokens, "/access_token")).await.ok();
    let _ = api.refresh(text(&tokens, "/refresh_token")).await.ok();
    drop(service);
    assert!(
        deployment
            .stdout(&["audit", "--action", "keys_resealed"])
            .contains("keys_resealed")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_key_is_made_used_and_removed() {
    let deployment = Deployment::new().await;
    let tokens = deployment.log_in_once("alice").await;
    let key = deployment.stdout(&["api-keys", "create", "orders", "--scope", "introspect"]);
    assert!(
        deployment
            .complaint(&["api-keys", "create", "orders", "--scope", "admin"])
            .contains("name")
    );
    let list = deployment.stdout(&["api-keys", "list"]);
    assert!(list.contains("orders") && !list.contains(key.trim()), "{list}");

    let introspect = async |service: &Program| {
        http_client()
            .post(format!("{}/v1/introspect", service.url))
            .basic_auth("orders", Some(key.trim()))
            .form(&[("token", text(&tokens, "/access_token"))])
            .send()
            .await
            .expect("it answers")
    };
    let service = deployment.serve();
    let answer: Value = introspect(&service).await.json().await.expect("JSON");
    assert_eq!(answer["active"], true);
    assert_eq!(answer["sub"], tokens["account"]["id"]);
    drop(service);

    deployment.stdout(&["api-keys", "remove", "orders"]);
    assert!(
        deployment
            .complaint(&["api-keys", "remove", "orders"])
            .contains("not_found")
    );
    let service = deployment.serve();
    assert_eq!(introspect(&service).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deployment_of_dev_is_operated_with_a_flag() {
    let directory = directory();
    let nothing = BTreeMap::new();
    let output = run(directory.path(), &["accounts", "list", "--dev"], &nothing);
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("wxlogin dev"),
        "{output:?}"
    );

    let mut dev = Program::dev(directory.path(), &nothing);
    let beside = run(
        directory.path(),
        &["keys", "list", "--dev", "--service", &dev.url],
        &nothing,
    );
    assert!(String::from_utf8_lossy(&beside.stdout).contains("active"), "{beside:?}");
    assert!(dev.stop().success());
    let alone = run(directory.path(), &["keys", "list", "--dev"], &nothing);
    assert_eq!(alone.stdout, beside.stdout, "{alone:?}");
}
