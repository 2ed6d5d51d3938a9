//! What only shows on a real connection: answers that break off, and answers that never come.

use std::net::SocketAddr;
use std::time::Duration;

use poem::Server;
use poem::http::{Method, StatusCode};
use poem::listener::TcpAcceptor;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use wxlogin_sandbox::{Sandbox, SandboxConfig};

use crate::client::exchange_path;

/// Nothing here takes long, and a test that hangs should say so.
const DEADLINE: Duration = Duration::from_secs(20);

struct Listening {
    address: SocketAddr,
    server: JoinHandle<std::io::Result<()>>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Listening {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = TcpAcceptor::from_tokio(listener).unwrap();
        let endpoint = Sandbox::new(SandboxConfig::default()).endpoint();
        let server = tokio::spawn(Server::new_with_acceptor(acceptor).run(endpoint));
        Self { address, server }
    }

    /// Sends a request and leaves the answer to be read.
    async fn open(&self, method: Method, path: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let length = body.len();
        let request = format!("{method} {path} HTTP/1.1\r\nHost: stand-in\r\nContent-Length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    /// All that comes back until the server closes the connection of itself.
    async fn until_closed(&self, path: &str) -> String {
        let mut stream = self.open(Method::GET, path, "").await;
        let mut received = Vec::new();
        // A reset is as good an end as any.
        let _ = tokio::time::timeout(DEADLINE, stream.read_to_end(&mut received))
            .await
            .expect("the server closes the connection");
        String::from_utf8(received).unwrap()
    }

    /// A whole exchange of a request that is answered well.
    async fn ask(&self, method: Method, path: &str, body: &str) -> Value {
        let mut stream = self.open(method, path, body).await;
        let mut received = Vec::new();
        while !is_complete(&received) {
            let read = tokio::time::timeout(DEADLINE, stream.read_buf(&mut received)).await;
            assert_ne!(read.unwrap().unwrap(), 0, "the server closed the connection");
        }
        let (head, body) = parts(&received).unwrap();
        assert!(head.starts_with(&format!("HTTP/1.1 {}", StatusCode::OK)), "{head}");
        serde_json::from_slice(body).unwrap()
    }

    async fn code(&self) -> String {
        let answer = self.ask(Method::POST, "/sandbox/code", "{}").await;
        answer["code"].as_str().unwrap().to_owned()
    }

    async fn fault(&self, fault: Value) {
        self.ask(Method::POST, "/sandbox/fault", &fault.to_string()).await;
    }

    /// Asserts that the code is used up, and that each request with it was counted.
    async fn assert_used_up(&self, code: &str, requests: u64) {
        let calls = self.ask(Method::GET, "/sandbox/calls", "").await;
        assert_eq!(calls["jscode2session"]["by_code"][code], requests);
        let again = self.ask(Method::GET, &exchange_path(code), "").await;
        assert_eq!(again["errcode"], 40163, "{again}");
    }
}

fn parts(received: &[u8]) -> Option<(&str, &[u8])> {
    let end = received.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&received[..end]).unwrap();
    Some((head, &received[end + 4..]))
}

fn content_length(head: &str) -> Option<usize> {
    head.lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map(|length| length.parse().unwrap())
}

fn is_complete(received: &[u8]) -> bool {
    parts(received).is_some_and(|(head, body)| Some(body.len()) == content_length(head))
}

#[tokio::test]
async fn a_good_answer_is_complete() {
    let sandbox = Listening::start().await;
    let code = sandbox.code().await;

    let identity = sandbox.ask(Method::GET, &exchange_path(&code), "").await;

    assert!(identity["openid"].is_string());
}

#[tokio::test]
async fn a_disconnect_leaves_no_complete_response() {
    let sandbox = Listening::start().await;
    let code = sandbox.code().await;
    sandbox.fault(json!({"disconnect": true, "times": 1})).await;

    let received = sandbox.until_closed(&exchange_path(&code)).await;

    assert_eq!(received, "");
    sandbox.assert_used_up(&code, 1).await;
}

#[tokio::test]
async fn a_truncated_answer_is_shorter_than_it_says() {
    let sandbox = Listening::start().await;
    let code = sandbox.code().await;
    sandbox.fault(json!({"body": "truncated", "times": 1})).await;

    let received = sandbox.until_closed(&exchange_path(&code)).await;

    let (head, body) = parts(received.as_bytes()).unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    let promised = content_length(head).unwrap();
    assert!(!body.is_empty() && body.len() < promised, "{received}");
    assert!(serde_json::from_slice::<Value>(body).is_err());
    sandbox.assert_used_up(&code, 1).await;
}

#[tokio::test]
async fn a_hang_sends_nothing_and_ends_with_its_client() {
    let sandbox = Listening::start().await;
    let code = sandbox.code().await;
    sandbox.fault(json!({"hang": true, "times": 1})).await;

    let mut stream = sandbox.open(Method::GET, &exchange_path(&code), "").await;
    // The request has arrived once it is counted; until then there is nothing to assert.
    tokio::time::timeout(DEADLINE, async {
        loop {
            let calls = sandbox.ask(Method::GET, "/sandbox/calls", "").await;
            if calls["jscode2session"]["total"] == 1 {
                break;
            }
        }
    })
    .await
    .unwrap();

    let read = stream.try_read(&mut [0; 1]);
    assert_eq!(read.unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
    stream.shutdown().await.unwrap();
    drop(stream);
    sandbox.assert_used_up(&code, 1).await;
}

#[tokio::test]
async fn a_huge_answer_is_sent_whole() {
    let sandbox = Listening::start().await;
    let code = sandbox.code().await;
    sandbox.fault(json!({"body": "huge", "times": 1})).await;

    let answer = sandbox.ask(Method::GET, &exchange_path(&code), "").await;

    assert!(answer["padding"].as_str().unwrap().len() >= 1024 * 1024);
}
