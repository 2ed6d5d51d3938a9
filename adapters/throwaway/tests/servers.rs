//! Each server starts, answers, stops, starts again, and leaves nothing behind.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use wxlogin_throwaway::{Postgres, Redis, Surreal, required};

/// What `ps` says of the state of a process; nothing where there is none.
fn state(process: u32) -> String {
    let output = Command::new("ps")
        .args(["-o", "stat=", "-p", &process.to_string()])
        .output();
    String::from_utf8(output.expect("ps").stdout).unwrap().trim().to_owned()
}

/// Polls for a minute at most.
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..3000 {
        if is_so() {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("never: {what}");
}

/// The host and port of a URL.
fn address(url: &str) -> String {
    let start = url.rfind('@').map_or_else(|| url.find("//").unwrap() + 2, |at| at + 1);
    url[start..].split('/').next().unwrap().to_owned()
}

/// What a server answers to a line, up to the end of a line.
fn answer(address: &str, request: &str) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    connection.write_all(request.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(connection).read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

/// The state of a server, without its type.
struct Seen {
    address: String,
    process: u32,
    directory: PathBuf,
}

impl Seen {
    fn is_running(&self) -> bool {
        !state(self.process).is_empty()
    }

    fn is_reachable(&self) -> bool {
        TcpStream::connect(&*self.address).is_ok()
    }

    fn assert_gone(&self) {
        assert!(!self.is_running() && !self.is_reachable() && !self.directory.exists());
    }
}

/// Goes through the life of a server. `use_it` panics where it does not answer.
macro_rules! lives {
    ($server:ident, $url:expr, $use_it:expr) => {{
        let url: String = $url(&$server);
        let see = || Seen {
            address: address(&url),
            process: $server.process_id(),
            directory: $server.directory().to_owned(),
        };
        let first = see();
        $use_it(&$server, &first.address);

        $server.freeze();
        wait_until("frozen", || state(first.process).starts_with('T'));
        $server.thaw();
        $use_it(&$server, &first.address);

        $server.stop();
        assert!(!first.is_running() && !first.is_reachable() && first.directory.exists());
        // Once more does no harm.
        $server.stop();

        $server.start_again();
        let second = see();
        assert_eq!(second.address, first.address);
        $use_it(&$server, &second.address);

        // Killed by somebody else.
        let kill = Command::new("kill")
            .args(["-KILL", &second.process.to_string()])
            .status();
        assert!(kill.unwrap().success());
        wait_until("killed", || !second.is_reachable());
        $server.start_again();
        let third = see();
        assert_ne!(third.process, second.process);
        $use_it(&$server, &third.address);

        // Even a frozen one goes.
        $server.freeze();
        drop($server);
        third.assert_gone();
    }};
}

#[test]
fn postgres() {
    let Some(server) = required(Postgres::private(), "PostgreSQL") else {
        return;
    };
    let use_it = |server: &Postgres, _: &str| {
        let (one, another) = (server.new_database(), server.new_database());
        assert_ne!(one, another);
    };
    lives!(server, |server: &Postgres| server.new_database(), use_it);
}

#[test]
fn redis() {
    let Some(server) = required(Redis::private(), "Redis") else {
        return;
    };
    let use_it = |_: &Redis, address: &str| assert_eq!(answer(address, "PING\r\n"), "+PONG");
    lives!(server, |server: &Redis| server.url(), use_it);
}

#[test]
fn surreal() {
    let Some(server) = required(Surreal::private(), "the SurrealDB server") else {
        return;
    };
    let use_it = |server: &Surreal, address: &str| {
        let request = format!("GET /health HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        assert_eq!(answer(address, &request), "HTTP/1.1 200 OK");
        assert_ne!(server.new_database(), server.new_database());
    };
    lives!(server, |server: &Surreal| server.new_database(), use_it);
}

#[test]
fn a_shared_server_is_one() {
    let Some(server) = required(Redis::start(), "Redis") else {
        return;
    };
    let again = Redis::start().unwrap();
    assert_eq!(server.url(), again.url());
}

/// What the program tells of its server.
fn told(lines: &mut impl Iterator<Item = std::io::Result<String>>) -> Seen {
    let url = lines.next().unwrap().unwrap();
    let line = lines.next().unwrap().unwrap();
    let rest = line.strip_prefix("process ").unwrap();
    let (process, rest) = rest.split_once(", in ").unwrap();
    let (directory, _) = rest.split_once(", until").unwrap();
    Seen {
        address: address(&url),
        process: process.parse().unwrap(),
        directory: Path::new(directory).to_owned(),
    }
}

/// However the process ends that started it.
#[test]
fn a_server_does_not_outlive_whoever_started_it() {
    for name in ["postgres", "redis"] {
        let is_there = match name {
            "postgres" => required(Postgres::start(), "PostgreSQL").is_some(),
            _ => required(Redis::start(), "Redis").is_some(),
        };
        if !is_there {
            continue;
        }
        for is_killed in [false, true] {
            let mut holder = Command::new(env!("CARGO_BIN_EXE_wxlogin-throwaway"))
                .arg(name)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut lines = BufReader::new(holder.stdout.take().unwrap()).lines();
            let server = told(&mut lines);
            assert!(server.is_running() && server.is_reachable());
            if is_killed {
                holder.kill().unwrap();
            }
            drop(holder.stdin.take());
            holder.wait().unwrap();
            wait_until("gone", || !server.directory.exists());
            server.assert_gone();
        }
    }
}
