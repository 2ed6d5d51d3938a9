//! Erasing an account.

use surrealdb::types::RecordId;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;

use crate::failure::{Failure, STALE, root_cause};
use crate::open::SurrealStore;
use crate::{audit, id};

/// The account itself may know a newer unionid only.
pub(crate) const UNIONIDS: &str = "SELECT VALUE id FROM unionid WHERE account = $account";

/// Everything that leads to the account goes with it. Its revision guards it all: whatever was linked to it meanwhile
/// changed the revision, and so did a login that began a session.
fn erase() -> String {
    format!(
        "LET $erased = (DELETE $account WHERE rev = $rev RETURN BEFORE);
        IF array::len($erased) != 1 {{ THROW $stale }};
        DELETE $identities RETURN NONE;
        LET $unionids = ({UNIONIDS});
        DELETE $unionids RETURN NONE;
        DELETE $phones RETURN NONE;
        DELETE login_session:[$account_key, NONE]..[$account_key, ..] RETURN NONE;"
    )
}

impl SurrealStore {
    pub(crate) async fn try_erase(&self, id: AccountId, event: &AuditEvent) -> Result<bool, Failure> {
        let Some(found) = self.found(id::account(id)).await? else {
            return Ok(false);
        };
        let linked = found.account.identities.iter().map(|linked| &linked.identity);
        let identities: Vec<RecordId> = linked
            .map(|identity| id::identity(&identity.app, &identity.openid))
            .collect();
        let phones: Vec<RecordId> = found.phone().into_iter().collect();
        let response = self
            .db
            .query(format!("BEGIN;{}{} COMMIT;", erase(), audit::APPEND))
            .bind(("account", id::account(id)))
            .bind(("rev", found.rev))
            .bind(("stale", STALE))
            .bind(("identities", identities))
            .bind(("phones", phones))
            .bind(("account_key", id.to_string()))
            .bind(("event_rows", audit::rows([event])))
            .await?;
        root_cause(response).map(|_| true)
    }
}
