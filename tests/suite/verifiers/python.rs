//! Python, with `PyJWT`.

use std::path::Path;
use std::process::Command;

use wxlogin_tests::required;

use super::{Verifier, tests_of};

fn verifier() -> Option<Verifier> {
    let environment = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/.venv");
    // Put there when everything else was.
    if !required::has(
        environment.join("requirements.txt").exists(),
        "the Python library PyJWT",
    ) {
        return None;
    }
    let python = environment.join("bin/python");
    Some(Verifier::documented("verify.py", move |_| {
        let mut command = Command::new(&python);
        command.arg("verify.py");
        command
    }))
}

tests_of!(verifier());
