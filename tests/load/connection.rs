//! One HTTP/1.1 connection, with as little of HTTP as load needs: whoever makes the load shares the processors with the
//! service that bears it, and must not be what is measured.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An answer to a request.
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// The body, whose length the head told.
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// The text of a member of a flat JSON object, found without reading the rest. None of ours is escaped.
    pub fn member(&self, name: &str) -> Option<&str> {
        let text = str::from_utf8(self.body).ok()?;
        let after = text.split_once(&format!("\"{name}\":\""))?.1;
        Some(after.split_once('"')?.0)
    }
}

/// A connection that is kept open from one request to the next.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            received: Vec::with_capacity(16 * 1024),
        })
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// When the connection is lost, or the answer is none of HTTP/1.1 with a length.
    pub async fn exchange(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.received.clear();
        let mut head = None;
        loop {
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if head.is_none() {
                head = Head::of(&self.received)?;
            }
            if let Some(Head { status, start, end }) = head
                && self.received.len() >= end
            {
                let body = &self.received[start..end];
                return Ok(Answer { status, body });
            }
        }
    }
}

/// What the head of an answer says of it.
#[derive(Clone, Copy)]
struct Head {
    status: u16,
    /// Where the body starts.
    start: usize,
    /// Where it ends.
    end: usize,
}

impl Head {
    /// None while it is not all there.
    fn of(received: &[u8]) -> io::Result<Option<Self>> {
        let Some(length) = received.windows(4).position(|window| window == b"\r\n\r\n") else {
            return Ok(None);
        };
        let read = || {
            let mut lines = str::from_utf8(&received[..length]).ok()?.split("\r\n");
            let status = lines.next()?.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
            let named = lines.filter_map(|line| line.split_once(':'));
            let told = named.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let body = told.last().map_or(Some(0), |(_, value)| value.trim().parse().ok())?;
            let start = length + 4;
            let end = usize::checked_add(start, body)?;
            Some(Self { status, start, end })
        };
        read()
            .map(Some)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the answer cannot be read"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads() {
        for (received, expected) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", Some((200, 38, 40))),
            ("HTTP/1.1 204 No Content\r\nx: y\r\n\r\n", Some((204, 33, 33))),
            ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n", None),
            ("", None),
        ] {
            let head = Head::of(received.as_bytes()).unwrap();
            let read = head.map(|Head { status, start, end }| (status, start, end));
            assert_eq!(read, expected, "{received:?}");
        }
    }

    #[test]
    fn what_is_no_head_is_an_error() {
        for received in [
            "HTTP/1.0 200 OK\r\n\r\n",
            "HTTP/1.1 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 18446744073709551615\r\n\r\n",
            "\r\n\r\n",
        ] {
            assert!(Head::of(received.as_bytes()).is_err(), "{received:?}");
        }
    }

    #[test]
    fn members_of_an_answer() {
        let body = br#"{"access_token":"a.b.c","expires_in":900,"refresh_token":"wxr_1"}"#;
        let answer = Answer { status: 200, body };
        let members = ["access_token", "refresh_token", "expires_in"].map(|name| answer.member(name));
        assert_eq!(members, [Some("a.b.c"), Some("wxr_1"), None]);
    }
}
