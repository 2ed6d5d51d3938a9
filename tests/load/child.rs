//! Parts of the load run that are processes of their own, made of this same program: what one of them uses is then
//! nobody else's.

use std::io::{self, BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;

use crate::process::Process;

/// A part that runs and listens. Ended when dropped.
pub struct Part {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Drop for Part {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Part {
    /// Starts this program in another role, and waits until it says where it listens.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(arguments: &[&str]) -> anyhow::Result<Self> {
        let program = std::env::current_exe()?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().context("it has no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let address = line.trim().parse();
        let address = address.with_context(|| format!("load {} does not listen", arguments.join(" ")))?;
        Ok(Self { child, address })
    }

    /// Its process.
    pub fn process(&self) -> Process {
        Process(self.child.id())
    }
}

/// Says where a part listens, to whoever has started it.
pub fn announce(address: SocketAddr) {
    println!("{address}");
}

/// Ends when whoever has started this part is gone: nothing outlives the run, however that ended.
///
/// # Errors
/// When the standard input cannot be read.
pub async fn abandoned() -> io::Result<()> {
    let ended = tokio::task::spawn_blocking(|| io::stdin().read_to_end(&mut Vec::new()));
    ended.await?.map(drop)
}
