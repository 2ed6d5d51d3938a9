//! The connection that session keys and rate limits share.
//!
//! Whoever asks waits for [`RedisCache::DEADLINE`] at most. The first who gets no answer finds out for all: while Redis
//! is down nobody waits, and one task tries to reach it again, every second. That task also looks at a connection that
//! is up, so that one which a firewall forgot is replaced before somebody needs it.

use std::fmt;
use std::sync::{Arc, Weak};
use std::time::Duration;

use redis::{Client, ErrorKind, FromRedisValue, RedisError, ScriptInvocation, ServerErrorKind, Value};
use tokio::time::timeout;

use crate::link::{self, Link, Unusable};
use crate::names::Names;
use crate::outage::bounded;

/// How often the connection is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The URL is not that of a Redis server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the URL of a Redis server: write it as redis://USER:PASS@HOST:PORT, with TLS as rediss://")]
pub struct MalformedUrl;

/// Why a Redis server is of no use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProbeError {
    /// The URL is not that of a Redis server.
    #[error(transparent)]
    MalformedUrl(#[from] MalformedUrl),
    /// It is not reached, or does not let keys be written.
    #[error("{0}")]
    Unusable(String),
}

/// A Redis server. Its clones share one connection.
#[derive(Clone)]
pub struct RedisCache {
    link: Arc<Link>,
    pub(crate) names: Names,
    deadline: Duration,
}

impl RedisCache {
    /// How long anybody waits for an answer.
    pub const DEADLINE: Duration = Duration::from_millis(100);

    /// A connection to the server of a URL, and a task that looks after it until the last clone is dropped. A server that
    /// is down is used as soon as it is up.
    ///
    /// # Errors
    /// When the URL is not that of a Redis server.
    pub async fn connect(url: &str, names: Names, deadline: Duration) -> Result<Self, MalformedUrl> {
        let link = Arc::new(Link::new(client(url)?));
        link.connect().await;
        tokio::spawn(look_after(Arc::downgrade(&link), deadline));
        Ok(Self { link, names, deadline })
    }

    /// Runs a script: nothing while Redis is down, and where what it finds there is not ours.
    pub(crate) async fn run<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> Option<T> {
        let mut line = self.link.line()?;
        let answer = timeout(self.deadline, script.invoke_async::<Value>(&mut line.connection)).await;
        match answer {
            Ok(Ok(answer)) => T::from_redis_value(answer).map_err(|_| pass_over()).ok(),
            Ok(Err(error)) if is_about_one_key(&error) => {
                pass_over();
                None
            }
            Ok(Err(error)) => {
                self.link.failed(&line, &Unusable::Failed(error));
                None
            }
            Err(_) => {
                self.link.failed(&line, &Unusable::Late);
                None
            }
        }
    }
}

impl fmt::Debug for RedisCache {
    /// Whether it is up; the URL may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisCache")
            .field("is_up", &self.link.line().is_some())
            .finish_non_exhaustive()
    }
}

/// Connects to the server of a URL and writes a key that expires.
///
/// # Errors
/// When the URL is malformed, or the server is not reached or of no use; says why without the URL.
pub async fn probe(url: &str) -> Result<(), ProbeError> {
    let client = client(url)?;
    match link::connect(&client).await {
        Ok(_) => Ok(()),
        Err(error) => Err(ProbeError::Unusable(bounded(&error.to_string()))),
    }
}

fn client(url: &str) -> Result<Client, MalformedUrl> {
    // The client asks for the process's provider of cryptography and panics where the build has two, as builds with
    // SurrealDB have. One that is installed already is as good.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    // Its error may repeat parts of the URL.
    Client::open(url).map_err(|_| MalformedUrl)
}

/// Ends when nobody holds the link any more.
async fn look_after(held: Weak<Link>, deadline: Duration) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let Some(link) = held.upgrade() else {
            return;
        };
        let Some(mut up) = link.line() else {
            link.connect().await;
            continue;
        };
        match timeout(deadline, link::probe(&mut up.connection)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => link.failed(&up, &Unusable::Failed(error)),
            Err(_) => link.failed(&up, &Unusable::Late),
        }
    }
}

/// Whether the script stumbled over what it found under its key. What is wrong with the server is found by the next look
/// at it.
fn is_about_one_key(error: &RedisError) -> bool {
    error.kind() == ErrorKind::Server(ServerErrorKind::ResponseError) || error.code() == Some("WRONGTYPE")
}

/// Somebody else wrote that key. The others are fine. What it holds is not told: it may be anything.
fn pass_over() {
    tracing::warn!("a key in Redis is passed over: it does not hold what this release writes");
}
