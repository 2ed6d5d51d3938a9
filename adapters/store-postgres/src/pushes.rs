//! Messages that WeChat pushed: one row for each that was honoured.

use async_trait::async_trait;
use sqlx::types::Uuid;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::ports::push_store::PushStore;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::push::{PushAct, PushEffect, PushOutcome};
use wxlogin_domain::timestamp::Timestamp;

use crate::failure::Failure;
use crate::lease::Transaction;
use crate::open::PostgresStore;
use crate::rows::account::Found;
use crate::rows::{Columns as _, Id as _, count};

/// Of those who come with one message, one writes it; the others wait for that one, and find it written.
pub(crate) const REMEMBER: &str = "INSERT INTO push_message (hash, at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";

pub(crate) const WHOSE: &str = "SELECT account_id FROM identity WHERE appid = $1 AND openid = $2";

pub(crate) const SWEEP: &str = "DELETE FROM push_message \
     WHERE hash = ANY(ARRAY(SELECT hash FROM push_message WHERE at < $1 ORDER BY at, hash LIMIT $2))";

impl Transaction<'_> {
    /// The account that the message is about, locked.
    async fn about(&mut self, act: &PushAct) -> Result<Option<Found>, Failure> {
        let Some(openid) = &act.openid else {
            return Ok(None);
        };
        let whose = sqlx::query(WHOSE).bind(act.app.to_string()).bind(openid.to_string());
        let Some(row) = self.row(whose).await? else {
            return Ok(None);
        };
        let found = self
            .locked_one(AccountId::of_uuid(row.column::<Uuid>("account_id")?))
            .await?;
        let has_identity = |found: &Found| {
            let mut identities = found.account.identities.iter().map(|linked| &linked.identity);
            identities.any(|identity| identity.app == act.app && identity.openid == *openid)
        };
        match found.filter(has_identity) {
            Some(found) => Ok(Some(found)),
            // It was moved or removed before it was locked.
            None => Err(Failure::Overtaken),
        }
    }

    async fn honour(&mut self, act: &PushAct) -> Result<PushOutcome, Failure> {
        let remember = sqlx::query(REMEMBER).bind(act.hash.0.to_vec());
        if self.execute(remember.bind(act.at.unix_millis())).await? == 0 {
            return Ok(PushOutcome::Repeated);
        }
        let found = self.about(act).await?;
        let event = match &found {
            Some(found) => act.event.clone().on_account(found.account.id),
            None => act.event.clone(),
        };
        if let Some(found) = &found {
            match act.effect.on(&found.account) {
                PushEffect::Erase => self.remove(found.account.id).await?,
                PushEffect::Forget(what) => {
                    let account = what.taken_from(found.account.clone());
                    self.put(found, &account, found.session_rows).await?;
                }
                PushEffect::Record => {}
            }
        }
        self.append([&event]).await?;
        Ok(PushOutcome::Honoured(found.map(|found| Box::new(found.account))))
    }
}

#[async_trait]
impl PushStore for PostgresStore {
    async fn honour(&self, act: &PushAct) -> Result<PushOutcome, StoreError> {
        self.patience
            .until_first(|| async {
                let mut transaction = self.pool.lease().await?.begin().await?;
                let done = transaction.honour(act).await;
                transaction.settle(done).await
            })
            .await
    }

    async fn sweep_pushes(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        let sweep = || sqlx::query(SWEEP).bind(before.unix_millis()).bind(count(limit));
        let forgotten = self.write(sweep).await?;
        Ok(usize::try_from(forgotten).unwrap_or(usize::MAX))
    }
}
