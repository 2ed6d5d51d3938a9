//! The committed OpenAPI document is the one that the program serves.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use wxlogin_tests::program::{directory, run};

fn committed(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn printed(format: &str) -> String {
    let printed = run(directory().path(), &["openapi", "--format", format], &BTreeMap::new());
    assert!(printed.status.success());
    String::from_utf8(printed.stdout).expect("UTF-8")
}

#[test]
fn the_files_are_what_the_program_prints() {
    for (file, format) in [("openapi.json", "json"), ("openapi.yaml", "yaml")] {
        assert!(
            committed(file) == printed(format),
            "openapi/{file} has drifted: cargo run -- openapi --format {format} > openapi/{file}"
        );
    }
}

/// Method names of generated clients come from these: changing one breaks them.
#[test]
fn the_operations_are_these() {
    let document: Value = serde_json::from_str(&committed("openapi.json")).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let mut operations: Vec<String> = paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().expect("methods");
            methods.iter().map(move |(method, operation)| {
                let id = operation["operationId"].as_str().unwrap_or("-");
                format!("{id}: {} {path}", method.to_uppercase())
            })
        })
        .collect();
    operations.sort();
    insta::assert_snapshot!(operations.join("\n"));
}
