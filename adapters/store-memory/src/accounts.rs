//! Accounts and their identities.

use std::ops::Bound;

use async_trait::async_trait;
use wxlogin_domain::account::{Account, AccountStatus, ProfileChange};
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::login_rules::{KnownAccounts, LoginOutcome, LoginRecord, RecordedLogin, Room, decide, make_room};
use wxlogin_domain::merge_rules::{Merge, MergeOutcome, ends_sessions, forgotten_unionids, merged};
use wxlogin_domain::phone_number::{PhoneBinding, PhoneNumber};
use wxlogin_domain::ports::account_store::{AccountPage, AccountQuery, AccountStore, PhoneOutcome};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::{EndReason, Session, SessionEnd, SessionRef};

use crate::{MemoryStore, State};

impl State {
    pub(crate) fn of_identity(&self, app: &AppId, openid: &OpenId) -> Option<Account> {
        let id = self.by_identity.get(&(app.clone(), openid.clone()))?;
        self.accounts.get(id).cloned()
    }

    fn of_unionid(&self, unionid: &UnionId) -> Option<Account> {
        self.accounts.get(self.by_unionid.get(unionid)?).cloned()
    }

    fn known(&self, login: &LoginRecord) -> KnownAccounts {
        let identity = &login.identity;
        let binding = login.phone.as_ref().filter(|_| login.wants_unique_phone());
        KnownAccounts {
            by_identity: self.of_identity(&identity.app, &identity.openid),
            by_unionid: identity.unionid.as_ref().and_then(|unionid| self.of_unionid(unionid)),
            with_phone: binding
                .map(|binding| self.holders(&binding.phone.number))
                .unwrap_or_default(),
        }
    }

    /// The accounts that have a telephone number.
    pub(crate) fn holders(&self, number: &PhoneNumber) -> Vec<AccountId> {
        let number = number.as_e164();
        let from = (number.into(), AccountId::from_bytes([0; 16]));
        let holders = self.by_phone.range(from..).take_while(|(other, _)| **other == *number);
        holders.map(|(_, account)| *account).collect()
    }

    /// Puts an account in the place of what it was, with all that leads to it.
    pub(crate) fn put(&mut self, account: Account) {
        self.unlink(account.id);
        for linked in &account.identities {
            let identity = linked.identity.clone();
            self.by_identity.insert((identity.app, identity.openid), account.id);
            if let Some(unionid) = identity.unionid {
                self.by_unionid.insert(unionid, account.id);
            }
        }
        if let Some(phone) = &account.phone {
            self.by_phone.insert((phone.number.as_e164().into(), account.id));
        }
        self.accounts.insert(account.id, account);
    }

    /// Identities and telephone number alone: a unionid that the account had once still leads to it.
    fn unlink(&mut self, id: AccountId) {
        let Some(account) = self.accounts.get(&id) else { return };
        for linked in &account.identities {
            let identity = linked.identity.clone();
            self.by_identity.remove(&(identity.app, identity.openid));
        }
        if let Some(phone) = &account.phone {
            self.by_phone.remove(&(phone.number.as_e164().into(), id));
        }
    }

    /// Removes an account with everything that belongs to it.
    pub(crate) fn remove(&mut self, id: AccountId) -> Option<Account> {
        self.unlink(id);
        self.by_unionid.retain(|_, account| *account != id);
        self.sessions.retain(|(account, _), _| *account != id);
        self.accounts.remove(&id)
    }

    fn make_room(&mut self, login: &LoginRecord, account: AccountId) {
        let sessions: Vec<Session> = self.sessions_of(account).cloned().collect();
        let Room { end, remove } = make_room(&sessions, &login.policy, login.at);
        for session in end {
            let displaced = SessionEnd {
                reason: EndReason::Displaced,
                at: login.at,
            };
            self.end(SessionRef { account, session }, displaced);
        }
        for session in remove {
            self.sessions.remove(&(account, session));
        }
    }

    fn write_login(&mut self, login: &LoginRecord, recorded: &RecordedLogin) {
        let (account, session) = (&recorded.account, &recorded.session);
        self.make_room(login, account.id);
        self.sessions
            .insert((session.id.account, session.id.session), session.clone());
        self.put(account.clone());
        for event in &recorded.events {
            self.append(event);
        }
    }

    fn change_account(&mut self, id: AccountId, change: impl FnOnce(&mut Account)) -> Option<Account> {
        let account = self.accounts.get_mut(&id)?;
        change(account);
        Some(account.clone())
    }
}

#[async_trait]
impl AccountStore for MemoryStore {
    async fn record_login(&self, login: &LoginRecord) -> Result<LoginOutcome, StoreError> {
        let mut state = self.state();
        let outcome = decide(state.known(login), login);
        if let LoginOutcome::Recorded(recorded) = &outcome {
            state.write_login(login, recorded);
        }
        Ok(outcome)
    }

    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(self.state().accounts.get(&id).cloned())
    }

    async fn account_of_identity(&self, app: &AppId, openid: &OpenId) -> Result<Option<Account>, StoreError> {
        Ok(self.state().of_identity(app, openid))
    }

    async fn account_of_unionid(&self, unionid: &UnionId) -> Result<Option<Account>, StoreError> {
        Ok(self.state().of_unionid(unionid))
    }

    async fn accounts(&self, query: &AccountQuery) -> Result<AccountPage, StoreError> {
        let state = self.state();
        let start = query.after.map_or(Bound::Unbounded, Bound::Excluded);
        let mut fitting = state
            .accounts
            .range((start, Bound::Unbounded))
            .map(|(_, account)| account)
            .filter(|account| query.filter.fits(account));
        let accounts: Vec<Account> = fitting.by_ref().take(query.limit).cloned().collect();
        let is_more = fitting.next().is_some();
        let next = accounts.last().filter(|_| is_more).map(|account| account.id);
        Ok(AccountPage { accounts, next })
    }

    async fn change_profile(&self, id: AccountId, change: &ProfileChange) -> Result<Option<Account>, StoreError> {
        let change = change.clone();
        Ok(self.state().change_account(id, |account| {
            account.profile = std::mem::take(&mut account.profile).changed(change);
        }))
    }

    async fn suspend(&self, id: AccountId, end: SessionEnd, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let mut state = self.state();
        let suspended = state.change_account(id, |account| account.status = AccountStatus::Suspended);
        if suspended.is_some() {
            state.end_all(id, end);
            state.append(event);
        }
        Ok(suspended)
    }

    async fn restore(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let mut state = self.state();
        let restored = state.change_account(id, |account| account.status = AccountStatus::Active);
        if restored.is_some() {
            state.append(event);
        }
        Ok(restored)
    }

    async fn bind_phone(
        &self,
        id: AccountId,
        binding: &PhoneBinding,
        event: &AuditEvent,
    ) -> Result<PhoneOutcome, StoreError> {
        let mut state = self.state();
        let Some(mut account) = state.accounts.get(&id).cloned() else {
            return Ok(PhoneOutcome::NoAccount);
        };
        if binding.is_refused(&account, &state.holders(&binding.phone.number)) {
            return Ok(PhoneOutcome::Taken);
        }
        account.phone = Some(binding.phone.clone());
        state.put(account.clone());
        state.append(event);
        Ok(PhoneOutcome::Bound(Box::new(account)))
    }

    async fn unbind_phone(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let mut state = self.state();
        let Some(mut account) = state.accounts.get(&id).cloned() else {
            return Ok(None);
        };
        if account.phone.take().is_some() {
            state.put(account.clone());
            state.append(event);
        }
        Ok(Some(account))
    }

    async fn erase(&self, id: AccountId, event: &AuditEvent) -> Result<Option<Account>, StoreError> {
        let mut state = self.state();
        let erased = state.remove(id);
        if erased.is_some() {
            state.append(event);
        }
        Ok(erased)
    }

    async fn merge(&self, merge: &Merge) -> Result<MergeOutcome, StoreError> {
        let mut state = self.state();
        let Some(from) = state.accounts.get(&merge.from).cloned() else {
            return Ok(MergeOutcome::NoFrom);
        };
        let Some(into) = state.accounts.get(&merge.into).cloned() else {
            return Ok(MergeOutcome::NoInto);
        };
        let account = match merged(into.clone(), from.clone(), merge.keep) {
            Ok(account) => account,
            Err(refusal) => return Ok(MergeOutcome::Refused(refusal)),
        };
        if let Some(end) = ends_sessions(&into, merge, &account) {
            state.end_all(merge.into, end);
        }
        for unionid in forgotten_unionids([&from, &into], &account) {
            state.by_unionid.remove(&unionid);
        }
        for holder in state.by_unionid.values_mut().filter(|holder| **holder == merge.from) {
            *holder = merge.into;
        }
        state.remove(merge.from);
        state.put(account.clone());
        state.append(&merge.event_from);
        state.append(&merge.event_into);
        Ok(MergeOutcome::Merged(Box::new(account)))
    }
}
