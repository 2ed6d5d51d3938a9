//! The pages of the service: who has them, and a walk through them in a real browser.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use reqwest::{Response, StatusCode};
use wxlogin_sandbox::{DEFAULT_APPID, DEFAULT_SECRET};
use wxlogin_tests::client::http_client;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment};
use wxlogin_tests::required;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/playground");

async fn get(service: &Program, path: &str) -> Response {
    let request = http_client().get(service.api().url(path));
    request.send().await.expect("it answers")
}

fn policy(response: &Response) -> String {
    let policy = response.headers().get("content-security-policy");
    policy
        .and_then(|policy| policy.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn dev_has_the_playground_under_a_strict_policy() {
    let directory = directory();
    let dev = Program::dev(directory.path(), &BTreeMap::new());
    let printed = dev.wait_for_line(|line| line.trim().strip_prefix("playground ").map(|url| url.trim().to_owned()));
    assert_eq!(printed.expect("its address is printed"), dev.api().url("/playground"));
    for path in ["/playground", "/docs"] {
        let page = get(&dev, path).await;
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        let policy = policy(&page);
        assert!(
            policy.starts_with("default-src 'none'; script-src 'sha256-"),
            "{policy}"
        );
        assert!(
            policy.contains("connect-src 'self'") && !policy.contains("unsafe"),
            "{policy}"
        );
    }
    let journal = get(&dev, "/playground/platform/sandbox/journal").await;
    assert_eq!(journal.status(), StatusCode::OK);
    for path in ["/playground/platform/sandbox", "/playground/nothing"] {
        assert_eq!(get(&dev, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_another_wechat_codes_are_brought_along() {
    let platform = Platform::start().await;
    let elsewhere = BTreeMap::from([
        ("WXLOGIN_WECHAT_URL", platform.url.clone()),
        ("WXLOGIN_APPID", DEFAULT_APPID.to_owned()),
        ("WXLOGIN_SECRET", DEFAULT_SECRET.to_owned()),
    ]);
    let code = platform.code("alice").await;
    walk("other_wechat.test.mjs", &elsewhere, &code);
}

#[tokio::test(flavor = "multi_thread")]
async fn serve_has_no_playground() {
    let (platform, directory) = (Platform::start().await, directory());
    let service = Program::serve(directory.path(), &environment(&platform.url, directory.path()));
    for path in ["/playground", "/playground/", "/playground/platform/sandbox"] {
        assert_eq!(get(&service, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert!(policy(&get(&service, "/docs").await).starts_with("default-src 'none'"));
}

#[test]
fn a_visitor_can_do_everything() {
    // Long enough for what is slow, and not long for what does not answer.
    let environment = BTreeMap::from([("WXLOGIN_WECHAT_TIMEOUT", "3s".to_owned())]);
    walk("playground.test.mjs", &environment, "");
}

#[test]
fn the_reference_is_whole_and_tries_calls() {
    walk("reference.test.mjs", &BTreeMap::new(), "");
}

#[test]
fn both_languages_say_the_same() {
    if required::has_command("node") {
        run(&mut node("texts.test.mjs"));
    }
}

/// Runs a test of `tests/playground` in Chromium, on the `wxlogin dev` of this environment.
fn walk(test: &str, environment: &BTreeMap<&str, String>, code: &str) {
    let library = Path::new(FOLDER).join("node_modules/playwright-core");
    let chromium = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(path_of);
    if !required::has_command("node")
        || !required::has(library.exists(), "the npm library playwright-core")
        || !required::has(chromium.is_some(), "chromium")
    {
        return;
    }
    let directory = directory();
    let dev = Program::dev(directory.path(), environment);
    let mut walk = node(test);
    walk.env("SERVICE", &dev.url)
        .env("CODE", code)
        .env("CHROMIUM", chromium.unwrap_or_default());
    run(&mut walk);
}

fn node(test: &str) -> Command {
    let mut node = Command::new("node");
    node.args(["--test", test]).current_dir(FOLDER);
    node
}

fn run(command: &mut Command) {
    let output = command.output().expect("node runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Where a command is.
fn path_of(name: &str) -> Option<String> {
    let found = Command::new("sh")
        .args(["-c", "command -v \"$0\"", name])
        .output()
        .expect("a shell");
    let path = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    (!path.is_empty()).then_some(path)
}
