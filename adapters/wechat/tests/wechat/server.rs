//! A platform that does on its connections as a test tells it, whatever HTTP says.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use url::Url;

/// What it does with a request.
pub enum Reply {
    /// Answers as the platform does.
    Json(String),
    /// The same, when it is told to.
    JsonAfter(Arc<Notify>, String),
    /// Sends these bytes and closes.
    Raw(Vec<u8>),
    /// Sends these bytes and then nothing, for ever.
    RawAndHang(Vec<u8>),
    /// Sends these bytes, then one byte more every now and then, for ever.
    RawAndDrip(Vec<u8>),
    /// Sends these bytes and resets the connection.
    RawAndReset(Vec<u8>),
    /// Resets the connection before it has read the request.
    ResetUnread,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Received {
    pub method: String,
    pub path: String,
    pub query: String,
    pub body: String,
}

impl Received {
    /// The request's part that is after the last slash of its path.
    pub fn api(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// A parameter of its query.
    pub fn param(&self, name: &str) -> String {
        let mut pairs = url::form_urlencoded::parse(self.query.as_bytes());
        let found = pairs.find(|(key, _)| key == name);
        found.map_or_else(String::new, |(_, value)| value.into_owned())
    }
}

/// Listens on a free port, until it is dropped.
pub struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    accepting: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Server {
    /// Does what `script` says of a request and of how many of the same API came before it.
    pub async fn start(script: impl Fn(&Received, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (received, script) = (Arc::<Mutex<Vec<Received>>>::default(), Arc::new(script));
        let accepting = {
            let received = Arc::clone(&received);
            async move {
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    let (received, script) = (Arc::clone(&received), Arc::clone(&script));
                    tokio::spawn(async move {
                        // The other side may leave at any time.
                        let _ = serve(stream, &received, &*script).await;
                    });
                }
            }
        };
        Self {
            address,
            received,
            accepting: tokio::spawn(accepting),
        }
    }

    pub fn url(&self) -> Url {
        format!("http://{}", self.address).parse().unwrap()
    }

    pub fn https_url(&self) -> Url {
        format!("https://{}", self.address).parse().unwrap()
    }

    /// The requests of an API, in their order.
    pub fn received(&self, api: &str) -> Vec<Received> {
        let all = self.received.lock().unwrap();
        all.iter().filter(|request| request.api() == api).cloned().collect()
    }

    /// All of them.
    pub fn all_received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

/// An answer with these headers, which the caller ends in `\r\n` each, and this body.
pub fn http(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}").into_bytes()
}

async fn serve(
    mut stream: TcpStream,
    received: &Mutex<Vec<Received>>,
    script: &(dyn Fn(&Received, usize) -> Reply + Send + Sync),
) -> std::io::Result<()> {
    let Some((request, length)) = peek(&stream).await? else {
        // No HTTP, but TLS: this server has none, and says so in its own way.
        return stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    };
    let before = {
        let mut received = received.lock().unwrap();
        let before = received.iter().filter(|earlier| earlier.api() == request.api()).count();
        received.push(request.clone());
        before
    };
    let reply = script(&request, before);
    if matches!(reply, Reply::ResetUnread) {
        // Closing does that of itself where something is unread.
        return Ok(());
    }
    stream.read_exact(&mut vec![0; length]).await?;
    match reply {
        Reply::Json(body) => stream.write_all(&json(&body)).await?,
        Reply::JsonAfter(told, body) => {
            told.notified().await;
            stream.write_all(&json(&body)).await?;
        }
        Reply::Raw(bytes) => stream.write_all(&bytes).await?,
        Reply::RawAndHang(bytes) => {
            stream.write_all(&bytes).await?;
            std::future::pending::<()>().await;
        }
        Reply::RawAndDrip(bytes) => {
            stream.write_all(&bytes).await?;
            let mut drops = tokio::time::interval(Duration::from_millis(20));
            loop {
                drops.tick().await;
                stream.write_all(b" ").await?;
            }
        }
        Reply::RawAndReset(bytes) => {
            stream.write_all(&bytes).await?;
            stream.set_zero_linger()?;
        }
        Reply::ResetUnread => {}
    }
    Ok(())
}

fn json(body: &str) -> Vec<u8> {
    http("200 OK", "Content-Type: text/plain\r\n", body)
}

/// The request and its length, read but not taken. None where it is no HTTP.
async fn peek(stream: &TcpStream) -> std::io::Result<Option<(Received, usize)>> {
    let mut room = vec![0; 16 * 1024];
    loop {
        let seen = stream.peek(&mut room).await?;
        if seen == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if !room[0].is_ascii_uppercase() {
            return Ok(None);
        }
        if let Some(whole) = parse(&room[..seen]) {
            return Ok(Some(whole));
        }
        tokio::task::yield_now().await;
    }
}

/// A request, if it is there to its end.
fn parse(bytes: &[u8]) -> Option<(Received, usize)> {
    let head_end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = str::from_utf8(&bytes[..head_end]).ok()?;
    let body_length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.trim().parse().unwrap());
    let length = head_end + body_length;
    let body = bytes.get(head_end..length)?;
    let mut words = head.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let received = Received {
        method: method.into(),
        path: path.into(),
        query: query.into(),
        body: String::from_utf8_lossy(body).into_owned(),
    };
    Some((received, length))
}
