//! "Who am I", and what a person may change of it.

use std::sync::Arc;

use crate::account::{Account, ProfileChange};
use crate::ports::account_store::AccountStore;
use crate::ports::store::StoreError;
use crate::session::Session;

/// Shows people their own account.
#[derive(Clone)]
pub struct MeService {
    /// Where accounts are.
    pub accounts: Arc<dyn AccountStore>,
}

impl MeService {
    /// The account of a session; none where it was erased a moment ago.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn account(&self, session: &Session) -> Result<Option<Account>, StoreError> {
        self.accounts.account(session.id.account).await
    }

    /// Changes the profile.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn change_profile(
        &self,
        session: &Session,
        change: &ProfileChange,
    ) -> Result<Option<Account>, StoreError> {
        self.accounts.change_profile(session.id.account, change).await
    }
}
