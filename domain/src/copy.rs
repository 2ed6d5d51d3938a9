//! What a copy of a whole store is made of.

use crate::account::Account;
use crate::api_key::ApiKey;
use crate::audit::AuditEvent;
use crate::identity::UnionId;
use crate::key_ring::KeyRing;
use crate::push::MessageHash;
use crate::session::Session;
use crate::timestamp::Timestamp;

/// One thing that a store holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyItem {
    /// An account, and what belongs to it.
    Account(Box<AccountCopy>),
    /// A message that WeChat pushed and that was honoured.
    Push(HonouredPush),
    /// An API key.
    ApiKey(ApiKey),
    /// An event of the audit log.
    Event(Box<AuditEvent>),
    /// The signing keys, sealed.
    KeyRing(Box<KeyRing>),
}

/// An account, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountCopy {
    /// The account, with its identities and its telephone number.
    pub account: Account,
    /// All unionids that lead to it: those of its identities, and those that they had before.
    pub unionids: Vec<UnionId>,
    /// Its sessions, in the order in which they began: ended and expired ones too.
    pub sessions: Vec<Session>,
}

/// A message that WeChat pushed and that was honoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HonouredPush {
    /// Which one.
    pub hash: MessageHash,
    /// When it was honoured.
    pub at: Timestamp,
}

impl From<AccountCopy> for CopyItem {
    fn from(copy: AccountCopy) -> Self {
        Self::Account(Box::new(copy))
    }
}
