//! PostgreSQL.

use std::ffi::OsString;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use crate::control::control;
use crate::program::{self, said};
use crate::server::{Kind, Server};

/// A PostgreSQL server. What it has committed is there after a stop, and after a kill.
#[derive(Debug)]
pub struct Postgres {
    server: Server,
    programs: Programs,
    databases: AtomicU32,
}

control!(Postgres);

/// Who owns the databases, and may do anything; nobody is asked for a password.
const USER: &str = "wxlogin";

impl Postgres {
    /// The one that all tests of this process share: nothing where PostgreSQL is not installed. It ends with the process.
    ///
    /// # Panics
    /// When it does not come up.
    #[must_use]
    pub fn start() -> Option<Arc<Self>> {
        static SHARED: OnceLock<Option<Arc<Postgres>>> = OnceLock::new();
        SHARED.get_or_init(|| Self::private().map(Arc::new)).clone()
    }

    /// One of one's own: nothing where PostgreSQL is not installed. It ends when it is dropped.
    ///
    /// # Panics
    /// When it does not come up.
    #[must_use]
    pub fn private() -> Option<Self> {
        let programs = Programs::find()?;
        Some(Self {
            server: Server::start(&programs),
            programs,
            databases: AtomicU32::new(0),
        })
    }

    /// Makes an empty database and answers its URL: `postgres://wxlogin@127.0.0.1:PORT/NAME`.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn new_database(&self) -> String {
        let name = format!("test{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let port = self.server.port().to_string();
        let output = Command::new(self.programs.directory.join("createdb"))
            .args([
                "--host",
                "127.0.0.1",
                "--port",
                &port,
                "--username",
                USER,
                "--no-password",
            ])
            // Nobody is connected to this one, which would be in the way of a copy.
            .args(["--template", "template0", &name])
            .output()
            .expect("createdb runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        format!("postgres://{USER}@127.0.0.1:{port}/{name}")
    }
}

/// The server's binaries, and who runs them.
#[derive(Debug)]
struct Programs {
    directory: PathBuf,
    runner: Runner,
}

#[derive(Debug, Clone, Copy)]
enum Runner {
    /// Whoever runs the tests.
    TestsUser,
    /// The user `postgres`, by these numbers: the server refuses to be root's.
    Postgres { uid: u32, gid: u32 },
}

impl Programs {
    fn find() -> Option<Self> {
        Some(Self {
            directory: directory()?,
            runner: Runner::find()?,
        })
    }

    /// A command of theirs, run by the right user.
    fn words(&self, name: &str) -> Vec<OsString> {
        let program = self.directory.join(name).into_os_string();
        match self.runner {
            Runner::TestsUser => vec![program],
            // It becomes the program; runuser would stay as its parent, and signals would reach that.
            Runner::Postgres { uid, gid } => {
                let (uid, gid) = (format!("--reuid={uid}"), format!("--regid={gid}"));
                let mut words = ["setpriv", &uid, &gid, "--clear-groups", "--"]
                    .map(OsString::from)
                    .to_vec();
                words.push(program);
                words
            }
        }
    }
}

impl Runner {
    fn find() -> Option<Self> {
        let number = |option: &str, user: &[&str]| -> Option<u32> {
            said(Command::new("id").arg(option).args(user))?.parse().ok()
        };
        if number("-u", &[])? != 0 {
            return Some(Self::TestsUser);
        }
        program::find("setpriv")?;
        Some(Self::Postgres {
            uid: number("-u", &["postgres"])?,
            gid: number("-g", &["postgres"])?,
        })
    }
}

/// Debian has the server's binaries off the path, a directory per version: the newest one's, or what is on the path.
fn directory() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            Some((version, path.join("bin")))
        })
        .collect();
    versions.sort_unstable();
    let on_path = || {
        program::find("postgres")?
            .canonicalize()
            .ok()?
            .parent()
            .map(Path::to_owned)
    };
    let is_whole = |directory: &PathBuf| {
        let has = |name: &&str| directory.join(name).is_file();
        ["initdb", "postgres", "createdb"].iter().all(has)
    };
    versions
        .into_iter()
        .rev()
        .map(|(_, directory)| directory)
        .chain(on_path())
        .find(is_whole)
}

impl Kind for Programs {
    // "Fast": it ends the connections itself.
    const STOPPED_BY: &'static str = "INT";
    const READY: &'static [&'static str] = &["database system is ready to accept connections"];

    fn prepare(&self, directory: &Path) {
        if let Runner::Postgres { uid, gid } = self.runner {
            chown(directory, Some(uid), Some(gid)).expect("root may do that");
        }
        let words = self.words("initdb");
        let output = Command::new(&words[0])
            .args(&words[1..])
            .args(["--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C"])
            // What is lost with the machine is made anew by the next test. The server itself does sync.
            .arg("--no-sync")
            .arg("--pgdata")
            .arg(directory.join("data"))
            .current_dir(directory)
            .output()
            .expect("initdb runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn command(&self, directory: &Path, port: u16) -> Vec<OsString> {
        let mut command = self.words("postgres");
        command.extend(["-D".into(), directory.join("data").into_os_string()]);
        let settings = [
            "listen_addresses=127.0.0.1".to_owned(),
            format!("port={port}"),
            "unix_socket_directories=".to_owned(),
            "max_connections=200".to_owned(),
            // Durability is among what is tested.
            "fsync=on".to_owned(),
        ];
        for setting in settings {
            command.extend(["-c".into(), setting.into()]);
        }
        command
    }
}
