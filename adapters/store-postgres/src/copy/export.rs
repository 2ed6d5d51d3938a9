//! Reading everything, as it is at one moment.

use async_trait::async_trait;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgRow};
use sqlx::types::Uuid;
use sqlx::{ConnectOptions as _, Executor as _};
use wxlogin_domain::copy::{AccountCopy, CopyItem};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::UnionId;
use wxlogin_domain::ports::copy_store::Export;
use wxlogin_domain::ports::store::StoreError;

use super::PIECE_DEADLINE;
use crate::failure::bounded;
use crate::lease::Statement;
use crate::rows::account::accounts;
use crate::rows::api_key::api_key;
use crate::rows::event::{event, select_events};
use crate::rows::key_ring::{SELECT_RING, key_ring};
use crate::rows::push::honoured;
use crate::rows::session::{select_sessions, session, session_ref};
use crate::rows::{Columns as _, Id as _, count, readable, unreadable};
use crate::{api_keys, search};

/// How many accounts, messages or events a piece has.
const PIECE: usize = 500;

const SESSIONS: &str = select_sessions!("WHERE account_id = ANY($1) ORDER BY account_id, session_id");
const UNIONIDS: &str =
    "SELECT account_id, unionid FROM unionid WHERE account_id = ANY($1) ORDER BY account_id, unionid";
const PUSHES: &str = "SELECT hash, at FROM push_message WHERE hash > $1 ORDER BY hash LIMIT $2";
const EVENTS: &str = select_events!("WHERE id > $1 ORDER BY id LIMIT $2");

/// The store at one moment: a transaction that only reads, on a connection of its own, for it lasts.
pub(super) struct Snapshot {
    connection: PgConnection,
    next: Next,
}

/// What is read next, and what was read before it.
enum Next {
    Accounts(Uuid),
    Pushes(Vec<u8>),
    ApiKeys,
    Events(Uuid),
    KeyRing,
    Nothing,
}

impl Snapshot {
    pub(super) async fn begin(options: &PgConnectOptions) -> Result<Self, StoreError> {
        // Whatever the server is set to: between two pieces lies the time that writing a file takes.
        let options = options
            .clone()
            .options([("statement_timeout", "0"), ("idle_in_transaction_session_timeout", "0")]);
        let begun = async {
            let mut connection = options.connect().await?;
            connection
                .execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .await?;
            Ok(connection)
        };
        Ok(Self {
            connection: in_time(begun).await?,
            next: Next::Accounts(Uuid::nil()),
        })
    }

    async fn rows(&mut self, statement: Statement) -> Result<Vec<PgRow>, StoreError> {
        in_time(statement.fetch_all(&mut self.connection)).await
    }

    /// A piece, which is empty at the end of a table.
    async fn piece(&mut self) -> Result<Vec<CopyItem>, StoreError> {
        match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Accounts(after) => self.accounts(after).await,
            Next::Pushes(after) => self.pushes(after).await,
            Next::ApiKeys => {
                let rows = self.rows(sqlx::query(api_keys::ALL)).await?;
                self.next = Next::Events(Uuid::nil());
                let keys = rows.iter().filter_map(|row| readable(api_key(row)));
                Ok(keys.map(CopyItem::ApiKey).collect())
            }
            Next::Events(after) => self.events(after).await,
            Next::KeyRing => {
                let rows = self.rows(sqlx::query(SELECT_RING)).await?;
                let ring = readable(key_ring(&rows)).flatten();
                Ok(ring.map(Box::new).map(CopyItem::KeyRing).into_iter().collect())
            }
            Next::Nothing => Ok(Vec::new()),
        }
    }

    async fn accounts(&mut self, after: Uuid) -> Result<Vec<CopyItem>, StoreError> {
        let read = sqlx::query(search::ALL).bind(after).bind(count(PIECE));
        let found = accounts(&self.rows(read).await?)?;
        let ids: Vec<Uuid> = found.iter().map(|(id, _)| id.to_uuid()).collect();
        let Some(last) = ids.last() else {
            self.next = Next::Pushes(Vec::new());
            return Ok(Vec::new());
        };
        self.next = Next::Accounts(*last);
        let mut copies: Vec<AccountCopy> = found
            .into_iter()
            .filter_map(|(_, found)| readable(found))
            .map(|found| AccountCopy {
                account: found.account,
                unionids: Vec::new(),
                sessions: Vec::new(),
            })
            .collect();
        for row in self.rows(sqlx::query(UNIONIDS).bind(ids.clone())).await? {
            let unionid = UnionId::parse(row.text("unionid")?).map_err(|_| unreadable("a unionid"));
            if let (Some(copy), Some(unionid)) = (of(&mut copies, row.id("account_id")?), readable(unionid)) {
                copy.unionids.push(unionid);
            }
        }
        for row in self.rows(sqlx::query(SESSIONS).bind(ids)).await? {
            if let (Some(copy), Some(session)) = (of(&mut copies, session_ref(&row)?.account), readable(session(&row)))
            {
                copy.sessions.push(session);
            }
        }
        Ok(copies.into_iter().map(Box::new).map(CopyItem::Account).collect())
    }

    async fn pushes(&mut self, after: Vec<u8>) -> Result<Vec<CopyItem>, StoreError> {
        let rows = self.rows(sqlx::query(PUSHES).bind(after).bind(count(PIECE))).await?;
        self.next = match rows.last() {
            Some(row) => Next::Pushes(row.column("hash")?),
            None => Next::ApiKeys,
        };
        let pushes = rows.iter().filter_map(|row| readable(honoured(row)));
        Ok(pushes.map(CopyItem::Push).collect())
    }

    async fn events(&mut self, after: Uuid) -> Result<Vec<CopyItem>, StoreError> {
        let rows = self.rows(sqlx::query(EVENTS).bind(after).bind(count(PIECE))).await?;
        self.next = match rows.last() {
            Some(row) => Next::Events(row.column("id")?),
            None => Next::KeyRing,
        };
        let events = rows.iter().filter_map(|row| readable(event(row)));
        Ok(events.map(Box::new).map(CopyItem::Event).collect())
    }
}

/// The copy of an account; copies are in the order of their ids.
fn of(copies: &mut [AccountCopy], account: AccountId) -> Option<&mut AccountCopy> {
    let position = copies.binary_search_by_key(&account, |copy| copy.account.id).ok()?;
    copies.get_mut(position)
}

async fn in_time<T>(read: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, StoreError> {
    match tokio::time::timeout(PIECE_DEADLINE, read).await {
        Ok(read) => read.map_err(|error| StoreError::Unavailable(bounded(&error))),
        Err(_) => Err(StoreError::Unavailable("a piece of the copy takes too long".into())),
    }
}

#[async_trait]
impl Export for Snapshot {
    async fn next(&mut self) -> Result<Option<Vec<CopyItem>>, StoreError> {
        loop {
            let is_last = matches!(self.next, Next::Nothing);
            let piece = self.piece().await?;
            if !piece.is_empty() {
                return Ok(Some(piece));
            }
            if is_last {
                return Ok(None);
            }
        }
    }
}
