//! Messages that WeChat pushed: one record for each that was honoured.

use async_trait::async_trait;
use surrealdb::types::{RecordId, SurrealValue};
use wxlogin_domain::ports::push_store::PushStore;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::push::{MessageHash, PushAct, PushEffect, PushOutcome};
use wxlogin_domain::timestamp::Timestamp;

use crate::accounts::Found;
use crate::failure::{Failure, root_cause};
use crate::id;
use crate::open::SurrealStore;
use crate::rows::PushRow;
use crate::transaction::Transaction;

/// Fails where the message was honoured meanwhile.
const REMEMBER: &str = "CREATE $message CONTENT $message_row RETURN NONE;";

/// By the index, and no further than the limit.
pub(crate) const OLDEST: &str = "SELECT id, at FROM push_message WHERE at < $before ORDER BY at LIMIT $limit";

/// A message that is to be forgotten.
#[derive(SurrealValue)]
struct OldRow {
    id: RecordId,
}

impl SurrealStore {
    async fn was_honoured(&self, hash: &MessageHash) -> Result<bool, Failure> {
        let row: Option<PushRow> = self.db.select(id::push_message(hash)).await?;
        Ok(row.is_some())
    }

    async fn about(&self, act: &PushAct) -> Result<Option<Found>, Failure> {
        match &act.openid {
            Some(openid) => self.found_by(id::identity(&act.app, openid)).await,
            None => Ok(None),
        }
    }

    async fn try_honour(&self, act: &PushAct) -> Result<PushOutcome, Failure> {
        if self.was_honoured(&act.hash).await? {
            return Ok(PushOutcome::Repeated);
        }
        let found = self.about(act).await?;
        let event = match &found {
            Some(found) => act.event.clone().on_account(found.account.id),
            None => act.event.clone(),
        };
        let remembered = Transaction::new()
            .then(REMEMBER)
            .with("message", id::push_message(&act.hash))
            .with("message_row", PushRow::at(act.at));
        let done = match &found {
            None => remembered,
            Some(found) => match act.effect.on(&found.account) {
                PushEffect::Erase => remembered.erase_account(found),
                PushEffect::Forget(what) => remembered.change_account(found, &what.taken_from(found.account.clone())),
                PushEffect::Record => remembered,
            },
        };
        done.append([&event]).commit(self).await?;
        Ok(PushOutcome::Honoured(found.map(|found| Box::new(found.account))))
    }

    async fn try_sweep_pushes(&self, before: Timestamp, limit: usize) -> Result<usize, Failure> {
        let mut response = self
            .db
            .query(OLDEST)
            .bind(("before", before.unix_millis()))
            .bind(("limit", limit))
            .await?;
        let old: Vec<OldRow> = response.take(0)?;
        if old.is_empty() {
            return Ok(0);
        }
        let old: Vec<RecordId> = old.into_iter().map(|row| row.id).collect();
        let response = self.db.query("DELETE $old RETURN BEFORE").bind(("old", old)).await?;
        let forgotten: Vec<PushRow> = root_cause(response)?.take(0)?;
        match forgotten.len() {
            // Another sweep was quicker: there may be more that it left.
            0 => Err(Failure::Overtaken),
            forgotten => Ok(forgotten),
        }
    }
}

#[async_trait]
impl PushStore for SurrealStore {
    async fn honour(&self, act: &PushAct) -> Result<PushOutcome, StoreError> {
        self.patience.until_first(|| self.try_honour(act)).await
    }

    async fn sweep_pushes(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        self.patience.until_first(|| self.try_sweep_pushes(before, limit)).await
    }
}
