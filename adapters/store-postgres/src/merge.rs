//! Merging an account into another.

use wxlogin_domain::account::{Account, LinkedIdentity};
use wxlogin_domain::identity::UnionId;
use wxlogin_domain::merge_rules::{Merge, MergeOutcome, ends_sessions, forgotten_unionids, merged};

use crate::failure::Failure;
use crate::lease::Transaction;
use crate::open::PostgresStore;
use crate::rows::Id as _;
use crate::rows::account::Found;
use crate::rows::identity::IdentityColumns;

pub(crate) const FORGET_IDENTITIES: &str = "DELETE FROM identity \
     WHERE (appid, openid) IN (SELECT * FROM UNNEST($1::text[], $2::text[]))";
pub(crate) const FORGET_UNIONIDS: &str = "DELETE FROM unionid WHERE unionid = ANY($1)";
/// What led to the account that is gone leads to the other one.
pub(crate) const MOVE_UNIONIDS: &str = "UPDATE unionid SET account_id = $1 WHERE account_id = $2";
pub(crate) const MOVE_IDENTITIES: &str = "UPDATE identity SET account_id = n.account_id, place = n.place, \
     unionid_conflict = n.unionid_conflict \
     FROM UNNEST($1::text[], $2::text[], $3::uuid[], $4::integer[], $5::text[], $6::bigint[], $7::uuid[]) \
     AS n (appid, openid, account_id, place, unionid, first_seen_at, unionid_conflict) \
     WHERE identity.appid = n.appid AND identity.openid = n.openid";

impl Transaction<'_> {
    /// Both accounts are locked. A login of an identity that moves was before that, and its session is gone; or it finds
    /// the account gone that it had read, and reads again.
    async fn merge(&mut self, merge: &Merge) -> Result<MergeOutcome, Failure> {
        let pair = self.locked(&[merge.from, merge.into]).await?;
        let with_id = |id| pair.iter().find(|found| found.account.id == id);
        let Some(from) = with_id(merge.from) else {
            return Ok(MergeOutcome::NoFrom);
        };
        let Some(into) = with_id(merge.into) else {
            return Ok(MergeOutcome::NoInto);
        };
        let account = match merged(into.account.clone(), from.account.clone(), merge.keep) {
            Ok(account) => account,
            Err(refusal) => return Ok(MergeOutcome::Refused(refusal)),
        };
        self.forget([from, into], &account).await?;
        let moved = IdentityColumns::of_all(account.id, &account.identities);
        self.execute(moved.bind_to(sqlx::query(MOVE_IDENTITIES))).await?;
        let unionids = sqlx::query(MOVE_UNIONIDS);
        self.execute(unionids.bind(merge.into.to_uuid()).bind(merge.from.to_uuid()))
            .await?;
        self.remove(merge.from).await?;
        self.put(into, &account, into.session_rows).await?;
        let events = [&merge.event_from, &merge.event_into];
        match ends_sessions(&into.account, merge, &account) {
            Some(end) => self.end_all_sessions(merge.into, end, events).await?,
            None => self.append(events).await?,
        }
        Ok(MergeOutcome::Merged(Box::new(account)))
    }

    /// Forgets what led to those who were let go.
    async fn forget(&mut self, pair: [&Found; 2], account: &Account) -> Result<(), Failure> {
        let is_lost = |linked: &&LinkedIdentity| account.identity(&linked.identity).is_none();
        let both = pair.iter().flat_map(|found| &found.account.identities);
        let (apps, openids): (Vec<String>, Vec<String>) = both
            .filter(is_lost)
            .map(|linked| (linked.identity.app.to_string(), linked.identity.openid.to_string()))
            .unzip();
        let unionids = forgotten_unionids(pair.map(|found| &found.account), account);
        let unionids: Vec<String> = unionids.iter().map(UnionId::to_string).collect();
        self.execute(sqlx::query(FORGET_IDENTITIES).bind(apps).bind(openids))
            .await?;
        self.execute(sqlx::query(FORGET_UNIONIDS).bind(unionids)).await?;
        Ok(())
    }
}

impl PostgresStore {
    pub(crate) async fn try_merge(&self, merge: &Merge) -> Result<MergeOutcome, Failure> {
        let mut transaction = self.pool.lease().await?.begin().await?;
        let done = transaction.merge(merge).await;
        transaction.settle(done).await
    }
}
