//! Adding what was read from another store.

use std::collections::HashSet;

use sqlx::types::Uuid;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::copy::{AccountCopy, CopyItem, HonouredPush};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::session::Session;

use crate::api_keys;
use crate::failure::Failure;
use crate::lease::Transaction;
use crate::login::statements::ADD_IDENTITY;
use crate::rows::account::AccountColumns;
use crate::rows::event::{EventColumns, append_events};
use crate::rows::identity::IdentityColumns;
use crate::rows::session::{SessionColumns, begin_sessions};
use crate::rows::{Columns as _, Id as _, api_key, count};

/// More is written at once than by any act of a person.
const TAKE_TIME: &str = "SET LOCAL statement_timeout = 0";

/// Answers those that were not there yet.
pub(crate) const ADD_ACCOUNTS: &str = "INSERT INTO account \
     (id, rev, session_rows, status, created_at, last_login_at, nickname, avatar_url, phone_number, \
     phone_country_code, phone_verified_at, external_id) \
     SELECT n.id, 1, n.session_rows, n.status, n.created_at, n.last_login_at, n.nickname, n.avatar_url, \
     n.phone_number, n.phone_country_code, n.phone_verified_at, n.external_id \
     FROM UNNEST($1::uuid[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], \
     $9::integer[], $10::bigint[], $11::text[]) AS n (id, session_rows, status, created_at, last_login_at, nickname, \
     avatar_url, phone_number, phone_country_code, phone_verified_at, external_id) \
     ON CONFLICT (id) DO NOTHING RETURNING id";
pub(crate) const ADD_UNIONIDS: &str = "INSERT INTO unionid (unionid, account_id) \
     SELECT * FROM UNNEST($1::text[], $2::uuid[]) ON CONFLICT (unionid) DO NOTHING";
const ADD_SESSIONS_AND_EVENTS: &str = concat!("WITH told AS (", append_events!("true"), ") ", begin_sessions!("true"));
const ADD_PUSHES: &str = "INSERT INTO push_message (hash, at) \
     SELECT * FROM UNNEST($1::bytea[], $2::bigint[]) ON CONFLICT (hash) DO NOTHING";

/// Items, each kind with its like.
#[derive(Default)]
pub(super) struct Pile<'a> {
    accounts: Vec<&'a AccountCopy>,
    pushes: Vec<&'a HonouredPush>,
    events: Vec<&'a AuditEvent>,
    others: Vec<&'a CopyItem>,
}

impl<'a> Pile<'a> {
    pub(super) fn of(items: &'a [CopyItem]) -> Self {
        let mut pile = Self::default();
        let mut seen: HashSet<AccountId> = HashSet::new();
        for item in items {
            match item {
                // The first of two with one id is there when the second comes.
                CopyItem::Account(copy) if seen.insert(copy.account.id) => pile.accounts.push(copy),
                CopyItem::Account(_) => {}
                CopyItem::Push(push) => pile.pushes.push(push),
                CopyItem::Event(event) => pile.events.push(event),
                CopyItem::ApiKey(_) | CopyItem::KeyRing(_) => pile.others.push(item),
            }
        }
        pile
    }
}

impl Transaction<'_> {
    pub(super) async fn import(&mut self, pile: Pile<'_>) -> Result<(), Failure> {
        self.command(TAKE_TIME).await?;
        let added = self.add_accounts(&pile.accounts).await?;
        let is_added = |copy: &&&AccountCopy| added.contains(&copy.account.id);
        let copies: Vec<&AccountCopy> = pile.accounts.iter().filter(is_added).copied().collect();
        self.add_links(&copies).await?;
        self.add_sessions_and_events(&copies, pile.events).await?;
        let pushes = pile
            .pushes
            .iter()
            .map(|push| (push.hash.0.to_vec(), push.at.unix_millis()));
        let (hashes, times): (Vec<Vec<u8>>, Vec<i64>) = pushes.unzip();
        self.execute(sqlx::query(ADD_PUSHES).bind(hashes).bind(times)).await?;
        for other in pile.others {
            match other {
                CopyItem::ApiKey(key) => drop(self.execute(api_key::bind(key, sqlx::query(api_keys::ADD))).await?),
                CopyItem::KeyRing(ring) => self.begin_ring(ring).await?,
                CopyItem::Account(_) | CopyItem::Push(_) | CopyItem::Event(_) => {}
            }
        }
        Ok(())
    }

    /// Adds accounts, and answers which were not there yet.
    async fn add_accounts(&mut self, copies: &[&AccountCopy]) -> Result<HashSet<AccountId>, Failure> {
        let mut columns = AccountColumns::default();
        for copy in copies {
            columns.push(&copy.account, count(copy.sessions.len()));
        }
        let rows = self.rows(columns.bind_to(sqlx::query(ADD_ACCOUNTS))).await?;
        let ids = rows.iter().map(|row| row.id("id"));
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Adds what leads to accounts, where it does not lead to others already.
    async fn add_links(&mut self, copies: &[&AccountCopy]) -> Result<(), Failure> {
        let mut identities = IdentityColumns::default();
        for copy in copies {
            identities.extend(copy.account.id, &copy.account.identities);
        }
        self.execute(identities.bind_to(sqlx::query(ADD_IDENTITY))).await?;
        let unionids = copies.iter().flat_map(|copy| {
            let account = copy.account.id.to_uuid();
            copy.unionids.iter().map(move |unionid| (unionid.to_string(), account))
        });
        let (unionids, accounts): (Vec<String>, Vec<Uuid>) = unionids.unzip();
        self.execute(sqlx::query(ADD_UNIONIDS).bind(unionids).bind(accounts))
            .await?;
        Ok(())
    }

    async fn add_sessions_and_events(
        &mut self,
        copies: &[&AccountCopy],
        events: Vec<&AuditEvent>,
    ) -> Result<(), Failure> {
        let sessions: Vec<&Session> = copies.iter().flat_map(|copy| &copy.sessions).collect();
        let events: EventColumns = events.into_iter().collect();
        let sessions: SessionColumns = sessions.into_iter().collect();
        let add = sessions.bind_to(events.bind_to(sqlx::query(ADD_SESSIONS_AND_EVENTS)));
        self.execute(add).await.map(drop)
    }
}
