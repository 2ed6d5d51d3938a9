//! Merging an account into another.

use surrealdb::types::RecordId;
use wxlogin_domain::account::LinkedIdentity;
use wxlogin_domain::merge_rules::{Merge, MergeOutcome, ends_sessions, forgotten_unionids, merged};

use crate::accounts::Found;
use crate::erase::UNIONIDS;
use crate::failure::Failure;
use crate::id;
use crate::open::SurrealStore;
use crate::rows::AccountRow;
use crate::transaction::Transaction;

/// What led to the account that is gone leads to the other one, but for what led to those who were let go.
fn relink() -> String {
    format!(
        "DELETE $forgotten RETURN NONE;
        UPDATE $moved CONTENT $link RETURN NONE;
        LET $unionids = ({UNIONIDS});
        UPDATE $unionids CONTENT $link RETURN NONE;"
    )
}

impl SurrealStore {
    /// Those of the two that there are, at one moment: one as it was before another merge and the other as it was after
    /// would be refused for what was never true.
    async fn found_both(&self, merge: &Merge) -> Result<Vec<Found>, Failure> {
        let mut response = self
            .db
            .query("SELECT * FROM $pair")
            .bind(("pair", vec![id::account(merge.from), id::account(merge.into)]))
            .await?;
        let rows: Vec<AccountRow> = response.take(0)?;
        Ok(rows.into_iter().map(Found::from_row).collect::<Result<_, _>>()?)
    }

    /// Both accounts' revisions guard it. A login of an identity that moves was before it, and its session is gone; or it
    /// finds the account gone that it had read, and reads again.
    pub(crate) async fn try_merge(&self, merge: &Merge) -> Result<MergeOutcome, Failure> {
        let pair = self.found_both(merge).await?;
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
        let stays = |linked: &&LinkedIdentity| account.identity(&linked.identity).is_some();
        let both = from.account.identities.iter().chain(&into.account.identities);
        let forgotten = both.filter(|linked| !stays(linked));
        let unionids = forgotten_unionids([&from.account, &into.account], &account);
        let unionids: Vec<RecordId> = unionids.iter().map(id::unionid).collect();
        let moved = from.account.identities.iter().filter(stays);
        let transaction = Transaction::new()
            .remove_account(from)
            .change_account(into, &account)
            .then(&relink())
            .with("forgotten", [id::identities(forgotten), unionids].concat())
            .with("moved", id::identities(moved));
        let transaction = match ends_sessions(&into.account, merge, &account) {
            Some(end) => transaction.end_all_sessions(merge.into, end),
            None => transaction,
        };
        let transaction = transaction.append([&merge.event_from, &merge.event_into]);
        transaction.commit(self).await?;
        Ok(MergeOutcome::Merged(Box::new(account)))
    }
}
