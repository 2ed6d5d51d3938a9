//! `load`: what the service takes, beside what the machine can do.
//!
//! Starts the real program on a store, with a platform that costs next to nothing, and asks it as fast as it answers.
//! The ceilings are measured in the same run: absolute figures tell of the machine, their ratios of the service. It
//! reports, and does not judge: only answers that are not what they should be make it fail.

mod callers;
mod ceiling;
mod child;
mod commits;
mod connection;
mod drive;
mod fill;
mod measured;
mod options;
mod platform;
mod process;
mod report;
mod request;
mod run;
mod service;
mod signatures;
mod store;

use std::process::ExitCode;

use clap::Parser as _;
use options::{Command, PartName};
use tokio::signal::unix::{SignalKind, signal};

/// As the service has it, so that nothing differs between it and its ceiling.
const WORKER_STACK: usize = 10 * 1024 * 1024;

fn main() -> anyhow::Result<ExitCode> {
    let command = Command::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(WORKER_STACK)
        .enable_all()
        .build()?;
    runtime.block_on(async { tokio::spawn(perform(command)).await? })
}

/// Waits until somebody wants the program to end.
fn stopped() -> std::io::Result<impl Future<Output = ()>> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

async fn perform(command: Command) -> anyhow::Result<ExitCode> {
    match command.part {
        Some(PartName::Ceiling) => ceiling::serve().await?,
        Some(PartName::Platform) => platform::serve().await?,
        None => {
            let measured = tokio::select! {
                measured = run::run(&command.options) => measured?,
                // What was started ends with the run.
                () = stopped()? => anyhow::bail!("stopped"),
            };
            report::publish(&measured, command.options.out.as_deref())?;
            if measured.failures() > 0 {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
