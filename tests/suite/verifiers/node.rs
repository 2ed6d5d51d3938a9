//! JavaScript on Node.js, with jose.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use wxlogin_tests::required;

use super::{Verifier, tests_of};

fn verifier() -> Option<Verifier> {
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("jose/node_modules");
    if !required::has_command("node") || !required::has(modules.exists(), "the npm library jose") {
        return None;
    }
    let verifier = Verifier::documented("verify.mjs", |_| {
        let mut command = Command::new("node");
        // What Node.js has under its global name from release 20 on.
        if major_version() < 20 {
            command.arg("--experimental-global-webcrypto");
        }
        command.arg("verify.mjs");
        command
    });
    symlink(modules, verifier.folder.path().join("node_modules")).expect("a link");
    Some(verifier)
}

fn major_version() -> u32 {
    let output = Command::new("node").arg("--version").output().expect("node runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let major = text.trim_start_matches('v').split('.').next();
    major.and_then(|major| major.parse().ok()).expect("a version")
}

tests_of!(verifier());
