//! The service under load: the real program, as an operator would start it, without the limits that would protect it.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::time::Instant;
use wxlogin_tests::program::MASTER_KEY;
use wxlogin_tests::signal;

use crate::connection::Connection;
use crate::process::Process;
use crate::request::{self, API_KEY};

/// The mini program that all log in to.
pub const APPID: &str = "wx0000000000000001";

/// A store with many accounts may take a while; one that takes longer than this does not come.
const PATIENCE: Duration = Duration::from_secs(120);

/// What is started, and on what.
#[derive(Clone)]
pub struct Setup {
    /// The program.
    pub program: PathBuf,
    /// `WXLOGIN_STORE`.
    pub store: String,
    /// Where it works, and leaves its log.
    pub directory: PathBuf,
    /// The stand-in platform.
    pub platform: SocketAddr,
}

/// A running service. Killed when dropped.
pub struct Service {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// How long it took from being started to being ready.
    pub ready_after: Duration,
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Service {
    /// Starts it, and waits until it is ready.
    ///
    /// # Errors
    /// When it does not become so; says what it has logged.
    pub async fn start(setup: &Setup) -> anyhow::Result<Self> {
        // At the level at which load is measured it does not say where it listens: it is told.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let log = setup.directory.join("service.log");
        let output = File::create(&log)?;
        let mut command = Command::new(&setup.program);
        command
            .arg("serve")
            .current_dir(&setup.directory)
            .env_clear()
            .envs(setup.environment())
            .env("WXLOGIN_LISTEN", address.to_string())
            .env("WXLOGIN_ISSUER", format!("http://{address}"))
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        let started = Instant::now();
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {}", setup.program.display()))?;
        let mut service = Self {
            child,
            address,
            ready_after: Duration::ZERO,
        };
        while !is_ready(address).await {
            if service.child.try_wait()?.is_some() || started.elapsed() > PATIENCE {
                bail!("{} is not ready: {}", setup.program.display(), last_words(&log));
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        service.ready_after = started.elapsed();
        Ok(service)
    }

    /// Its process.
    pub fn process(&self) -> Process {
        Process(self.child.id())
    }

    /// Where to ask it, and what to watch meanwhile.
    pub fn server(&self) -> (SocketAddr, Process) {
        (self.address, self.process())
    }

    /// Stops it in order, so that its store is whole.
    ///
    /// # Errors
    /// When it ends with a failure.
    pub fn stop(mut self) -> anyhow::Result<()> {
        signal::send(&self.child, "TERM");
        let status = self.child.wait()?;
        anyhow::ensure!(status.success(), "the service ends with {status}");
        Ok(())
    }
}

impl Setup {
    /// The configuration, but for the address.
    pub fn environment(&self) -> [(&'static str, String); 14] {
        let unlimited = || "0".to_owned();
        [
            ("WXLOGIN_STORE", self.store.clone()),
            ("WXLOGIN_APPID", APPID.into()),
            ("WXLOGIN_SECRET", "0123456789abcdef0123456789abcdef".into()),
            ("WXLOGIN_MASTER_KEY", MASTER_KEY.into()),
            ("WXLOGIN_ISSUER", "http://127.0.0.1".into()),
            ("WXLOGIN_ADMIN_KEYS", format!("load:{API_KEY}")),
            ("WXLOGIN_WECHAT_URL", format!("http://{}", self.platform)),
            // Tokens of the run are used until its end.
            ("WXLOGIN_ACCESS_TTL", "1h".into()),
            ("WXLOGIN_LIMITS_PER_ADDRESS", unlimited()),
            ("WXLOGIN_LIMITS_PER_ACCOUNT", unlimited()),
            ("WXLOGIN_LIMITS_WECHAT_PER_APP", unlimited()),
            ("WXLOGIN_LIMITS_WECHAT_PER_USER", unlimited()),
            ("WXLOGIN_LIMITS_WECHAT_CONCURRENT", "1024".into()),
            ("WXLOGIN_LOG", "warn".into()),
        ]
    }
}

async fn is_ready(address: SocketAddr) -> bool {
    let Ok(mut connection) = Connection::open(address).await else {
        return false;
    };
    let mut request = Vec::new();
    request::get("/readyz", &mut request);
    connection
        .exchange(&request)
        .await
        .is_ok_and(|answer| answer.status == 200)
}

fn last_words(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let last: Vec<&str> = text.lines().rev().take(5).collect();
    last.into_iter().rev().collect::<Vec<_>>().join("\n")
}
