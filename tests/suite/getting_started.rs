//! Whoever types what the guide says, and nothing else, ends logged in.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use wxlogin_tests::document::Document;
use wxlogin_tests::program::{Program, directory};

/// Nothing configured but free ports.
const DEV: [&str; 5] = ["dev", "--listen", "127.0.0.1:0", "--sandbox-listen", "127.0.0.1:0"];

/// The addresses in the guide: those that are free on everybody's machine but that of tests.
const SERVICE: &str = "127.0.0.1:8080";
const STAND_IN: &str = "127.0.0.1:8090";

/// What a shell says to the commands of the guide, one answer for each block, after the one that starts the service.
fn typed(guide: &'static str, service: &str, stand_in: &str, directory: &Path) -> Vec<String> {
    /// Between the answers.
    const RULE: &str = "-----8<-----";
    let guide = Document::open(guide);
    let blocks: Vec<&str> = guide.blocks_in("sh").collect();
    let [first, rest @ ..] = &blocks[..] else {
        panic!("the guide has commands");
    };
    assert_eq!(first.trim(), "cargo run -- dev");
    let script = rest.join(&format!("\necho '{RULE}'\n"));
    let script = script.replace(SERVICE, service).replace(STAND_IN, stand_in);
    let shell = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &script])
        .current_dir(directory)
        .output();
    let shell = shell.expect("a shell");
    assert!(shell.status.success(), "{}", String::from_utf8_lossy(&shell.stderr));
    let said = String::from_utf8(shell.stdout).expect("text");
    said.split(RULE).map(str::to_owned).collect()
}

fn follow(guide: &'static str) {
    let directory = directory();
    let dev = Program::start(directory.path(), &DEV, &BTreeMap::new());
    let line = |start: &'static str| {
        let address = move |line: &str| {
            let rest = line.trim().strip_prefix(start)?.trim().strip_prefix("http://")?;
            Some(rest.split(['/', ' ']).next()?.to_owned())
        };
        dev.wait_for_line(address).expect("its address is printed")
    };
    let (service, stand_in) = (line("service "), line("WeChat "));
    let answers = typed(guide, &service, &stand_in, directory.path());
    let [code, tokens, me, again, phone, refreshed, verified, gone] = &answers[..] else {
        panic!("{} answers: {answers:?}", answers.len());
    };
    assert!(code.contains(r#""code":"#), "{code}");
    assert!(tokens.contains(r#""is_new_account": true"#), "{tokens}");
    assert!(me.contains(r#""status":"active""#), "{me}");
    assert!(again.contains("code_already_used"), "{again}");
    assert!(phone.contains(r#""number":"+86"#), "{phone}");
    assert_eq!(refreshed.trim(), "", "it goes into a file");
    assert!(verified.starts_with("\nHTTP/1.1 204"), "{verified}");
    assert!(gone.contains("session_revoked"), "{gone}");
}

#[test]
fn the_guide_ends_logged_in() {
    follow("docs/getting-started.md");
}

#[test]
fn the_chinese_guide_ends_logged_in() {
    follow("docs/getting-started.zh-CN.md");
}
