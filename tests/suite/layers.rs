//! The layers of the house: arrows of dependency, names of packages, lints, and who may name the database.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A crate of the workspace, as cargo describes it.
struct Crate {
    name: String,
    /// Its folder, below the root.
    folder: String,
    manifest: String,
    dependencies: Vec<Dependency>,
}

struct Dependency {
    name: String,
    /// Of the product, not of its tests or its build.
    is_normal: bool,
}

/// Read from cargo itself: a library for this would bring features of its own into every crate of the test build, and
/// so build the database twice.
fn crates() -> Vec<Crate> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{output:?}");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let root = text(&metadata["workspace_root"]);
    let packages = metadata["packages"].as_array().expect("packages");
    packages.iter().map(|package| read(package, &root)).collect()
}

fn read(package: &Value, root: &str) -> Crate {
    let manifest = text(&package["manifest_path"]);
    let folder = manifest.trim_start_matches(root).trim_end_matches("Cargo.toml");
    let dependencies = package["dependencies"].as_array().expect("dependencies");
    Crate {
        name: text(&package["name"]),
        folder: folder.trim_matches('/').to_owned(),
        dependencies: dependencies
            .iter()
            .map(|dependency| Dependency {
                name: text(&dependency["name"]),
                is_normal: dependency["kind"].is_null(),
            })
            .collect(),
        manifest,
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

#[test]
fn arrows_point_one_way() {
    let crates = crates();
    let folders: BTreeMap<&str, &str> = crates.iter().map(|own| (&*own.name, &*own.folder)).collect();
    for own in &crates {
        let normal = own.dependencies.iter().filter(|dependency| dependency.is_normal);
        for to in normal.filter_map(|dependency| folders.get(&*dependency.name)) {
            let allowed = match &*own.folder {
                "domain" => false,
                adapter if adapter.starts_with("adapters/") => *to == "domain",
                "app" => *to == "domain" || to.starts_with("adapters/"),
                "tests" => true,
                other => panic!("{other} is a layer that nobody knows"),
            };
            assert!(allowed, "{} must not depend on {to}", own.folder);
        }
    }
}

#[test]
fn folders_name_packages() {
    for own in crates() {
        let expected = match &*own.folder {
            "app" => "wxlogin".to_owned(),
            folder => format!("wxlogin-{}", folder.trim_start_matches("adapters/")),
        };
        assert_eq!(own.name, expected);
    }
}

#[test]
fn every_crate_inherits_the_lints() {
    for own in crates() {
        let manifest = std::fs::read_to_string(&own.manifest).expect("a manifest");
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{} does not inherit the workspace's lints",
            own.name
        );
    }
}

#[test]
fn one_crate_names_surrealdb() {
    let names_it = |own: &Crate| {
        own.dependencies
            .iter()
            .any(|dependency| dependency.name.starts_with("surrealdb"))
    };
    let naming: Vec<String> = crates().into_iter().filter(names_it).map(|own| own.name).collect();
    assert_eq!(naming, ["wxlogin-store-surreal"]);
}

#[test]
fn the_domain_is_pure() {
    let crates = crates();
    let domain = crates.iter().find(|own| own.folder == "domain").expect("the domain");
    for dependency in domain.dependencies.iter().filter(|dependency| dependency.is_normal) {
        let impure = [
            "tokio",
            "poem",
            "reqwest",
            "surrealdb",
            "serde_json",
            "rand",
            "getrandom",
        ];
        assert!(
            !impure.contains(&&*dependency.name),
            "the domain uses {}",
            dependency.name
        );
    }
}

/// Only the composition root names adapters.
#[test]
fn one_place_names_adapters() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut naming = Vec::new();
    visit(&app, &mut |path, text| {
        let adapters = [
            "wxlogin_crypto",
            "wxlogin_wechat",
            "wxlogin_sandbox",
            "wxlogin_store_",
            "wxlogin_cache_",
        ];
        if adapters.iter().any(|adapter| text.contains(adapter)) {
            naming.push(path.strip_prefix(&app).expect("below app/src").display().to_string());
        }
    });
    let elsewhere: Vec<&String> = naming.iter().filter(|file| !file.starts_with("wiring")).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    assert!(naming.contains(&"wiring.rs".into()), "{naming:?}");
}

fn visit(folder: &Path, look: &mut impl FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            visit(&path, look);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            look(&path, &std::fs::read_to_string(&path).expect("a source"));
        }
    }
}
