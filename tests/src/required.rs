//! Tools that some tests need: one that is missing leaves the test out, and fails it where all have to run.

use std::process::{Command, Stdio};

/// Whether a command can be run; where it cannot, the test says so and is over.
#[must_use]
pub fn has_command(name: &str) -> bool {
    let found = Command::new("sh")
        .args(["-c", "command -v \"$0\"", name])
        .stdout(Stdio::null())
        .status()
        .expect("a shell");
    has(found.success(), name)
}

/// Whether something is there, under a name for people.
#[must_use]
pub fn has(is_there: bool, name: &str) -> bool {
    if !is_there {
        #[expect(clippy::disallowed_methods, reason = "a setting of the tests, not of the service")]
        let required = std::env::var("WXLOGIN_TEST_REQUIRE_BACKENDS").is_ok_and(|value| value == "1");
        assert!(!required, "{name} is required and not to be had: tests/run --tools");
        eprintln!("ignored: {name} is not to be had");
    }
    is_there
}
