//! One connection to Redis, or none.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisError, Script};
use tokio::time::timeout;

use crate::outage::Outage;

/// How long a new connection may take, name resolution, TLS and password included. Nobody waits for it but those who
/// start.
const CONNECT_DEADLINE: Duration = Duration::from_secs(2);
/// Writes, by a script as everything here does: a Redis that answers may still be full, a replica, or refuse this user.
const PROBE: &str = "return redis.call('SET', KEYS[1], '', 'PX', 1000)";

/// The connection as it is now.
pub(crate) struct Link {
    client: Client,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Nothing while Redis is down.
    line: Option<Line>,
    /// How many lines there have been.
    lines: u64,
    outage: Outage,
}

/// A connection that was good when last used. Many may use it at once.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) connection: MultiplexedConnection,
    /// Which one: whoever finds it dead must not take down its successor.
    number: u64,
}

/// Why Redis cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unusable {
    /// It does not answer in time.
    #[error("it does not answer in time")]
    Late,
    /// There is no connection, or it says no.
    #[error(transparent)]
    Failed(#[from] RedisError),
}

impl Link {
    /// Not connected yet.
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            state: Mutex::default(),
        }
    }

    /// No operation leaves the state half changed, so a lock poisoned by a panic elsewhere is still good.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The line, where there is one.
    pub(crate) fn line(&self) -> Option<Line> {
        self.state().line.clone()
    }

    /// A line has failed. Whoever comes now does not wait for it.
    pub(crate) fn failed(&self, line: &Line, reason: &Unusable) {
        let mut state = self.state();
        if state.line.as_ref().is_some_and(|up| up.number == line.number) {
            state.line = None;
            state.outage.begins(&reason.to_string());
        }
    }

    /// Makes a line where there is none.
    pub(crate) async fn connect(&self) {
        let made = connect(&self.client).await;
        let mut state = self.state();
        match made {
            Ok(connection) => {
                state.lines += 1;
                let number = state.lines;
                state.line = Some(Line { connection, number });
                state.outage.ends();
            }
            Err(reason) => state.outage.begins(&reason.to_string()),
        }
    }
}

/// A new connection, proved to be of use.
pub(crate) async fn connect(client: &Client) -> Result<MultiplexedConnection, Unusable> {
    // The deadlines are ours.
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(None)
        .set_response_timeout(None);
    let connect = async {
        let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
        probe(&mut connection).await?;
        Ok(connection)
    };
    timeout(CONNECT_DEADLINE, connect).await.map_err(|_| Unusable::Late)?
}

/// Whether keys can be written.
pub(crate) async fn probe(connection: &mut MultiplexedConnection) -> Result<(), RedisError> {
    let script = Script::new(PROBE);
    script.key("wxlogin:probe").invoke_async(connection).await
}
