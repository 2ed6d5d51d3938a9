//! A throwaway server to try things with, gone at the end of the input: `wxlogin-throwaway postgres`, or `redis`, or
//! `surreal`.

use std::io::{Read as _, stdin};
use std::process::ExitCode;

use wxlogin_throwaway::{Postgres, Redis, Surreal};

fn main() -> ExitCode {
    let name = std::env::args().nth(1);
    match name.as_deref() {
        Some("postgres") => hold(Postgres::private(), |server| {
            (
                server.new_database(),
                server.process_id(),
                server.directory().display().to_string(),
            )
        }),
        Some("redis") => hold(Redis::private(), |server| {
            (
                server.url(),
                server.process_id(),
                server.directory().display().to_string(),
            )
        }),
        Some("surreal") => hold(Surreal::private(), |server| {
            (
                server.new_database(),
                server.process_id(),
                server.directory().display().to_string(),
            )
        }),
        _ => {
            eprintln!("say which: postgres, redis or surreal");
            ExitCode::FAILURE
        }
    }
}

/// Tells of a server, and keeps it until the input ends.
fn hold<S>(server: Option<S>, tell: impl Fn(&S) -> (String, u32, String)) -> ExitCode {
    let Some(server) = server else {
        eprintln!("it is not installed: tests/run --tools");
        return ExitCode::FAILURE;
    };
    let (url, process, directory) = tell(&server);
    println!("{url}\nprocess {process}, in {directory}, until the input ends (Ctrl-D)");
    // Whatever is typed means nothing, and an input that cannot be read has ended.
    let _ = stdin().read_to_end(&mut Vec::new());
    ExitCode::SUCCESS
}
