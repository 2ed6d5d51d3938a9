//! A database on a SurrealDB server.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use surrealdb::Surreal;
use surrealdb::engine::remote::ws::{Client, Ws, Wss};
use surrealdb::opt::auth::{Database, Namespace, Root};
use tokio::time::Instant;

use crate::open::OpenError;

/// A server, and what to use there.
#[derive(Clone)]
pub struct Server {
    /// Whether the connection is encrypted.
    pub tls: bool,
    /// Host and port; an IPv6 address stands in brackets.
    pub address: String,
    /// The user to sign in as: a root user, one of the namespace, or one of the database.
    pub user: String,
    /// That user's password.
    pub password: SecretString,
    /// The namespace.
    pub namespace: String,
    /// The database in it.
    pub database: String,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls { "wss" } else { "ws" };
        let Self {
            address,
            namespace,
            database,
            ..
        } = self;
        write!(f, "{scheme}://{address}/{namespace}/{database}")
    }
}

impl PartialEq for Server {
    fn eq(&self, other: &Self) -> bool {
        self.to_parts() == other.to_parts()
    }
}

impl Eq for Server {}

impl Server {
    fn to_parts(&self) -> (bool, [&str; 5]) {
        let password = self.password.expose_secret();
        let texts = [&self.address, &self.user, password, &self.namespace, &self.database];
        (self.tls, texts)
    }

    /// Connects, signs in, and chooses the database.
    async fn connect(&self) -> surrealdb::Result<Surreal<Client>> {
        let db = if self.tls {
            Surreal::new::<Wss>(self.address.as_str()).await?
        } else {
            Surreal::new::<Ws>(self.address.as_str()).await?
        };
        self.sign_in(&db).await?;
        db.use_ns(self.namespace.as_str())
            .use_db(self.database.as_str())
            .await?;
        Ok(db)
    }

    /// The URL does not say whose user it is: the widest is tried first, and what the server says to the last stands.
    async fn sign_in(&self, db: &Surreal<Client>) -> surrealdb::Result<()> {
        let (username, password) = (self.user.clone(), self.password.expose_secret().to_owned());
        let (namespace, database) = (self.namespace.clone(), self.database.clone());
        let root = Root {
            username: username.clone(),
            password: password.clone(),
        };
        if db.signin(root).await.is_ok() {
            return Ok(());
        }
        let of_namespace = Namespace {
            namespace: namespace.clone(),
            username: username.clone(),
            password: password.clone(),
        };
        if db.signin(of_namespace).await.is_ok() {
            return Ok(());
        }
        let of_database = Database {
            namespace,
            database,
            username,
            password,
        };
        db.signin(of_database).await.map(drop)
    }
}

/// How long connecting and signing in may take.
const CONNECTING: Duration = Duration::from_secs(5);
/// How long anybody waits for an answer at the most. Callers of the service give up long before; this is for work that
/// nobody waits for, which a server that hangs would hold up for ever.
const ANSWERING: Duration = Duration::from_secs(60);
/// A connection on which nothing was answered for so long, though something was asked, is given up for a new one. The
/// client itself notices only a connection that is closed, not one that leads nowhere any more.
const SILENCE: Duration = Duration::from_secs(5);

/// A connection to a server, replaced when it falls silent.
#[derive(Clone)]
pub(crate) struct Remote {
    line: Arc<Line>,
}

struct Line {
    server: Server,
    /// It is lent, never cloned: a clone is a session of its own, which signs in anew before its first question.
    client: RwLock<Arc<Surreal<Client>>>,
    /// Since when what was asked has not been answered.
    silent_since: Mutex<Option<Instant>>,
    is_reconnecting: AtomicBool,
}

impl Remote {
    pub(crate) async fn connect(server: &Server) -> Result<Self, OpenError> {
        let client = connect(server).await?;
        Ok(Self {
            line: Arc::new(Line {
                server: server.clone(),
                client: RwLock::new(Arc::new(client)),
                silent_since: Mutex::new(None),
                is_reconnecting: AtomicBool::new(false),
            }),
        })
    }

    /// Asks the server. Whoever gives up waiting counts as not answered.
    pub(crate) async fn ask<T>(
        &self,
        question: impl AsyncFnOnce(&Surreal<Client>) -> surrealdb::Result<T>,
    ) -> surrealdb::Result<T> {
        let client = Arc::clone(&self.line.client.read().unwrap_or_else(PoisonError::into_inner));
        let mut waiting = Waiting {
            line: &self.line,
            since: Instant::now(),
            is_answered: false,
        };
        let answered = tokio::time::timeout(ANSWERING, question(&client)).await;
        waiting.is_answered = answered.is_ok();
        answered.unwrap_or_else(|_| Err(surrealdb::Error::internal("the server does not answer".into())))
    }
}

async fn connect(server: &Server) -> Result<Surreal<Client>, OpenError> {
    let unreachable = |reason| OpenError::Unreachable {
        server: Box::new(server.clone()),
        reason,
    };
    match tokio::time::timeout(CONNECTING, server.connect()).await {
        Ok(Ok(client)) => Ok(client),
        Ok(Err(error)) => {
            // The server's words are bounded: they go to logs.
            let reason: String = error.message().chars().take(200).collect();
            if error.is_not_allowed() {
                Err(OpenError::Refused {
                    server: Box::new(server.clone()),
                    reason,
                })
            } else {
                Err(unreachable(reason))
            }
        }
        Err(_) => Err(unreachable("it does not answer".into())),
    }
}

/// Somebody who waits for an answer.
struct Waiting<'l> {
    line: &'l Arc<Line>,
    since: Instant,
    is_answered: bool,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut silent_since = self.line.silent_since.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_answered {
            *silent_since = None;
            return;
        }
        let since = *silent_since.get_or_insert(self.since);
        if since.elapsed() >= SILENCE && !self.line.is_reconnecting.swap(true, Ordering::AcqRel) {
            tokio::spawn(Arc::clone(self.line).reconnect());
        }
    }
}

impl Line {
    /// What waits on the old connection goes with it: everybody who asked has given up long ago.
    async fn reconnect(self: Arc<Self>) {
        match connect(&self.server).await {
            Ok(client) => {
                *self.client.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(client);
                *self.silent_since.lock().unwrap_or_else(PoisonError::into_inner) = None;
                tracing::warn!(server = ?self.server, "the database fell silent; there is a new connection to it");
            }
            Err(error) => {
                tracing::warn!(%error, "the database fell silent, and there is no new connection to it");
            }
        }
        self.is_reconnecting.store(false, Ordering::Release);
    }
}
