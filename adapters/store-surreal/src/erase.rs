//! Erasing an account.

use wxlogin_domain::account::Account;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;

use crate::accounts::Found;
use crate::failure::Failure;
use crate::known::Scope;
use crate::open::SurrealStore;
use crate::transaction::Transaction;
use crate::{id, phones};

/// The account itself may know a newer unionid only.
pub(crate) const UNIONIDS: &str = "SELECT VALUE id FROM unionid WHERE account = $gone";

/// The revision guards it all: whatever was linked to the account meanwhile changed the revision, and so did a login
/// that began a session.
const REMOVE: &str = "
    LET $removed = (DELETE $gone WHERE rev = $gone_rev RETURN BEFORE);
    IF array::len($removed) != 1 { THROW $stale };
    DELETE $gone_phone RETURN NONE;
    DELETE login_session:[$gone_key, NONE]..[$gone_key, ..] RETURN NONE;";

impl Transaction {
    /// Removes an account with its telephone number and its sessions; what to do about its identities and unionids is
    /// for the parts that come after to say.
    pub(crate) fn remove_account(self, gone: &Found) -> Self {
        self.then(REMOVE)
            .about(Scope::All(gone.account.id))
            .with("gone", id::account(gone.account.id))
            .with("gone_rev", gone.rev)
            .with("gone_key", gone.account.id.to_string())
            .with("gone_phone", Vec::from_iter(phones::listed(&gone.account)))
    }

    /// Removes an account with everything that leads to it.
    pub(crate) fn erase_account(self, gone: &Found) -> Self {
        self.remove_account(gone)
            .then(&format!(
                "DELETE $gone_identities RETURN NONE;
                LET $unionids = ({UNIONIDS});
                DELETE $unionids RETURN NONE;"
            ))
            .with("gone_identities", id::identities(&gone.account.identities))
    }
}

impl SurrealStore {
    pub(crate) async fn try_erase(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, Failure> {
        let Some(found) = self.found(id::account(id)).await? else {
            return Ok(None);
        };
        let erased = Transaction::new().erase_account(&found);
        erased.append([event]).commit(self).await?;
        Ok(Some(found.account))
    }
}
