//! Redis.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::control::control;
use crate::program;
use crate::server::{Kind, Server};

/// A Redis server. It keeps nothing over a stop.
#[derive(Debug)]
pub struct Redis {
    server: Server,
}

control!(Redis);

impl Redis {
    /// The one that all tests of this process share: nothing where Redis is not installed. It ends with the process.
    ///
    /// # Panics
    /// When it does not come up.
    #[must_use]
    pub fn start() -> Option<Arc<Self>> {
        static SHARED: OnceLock<Option<Arc<Redis>>> = OnceLock::new();
        SHARED.get_or_init(|| Self::private().map(Arc::new)).clone()
    }

    /// One of one's own: nothing where Redis is not installed. It ends when it is dropped.
    ///
    /// # Panics
    /// When it does not come up.
    #[must_use]
    pub fn private() -> Option<Self> {
        let program = program::find("redis-server")?;
        let server = Server::start(&Program(program));
        Some(Self { server })
    }

    /// Where it is: `redis://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.server.port())
    }
}

/// The server's binary.
struct Program(PathBuf);

impl Kind for Program {
    const STOPPED_BY: &'static str = "TERM";
    const READY: &'static [&'static str] = &["Ready to accept connections"];

    fn prepare(&self, _directory: &Path) {}

    fn command(&self, directory: &Path, port: u16) -> Vec<OsString> {
        let mut command = vec![self.0.clone().into_os_string()];
        let port = port.to_string();
        command.extend(["--bind", "127.0.0.1", "--port", &*port].map(OsString::from));
        command.extend(["--save", "", "--appendonly", "no", "--dir"].map(OsString::from));
        command.push(directory.into());
        command
    }
}
