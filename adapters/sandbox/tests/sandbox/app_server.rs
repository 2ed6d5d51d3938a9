//! An app's server on a loopback port, which keeps what is pushed to it and opens it by means of
//! its own.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use aes::Aes256;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD};
use cbc::Decryptor;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt as _, KeyIvInit as _};
use poem::endpoint::make;
use poem::http::{Method, StatusCode, header};
use poem::listener::TcpAcceptor;
use poem::{Request, Response, Server};
use sha1::{Digest as _, Sha1};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::form_urlencoded;

use crate::client::hex;

/// What came.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) method: Method,
    pub(crate) content_type: Option<String>,
    pub(crate) query: HashMap<String, String>,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn param(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// Whether `signature` is right for this token.
    pub(crate) fn is_signed(&self, token: &str) -> bool {
        self.param("signature") == signature(&mut [token, self.param("timestamp"), self.param("nonce")])
    }

    /// Whether `msg_signature` is right for this token and this `Encrypt`.
    pub(crate) fn is_message_signed(&self, token: &str, encrypt: &str) -> bool {
        self.param("msg_signature") == signature(&mut [token, self.param("timestamp"), self.param("nonce"), encrypt])
    }
}

fn signature(parts: &mut [&str]) -> String {
    parts.sort_unstable();
    hex(&Sha1::digest(parts.concat()))
}

/// The message and the appid in an envelope; nothing if it does not open with this key.
pub(crate) fn open(aes_key: &str, encrypt: &str) -> Option<(String, String)> {
    let lenient = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
    );
    let key: [u8; 32] = lenient.decode(format!("{aes_key}=")).ok()?.try_into().ok()?;
    let iv: [u8; 16] = key[..16].try_into().ok()?;
    let mut contents = Decryptor::<Aes256>::new(&key.into(), &iv.into())
        .decrypt_padded_vec::<NoPadding>(&STANDARD.decode(encrypt).ok()?)
        .ok()?;
    assert_eq!(contents.len() % 32, 0);
    let padding = *contents.last()?;
    if !(1..=32).contains(&padding) {
        return None;
    }
    let end = contents.split_off(contents.len() - usize::from(padding));
    if end.iter().any(|byte| *byte != padding) {
        return None;
    }
    let length = u32::from_be_bytes(contents.get(16..20)?.try_into().ok()?);
    let (message, appid) = contents.get(20..)?.split_at_checked(length.try_into().ok()?)?;
    Some((
        String::from_utf8(message.to_vec()).ok()?,
        String::from_utf8(appid.to_vec()).ok()?,
    ))
}

/// What the server answers.
#[derive(Clone)]
pub(crate) enum Reply {
    Text(StatusCode, String),
    /// The `echostr` of the query.
    Echo,
}

impl Reply {
    pub(crate) fn ok(text: &str) -> Self {
        Self::Text(StatusCode::OK, text.to_owned())
    }
}

#[derive(Default)]
struct Desk {
    received: Vec<Received>,
    /// Worked off in their order; `success` when there are no more.
    replies: VecDeque<Reply>,
}

pub(crate) struct AppServer {
    address: SocketAddr,
    desk: Arc<Mutex<Desk>>,
    server: JoinHandle<std::io::Result<()>>,
}

impl Drop for AppServer {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl AppServer {
    pub(crate) async fn start() -> Self {
        Self::replying([]).await
    }

    pub(crate) async fn replying(replies: impl IntoIterator<Item = Reply>) -> Self {
        let desk = Arc::new(Mutex::new(Desk {
            received: Vec::new(),
            replies: replies.into_iter().collect(),
        }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = TcpAcceptor::from_tokio(listener).unwrap();
        let endpoint = make({
            let desk = Arc::clone(&desk);
            move |request| answer(Arc::clone(&desk), request)
        });
        let server = tokio::spawn(Server::new_with_acceptor(acceptor).run(endpoint));
        Self { address, desk, server }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/push", self.address)
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.desk.lock().unwrap().received.clone()
    }

    /// The one request there was.
    pub(crate) fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1);
        received[0].clone()
    }
}

async fn answer(desk: Arc<Mutex<Desk>>, mut request: Request) -> Response {
    let body = request.take_body().into_string().await.unwrap();
    let query = request.uri().query().unwrap_or_default();
    let received = Received {
        method: request.method().clone(),
        content_type: request.header(header::CONTENT_TYPE).map(str::to_owned),
        query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        body,
    };
    let mut desk = desk.lock().unwrap();
    let (status, text) = match desk.replies.pop_front() {
        Some(Reply::Text(status, text)) => (status, text),
        Some(Reply::Echo) => (StatusCode::OK, received.param("echostr").to_owned()),
        None => (StatusCode::OK, "success".to_owned()),
    };
    desk.received.push(received);
    let mut response = Response::builder().status(status);
    if status.is_redirection() {
        response = response.header(header::LOCATION, "/elsewhere");
    }
    response.body(text)
}
