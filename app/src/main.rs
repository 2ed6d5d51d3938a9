//! The `wxlogin` command.

use std::process::ExitCode;

use clap::Parser as _;
use wxlogin::cli::Cli;

/// Query engines recurse deeply: an embedded database wants more stack than tokio's 2 MiB.
const WORKER_STACK: usize = 10 * 1024 * 1024;

fn main() -> ExitCode {
    run(Cli::parse()).unwrap_or_else(|error| {
        if is_broken_pipe(&error) {
            return ExitCode::SUCCESS;
        }
        eprintln!("wxlogin: {error:#}");
        ExitCode::FAILURE
    })
}

/// Whoever reads the output has had enough of it.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<std::io::Error>();
    error.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(WORKER_STACK)
        .enable_all()
        .build()?;
    // On a worker, which has the large stack; the main thread only waits.
    runtime.block_on(async { tokio::spawn(cli.run()).await? })
}
