//! A shell that keeps a server, and stops it when this process ends.
//!
//! Nothing can be done by a process that is killed, so another has to. The watchdog reads orders from a pipe whose other
//! end this process alone has: when the pipe ends, so does the server, and its directory with it. It has a process group
//! of its own, so that Ctrl-C in a terminal ends this process and not the watchdog.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// What it does with its orders.
const SCRIPT: &str = include_str!("watchdog.sh");

/// A running one.
#[derive(Debug)]
pub(crate) struct Watchdog {
    child: Child,
    /// Nothing once it was told to end.
    talk: Mutex<Option<Talk>>,
}

#[derive(Debug)]
struct Talk {
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Watchdog {
    /// A watchdog over a directory, and a command that is not started yet.
    ///
    /// `signal` is the one that stops the server in order, such as `TERM`.
    pub(crate) fn new(directory: &Path, signal: &str, command: &[OsString]) -> Self {
        let mut child = Command::new("sh")
            .args(["-c", SCRIPT, "wxlogin-throwaway"])
            .arg(directory)
            .arg(signal)
            .args(command)
            // Where the user that runs the server may be, too.
            .current_dir(directory)
            // Servers are known to be up by what they say, which is to be English.
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("a shell");
        let talk = Talk {
            orders: child.stdin.take().expect("a pipe"),
            answers: BufReader::new(child.stdout.take().expect("a pipe")),
        };
        Self {
            child,
            talk: Mutex::new(Some(talk)),
        }
    }

    /// Gives an order and waits for the answer.
    pub(crate) fn order(&self, order: &str) -> String {
        let mut talk = self.talk.lock().unwrap_or_else(PoisonError::into_inner);
        let talk = talk.as_mut().expect("it has not ended");
        writeln!(talk.orders, "{order}").expect("the watchdog is there");
        let mut answer = String::new();
        talk.answers.read_line(&mut answer).expect("the watchdog answers");
        answer.trim_end().to_owned()
    }
}

impl Drop for Watchdog {
    /// Waits for the end, so that nothing is left when a test is over.
    fn drop(&mut self) {
        drop(self.talk.get_mut().unwrap_or_else(PoisonError::into_inner).take());
        // It ends, since its orders have.
        let _ = self.child.wait();
    }
}
