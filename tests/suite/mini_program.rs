//! The programs of `docs/mini-program.md` and of its Chinese twin: they are the same, they parse, and `login.js` does what
//! the guide says of it.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use wxlogin_tests::program::directory;
use wxlogin_tests::required;

/// The JavaScript of a guide: the first line of each block names its file.
fn programs(guide: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(guide);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let blocks = text.split("```js\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// What is for machines of a program: what stands behind `//` is for people, in their language, and so are the words of
/// dialogs.
fn code(program: &str) -> Vec<&str> {
    let cut = |line: &str| {
        let marks = ["// ", "title: ", "content: "];
        marks.iter().filter_map(|mark| line.find(mark)).min()
    };
    let lines = program.lines().map(|line| &line[..cut(line).unwrap_or(line.len())]);
    lines.map(str::trim_end).filter(|line| !line.is_empty()).collect()
}

fn write(folder: &TempDir, name: &str, program: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, program).expect("a file");
    path.display().to_string()
}

fn run(command: &mut Command) {
    let output = command.output().expect("node runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{output:?}");
}

const GUIDES: [&str; 2] = ["mini-program.md", "mini-program.zh-CN.md"];

#[test]
fn the_guides_have_the_same_programs() {
    let [english, chinese] = GUIDES.map(programs);
    assert!(english.len() > 3, "there are programs");
    assert_eq!(english.len(), chinese.len());
    for (one, other) in english.iter().zip(&chinese) {
        assert_eq!(code(one), code(other));
    }
}

#[test]
fn every_program_parses() {
    if !required::has_command("node") {
        return;
    }
    let folder = directory();
    for (number, program) in GUIDES.into_iter().flat_map(programs).enumerate() {
        let file = write(&folder, &format!("program-{number}.cjs"), &program);
        run(Command::new("node").args(["--check", &file]));
    }
}

#[test]
fn login_js_does_what_the_guide_says() {
    if !required::has_command("node") {
        return;
    }
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("mini-program/login.test.mjs");
    let folder = directory();
    for guide in GUIDES {
        let programs = programs(guide);
        let login = programs.iter().find(|program| program.starts_with("// login.js"));
        let file = write(&folder, "login.js", login.expect("the guide has login.js"));
        run(Command::new("node").arg("--test").arg(&tests).env("LOGIN_JS", file));
    }
}
