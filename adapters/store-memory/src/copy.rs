//! Copying the whole store.

use std::collections::HashMap;
use std::vec;

use async_trait::async_trait;
use wxlogin_domain::copy::{AccountCopy, CopyItem, HonouredPush};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::UnionId;
use wxlogin_domain::ports::copy_store::{CopyStore, Export, MAX_PIECE};
use wxlogin_domain::ports::store::StoreError;

use crate::{MemoryStore, State};

/// What the store held at one moment.
struct Snapshot(vec::IntoIter<CopyItem>);

#[async_trait]
impl Export for Snapshot {
    async fn next(&mut self) -> Result<Option<Vec<CopyItem>>, StoreError> {
        let piece: Vec<CopyItem> = self.0.by_ref().take(MAX_PIECE).collect();
        Ok(Some(piece).filter(|piece| !piece.is_empty()))
    }
}

impl State {
    fn copies(&self) -> Vec<CopyItem> {
        let mut unionids = self.unionids();
        let accounts = self.accounts.values().map(|account| {
            CopyItem::Account(Box::new(AccountCopy {
                account: account.clone(),
                unionids: unionids.remove(&account.id).unwrap_or_default(),
                sessions: self.sessions_of(account.id).cloned().collect(),
            }))
        });
        let pushes = self
            .pushes
            .iter()
            .map(|(hash, at)| CopyItem::Push(HonouredPush { hash: *hash, at: *at }));
        let api_keys = self.api_keys.values().cloned().map(CopyItem::ApiKey);
        let events = self.audit.values().cloned().map(Box::new).map(CopyItem::Event);
        let key_ring = self.key_ring.iter().cloned().map(Box::new).map(CopyItem::KeyRing);
        accounts
            .chain(pushes)
            .chain(api_keys)
            .chain(events)
            .chain(key_ring)
            .collect()
    }

    /// All unionids, by the account that they lead to.
    fn unionids(&self) -> HashMap<AccountId, Vec<UnionId>> {
        let mut unionids: HashMap<AccountId, Vec<UnionId>> = HashMap::new();
        for (unionid, owner) in &self.by_unionid {
            unionids.entry(*owner).or_default().push(unionid.clone());
        }
        for of_one in unionids.values_mut() {
            of_one.sort_unstable();
        }
        unionids
    }

    fn is_empty(&self) -> bool {
        self.accounts.is_empty()
            && self.pushes.is_empty()
            && self.api_keys.is_empty()
            && self.audit.is_empty()
            && self.key_ring.is_none()
    }

    fn add(&mut self, item: CopyItem) {
        match item {
            CopyItem::Account(copy) => self.add_account(*copy),
            CopyItem::Push(push) => {
                self.pushes.entry(push.hash).or_insert(push.at);
            }
            CopyItem::ApiKey(key) => {
                self.api_keys.entry(key.name.clone()).or_insert(key);
            }
            CopyItem::Event(event) => self.append(&event),
            CopyItem::KeyRing(ring) => {
                self.key_ring.get_or_insert(*ring);
            }
        }
    }

    fn add_account(&mut self, copy: AccountCopy) {
        let AccountCopy {
            account,
            unionids,
            sessions,
        } = copy;
        let id = account.id;
        if self.accounts.contains_key(&id) {
            return;
        }
        for linked in &account.identities {
            let identity = linked.identity.clone();
            self.by_identity.entry((identity.app, identity.openid)).or_insert(id);
        }
        for unionid in unionids {
            self.by_unionid.entry(unionid).or_insert(id);
        }
        if let Some(phone) = &account.phone {
            self.by_phone.insert((phone.number.as_e164().into(), id));
        }
        for session in sessions {
            self.sessions.insert((id, session.id.session), session);
        }
        self.accounts.insert(id, account);
    }
}

#[async_trait]
impl CopyStore for MemoryStore {
    async fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.state().is_empty())
    }

    async fn export(&self) -> Result<Box<dyn Export>, StoreError> {
        Ok(Box::new(Snapshot(self.state().copies().into_iter())))
    }

    async fn import(&self, items: &[CopyItem]) -> Result<(), StoreError> {
        let mut state = self.state();
        for item in items {
            state.add(item.clone());
        }
        Ok(())
    }
}
