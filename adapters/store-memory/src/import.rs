//! Importing users.

use std::collections::HashMap;

use async_trait::async_trait;
use wxlogin_domain::account::{Account, LinkedIdentity};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::WechatIdentity;
use wxlogin_domain::import_rules::{ImportedUser, KnownUsers};
use wxlogin_domain::phone_number::{PhoneNumber, PhonePolicy};
use wxlogin_domain::ports::import_store::{ImportAct, ImportStore};
use wxlogin_domain::ports::store::StoreError;

use crate::{MemoryStore, State};

impl State {
    fn known_users(&self, users: &[ImportedUser], phones: PhonePolicy) -> KnownUsers {
        let mut known = KnownUsers::default();
        for user in users {
            let identity = (user.identity.app.clone(), user.identity.openid.clone());
            if let Some(id) = self.by_identity.get(&identity) {
                known.identities.insert(identity, *id);
            }
            let unionid = user.identity.unionid.as_ref();
            if let Some((unionid, id)) = unionid.and_then(|unionid| self.by_unionid.get_key_value(unionid)) {
                known.unionids.insert(unionid.clone(), *id);
            }
            if let Some(number) = user.phone.as_ref().filter(|_| phones == PhonePolicy::Unique) {
                known.phones.insert(number.clone(), self.holders(number));
            }
        }
        for id in known.identities.values().chain(known.unionids.values()) {
            known
                .accounts
                .extend(self.accounts.get(id).map(|account| (*id, account.clone())));
        }
        known
    }

    /// The accounts as they are to be, where everything is as it was read.
    fn imported(&self, act: &ImportAct) -> Option<Vec<Account>> {
        let mut accounts = act.made.clone();
        for change in &act.changed {
            accounts.push(change.made_to(self.accounts.get(&change.before.id)?)?);
        }
        let is_taken = |linked: &LinkedIdentity| {
            let WechatIdentity { app, openid, .. } = &linked.identity;
            self.of_identity(app, openid).is_some()
        };
        let is_free = !act.new_identities().any(|(linked, _)| is_taken(linked))
            && !act
                .unionids
                .iter()
                .any(|(unionid, _)| self.by_unionid.contains_key(unionid))
            && !act.wants_what_others_have(&self.holders_of_each(act));
        is_free.then_some(accounts)
    }

    fn holders_of_each(&self, act: &ImportAct) -> HashMap<PhoneNumber, Vec<AccountId>> {
        let numbers = act.unique_phones().map(|(number, _)| number);
        numbers.map(|number| (number.clone(), self.holders(number))).collect()
    }
}

#[async_trait]
impl ImportStore for MemoryStore {
    async fn known_users(&self, users: &[ImportedUser], phones: PhonePolicy) -> Result<KnownUsers, StoreError> {
        Ok(self.state().known_users(users, phones))
    }

    async fn import_users(&self, act: &ImportAct) -> Result<bool, StoreError> {
        let mut state = self.state();
        let Some(accounts) = state.imported(act) else {
            return Ok(false);
        };
        for account in accounts {
            state.put(account);
        }
        for (unionid, id) in &act.unionids {
            state.by_unionid.insert(unionid.clone(), *id);
        }
        state.append(&act.event);
        Ok(true)
    }
}
