//! Telling somebody why a session is over.

use crate::account::AccountStatus;
use crate::id::AccountId;
use crate::ports::account_store::AccountStore;
use crate::ports::store::StoreError;
use crate::session::SessionOver;

/// What a person whose session is over is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// Its time was over.
    Expired,
    /// It was ended.
    Revoked,
    /// The account is suspended now.
    AccountSuspended(AccountId),
}

/// Looks up whether the account is suspended, which explains more than that the session was ended. Suspension ends
/// every session, so a live session never needs this second look. A session that is over for long is not kept: then
/// `over` is none.
pub(crate) async fn why_over(
    accounts: &dyn AccountStore,
    account: AccountId,
    over: Option<SessionOver>,
) -> Result<Gone, StoreError> {
    if over == Some(SessionOver::Expired) {
        return Ok(Gone::Expired);
    }
    let found = accounts.account(account).await?;
    Ok(match found {
        Some(found) if found.status == AccountStatus::Suspended => Gone::AccountSuspended(account),
        _ => Gone::Revoked,
    })
}
