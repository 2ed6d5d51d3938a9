//! `wxlogin check` and the other commands that look at a deployment.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment, run};
use wxlogin_throwaway::{Redis, required};

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
    assert!(findings.contains("message push: not set up"), "{findings}");
    assert!(findings.contains("issuer: nobody answers"), "{findings}");
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
        !good && findings.contains("40164") && findings.contains("IP白名单") && findings.contains("is 127.0.0.1"),
        "{findings}"
    );
    platform.heal().await;

    for (key, value, words) in [
        ("WXLOGIN_APPID", "gh_97417a04a28d", "not an AppID"),
        ("WXLOGIN_SECRET", "0123456789abcdef 0123456789abcdef", "blank"),
        ("WXLOGIN_PUSH_TOKEN", "a b", "not a Token"),
        ("WXLOGIN_PUSH_AES_KEY", "short", "not an EncodingAESKey"),
    ] {
        let mut malformed = environment.clone();
        malformed.insert("WXLOGIN_PUSH_TOKEN", "AAAAA".into());
        malformed.insert(key, value.into());
        let output = run(directory.path(), &["check", "--offline"], &malformed);
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(!output.status.success() && said.contains(words), "{key}: {said}");
    }

    let mut nobody = environment.clone();
    nobody.insert("WXLOGIN_WECHAT_URL", "http://127.0.0.1:9".into());
    let (good, findings) = check(directory.path(), &[], &nobody);
    assert!(!good && findings.contains("cannot be reached"), "{findings}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shared_cache_is_tried() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let platform = Platform::start().await;
    let directory = directory();
    let mut environment = environment(&platform.url, directory.path());
    let url = server.url().replace("//", "//:canary@");
    environment.insert("WXLOGIN_CACHE", url);
    let (good, findings) = check(directory.path(), &[], &environment);
    assert!(!good && findings.contains("FAIL  cache: redis://:***@"), "{findings}");
    assert!(!findings.contains("canary"), "{findings}");

    environment.insert("WXLOGIN_CACHE", server.url());
    let (good, findings) = check(directory.path(), &[], &environment);
    assert!(
        good && findings.contains("ok    cache: redis://127.0.0.1:"),
        "{findings}"
    );
    server.stop();
    let (good, findings) = check(directory.path(), &[], &environment);
    assert!(!good && findings.contains("see that Redis runs there"), "{findings}");
    let (good, findings) = check(directory.path(), &["--offline"], &environment);
    assert!(good && findings.contains("a shared cache"), "{findings}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_issuer_is_asked_for_its_keys() {
    let platform = Platform::start().await;
    let (directory, elsewhere) = (directory(), wxlogin_tests::program::directory());
    let environment = environment(&platform.url, directory.path());
    let service = Program::serve(directory.path(), &environment);
    let issued_by = |issuer: &str| {
        let mut environment = wxlogin_tests::program::environment(&platform.url, elsewhere.path());
        environment.insert("WXLOGIN_ISSUER", issuer.into());
        check(elsewhere.path(), &[], &environment)
    };
    let (good, findings) = issued_by(&service.url);
    assert!(good && findings.contains("ok    issuer: "), "{findings}");
    let (good, findings) = issued_by(&platform.url);
    assert!(!good && findings.contains("answers status 404"), "{findings}");
}

#[test]
fn a_place_that_cannot_be_written_is_found() {
    let directory = directory();
    let mut environment = environment("http://127.0.0.1:9", directory.path());
    // No user, not even root, makes files there.
    environment.insert("WXLOGIN_STORE", "surrealkv:///proc/wxlogin/store".into());
    let (good, findings) = check(directory.path(), &["--offline"], &environment);
    assert!(!good && findings.contains("cannot be written"), "{findings}");
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

    // A volume that was just mounted is no store either.
    std::fs::create_dir_all(directory.path().join("store/lost+found")).expect("a directory");
    let (good, findings) = check(directory.path(), &["--offline"], &environment);
    assert!(good && findings.contains("there is none yet"), "{findings}");
    let made = std::fs::read_dir(directory.path().join("store")).expect("a directory");
    assert_eq!(made.count(), 1);
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
