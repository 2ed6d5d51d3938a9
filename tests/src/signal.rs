//! Signals to what a test has started.

use std::process::{Child, Command};

/// Sends a signal to a child.
pub fn send(child: &Child, name: &str) {
    let id = child.id().to_string();
    // The shell's own: a small system has no other.
    let sent = Command::new("sh")
        .args(["-c", "kill -s \"$0\" \"$1\"", name, &id])
        .status()
        .expect("a shell");
    assert!(sent.success());
}
