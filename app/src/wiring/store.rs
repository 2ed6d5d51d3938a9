//! Which database stands behind the store, and how it is opened and closed.

use std::sync::Arc;
use std::time::Duration;

use wxlogin_domain::ports::store::Store;
use wxlogin_store_memory::MemoryStore;
#[cfg(feature = "postgres")]
use wxlogin_store_postgres::PostgresStore;
#[cfg(feature = "surreal")]
use wxlogin_store_surreal::{Location, Server, SurrealStore};

use super::error::WiringError;
#[cfg(feature = "postgres")]
use crate::config::SecretUrl;
use crate::config::StoreUrl;
#[cfg(feature = "surreal")]
use crate::config::SurrealRemote;

/// How long an operation may take where nobody waits for an answer within a second: copying reads and writes much at a
/// time.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a piece of an import may take: it is done within a tenth of a second, but whoever logs in meanwhile waits for
/// it, however it is held up.
const PATIENCE_OF_IMPORTS: Duration = Duration::from_secs(5);

/// How a store is opened.
#[derive(Debug, Clone, Copy)]
struct Opening {
    upgrade: Upgrade,
    /// How long an operation may take; none for what its backend thinks right for a service.
    deadline: Option<Duration>,
}

impl Opening {
    fn to_serve(upgrade: Upgrade) -> Self {
        Self {
            upgrade,
            deadline: None,
        }
    }

    fn to_copy(upgrade: Upgrade) -> Self {
        Self {
            upgrade,
            deadline: Some(PATIENCE),
        }
    }

    fn to_import(upgrade: Upgrade) -> Self {
        Self {
            upgrade,
            deadline: Some(PATIENCE_OF_IMPORTS),
        }
    }
}

/// What becomes of a store that an earlier release wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Upgrade {
    /// It is brought up to date.
    Yes,
    /// It is left as it is.
    No,
}

/// A store, and how it is closed.
pub struct OpenStore {
    /// The store.
    pub store: Arc<dyn Store>,
    database: Database,
}

/// What has to be closed. Whoever still holds the store keeps it open, and it closes with the process.
enum Database {
    /// Nothing.
    Map,
    #[cfg(feature = "surreal")]
    Surreal(Arc<SurrealStore>),
    #[cfg(feature = "postgres")]
    Postgres(Arc<PostgresStore>),
}

impl OpenStore {
    /// Opens the store that a URL names, and brings it up to date.
    ///
    /// # Errors
    /// When this build has no such backend, or it does not open.
    pub async fn open(url: &StoreUrl) -> Result<Self, WiringError> {
        Self::open_and(url, Opening::to_serve(Upgrade::Yes)).await
    }

    /// Opens the store that a URL names, where it is up to date: for those who only look.
    ///
    /// # Errors
    /// When this build has no such backend, it does not open, or an earlier release wrote it.
    pub async fn open_as_it_is(url: &StoreUrl) -> Result<Self, WiringError> {
        Self::open_and(url, Opening::to_serve(Upgrade::No)).await
    }

    /// Opens the store that a URL names, as it is, to be read from end to end.
    ///
    /// # Errors
    /// Those of [`OpenStore::open_as_it_is`].
    pub async fn open_to_back_up(url: &StoreUrl) -> Result<Self, WiringError> {
        Self::open_and(url, Opening::to_copy(Upgrade::No)).await
    }

    /// Opens the store that a URL names, or makes it, to be filled.
    ///
    /// # Errors
    /// Those of [`OpenStore::open`].
    pub async fn open_to_restore(url: &StoreUrl) -> Result<Self, WiringError> {
        Self::open_and(url, Opening::to_copy(Upgrade::Yes)).await
    }

    /// Opens the store that a URL names, or makes it, to import users, perhaps beside a service.
    ///
    /// # Errors
    /// Those of [`OpenStore::open`].
    pub async fn open_to_import(url: &StoreUrl) -> Result<Self, WiringError> {
        Self::open_and(url, Opening::to_import(Upgrade::Yes)).await
    }

    /// Opens the store that a URL names, as it is, to say what an import would do.
    ///
    /// # Errors
    /// Those of [`OpenStore::open_as_it_is`].
    pub async fn open_to_foresee(url: &StoreUrl) -> Result<Self, WiringError> {
        Self::open_and(url, Opening::to_import(Upgrade::No)).await
    }

    #[cfg_attr(
        not(any(feature = "surreal", feature = "postgres")),
        expect(clippy::unused_async, reason = "a database opens asynchronously")
    )]
    async fn open_and(url: &StoreUrl, opening: Opening) -> Result<Self, WiringError> {
        #[cfg(not(any(feature = "surreal", feature = "postgres")))]
        let _ = (opening.upgrade, opening.deadline);
        match url {
            #[cfg(feature = "surreal")]
            StoreUrl::Memory => Self::surreal(&Location::Memory, opening).await,
            #[cfg(feature = "surreal")]
            StoreUrl::SurrealKv { path } => Self::surreal(&Location::SurrealKv(path.clone()), opening).await,
            #[cfg(not(feature = "surreal"))]
            StoreUrl::Memory => Ok(Self::in_memory()),
            #[cfg(not(feature = "surreal"))]
            StoreUrl::SurrealKv { .. } => Err(not_in_this_build("a SurrealKV directory (feature `surreal`)")),
            #[cfg(feature = "surreal")]
            StoreUrl::SurrealRemote(remote) => Self::surreal(&Location::Server(server(remote)), opening).await,
            #[cfg(not(feature = "surreal"))]
            StoreUrl::SurrealRemote(_) => Err(not_in_this_build("a SurrealDB server (feature `surreal`)")),
            #[cfg(feature = "postgres")]
            StoreUrl::Postgres(url) => Self::postgres(url, opening).await,
            #[cfg(not(feature = "postgres"))]
            StoreUrl::Postgres(_) => Err(not_in_this_build("PostgreSQL (feature `postgres`)")),
        }
    }

    /// Whether there is something to open: commands that only look must not make a store.
    #[must_use]
    pub fn exists(url: &StoreUrl) -> bool {
        match url {
            // An empty directory is a volume that was just mounted; some have this from their making.
            StoreUrl::SurrealKv { path } => std::fs::read_dir(path).is_ok_and(|entries| {
                let mut names = entries.flatten().map(|entry| entry.file_name());
                names.any(|name| name != "lost+found")
            }),
            StoreUrl::Memory | StoreUrl::SurrealRemote(_) | StoreUrl::Postgres(_) => true,
        }
    }

    /// A plain map, forgotten at exit.
    #[must_use]
    pub fn in_memory() -> Self {
        Self {
            store: Arc::new(MemoryStore::new()),
            database: Database::Map,
        }
    }

    #[cfg(feature = "surreal")]
    async fn surreal(location: &Location, opening: Opening) -> Result<Self, WiringError> {
        let deadline = opening.deadline.unwrap_or(SurrealStore::DEADLINE);
        let store = Arc::new(match opening.upgrade {
            Upgrade::Yes => SurrealStore::open(location, deadline).await?,
            Upgrade::No => SurrealStore::open_as_it_is(location, deadline).await?,
        });
        Ok(Self {
            store: Arc::<SurrealStore>::clone(&store),
            database: Database::Surreal(store),
        })
    }

    #[cfg(feature = "postgres")]
    async fn postgres(url: &SecretUrl, opening: Opening) -> Result<Self, WiringError> {
        let deadline = opening.deadline.unwrap_or(PostgresStore::DEADLINE);
        let store = Arc::new(match opening.upgrade {
            Upgrade::Yes => PostgresStore::open(url.expose(), deadline).await?,
            Upgrade::No => PostgresStore::open_as_it_is(url.expose(), deadline).await?,
        });
        Ok(Self {
            store: Arc::<PostgresStore>::clone(&store),
            database: Database::Postgres(store),
        })
    }

    /// Closes it in order. Nothing may use it any more.
    #[cfg_attr(
        not(any(feature = "surreal", feature = "postgres")),
        expect(clippy::unused_async, reason = "a database closes asynchronously")
    )]
    pub async fn close(self) {
        drop(self.store);
        match self.database {
            Database::Map => {}
            #[cfg(feature = "surreal")]
            Database::Surreal(store) => {
                if let Some(store) = Arc::into_inner(store) {
                    store.close().await;
                }
            }
            #[cfg(feature = "postgres")]
            Database::Postgres(store) => {
                if let Some(store) = Arc::into_inner(store) {
                    store.close().await;
                }
            }
        }
    }
}

#[cfg(feature = "surreal")]
fn server(remote: &SurrealRemote) -> Server {
    Server {
        tls: remote.tls,
        address: format!("{}:{}", remote.host, remote.port),
        user: remote.user.clone(),
        password: remote.password.clone(),
        namespace: remote.namespace.clone(),
        database: remote.database.clone(),
    }
}

#[cfg(not(all(feature = "surreal", feature = "postgres")))]
fn not_in_this_build(what: &'static str) -> WiringError {
    WiringError::NotInThisBuild {
        setting: "WXLOGIN_STORE",
        what,
        instead: "surrealkv://PATH or mem://",
    }
}
