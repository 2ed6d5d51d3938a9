//! Opening and closing the database.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use surrealdb::Surreal;
use surrealdb::engine::local::Db;
use surrealdb_cnf::ConfigMap;
use surrealdb_engine_local::Datastore;
use wxlogin_domain::ports::store::{StoreError, StoreHealth};

use crate::database::Database;
use crate::failure::{root_cause, store_error};
use crate::known::Known;
use crate::lane::Lanes;
use crate::logins::Logins;
use crate::refreshes::Refreshes;
use crate::remote::{Remote, Server};
use crate::retry::Patience;
use crate::{id, schema};

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// In memory, forgotten at exit.
    Memory,
    /// In a directory, which one process at a time may open. Every commit is synced to the disk before it is answered.
    SurrealKv(PathBuf),
    /// On a server, which any number of processes may use.
    Server(Server),
}

/// Why the database does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Another process has the directory.
    #[error("another process has the database {0} open: a SurrealKV directory serves one process at a time")]
    Locked(PathBuf),
    /// The server is not reached, or does not answer; later it may.
    #[error("the SurrealDB server {server:?} is not reached: {reason}")]
    Unreachable {
        /// Which one.
        server: Box<Server>,
        /// What is known of it.
        reason: String,
    },
    /// The server does not know the user, or another password of it.
    #[error("the SurrealDB server {server:?} does not let us in: {reason}")]
    Refused {
        /// Which one.
        server: Box<Server>,
        /// What it says.
        reason: String,
    },
    /// The directory's name cannot be said to the engine.
    #[error("the path {0} cannot be used: it must be UTF-8 and have no '?' in it")]
    BadPath(PathBuf),
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
    #[error("the database does not open: {0}")]
    Failed(String),
}

/// Without a cap the engine takes half of the machine's memory for this cache.
const BLOCK_CACHE_BYTES: u64 = 64 << 20;
/// Without a cap up to 4 GiB. Must stay well above the largest transaction: a login's is a few KiB, that which ends all
/// sessions of an account grows with their number.
const MEMTABLE_BYTES: u64 = 32 << 20;

/// How often to look whether the engine has shut down; it tells nobody.
const CLOSING_POLL: Duration = Duration::from_millis(5);
/// How long shutting down may take.
const CLOSING_DEADLINE: Duration = Duration::from_secs(30);

/// A store in SurrealDB.
pub struct SurrealStore {
    pub(crate) db: Database,
    pub(crate) patience: Patience,
    pub(crate) lanes: Arc<Lanes>,
    /// Of a database that this process has to itself.
    pub(crate) known: Option<Arc<Known>>,
    pub(crate) logins: Arc<Logins>,
    pub(crate) refreshes: Arc<Refreshes>,
    /// Of a database in this process.
    datastore: Option<Arc<Datastore>>,
}

impl SurrealStore {
    /// How long an operation may take before it is given up, so that callers hear within a second.
    pub const DEADLINE: Duration = Duration::from_millis(900);

    /// Opens the database, makes it where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// When another process has it, a later release wrote it, or the engine fails.
    pub async fn open(location: &Location, deadline: Duration) -> Result<Self, OpenError> {
        let store = Self::connect(location, deadline).await?;
        schema::migrate(&store.db).await?;
        Ok(store)
    }

    /// Opens a database that is up to date, and leaves any other as it is: the release that wrote it may want it back.
    ///
    /// # Errors
    /// Those of [`SurrealStore::open`], and where an earlier release wrote it.
    pub async fn open_as_it_is(location: &Location, deadline: Duration) -> Result<Self, OpenError> {
        let store = Self::connect(location, deadline).await?;
        match schema::examine(&store.db).await {
            Ok(()) => Ok(store),
            Err(error) => {
                store.close().await;
                Err(error)
            }
        }
    }

    async fn connect(location: &Location, deadline: Duration) -> Result<Self, OpenError> {
        let (db, datastore) = match location {
            Location::Memory => embedded(Path::new(""), "mem://").await?,
            Location::SurrealKv(path) => {
                let address = prepared(path)?;
                embedded(path, &address).await?
            }
            Location::Server(server) => (Database::Remote(Remote::connect(server).await?), None),
        };
        Ok(Self {
            db,
            patience: Patience::new(deadline),
            lanes: Arc::new(Lanes::new()),
            known: datastore.is_some().then(|| Arc::new(Known::new())),
            logins: Arc::new(Logins::new()),
            refreshes: Arc::new(Refreshes::new()),
            datastore,
        })
    }

    /// The same store, for work that goes on by itself.
    pub(crate) fn handle(&self) -> Self {
        Self {
            db: self.db.clone(),
            patience: self.patience,
            lanes: Arc::clone(&self.lanes),
            known: self.known.clone(),
            logins: Arc::clone(&self.logins),
            refreshes: Arc::clone(&self.refreshes),
            datastore: self.datastore.clone(),
        }
    }

    /// This store as the processes of a deployment meet in a shared one: nothing is known without asking, and nothing but
    /// the database's own guards decides who is first.
    #[must_use]
    pub fn as_if_shared(mut self) -> Self {
        self.lanes = Arc::new(Lanes::none());
        self.known = None;
        self
    }

    /// Closes the database in order and waits for it: what is in memory is written out, the directory's lock is
    /// released. To be called when nothing uses the store any more.
    pub async fn close(self) {
        let Self { db, datastore, .. } = self;
        // The engine shuts down when its last handle is gone, in a task of its own that holds the datastore meanwhile.
        drop(db);
        let Some(datastore) = datastore else { return };
        let closed = async {
            while Arc::strong_count(&datastore) > 1 {
                tokio::time::sleep(CLOSING_POLL).await;
            }
        };
        if tokio::time::timeout(CLOSING_DEADLINE, closed).await.is_err() {
            tracing::error!("the database did not close in time; committed data are safe in its log");
        }
    }
}

/// Makes the directory, and says it to the engine.
fn prepared(path: &Path) -> Result<String, OpenError> {
    let text = path
        .to_str()
        .filter(|text| !text.contains('?'))
        .ok_or_else(|| OpenError::BadPath(path.to_owned()))?;
    make_private(path).map_err(|error| OpenError::Failed(format!("{}: {error}", path.display())))?;
    Ok(format!("surrealkv://{text}"))
}

async fn embedded(path: &Path, address: &str) -> Result<(Database, Option<Arc<Datastore>>), OpenError> {
    let failed = |error: &dyn std::fmt::Display| {
        let message = error.to_string();
        if message.contains("already locked by another process") {
            OpenError::Locked(path.to_owned())
        } else {
            OpenError::Failed(message)
        }
    };
    let config = ConfigMap::empty()
        .with_key_value("datastore_sync", "every")
        .with_key_value("surrealkv_block_cache_capacity", BLOCK_CACHE_BYTES.to_string())
        .with_key_value("surrealkv_max_memtable_size", MEMTABLE_BYTES.to_string());
    let datastore = Datastore::builder()
        .with_config(config)
        .without_maintenance_tasks()
        .build_with_path(address)
        .await
        .map_err(|error| failed(&error))?;
    datastore.check_version().await.map_err(|error| failed(&error))?;
    datastore.bootstrap().await.map_err(|error| failed(&error))?;
    datastore.start_maintenance_tasks();
    let db = Surreal::<Db>::unstable_from_datastore(Arc::clone(&datastore), None)
        .await
        .map_err(|error| failed(&error.message()))?;
    db.use_ns("wxlogin")
        .use_db("wxlogin")
        .await
        .map_err(|error| failed(&error.message()))?;
    Ok((Database::Embedded(Arc::new(db)), Some(datastore)))
}

/// Makes the directory where there is none, for this user's eyes only: accounts are in it in plain text.
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[async_trait]
impl StoreHealth for SurrealStore {
    async fn ping(&self) -> Result<(), StoreError> {
        self.patience
            .once(async {
                self.db
                    .query("SELECT VALUE version FROM ONLY $id")
                    .bind(("id", id::schema()))
                    .await
                    .and_then(surrealdb::IndexedResults::check)
                    .map(drop)
                    .map_err(|error| store_error(&error))
            })
            .await
    }

    async fn prove_writable(&self) -> Result<(), StoreError> {
        // Something new each time: what stays the same is not written.
        self.patience
            .until_first(|| async {
                let response = self
                    .db
                    .query("UPSERT $probe SET written = (written ?? 0) + 1 RETURN NONE")
                    .bind(("probe", id::probe()))
                    .await?;
                root_cause(response).map(drop)
            })
            .await
    }
}
