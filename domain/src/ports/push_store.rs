//! Messages that WeChat pushed and that were honoured.

use async_trait::async_trait;

use super::store::StoreError;
use crate::push::{PushAct, PushOutcome};
use crate::timestamp::Timestamp;

/// Honours pushed messages, each once. See [`Store`](super::store::Store) for what all operations promise.
#[cfg_attr(feature = "test-support", mockall::automock)]
#[async_trait]
pub trait PushStore: Send + Sync {
    /// Finds the account of the openid, does to it what the message means for it
    /// ([`PushEffect::on`](crate::push::PushEffect::on)), remembers the message's hash, and adds the
    /// event to the audit log, on the account where there is one; all in one act.
    ///
    /// MUST do so once for each hash, whatever races. MUST keep what [`PushEffect::Erase`](crate::push::PushEffect) does
    /// as the promises of [`erase`](super::account_store::AccountStore::erase) say.
    async fn honour(&self, act: &PushAct) -> Result<PushOutcome, StoreError>;

    /// Forgets the oldest of the messages that were honoured before then, at most so many; answers how many.
    async fn sweep_pushes(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError>;
}
