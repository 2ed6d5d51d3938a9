//! SurrealDB, by the server of `tests/surrealdb-server`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use crate::control::control;
use crate::server::{Kind, Server};

/// A SurrealDB server.
#[derive(Debug)]
pub struct Surreal {
    server: Server,
    databases: AtomicU32,
}

control!(Surreal);

impl Surreal {
    /// The one that all tests of this process share, in memory: nothing where the server is not built. It ends with the
    /// process.
    ///
    /// # Panics
    /// When it does not come up.
    #[must_use]
    pub fn start() -> Option<Arc<Self>> {
        static SHARED: OnceLock<Option<Arc<Surreal>>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| Self::with_storage(Storage::Memory).map(Arc::new));
        shared.clone()
    }

    /// One of one's own, which keeps its data over a stop: nothing where the server is not built. It ends when it is
    /// dropped.
    ///
    /// # Panics
    /// When it does not come up.
    #[must_use]
    pub fn private() -> Option<Self> {
        Self::with_storage(Storage::Directory)
    }

    fn with_storage(storage: Storage) -> Option<Self> {
        let program = program()?;
        Some(Self {
            server: Server::start(&Program { program, storage }),
            databases: AtomicU32::new(0),
        })
    }

    /// The URL of a database that nobody has used: `ws://root:root@127.0.0.1:PORT/NAMESPACE/DATABASE`. Namespace and
    /// database are made by whoever uses them first.
    #[must_use]
    pub fn new_database(&self) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let port = self.server.port();
        format!("ws://root:root@127.0.0.1:{port}/test{number}/wxlogin")
    }
}

#[derive(Debug, Clone, Copy)]
enum Storage {
    Memory,
    Directory,
}

/// The server's binary, and what it keeps data in.
struct Program {
    program: PathBuf,
    storage: Storage,
}

/// It takes long to build, so it is not built along with the tests: `WXLOGIN_TEST_SURREALDB_SERVER` says where it is, or
/// it is in the target directory.
fn program() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "a setting of the tests, not of the service")]
    if let Ok(named) = std::env::var("WXLOGIN_TEST_SURREALDB_SERVER") {
        let named = PathBuf::from(named);
        assert!(named.is_file(), "WXLOGIN_TEST_SURREALDB_SERVER: there is no such file");
        return Some(named);
    }
    let test = std::env::current_exe().ok()?;
    test.ancestors()
        .map(|folder| folder.join("surrealdb-server/debug/wxlogin-tests-surrealdb-server"))
        .find(|program| program.is_file())
}

impl Kind for Program {
    // It ends in order at this signal alone.
    const STOPPED_BY: &'static str = "TERM";
    const READY: &'static [&'static str] = &["Started web server on", "Startup complete"];

    fn prepare(&self, _directory: &Path) {}

    fn command(&self, directory: &Path, port: u16) -> Vec<OsString> {
        // It asks on the internet for newer versions, and takes half of the machine's memory, unless told not to.
        let settings = [
            "SURREAL_ONLINE_VERSION_CHECK=false",
            "SURREAL_SURREALKV_BLOCK_CACHE_CAPACITY=67108864",
            "SURREAL_SURREALKV_MAX_MEMTABLE_SIZE=33554432",
        ];
        let mut command = vec![OsString::from("env")];
        command.extend(settings.map(OsString::from));
        command.push(self.program.clone().into_os_string());
        let address = format!("127.0.0.1:{port}");
        command.extend(["start", "--no-banner", "--log", "info", "--bind", &*address].map(OsString::from));
        command.extend(["--user", "root", "--pass", "root"].map(OsString::from));
        command.push(match self.storage {
            Storage::Memory => "memory".into(),
            Storage::Directory => {
                let mut url = OsString::from("surrealkv://");
                url.push(directory.join("data"));
                url
            }
        });
        command
    }
}
