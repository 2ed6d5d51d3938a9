//! Whoever types what the guide says, and nothing else, ends logged in.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use wxlogin_tests::document::Document;
use wxlogin_tests::program::{Program, binary, directory};

/// The addresses in the guide: those that are free on everybody's machine but that of tests.
const SERVICE: &str = "http://127.0.0.1:8080";
const STAND_IN: &str = "http://127.0.0.1:8090/sandbox";

/// What the guide calls the program.
const PROGRAM: &str = "cargo run --";

/// What a shell says to blocks of the guide, one answer for each.
fn typed(blocks: &[&str], dev: &Program, directory: &Path) -> Vec<String> {
    /// Between the answers.
    const RULE: &str = "-----8<-----";
    let script = blocks.join(&format!("\necho '{RULE}'\n"));
    let script = script
        .replace(SERVICE, &dev.url)
        .replace(STAND_IN, &dev.stand_in())
        .replace(PROGRAM, &binary().display().to_string());
    let shell = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &format!("{{ {script}\n}} 2>&1")])
        .current_dir(directory)
        .output();
    let shell = shell.expect("a shell");
    let said = String::from_utf8(shell.stdout).expect("text");
    assert!(shell.status.success(), "{said}");
    said.split(RULE).map(str::to_owned).collect()
}

fn follow(guide: &'static str) {
    let directory = directory();
    let guide = Document::open(guide);
    let blocks: Vec<&str> = guide.blocks_in("sh").collect();
    let [dev, login @ .., import] = &blocks[..] else {
        panic!("the guide has commands");
    };
    assert_eq!(dev.trim(), format!("{PROGRAM} dev"));

    let mut dev = Program::dev(directory.path(), &BTreeMap::new());
    let answers = typed(login, &dev, directory.path());
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

    assert!(dev.stop().success());
    let imported = typed(&[import], &dev, directory.path()).concat();
    assert!(imported.contains("1 rows: 0 made, 1 completed"), "{imported}");
    let dev = Program::dev(directory.path(), &BTreeMap::new());
    let answers = typed(&login[..2], &dev, directory.path());
    assert!(answers[1].contains(r#""external_id": "10023""#), "{answers:?}");
}

#[test]
fn the_guide_ends_logged_in() {
    follow("docs/getting-started.md");
}

#[test]
fn the_chinese_guide_ends_logged_in() {
    follow("docs/getting-started.zh-CN.md");
}
