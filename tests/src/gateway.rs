//! A gateway's own program, with a configuration of its own in front of the service.

use std::fs::Permissions;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::lines::Lines;
use crate::program::directory;
use crate::signal;

/// A running gateway. Stopped when dropped.
pub struct Gateway {
    child: Child,
    /// Where it listens, such as `127.0.0.1:49152`.
    pub address: String,
    _prefix: TempDir,
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // Not killed: its workers would live on.
        signal::send(&self.child, "TERM");
        // It ends, since it was told to.
        let _ = self.child.wait();
    }
}

impl Gateway {
    /// Starts one and waits until it listens.
    ///
    /// `prepare` writes its files, for an address, into a directory, and answers the command. `is_ready` knows the line
    /// that tells of its start.
    #[must_use]
    pub fn start(prepare: impl Fn(&Path, &str) -> Command, is_ready: impl Fn(&str) -> bool) -> Self {
        let prefix = directory();
        // Workers run as a user of their own.
        std::fs::set_permissions(prefix.path(), Permissions::from_mode(0o755)).expect("it is ours");
        let address = free_address();
        let mut child = prepare(prefix.path(), &address)
            .current_dir(prefix.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let output = Lines::default();
        output.follow(child.stderr.take().expect("a pipe"));
        let gateway = Self {
            child,
            address,
            _prefix: prefix,
        };
        let started = output.wait_for(|line| is_ready(line).then_some(()));
        assert!(started.is_some(), "it does not start: {:#?}", output.all());
        gateway
    }

    /// An address of it.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

/// A loopback address with a port that was free a moment ago.
fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").to_string()
}
