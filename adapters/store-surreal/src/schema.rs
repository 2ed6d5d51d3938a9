//! Tables, and the version of what is in them.

use surrealdb::types::{RecordId, SurrealValue, Value};
use wxlogin_domain::ports::store::StoreError;

use crate::database::Database;
use crate::failure::{Failure, root_cause};
use crate::id;
use crate::open::OpenError;
use crate::retry::until_first;

/// The version that this program reads and writes.
///
/// Version 2 added the log, API keys, the states of signing keys, and the search by telephone number; version 3 pushed
/// messages, unique telephone numbers, and conflicts of unionids. Rows of earlier versions are read as they are, and
/// rewritten as they change.
const VERSION: i64 = 3;

/// Undefined tables are errors to readers, so they exist from the first start. What is in a row is the business of
/// [`rows`](crate::rows): the tables are schemaless, and the record ids are the unique keys.
const TABLES: &str = "
    DEFINE TABLE IF NOT EXISTS schema SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS account SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS identity SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS unionid SCHEMALESS;
    DEFINE INDEX IF NOT EXISTS unionid_account ON unionid FIELDS account;
    DEFINE TABLE IF NOT EXISTS phone SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS phone_claim SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS login_session SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS key_ring SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS api_key SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS audit_event SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS account_event SCHEMALESS;
    DEFINE TABLE IF NOT EXISTS push_message SCHEMALESS;
    DEFINE INDEX IF NOT EXISTS push_message_at ON push_message FIELDS at;
";

/// Makes what is missing; refuses what a later release wrote.
pub(crate) async fn migrate(db: &Database) -> Result<(), OpenError> {
    match find_version(db).await? {
        Some(VERSION) => Ok(()),
        Some(found) if found > VERSION => Err(OpenError::NewerSchema { found, known: VERSION }),
        // Replicas that start together upgrade together: each finds done what another did.
        found => until_first(|| upgrade(db, found)).await.map_err(failed),
    }
}

/// Sees that the database is of this version; one in which nothing is yet is of any.
pub(crate) async fn examine(db: &Database) -> Result<(), OpenError> {
    match find_version(db).await? {
        Some(found) if found < VERSION => Err(OpenError::OlderSchema { found, known: VERSION }),
        Some(found) if found > VERSION => Err(OpenError::NewerSchema { found, known: VERSION }),
        Some(_) => Ok(()),
        None => migrate(db).await,
    }
}

/// The version is written last: an upgrade that was cut short begins anew at the next start.
async fn upgrade(db: &Database, found: Option<i64>) -> Result<(), Failure> {
    root_cause(db.query(TABLES).await?)?;
    if found == Some(1) {
        list_phones(db).await?;
    }
    let written = db
        .query("UPSERT $id SET version = $version RETURN NONE")
        .bind(("id", id::schema()))
        .bind(("version", VERSION));
    root_cause(written.await?).map(drop)
}

async fn find_version(db: &Database) -> Result<Option<i64>, OpenError> {
    until_first(|| version(db)).await.map_err(failed)
}

async fn version(db: &Database) -> Result<Option<i64>, Failure> {
    let answer = db
        .query("DEFINE TABLE IF NOT EXISTS schema SCHEMALESS; SELECT VALUE version FROM $id")
        .bind(("id", id::schema()));
    Ok(root_cause(answer.await?)?.take(1)?)
}

/// What of an account's row the search by telephone number needs.
#[derive(SurrealValue)]
struct PhoneOfAccount {
    id: RecordId,
    account_id: String,
    number: Option<String>,
}

/// A record that leads from a telephone number to an account.
#[derive(SurrealValue)]
struct ListedPhone {
    id: RecordId,
    account: RecordId,
}

/// How many accounts are read at a time: a transaction must fit into the memory that the engine has for it.
const PIECE: usize = 1000;

/// Writes the list of telephone numbers, which version 1 did not have, from the accounts.
async fn list_phones(db: &Database) -> Result<(), Failure> {
    // What an upgrade wrote that was cut short may not be true any more.
    root_cause(db.query("REMOVE TABLE phone; DEFINE TABLE phone SCHEMALESS").await?)?;
    let mut after = String::new();
    loop {
        let mut response = db
            .query(
                "SELECT id, account_id, phone.number AS number \
                 FROM type::record('account', $after>..) LIMIT $limit",
            )
            .bind(("after", after))
            .bind(("limit", PIECE))
            .await?;
        let accounts: Vec<PhoneOfAccount> = response.take(0)?;
        let Some(last) = accounts.last() else {
            return Ok(());
        };
        after = last.account_id.clone();
        let listed: Vec<Value> = accounts
            .into_iter()
            .filter_map(|account| {
                let id = id::phone_of(&account.number?, &account.account_id);
                let account = account.id;
                Some(ListedPhone { id, account }.into_value())
            })
            .collect();
        let written = db.query("INSERT IGNORE $listed RETURN NONE").bind(("listed", listed));
        root_cause(written.await?)?;
    }
}

fn failed(error: StoreError) -> OpenError {
    let (StoreError::Unavailable(reason) | StoreError::Unreadable(reason)) = error;
    OpenError::Failed(reason)
}

#[cfg(test)]
mod earlier;
#[cfg(test)]
mod from_version_1;
#[cfg(test)]
mod from_version_2;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::open::{Location, SurrealStore};

    #[tokio::test(flavor = "multi_thread")]
    async fn what_a_later_release_wrote_is_refused() {
        let store = SurrealStore::open(&Location::Memory, Duration::from_secs(30))
            .await
            .unwrap();
        assert_eq!(migrate(&store.db).await, Ok(()), "a second start finds its own version");
        let later = store
            .db
            .query("UPDATE $id SET version = 4")
            .bind(("id", id::schema()))
            .await;
        later.and_then(surrealdb::IndexedResults::check).unwrap();
        let refused = migrate(&store.db).await;
        assert_eq!(refused, Err(OpenError::NewerSchema { found: 4, known: 3 }));
    }
}
