//! Sessions.

use async_trait::async_trait;
use surrealdb::types::SurrealValue;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::ports::session_store::{SessionStore, SessionSweep, SessionsSwept};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::{Session, SessionEnd, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

use crate::failure::Failure;
use crate::id;
use crate::known::Scope;
use crate::open::SurrealStore;
use crate::rows::{SessionRow, readable};
use crate::transaction::Transaction;

/// Ends every session of an account that has not ended: one range of record ids, no index.
const END_ALL: &str = "
    UPDATE login_session:[$account_key, NONE]..[$account_key, ..]
        SET end_reason = $end_reason, ended_at = $ended_at
        WHERE end_reason = NONE RETURN NONE;";

const END_ONE: &str = "
    UPDATE $id SET end_reason = $end_reason, ended_at = $ended_at
        WHERE end_reason = NONE RETURN NONE;";

/// A use never moves back.
const TOUCH: &str = "
    FOR $use IN $uses {
        UPDATE $use.id SET last_used_at = $use.at WHERE (last_used_at ?? rotated_at) < $use.at RETURN NONE
    };";

impl Transaction {
    /// Says what the variables of an ending mean.
    pub(crate) fn with_end(self, end: SessionEnd) -> Self {
        self.with("end_reason", end.reason.as_str())
            .with("ended_at", end.at.unix_millis())
    }

    pub(crate) fn end_all_sessions(self, account: AccountId, end: SessionEnd) -> Self {
        self.then(END_ALL)
            .about(Scope::All(account))
            .with("account_key", account.to_string())
            .with_end(end)
    }

    fn end_session(self, id: SessionRef, end: SessionEnd) -> Self {
        self.then(END_ONE)
            .about(Scope::Session(id))
            .with("id", id::session(id))
            .with_end(end)
    }
}

/// A use of a session.
#[derive(SurrealValue)]
struct Use {
    id: surrealdb::types::RecordId,
    at: i64,
}

impl SurrealStore {
    /// The session, without asking where it is known.
    async fn known_or_read(&self, session: SessionRef) -> Result<Option<Session>, Failure> {
        let reading = match self.known.as_ref().map(|known| known.session(session)) {
            Some(Ok(session)) => return Ok(Some(session)),
            Some(Err(reading)) => Some(reading),
            None => None,
        };
        let row: Option<SessionRow> = self.db.select(id::session(session)).await?;
        let session = row.map(SessionRow::into_session).transpose()?;
        if let Some((reading, session)) = reading.zip(session.as_ref()) {
            reading.keep_session(session);
        }
        Ok(session)
    }

    /// The sessions of an account, in the order in which they began: that of their ids.
    pub(crate) async fn all_sessions_of(&self, account: AccountId) -> Result<Vec<Session>, Failure> {
        let mut response = self
            .db
            .query("SELECT * FROM login_session:[$account_key, NONE]..[$account_key, ..]")
            .bind(("account_key", account.to_string()))
            .await?;
        let rows: Vec<SessionRow> = response.take(0)?;
        Ok(rows
            .into_iter()
            .filter_map(|row| readable(row.into_session()))
            .collect())
    }
}

#[async_trait]
impl SessionStore for SurrealStore {
    async fn session(&self, id: SessionRef) -> Result<Option<Session>, StoreError> {
        self.patience.until_first(|| self.known_or_read(id)).await
    }

    async fn sessions_of(&self, account: AccountId) -> Result<Vec<Session>, StoreError> {
        self.patience.until_first(|| self.all_sessions_of(account)).await
    }

    async fn advance_session(&self, next: &Session) -> Result<bool, StoreError> {
        self.advance(next).await
    }

    async fn end_session(&self, id: SessionRef, end: SessionEnd, event: &AuditEvent) -> Result<(), StoreError> {
        let ended = || Transaction::new().end_session(id, end).append([event]);
        self.patience.until_first(|| ended().commit(self)).await
    }

    async fn end_all_sessions(
        &self,
        account: AccountId,
        end: SessionEnd,
        event: &AuditEvent,
    ) -> Result<(), StoreError> {
        let ended = || Transaction::new().end_all_sessions(account, end).append([event]);
        self.patience.until_first(|| ended().commit(self)).await
    }

    async fn touch_sessions(&self, uses: &[(SessionRef, Timestamp)]) -> Result<(), StoreError> {
        self.patience
            .until_first(|| async {
                let mut transaction = Transaction::new().then(TOUCH);
                for (session, _) in uses {
                    transaction = transaction.about(Scope::Session(*session));
                }
                let uses = uses.iter().map(|(session, at)| Use {
                    id: id::session(*session),
                    at: at.unix_millis(),
                });
                transaction.with("uses", uses.collect::<Vec<_>>()).commit(self).await
            })
            .await
    }

    async fn sweep_sessions(&self, sweep: &SessionSweep) -> Result<SessionsSwept, StoreError> {
        self.patience.until_first(|| self.try_sweep_sessions(sweep)).await
    }
}
