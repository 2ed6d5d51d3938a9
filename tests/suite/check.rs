//! `wxlogin check` and the other commands that look at a deployment.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment, run};

fn check(directory: &Path, arguments: &[&str], environment: &BTreeMap<&str, String>) -> (bool, String) {
    let output = run(directory, &[&["check"], arguments].concat(), environment);
    (
        output.status.success(),
        String::from_utf8(output.stdout).expect("UTF-8"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_deployment_passes() {
    let platform = Platform::start().await;
    let directory = directory();
    let environment = environment(&platform.url, directory.path());
    let (good, findings) = check(directory.path(), &[], &environment);
    assert!(good, "{findings}");
    assert!(findings.contains("WeChat accepts its credentials"), "{findings}");
    assert!(findings.contains("ok    clock: "), "{findings}");
    let (good, findings) = check(directory.path(), &["--offline"], &environment);
    assert!(good && findings.contains("left out"), "{findings}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_is_found_with_its_remedy() {
    let platform = Platform::start().await;
    let directory = directory();
    let environment = environment(&platform.url, directory.path());
    let mut wrong_secret = environment.clone();
    wrong_secret.insert("WXLOGIN_SECRET", "0123456789abcdef0123456789abcdef".into());
    let (good, findings) = check(directory.path(), &[], &wrong_secret);
    assert!(
        !good && findings.contains("40125") && findings.contains("AppSecret"),
        "{findings}"
    );
    assert!(
        !findings.contains("0123456789abcdef"),
        "the secret is not repeated: {findings}"
    );

    platform
        .fault(&json!({ "endpoint": "stable_token", "errcode": 40164 }))
        .await;
    let (good, findings) = check(directory.path(), &[], &environment);
    assert!(
        !good && findings.contains("40164") && findings.contains("IP"),
        "{findings}"
    );
    platform.heal().await;

    let mut nobody = environment.clone();
    nobody.insert("WXLOGIN_WECHAT_URL", "http://127.0.0.1:9".into());
    let (good, findings) = check(directory.path(), &[], &nobody);
    assert!(!good && findings.contains("cannot be reached"), "{findings}");
}

#[test]
fn what_serve_would_refuse_is_found_before_there_is_a_store() {
    let directory = directory();
    for (key, value) in [
        ("WXLOGIN_CACHE", "redis://127.0.0.1"),
        ("WXLOGIN_PHONE_POLICY", "unique"),
        ("WXLOGIN_STORE", "postgres://127.0.0.1/wxlogin"),
    ] {
        let mut environment = environment("http://127.0.0.1:9", directory.path());
        environment.insert(key, value.into());
        let (good, findings) = check(directory.path(), &["--offline"], &environment);
        assert!(!good && findings.contains(&format!("FAIL  {key}")), "{findings}");
    }
}

#[test]
fn looking_makes_no_store() {
    let directory = directory();
    let environment = environment("http://127.0.0.1:9", directory.path());
    let (good, findings) = check(directory.path(), &["--offline"], &environment);
    assert!(good && findings.contains("there is none yet"), "{findings}");
    let keys = run(directory.path(), &["keys", "list"], &environment);
    assert_eq!(keys.status.code(), Some(1), "{keys:?}");
    assert!(!directory.path().join("store").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_service_and_another_master_key_are_noticed() {
    let platform = Platform::start().await;
    let directory = directory();
    let environment = environment(&platform.url, directory.path());
    let mut service = Program::serve(directory.path(), &environment);
    let (good, findings) = check(directory.path(), &["--offline"], &environment);
    assert!(
        !good && findings.contains("another process has the database"),
        "{findings}"
    );
    assert!(service.stop().success());

    let mut other_key = environment.clone();
    other_key.insert(
        "WXLOGIN_MASTER_KEY",
        "YW5vdGhlciBrZXksIGFsc28gdGhpcnR5LXR3byBieXQ=".into(),
    );
    let (good, findings) = check(directory.path(), &["--offline"], &other_key);
    assert!(!good && findings.contains("not that of the store"), "{findings}");

    let keys = run(directory.path(), &["keys", "list"], &environment);
    let keys = String::from_utf8(keys.stdout).expect("UTF-8");
    assert!(keys.contains("EdDSA") && keys.contains("active"), "{keys}");
}
