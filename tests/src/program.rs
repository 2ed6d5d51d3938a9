//! The `wxlogin` binary, started as a user would start it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use tempfile::TempDir;
use wxlogin_sandbox::{DEFAULT_APPID, DEFAULT_SECRET};

use crate::client::Api;
use crate::lines::Lines;
use crate::signal;

/// A master key that no development key looks like: base64 of `wxlogin tests, 32 bytes of a key`.
pub const MASTER_KEY: &str = "d3hsb2dpbiB0ZXN0cywgMzIgYnl0ZXMgb2YgYSBrZXk=";

/// The binary, built beside this test.
///
/// `cargo test --workspace` builds it; a run of this package alone uses the one that is there.
#[must_use]
pub fn binary() -> PathBuf {
    let test = std::env::current_exe().expect("a path");
    let profile = test.parent().and_then(Path::parent).expect("target/PROFILE/deps");
    let binary = profile.join("wxlogin");
    assert!(
        binary.exists(),
        "{} is not there: run the tests with tests/run, or build it with cargo build",
        binary.display()
    );
    binary
}

/// A command of the binary, in a directory of its own and with no environment but this.
#[must_use]
pub fn command(directory: &Path, arguments: &[&str], environment: &BTreeMap<&str, String>) -> Command {
    let mut command = Command::new(binary());
    command
        .args(arguments)
        .current_dir(directory)
        .env_clear()
        .envs(environment)
        .stdin(Stdio::null());
    command
}

/// Runs a command to its end.
#[must_use]
pub fn run(directory: &Path, arguments: &[&str], environment: &BTreeMap<&str, String>) -> Output {
    command(directory, arguments, environment).output().expect("it runs")
}

/// What `wxlogin serve` needs at the least, against a platform.
#[must_use]
pub fn environment(platform: &str, directory: &Path) -> BTreeMap<&'static str, String> {
    BTreeMap::from([
        ("WXLOGIN_LISTEN", "127.0.0.1:0".into()),
        ("WXLOGIN_APPID", DEFAULT_APPID.into()),
        ("WXLOGIN_SECRET", DEFAULT_SECRET.into()),
        ("WXLOGIN_MASTER_KEY", MASTER_KEY.into()),
        ("WXLOGIN_ISSUER", "http://127.0.0.1:8080".into()),
        ("WXLOGIN_WECHAT_URL", platform.into()),
        (
            "WXLOGIN_STORE",
            format!("surrealkv://{}", directory.join("store").display()),
        ),
    ])
}

/// An API key of [`shared_environment`], with all scopes.
pub const ADMIN_KEY: &str = "admin-key-of-the-tests-admin-key-of-the-tests";

/// What a service needs that works on a database server, beside any number of others: no limits, an API key, and time
/// to come again after an outage.
#[must_use]
pub fn shared_environment(platform: &str, directory: &Path, store: &str) -> BTreeMap<&'static str, String> {
    let mut environment = environment(platform, directory);
    environment.extend([
        ("WXLOGIN_STORE", store.to_owned()),
        ("WXLOGIN_ADMIN_KEYS", format!("tests:{ADMIN_KEY}")),
        ("WXLOGIN_LIMITS_PER_ADDRESS", "0".into()),
        ("WXLOGIN_LIMITS_PER_ACCOUNT", "0".into()),
        ("WXLOGIN_LIMITS_WECHAT_PER_USER", "0".into()),
        ("WXLOGIN_REFRESH_GRACE", "10m".into()),
    ]);
    environment
}

/// `wxlogin dev`, with nothing said but that its ports are free ones.
pub const DEV: [&str; 5] = ["dev", "--listen", "127.0.0.1:0", "--sandbox-listen", "127.0.0.1:0"];

/// A running service. Killed when dropped.
pub struct Program {
    child: Child,
    output: Lines,
    /// Where it listens.
    pub url: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// Starts `wxlogin serve` and waits until it listens.
    #[must_use]
    pub fn serve(directory: &Path, environment: &BTreeMap<&str, String>) -> Self {
        Self::start(directory, &["serve"], environment)
    }

    /// Starts `wxlogin serve` while its store cannot be reached, and waits until it listens all the same.
    #[must_use]
    pub fn serve_without_its_store(directory: &Path, environment: &BTreeMap<&str, String>) -> Self {
        let message = "listening before the store is open";
        Self::start_and_wait(directory, &["serve"], environment, message)
    }

    /// Starts [`DEV`] and waits until it listens.
    #[must_use]
    pub fn dev(directory: &Path, environment: &BTreeMap<&str, String>) -> Self {
        Self::start(directory, &DEV, environment)
    }

    /// Where `wxlogin dev` says that its stand-in WeChat is.
    #[must_use]
    pub fn stand_in(&self) -> String {
        let printed = self.wait_for_line(|line| {
            let url = line.trim().strip_prefix("WeChat ")?.split_whitespace().next()?;
            Some(url.to_owned())
        });
        printed.expect("its address is printed")
    }

    /// Starts a command that serves, and waits until it listens.
    #[must_use]
    pub fn start(directory: &Path, arguments: &[&str], environment: &BTreeMap<&str, String>) -> Self {
        Self::start_and_wait(directory, arguments, environment, "listening")
    }

    /// Starts a command, and waits until it logs this message with its address.
    fn start_and_wait(
        directory: &Path,
        arguments: &[&str],
        environment: &BTreeMap<&str, String>,
        message: &str,
    ) -> Self {
        let mut child = command(directory, arguments, environment)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let output = Lines::default();
        output.follow(child.stdout.take().expect("a pipe"));
        output.follow(child.stderr.take().expect("a pipe"));
        let address = output.wait_for(|line| {
            let log: serde_json::Value = serde_json::from_str(line).ok()?;
            (log["message"] == message).then(|| log["address"].as_str().map(str::to_owned))?
        });
        let Some(address) = address else {
            panic!("it does not listen: {:#?}", output.all());
        };
        Self {
            child,
            output,
            url: format!("http://{address}"),
        }
    }

    /// A client of it.
    #[must_use]
    pub fn api(&self) -> Api {
        Api::new(self.url.clone())
    }

    /// Everything that it has written so far.
    #[must_use]
    pub fn output(&self) -> Vec<String> {
        self.output.all()
    }

    /// The first line of its output that `find` finds something in; waits for it.
    pub fn wait_for_line<T>(&self, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.output.wait_for(find)
    }

    /// SIGKILL: no chance to write anything.
    pub fn kill(mut self) {
        self.child.kill().expect("it is killed");
        self.child.wait().expect("it ends");
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) {
        signal::send(&self.child, name);
    }

    /// SIGTERM, and waits for the end.
    pub fn stop(&mut self) -> ExitStatus {
        self.signal("TERM");
        self.child.wait().expect("it ends")
    }
}

/// A directory of its own.
#[must_use]
pub fn directory() -> TempDir {
    tempfile::Builder::new()
        .prefix("wxlogin-")
        .tempdir()
        .expect("a directory")
}
