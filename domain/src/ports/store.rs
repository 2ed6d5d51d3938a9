//! What all stores have in common.

use async_trait::async_trait;

use super::account_store::AccountStore;
use super::api_key_store::ApiKeyStore;
use super::audit_store::AuditStore;
use super::copy_store::CopyStore;
use super::import_store::ImportStore;
use super::key_store::KeyStore;
use super::push_store::PushStore;
use super::session_store::SessionStore;

/// Why a store did not do what it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It is down, too slow, or too contended; later it may do it. Whether a write happened is unknown.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// It holds something that this program cannot read.
    #[error("the store holds something unreadable: {0}")]
    Unreadable(String),
}

/// Whether a store is there.
#[async_trait]
pub trait StoreHealth: Send + Sync {
    /// One small read.
    async fn ping(&self) -> Result<(), StoreError>;

    /// One small write, durable, which leaves nothing behind that anybody would notice.
    async fn prove_writable(&self) -> Result<(), StoreError>;
}

/// A whole store. Its operations are acts of the business, each atomic and durable when it has answered.
///
/// An implementation
/// - MUST make every operation all or nothing, and durable before it answers;
/// - MUST answer within one second, with [`StoreError::Unavailable`] where it cannot;
/// - MUST bear any number of concurrent callers, in this process and, where the backend is shared, in others;
/// - MUST bear that a write which was given up lands later: each carries its own guard;
/// - MUST write the audit event that an act is given in the act's own transaction: neither is there without the other;
/// - MUST keep what it holds across restarts (but for a store in memory).
pub trait Store:
    AccountStore + ImportStore + SessionStore + KeyStore + ApiKeyStore + AuditStore + PushStore + CopyStore + StoreHealth
{
}

impl<S> Store for S where
    S: AccountStore
        + ImportStore
        + SessionStore
        + KeyStore
        + ApiKeyStore
        + AuditStore
        + PushStore
        + CopyStore
        + StoreHealth
{
}
