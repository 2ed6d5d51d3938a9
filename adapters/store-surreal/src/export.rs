//! Copying the whole store: what is read, piece by piece.

use std::collections::HashMap;

use async_trait::async_trait;
use surrealdb::types::{RecordId, RecordIdKey, SurrealValue};
use wxlogin_domain::copy::{AccountCopy, CopyItem, HonouredPush};
use wxlogin_domain::identity::UnionId;
use wxlogin_domain::ports::copy_store::Export;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::Session;
use wxlogin_domain::timestamp::Timestamp;

use crate::database::Database;
use crate::failure::{Failure, root_cause};
use crate::retry::Patience;
use crate::rows::{AccountRow, ApiKeyRow, EventRow, KeyRingRow, SessionRow, readable};
use crate::{audit, id};

/// How many accounts are read at a time: each may have some forty sessions.
const ACCOUNTS: usize = 200;
/// How many rows of anything else are read at a time.
const ROWS: usize = 1000;

/// All that a page of accounts has, at one moment. Sessions of accounts that follow each other are one range of ids.
pub(crate) const PAGE: &str = "
    BEGIN;
    LET $accounts = (SELECT * FROM type::record('account', $after>..) LIMIT $limit);
    LET $first = $accounts[0].account_id;
    LET $last = array::last($accounts).account_id;
    LET $ids = $accounts.id;
    SELECT * FROM $accounts;
    SELECT * FROM login_session:[$first, NONE]..[$last, ..];
    SELECT id, account FROM unionid WHERE account IN $ids;
    COMMIT;";
const PUSHES: &str = "SELECT id, at FROM type::record('push_message', $after>..) LIMIT $limit";

#[derive(SurrealValue)]
struct UnionidRow {
    id: RecordId,
    account: RecordId,
}

#[derive(SurrealValue)]
struct PushRow {
    id: RecordId,
    at: i64,
}

/// Where the reading is.
enum Place {
    /// Accounts after this one.
    Accounts(String),
    /// Messages after this one.
    Pushes(String),
    ApiKeys,
    /// Events after this one.
    Events(String),
    KeyRing,
    End,
}

/// Reads a database from end to end.
pub(crate) struct Pieces {
    db: Database,
    patience: Patience,
    place: Place,
}

impl Pieces {
    pub(crate) fn new(db: Database, patience: Patience) -> Self {
        Self {
            db,
            patience,
            place: Place::Accounts(String::new()),
        }
    }

    /// A piece, which may have nothing in it, and where the next one is.
    async fn piece(&self) -> Result<(Vec<CopyItem>, Place), Failure> {
        match &self.place {
            Place::Accounts(after) => self.accounts(after).await,
            Place::Pushes(after) => self.pushes(after).await,
            Place::ApiKeys => self.api_keys().await,
            Place::Events(after) => self.events(after).await,
            Place::KeyRing => self.key_ring().await,
            Place::End => Ok((Vec::new(), Place::End)),
        }
    }

    async fn accounts(&self, after: &str) -> Result<(Vec<CopyItem>, Place), Failure> {
        let response = self
            .db
            .query(PAGE)
            .bind(("after", after.to_owned()))
            .bind(("limit", ACCOUNTS))
            .await?;
        let mut response = root_cause(response)?;
        let rows: Vec<AccountRow> = response.take(5)?;
        let Some(last) = rows.last() else {
            return Ok((Vec::new(), Place::Pushes(String::new())));
        };
        let next = Place::Accounts(last.id()?.to_string());
        let sessions: Vec<SessionRow> = response.take(6)?;
        let unionids: Vec<UnionidRow> = response.take(7)?;
        Ok((copies(rows, sessions, unionids), next))
    }

    async fn pushes(&self, after: &str) -> Result<(Vec<CopyItem>, Place), Failure> {
        let mut response = self
            .db
            .query(PUSHES)
            .bind(("after", after.to_owned()))
            .bind(("limit", ROWS))
            .await?;
        let rows: Vec<PushRow> = response.take(0)?;
        let next = rows.last().and_then(|row| key_of(&row.id)).map(str::to_owned);
        let pushes = rows.iter().filter_map(|row| {
            Some(CopyItem::Push(HonouredPush {
                hash: id::message_hash(&row.id)?,
                at: Timestamp::from_unix_millis(row.at),
            }))
        });
        Ok((pushes.collect(), next.map_or(Place::ApiKeys, Place::Pushes)))
    }

    async fn api_keys(&self) -> Result<(Vec<CopyItem>, Place), Failure> {
        let rows: Vec<ApiKeyRow> = self.db.query("SELECT * FROM api_key").await?.take(0)?;
        let keys = rows.into_iter().filter_map(|row| readable(row.into_key()));
        Ok((keys.map(CopyItem::ApiKey).collect(), Place::Events(String::new())))
    }

    async fn events(&self, after: &str) -> Result<(Vec<CopyItem>, Place), Failure> {
        let mut response = self
            .db
            .query(audit::ALL)
            .bind(("after", after.to_owned()))
            .bind(("end", id::AFTER_EVENT_KEYS))
            .bind(("limit", ROWS))
            .await?;
        let rows: Vec<EventRow> = response.take(0)?;
        let next = rows.last().and_then(|row| key_of(&row.id)).map(str::to_owned);
        let events = rows.into_iter().filter_map(|row| readable(row.into_event()));
        Ok((
            events.map(Box::new).map(CopyItem::Event).collect(),
            next.map_or(Place::KeyRing, Place::Events),
        ))
    }

    async fn key_ring(&self) -> Result<(Vec<CopyItem>, Place), Failure> {
        let row: Option<KeyRingRow> = self.db.select(id::key_ring()).await?;
        let ring = row.map(KeyRingRow::into_ring).transpose()?;
        let item = ring.map(Box::new).map(CopyItem::KeyRing);
        Ok((item.into_iter().collect(), Place::End))
    }
}

/// Gives each account what is its own.
fn copies(accounts: Vec<AccountRow>, sessions: Vec<SessionRow>, unionids: Vec<UnionidRow>) -> Vec<CopyItem> {
    let mut sessions_of: HashMap<_, Vec<Session>> = HashMap::new();
    for session in sessions.into_iter().filter_map(|row| readable(row.into_session())) {
        sessions_of.entry(session.id.account).or_default().push(session);
    }
    let mut unionids_of: HashMap<_, Vec<UnionId>> = HashMap::new();
    for row in unionids {
        let unionid = key_of(&row.id).and_then(|key| UnionId::parse(key).ok());
        if let Some((account, unionid)) = id::account_id(&row.account).zip(unionid) {
            unionids_of.entry(account).or_default().push(unionid);
        }
    }
    let accounts = accounts.into_iter().filter_map(|row| readable(row.into_account()));
    accounts
        .map(|account| {
            CopyItem::Account(Box::new(AccountCopy {
                unionids: unionids_of.remove(&account.id).unwrap_or_default(),
                sessions: sessions_of.remove(&account.id).unwrap_or_default(),
                account,
            }))
        })
        .collect()
}

fn key_of(id: &RecordId) -> Option<&str> {
    match &id.key {
        RecordIdKey::String(key) => Some(key),
        _ => None,
    }
}

#[async_trait]
impl Export for Pieces {
    async fn next(&mut self) -> Result<Option<Vec<CopyItem>>, StoreError> {
        while !matches!(self.place, Place::End) {
            let (piece, next) = self.patience.until_first(|| self.piece()).await?;
            self.place = next;
            if !piece.is_empty() {
                return Ok(Some(piece));
            }
        }
        Ok(None)
    }
}
