//! The layers of the house: arrows of dependency, names of packages, lints, and who may name the database.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml"))
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .expect("cargo metadata")
}

/// The folder of a package, below the root.
fn folder(metadata: &Metadata, package: &Package) -> String {
    let folder = package.manifest_path.parent().expect("a folder");
    folder
        .strip_prefix(&metadata.workspace_root)
        .expect("below the root")
        .to_string()
}

/// Our own crates that a crate depends on in its product (not in its tests).
fn own_dependencies(package: &Package) -> BTreeSet<String> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind == DependencyKind::Normal && dependency.name.starts_with("wxlogin"))
        .map(|dependency| dependency.name.clone())
        .collect()
}

#[test]
fn arrows_point_one_way() {
    let metadata = metadata();
    let by_name: BTreeMap<String, String> = metadata
        .packages
        .iter()
        .map(|package| (package.name.to_string(), folder(&metadata, package)))
        .collect();
    for package in &metadata.packages {
        let from = &by_name[package.name.as_str()];
        for dependency in own_dependencies(package) {
            let to = &by_name[&dependency];
            let allowed = match from.as_str() {
                "domain" => false,
                adapter if adapter.starts_with("adapters/") => to == "domain",
                "app" => to == "domain" || to.starts_with("adapters/"),
                "tests" => true,
                other => panic!("{other} is a layer that nobody knows"),
            };
            assert!(allowed, "{from} must not depend on {to}");
        }
    }
}

#[test]
fn folders_name_packages() {
    let metadata = metadata();
    for package in &metadata.packages {
        let expected = match folder(&metadata, package).as_str() {
            "app" => "wxlogin".to_owned(),
            folder => format!("wxlogin-{}", folder.trim_start_matches("adapters/")),
        };
        assert_eq!(package.name.as_str(), expected);
    }
}

#[test]
fn every_crate_inherits_the_lints() {
    for package in &metadata().packages {
        let manifest = std::fs::read_to_string(&package.manifest_path).expect("a manifest");
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{} does not inherit the workspace's lints",
            package.name
        );
    }
}

#[test]
fn one_crate_names_surrealdb() {
    let naming: Vec<String> = metadata()
        .packages
        .iter()
        .filter(|package| {
            package
                .dependencies
                .iter()
                .any(|dependency| dependency.name.starts_with("surrealdb"))
        })
        .map(|package| package.name.to_string())
        .collect();
    assert_eq!(naming, ["wxlogin-store-surreal"]);
}

#[test]
fn the_domain_is_pure() {
    let metadata = metadata();
    let domain = metadata
        .packages
        .iter()
        .find(|package| package.name.as_str() == "wxlogin-domain")
        .expect("the domain");
    for dependency in &domain.dependencies {
        if dependency.kind == DependencyKind::Normal {
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
                !impure.contains(&dependency.name.as_str()),
                "the domain uses {}",
                dependency.name
            );
        }
    }
}

/// Only the composition root names adapters.
#[test]
fn one_file_names_adapters() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut naming = Vec::new();
    visit(&app, &mut |path, text| {
        let adapters = ["wxlogin_crypto", "wxlogin_wechat", "wxlogin_sandbox", "wxlogin_store_"];
        if adapters.iter().any(|adapter| text.contains(adapter)) {
            naming.push(path.strip_prefix(&app).expect("below app/src").display().to_string());
        }
    });
    assert_eq!(naming, ["wiring.rs"]);
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
