//! A server under its watchdog.

use std::ffi::OsString;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use crate::directory;
use crate::watchdog::Watchdog;

/// What distinguishes one kind of server from another.
pub(crate) trait Kind {
    /// The signal that stops it in order.
    const STOPPED_BY: &'static str;
    /// What its log says, all of it, once it can be used. The log is its own, while another server may answer at its
    /// port.
    const READY: &'static [&'static str];

    /// Makes what it needs in its directory before its first start.
    fn prepare(&self, directory: &Path);

    /// The command that runs it, in the foreground.
    fn command(&self, directory: &Path, port: u16) -> Vec<OsString>;
}

/// How often a server is looked at while it starts.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How many looks that are: a minute's worth.
const LOOKS: u32 = 3000;
/// How many ports are tried. One that was free a moment ago may be somebody else's by now.
const PORTS: u32 = 10;

/// A server in a directory of its own. When it is dropped both are gone.
#[derive(Debug)]
pub(crate) struct Server {
    watchdog: Watchdog,
    directory: PathBuf,
    port: u16,
    process: AtomicU32,
    ready: &'static [&'static str],
}

/// Why a server is not up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NotUp {
    /// It ended by itself.
    Ended,
    /// It is still not ready.
    Late,
}

impl Server {
    /// Starts one.
    ///
    /// # Panics
    /// When it does not come up; says what is in its log.
    pub(crate) fn start<K: Kind>(kind: &K) -> Self {
        for _ in 1..PORTS {
            let server = Self::prepare(kind);
            match server.try_start() {
                Ok(()) => return server,
                Err(NotUp::Ended) => {}
                Err(NotUp::Late) => panic!("it does not come up: {}", server.log()),
            }
        }
        let server = Self::prepare(kind);
        if let Err(error) = server.try_start() {
            panic!("it does not come up ({error:?}): {}", server.log());
        }
        server
    }

    fn prepare<K: Kind>(kind: &K) -> Self {
        let directory = directory::new();
        let port = free_port();
        let watchdog = Watchdog::new(&directory, K::STOPPED_BY, &kind.command(&directory, port));
        kind.prepare(&directory);
        Self {
            watchdog,
            directory,
            port,
            process: AtomicU32::new(0),
            ready: K::READY,
        }
    }

    /// Stops it in order, and waits for that.
    pub(crate) fn stop(&self) {
        assert_eq!(self.watchdog.order("stop"), "stopped");
    }

    /// Starts it as it was, at the same port.
    ///
    /// # Panics
    /// When it does not come up.
    pub(crate) fn start_again(&self) {
        // In vain while somebody else has the port for a moment, or what a killed server left behind is not gone.
        let mut tries = 0;
        while let Err(error) = self.try_start() {
            tries += 1;
            assert!(error == NotUp::Ended && tries < LOOKS, "{error:?}: {}", self.log());
            thread::sleep(LOOK_EVERY);
        }
    }

    fn try_start(&self) -> Result<(), NotUp> {
        let process = self.watchdog.order("start");
        self.process
            .store(process.parse().expect("a process id"), Ordering::Relaxed);
        for _ in 0..LOOKS {
            if self.watchdog.order("look") == "down" {
                return Err(NotUp::Ended);
            }
            let log = self.log();
            if self.ready.iter().all(|sign| log.contains(sign))
                && TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok()
            {
                return Ok(());
            }
            thread::sleep(LOOK_EVERY);
        }
        Err(NotUp::Late)
    }

    /// Stops it in its tracks, with its children: connections stay, and nobody answers.
    pub(crate) fn freeze(&self) {
        assert_eq!(self.watchdog.order("freeze"), "frozen");
    }

    /// Lets it go on.
    pub(crate) fn thaw(&self) {
        assert_eq!(self.watchdog.order("thaw"), "thawed");
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.process.load(Ordering::Relaxed)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    /// What it said since its last start.
    fn log(&self) -> String {
        let log = std::fs::read(self.directory.join("log")).unwrap_or_default();
        String::from_utf8_lossy(&log).into_owned()
    }
}

/// A port that is free at this moment.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    listener.local_addr().expect("an address").port()
}
