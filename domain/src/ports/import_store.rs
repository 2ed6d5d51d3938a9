//! Importing the users of a business.

use std::collections::HashMap;

use async_trait::async_trait;

use super::store::StoreError;
use crate::account::{Account, LinkedIdentity};
use crate::audit::AuditEvent;
use crate::id::AccountId;
use crate::identity::UnionId;
use crate::import_rules::{ChangedAccount, ImportedUser, KnownUsers};
use crate::phone_number::{PhoneNumber, PhonePolicy};

/// How many users are imported in one act at the most: few enough that it is quick.
pub const MAX_PIECE: usize = 500;

/// What an import writes.
#[derive(Debug, Clone)]
pub struct ImportAct {
    /// New accounts.
    pub made: Vec<Account>,
    /// Accounts that change.
    pub changed: Vec<ChangedAccount>,
    /// Unionids that led nowhere, and the account that each leads to from then on.
    pub unionids: Vec<(UnionId, AccountId)>,
    /// Whether the telephone numbers have to be unique.
    pub phones: PhonePolicy,
    /// What the audit log is told.
    pub event: AuditEvent,
}

impl ImportAct {
    /// The identities that lead to accounts from then on, and to which.
    pub fn new_identities(&self) -> impl Iterator<Item = (&LinkedIdentity, AccountId)> {
        let made = self
            .made
            .iter()
            .flat_map(|account| account.identities.iter().map(move |linked| (linked, account.id)));
        let changed = self
            .changed
            .iter()
            .flat_map(|change| change.new_identities().map(move |linked| (linked, change.after.id)));
        made.chain(changed)
    }

    /// The telephone numbers that accounts have from then on, and which.
    pub fn new_phones(&self) -> impl Iterator<Item = (&PhoneNumber, AccountId)> {
        let made = self
            .made
            .iter()
            .filter_map(|account| Some((&account.phone.as_ref()?.number, account.id)));
        let changed = self
            .changed
            .iter()
            .filter_map(|change| Some((change.new_phone()?, change.after.id)));
        made.chain(changed)
    }

    /// Those of [`ImportAct::new_phones`] that nobody else may have.
    pub fn unique_phones(&self) -> impl Iterator<Item = (&PhoneNumber, AccountId)> {
        let are_unique = self.phones == PhonePolicy::Unique;
        self.new_phones().filter(move |_| are_unique)
    }

    /// Whether somebody else has one of [`ImportAct::unique_phones`], of those who have each now.
    #[must_use]
    pub fn wants_what_others_have(&self, holders: &HashMap<PhoneNumber, Vec<AccountId>>) -> bool {
        self.unique_phones().any(|(number, account)| {
            let holders = holders.get(number).map(Vec::as_slice).unwrap_or_default();
            holders.iter().any(|holder| *holder != account)
        })
    }
}

/// Imports users. See [`Store`](super::store::Store) for what all operations promise.
#[async_trait]
pub trait ImportStore: Send + Sync {
    /// What is known of users, at most [`MAX_PIECE`], for
    /// [`import_rules::plan`](crate::import_rules::plan): who has their telephone numbers only where these have to be
    /// unique.
    ///
    /// MUST show it as it is at one moment: nobody is refused for what was never true.
    async fn known_users(&self, users: &[ImportedUser], phones: PhonePolicy) -> Result<KnownUsers, StoreError>;

    /// Writes what was planned, all of it in one act; answers false, and writes nothing, where anything is no more as it
    /// was read: an account has changed (see [`ChangedAccount::made_to`]), an identity or a unionid leads somewhere, or
    /// somebody has a number that has to be unique.
    ///
    /// MUST leave one account per (appid, openid) and one per unionid, and no two with one number that both want it
    /// unique, whatever races.
    async fn import_users(&self, act: &ImportAct) -> Result<bool, StoreError>;
}
