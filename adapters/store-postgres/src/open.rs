//! Opening and closing the store, and the settings of its connections.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use url::Url;
use wxlogin_domain::ports::store::{StoreError, StoreHealth};

use crate::failure::bounded;
use crate::pool::Pool;
use crate::retry::Patience;
use crate::schema;

/// Why the store does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The URL is none of this kind. What it says is not repeated: it may hold a password.
    #[error("the URL cannot be used: {0}")]
    BadUrl(&'static str),
    /// The server does not answer, or not yet.
    #[error("PostgreSQL is unavailable: {0}")]
    Unavailable(String),
    /// A later release wrote it.
    #[error("the store has schema version {found}, this program knows up to {known}: use the release that wrote it")]
    NewerSchema {
        /// The version found.
        found: i64,
        /// The newest one that this program knows.
        known: i64,
    },
    /// An earlier release wrote it, and it was to be left as it is.
    #[error("the store has schema version {found}, and this program brings it to {known} when it serves it")]
    OlderSchema {
        /// The version found.
        found: i64,
        /// The version of this program.
        known: i64,
    },
    /// Anything else.
    #[error("the store does not open: {0}")]
    Failed(String),
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        // Of <https://www.postgresql.org/docs/current/errcodes-appendix.html>: too many connections, it starts or stops.
        let is_passing = |code: &str| code.starts_with("53") || code.starts_with("57") || code.starts_with("08");
        let is_unavailable = match &error {
            sqlx::Error::Io(_) => true,
            sqlx::Error::Database(error) => error.code().is_some_and(|code| is_passing(&code)),
            _ => false,
        };
        if is_unavailable {
            Self::Unavailable(bounded(&error))
        } else {
            Self::Failed(bounded(&error))
        }
    }
}

/// How long the server may take to answer for the first time.
const OPENING: Duration = Duration::from_secs(5);

/// What a server does at a time grows with its processors, and a little with its disk; what comes on top of that waits
/// there instead of here, and costs it memory. The machine of the server is not known, so that of this program stands for
/// it; and several replicas share the hundred connections that a server has by default.
const CONNECTIONS_PER_PROCESSOR: usize = 2;
const MORE_CONNECTIONS: usize = 8;
const MOST_CONNECTIONS: usize = 32;

/// A store in PostgreSQL.
pub struct PostgresStore {
    pub(crate) pool: Pool,
    pub(crate) patience: Patience,
    pub(crate) options: PgConnectOptions,
}

impl PostgresStore {
    /// How long an operation may take before it is given up, so that callers hear within a second.
    pub const DEADLINE: Duration = Duration::from_millis(900);

    /// Opens the database of a URL and brings its tables up to date: `postgres://USER:PASS@HOST:PORT/DATABASE`, with
    /// `?sslmode=verify-full`, `sslrootcert`, `host` (a directory of sockets), `options=-csearch_path=SCHEMA`, and what
    /// else libpq has of these.
    ///
    /// # Errors
    /// When the URL is none, the server does not answer or refuses, or a later release wrote the tables.
    pub async fn open(url: &str, deadline: Duration) -> Result<Self, OpenError> {
        let options = options(url)?;
        let (mut connection, found) = connect(&options).await?;
        schema::migrate(&mut connection, found).await?;
        Ok(Self::on(options, connection, deadline).await)
    }

    /// Opens a database that is up to date, and leaves any other as it is: the release that wrote it may want it back.
    ///
    /// # Errors
    /// Those of [`PostgresStore::open`], and where an earlier release wrote it.
    pub async fn open_as_it_is(url: &str, deadline: Duration) -> Result<Self, OpenError> {
        let options = options(url)?;
        let (mut connection, found) = connect(&options).await?;
        schema::examine(&mut connection, found).await?;
        Ok(Self::on(options, connection, deadline).await)
    }

    async fn on(options: PgConnectOptions, first: PgConnection, deadline: Duration) -> Self {
        // The server sees it either way.
        let _ = first.close().await;
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let connections = (CONNECTIONS_PER_PROCESSOR * processors + MORE_CONNECTIONS).min(MOST_CONNECTIONS);
        Self {
            pool: Pool::new(bounded_by(options.clone(), deadline), connections),
            patience: Patience::new(deadline),
            options,
        }
    }

    /// Closes the connections. To be called when nothing uses the store any more.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

/// What the driver knows; of anything else it would write the value into the log.
const KNOWN_PARAMETERS: [&str; 19] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
    "options[search_path]",
];

fn options(url: &str) -> Result<PgConnectOptions, OpenError> {
    let url = Url::parse(url).map_err(|_| OpenError::BadUrl("it is malformed"))?;
    let is_known = |key: &str| KNOWN_PARAMETERS.contains(&key);
    if !url.query_pairs().all(|(key, _)| is_known(&key)) {
        return Err(OpenError::BadUrl("a parameter behind the question mark is not known"));
    }
    let options = PgConnectOptions::from_url(&url).map_err(|_| OpenError::BadUrl("a part of it is malformed"))?;
    let options = match options.get_application_name() {
        Some(_) => options,
        None => options.application_name("wxlogin"),
    };
    // What locks do relies on this level; and statements have values of persons in them, which no log needs.
    Ok(options
        .options([("default_transaction_isolation", "read committed")])
        .disable_statement_logging())
}

/// The server gives up a statement before its caller does, so that no work is done for nobody: also where the caller is
/// gone with its machine.
fn bounded_by(options: PgConnectOptions, deadline: Duration) -> PgConnectOptions {
    let millis = |span: Duration| format!("{}ms", span.as_millis().max(1));
    let statement = deadline.saturating_sub(Duration::from_millis(50)).max(deadline / 2);
    options.options([
        ("statement_timeout", millis(statement)),
        // What waits for so long may try again while there is time.
        ("lock_timeout", millis(deadline / 3)),
        ("idle_in_transaction_session_timeout", millis(deadline)),
    ])
}

/// The first connection, and which version the database has.
async fn connect(options: &PgConnectOptions) -> Result<(PgConnection, Option<i64>), OpenError> {
    let connected = async {
        let mut connection = options.connect().await?;
        let version = schema::version(&mut connection).await?;
        Ok((connection, version))
    };
    let late = |_| Err(OpenError::Unavailable("it does not answer".into()));
    tokio::time::timeout(OPENING, connected).await.unwrap_or_else(late)
}

const PROVE: &str = "INSERT INTO write_probe (is_current, written) VALUES (true, 1) \
     ON CONFLICT (is_current) DO UPDATE SET written = write_probe.written + 1";

#[async_trait]
impl StoreHealth for PostgresStore {
    async fn ping(&self) -> Result<(), StoreError> {
        self.write(|| sqlx::query("SELECT 1")).await.map(drop)
    }

    async fn prove_writable(&self) -> Result<(), StoreError> {
        self.write(|| sqlx::query(PROVE)).await.map(drop)
    }
}
