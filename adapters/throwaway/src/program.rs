//! Where programs are.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A program that is on the path.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    said(Command::new("sh").args(["-c", "command -v \"$0\"", name])).map(PathBuf::from)
}

/// What a command says, where it succeeds.
pub(crate) fn said(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| said.trim().to_owned())
}
