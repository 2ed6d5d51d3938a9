//! What a process has used, as Linux tells it.

use std::fs;
use std::time::Duration;

use anyhow::Context as _;
use serde::Serialize;

/// In how many ticks a second Linux tells times to programs, on every architecture.
const TICKS: u64 = 100;

/// A process that is looked at.
#[derive(Clone, Copy)]
pub struct Process(pub u32);

/// Memory of a process, in KiB.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Memory {
    /// What it has now.
    pub resident: u64,
    /// The most that it ever had.
    pub peak: u64,
}

impl Process {
    /// The time that it has spent on processors, of its own and in the kernel for it.
    ///
    /// # Errors
    /// When it has ended.
    pub fn busy(self) -> anyhow::Result<Duration> {
        let stat = self.read("stat")?;
        // The name of the program comes before and may hold anything, blanks included.
        let after_name = stat.rsplit_once(')').map_or("", |(_, after)| after);
        let field = |number: usize| after_name.split_whitespace().nth(number)?.parse::<u64>().ok();
        let (user, system) = field(11).zip(field(12)).context("stat has no times")?;
        Ok(Duration::from_millis((user + system) * 1000 / TICKS))
    }

    /// Its memory.
    ///
    /// # Errors
    /// When it has ended.
    pub fn memory(self) -> anyhow::Result<Memory> {
        let status = self.read("status")?;
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().nth(1)?.parse().ok()
        };
        let (resident, peak) = of("VmRSS").zip(of("VmHWM")).context("status has no memory")?;
        Ok(Memory { resident, peak })
    }

    fn read(self, name: &str) -> anyhow::Result<String> {
        let path = format!("/proc/{}/{name}", self.0);
        fs::read_to_string(&path).with_context(|| format!("cannot read {path}: load is measured on Linux"))
    }
}

/// How many programs wanted a processor during the last minute, on average: those of others, when asked before the run.
///
/// # Errors
/// When Linux does not tell.
pub fn busy_with_others() -> anyhow::Result<f64> {
    let loads = fs::read_to_string("/proc/loadavg")?;
    let last_minute = loads.split_whitespace().next();
    let parsed = last_minute.and_then(|load| load.parse().ok());
    parsed.context("/proc/loadavg has no load")
}
