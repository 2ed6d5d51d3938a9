//! The READMEs tell of every setting and of every error that the service can answer, in both languages.

use std::path::Path;

use serde_json::Value;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn readmes() -> [(&'static str, String); 2] {
    ["README.md", "README.zh-CN.md"].map(|name| (name, file(name)))
}

#[test]
fn every_setting_is_there() {
    for (name, text) in readmes() {
        for setting in wxlogin::config::settings() {
            if let Some(key) = setting.env {
                assert!(text.contains(&format!("`{key}`")), "{name} does not tell of {key}");
            }
        }
    }
}

#[test]
fn every_problem_is_there() {
    let document: Value = serde_json::from_str(&file("openapi/openapi.json")).expect("JSON");
    let mut codes = Vec::new();
    collect_examples(&document["paths"], &mut codes);
    assert!(codes.contains(&"code_invalid".to_owned()));
    for (name, text) in readmes() {
        for code in &codes {
            assert!(text.contains(&format!("`{code}`")), "{name} does not tell of {code}");
        }
    }
}

/// Each problem response of the document has an example per code, under the code's name.
fn collect_examples(value: &Value, codes: &mut Vec<String>) {
    if let Some(problem) = value
        .pointer("/application~1problem+json/examples")
        .and_then(Value::as_object)
    {
        codes.extend(problem.keys().cloned());
    }
    match value {
        Value::Object(members) => members.values().for_each(|member| collect_examples(member, codes)),
        Value::Array(items) => items.iter().for_each(|item| collect_examples(item, codes)),
        _ => {}
    }
}

#[test]
fn the_two_commands_come_first() {
    for (name, text) in readmes() {
        let run = text.find("cargo run -- dev").expect("the first command");
        let test = text.find("tests/run").expect("the second command");
        assert!(run < test && test < 2000, "{name}");
    }
}
