//! A WeChat platform that costs next to nothing: `jscode2session` alone, answered out of the code itself.
//!
//! `wxlogin_sandbox` behaves as the platform does; this one only has to be fast, because it shares the processors with
//! the service that is measured. A code `u12-n34-d50` is of user 12, the 34th code of the run, and answered after 50 ms.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::child;

/// A code that the platform answers as it says itself.
pub fn code(user: u64, number: u64, latency: Duration) -> String {
    format!("u{user}-n{number}-d{}", latency.as_millis())
}

/// The openid of a user.
pub fn openid(user: u64) -> String {
    format!("oLoad{user:023}")
}

/// Serves until whoever has started it is gone.
///
/// # Errors
/// When it cannot listen.
pub async fn serve() -> anyhow::Result<()> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    child::announce(listener.local_addr()?);
    let accepting = async {
        loop {
            let (stream, _) = listener.accept().await?;
            // A connection that breaks is the service's to notice.
            tokio::spawn(converse(stream));
        }
    };
    tokio::select! {
        ended = accepting => ended,
        ended = child::abandoned() => Ok(ended?),
    }
}

async fn converse(mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut received = Vec::with_capacity(4096);
    while stream.read_buf(&mut received).await? > 0 {
        if !received.ends_with(b"\r\n\r\n") {
            continue;
        }
        let Some((user, latency)) = asked(&received) else {
            // No exchange of a code. There is nothing else to be had here.
            return stream
                .write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                .await;
        };
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        stream.write_all(answer(user).as_bytes()).await?;
        received.clear();
    }
    Ok(())
}

/// Of which user the code in a request is, and when to answer it.
fn asked(request: &[u8]) -> Option<(u64, Duration)> {
    let line = str::from_utf8(request).ok()?.lines().next()?;
    let query = line
        .strip_prefix("GET /sns/jscode2session?")?
        .split_whitespace()
        .next()?;
    let code = query.split('&').find_map(|pair| pair.strip_prefix("js_code="))?;
    let mut parts = code.split('-');
    let user = parts.next()?.strip_prefix('u')?.parse().ok()?;
    let latency = parts.nth(1)?.strip_prefix('d')?.parse().ok()?;
    Some((user, Duration::from_millis(latency)))
}

fn answer(user: u64) -> String {
    let openid = openid(user);
    let body = format!(r#"{{"session_key":"tiihtNczf5v6AKRyjwEUhQ==","openid":"{openid}"}}"#);
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_whose_it_is_and_when_it_is_answered() {
        let code = code(12, 34, Duration::from_millis(50));
        let asked_for = |line: &str| asked(format!("{line} HTTP/1.1\r\nhost: x\r\n\r\n").as_bytes());
        let line = format!("GET /sns/jscode2session?appid=wx1&js_code={code}&grant_type=authorization_code");
        assert_eq!(asked_for(&line), Some((12, Duration::from_millis(50))));
        for other in [
            "GET /sns/jscode2session?js_code=someone-elses",
            "GET /sns/jscode2session",
            "POST /cgi-bin/stable_token",
        ] {
            assert_eq!(asked_for(other), None, "{other}");
        }
    }
}
