//! What becomes of users whom a business brings along: the pure decision before a store's one act.

use std::collections::HashMap;

use crate::account::{Account, LinkedIdentity, Nickname};
use crate::external_id::ExternalId;
use crate::id::AccountId;
use crate::identity::{AppId, OpenId, UnionId, WechatIdentity};
use crate::phone_number::{PhoneBinding, PhoneNumber, PhonePolicy, VerifiedPhone};
use crate::timestamp::Timestamp;

/// A user whom a business knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedUser {
    /// Who WeChat says that is, as the business was told.
    pub identity: WechatIdentity,
    /// Who the business says that is.
    pub external_id: ExternalId,
    /// The telephone number, which the business has verified.
    pub phone: Option<PhoneNumber>,
    /// The name to show.
    pub nickname: Option<Nickname>,
}

/// What a store knows of users, at one moment.
#[derive(Debug, Clone, Default)]
pub struct KnownUsers {
    /// The accounts that identities and unionids lead to.
    pub accounts: HashMap<AccountId, Account>,
    /// Which account an identity leads to.
    pub identities: HashMap<(AppId, OpenId), AccountId>,
    /// Which account a unionid leads to.
    pub unionids: HashMap<UnionId, AccountId>,
    /// Which accounts have a telephone number. Only looked for where it has to be unique; of many two are enough.
    pub phones: HashMap<PhoneNumber, Vec<AccountId>>,
}

/// What came of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// A new account.
    Made,
    /// The account was there, and has the external id, or the unionid, from now on.
    Completed,
    /// The person's account in another app was there, and has this identity too from now on.
    Joined,
    /// The account was there with this external id: it is as it was.
    Unchanged,
    /// Nothing.
    Refused(ImportRefusal),
}

/// Why a user is not imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImportRefusal {
    /// The account of the identity, or of the unionid, is another one's by its external id.
    #[error("the person's account has another external id")]
    OtherExternalId,
    /// The account that the unionid leads to has another identity in the same app.
    #[error("the unionid belongs to another person of the same mini program")]
    OtherIdentity,
    /// Another account has the telephone number, and it has to be unique.
    #[error("another account has this number, and WXLOGIN_PHONE_POLICY is unique")]
    PhoneTaken,
}

/// An account that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedAccount {
    /// As it was read.
    pub before: Account,
    /// As it is from then on.
    pub after: Account,
}

impl ChangedAccount {
    /// The change, made to the account as it is by now: none where more has happened to it than that somebody logged in
    /// to it again.
    #[must_use]
    pub fn made_to(&self, current: &Account) -> Option<Account> {
        let at_that_login = |account: &Account| Account {
            last_login_at: current.last_login_at,
            ..account.clone()
        };
        (at_that_login(&self.before) == *current).then(|| at_that_login(&self.after))
    }

    /// The identities that are new to the account.
    pub fn new_identities(&self) -> impl Iterator<Item = &LinkedIdentity> {
        let is_new = |linked: &&LinkedIdentity| self.before.identity(&linked.identity).is_none();
        self.after.identities.iter().filter(is_new)
    }

    /// The telephone number that is new to the account.
    #[must_use]
    pub fn new_phone(&self) -> Option<&PhoneNumber> {
        let before = self.before.phone.as_ref().map(|phone| &phone.number);
        let after = self.after.phone.as_ref().map(|phone| &phone.number);
        after.filter(|after| before != Some(*after))
    }
}

/// What is to be written, and what that means for each user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// New accounts.
    pub made: Vec<Account>,
    /// Accounts that change.
    pub changed: Vec<ChangedAccount>,
    /// Unionids that led nowhere, and the account that each leads to from then on.
    pub unionids: Vec<(UnionId, AccountId)>,
    /// What comes of each user, in their order.
    pub outcomes: Vec<Imported>,
}

impl ImportPlan {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.made.is_empty() && self.changed.is_empty()
    }
}

/// Decides what becomes of users, one after the other: two of them may be one person.
///
/// - The identity decides first. Its account gets the external id where it has none, and name and number where it has
///   none; with the same external id nothing is touched, whatever else is said: the person may have changed it since.
///   But for a unionid that was not known: that is WeChat's to say, and leads the person's other identities here.
/// - A person of another app is known by the unionid: the identity is added to that account, unless that has another one
///   in this app.
/// - An account whose external id is another one is left alone, and so is a number that has to be unique and is not free.
/// - A unionid that leads elsewhere than the identity is passed over: the next login tells of that conflict.
#[must_use]
pub fn plan(
    users: &[ImportedUser],
    known: KnownUsers,
    phones: PhonePolicy,
    now: Timestamp,
    new_id: &mut dyn FnMut() -> AccountId,
) -> ImportPlan {
    let mut draft = Draft {
        known,
        phones,
        now,
        before: HashMap::new(),
        order: Vec::new(),
        unionids: Vec::new(),
    };
    let outcomes = users
        .iter()
        .map(|user| draft.import(user, new_id).unwrap_or_else(Imported::Refused))
        .collect();
    draft.into_plan(outcomes)
}

/// What is known, with what was decided so far.
struct Draft {
    known: KnownUsers,
    phones: PhonePolicy,
    now: Timestamp,
    /// Of each account that is touched, how it was read; none of a new one.
    before: HashMap<AccountId, Option<Account>>,
    /// The accounts that are touched, in the order in which that came.
    order: Vec<AccountId>,
    unionids: Vec<(UnionId, AccountId)>,
}

impl Draft {
    fn import(
        &mut self,
        user: &ImportedUser,
        new_id: &mut dyn FnMut() -> AccountId,
    ) -> Result<Imported, ImportRefusal> {
        if let Some(account) = self.of_identity(user) {
            return match &account.external_id {
                Some(same) if *same == user.external_id => Ok(self.recognised(account, user)),
                Some(_) => Err(ImportRefusal::OtherExternalId),
                None => {
                    let account = self.with_unionid(account, user);
                    self.complete(account, user)?;
                    Ok(Imported::Completed)
                }
            };
        }
        if let Some(account) = self.of_unionid(user) {
            if account.external_id.as_ref().is_some_and(|own| *own != user.external_id) {
                return Err(ImportRefusal::OtherExternalId);
            }
            if account.has_identity_in(&user.identity.app) {
                return Err(ImportRefusal::OtherIdentity);
            }
            let account = with_identity(account, user, self.now);
            self.complete(account, user)?;
            return Ok(Imported::Joined);
        }
        let account = with_identity(Account::new(new_id(), self.now), user, self.now);
        self.complete(account, user)?;
        Ok(Imported::Made)
    }

    fn recognised(&mut self, account: Account, user: &ImportedUser) -> Imported {
        let unionid = |account: &Account| account.identity(&user.identity)?.identity.unionid.clone();
        let before = unionid(&account);
        let account = self.with_unionid(account, user);
        if unionid(&account) == before {
            return Imported::Unchanged;
        }
        self.note(account, &user.identity);
        Imported::Completed
    }

    fn of_identity(&self, user: &ImportedUser) -> Option<Account> {
        let identity = &user.identity;
        let id = self
            .known
            .identities
            .get(&(identity.app.clone(), identity.openid.clone()))?;
        self.known.accounts.get(id).cloned()
    }

    fn of_unionid(&self, user: &ImportedUser) -> Option<Account> {
        let id = self.known.unionids.get(user.identity.unionid.as_ref()?)?;
        self.known.accounts.get(id).cloned()
    }

    /// The unionid is new to the identity, and leads nowhere or to its own account.
    fn with_unionid(&self, mut account: Account, user: &ImportedUser) -> Account {
        let Some(unionid) = &user.identity.unionid else {
            return account;
        };
        if self
            .known
            .unionids
            .get(unionid)
            .is_some_and(|other| *other != account.id)
        {
            return account;
        }
        for linked in &mut account.identities {
            if linked.identity.app == user.identity.app && linked.identity.openid == user.identity.openid {
                linked.identity.unionid.get_or_insert_with(|| unionid.clone());
            }
        }
        account
    }

    /// Gives an account what is said of its person and what it has not got, and takes note of it.
    fn complete(&mut self, mut account: Account, user: &ImportedUser) -> Result<(), ImportRefusal> {
        if let Some(number) = user.phone.as_ref().filter(|_| account.phone.is_none()) {
            let binding = PhoneBinding {
                phone: VerifiedPhone {
                    number: number.clone(),
                    verified_at: self.now,
                },
                policy: self.phones,
            };
            let holders = self.known.phones.get(number).map(Vec::as_slice).unwrap_or_default();
            if binding.is_refused(&account, holders) {
                return Err(ImportRefusal::PhoneTaken);
            }
            account.phone = Some(binding.phone);
            self.known.phones.entry(number.clone()).or_default().push(account.id);
        }
        account.external_id.get_or_insert_with(|| user.external_id.clone());
        if account.profile.nickname.is_none() {
            account.profile.nickname.clone_from(&user.nickname);
        }
        self.note(account, &user.identity);
        Ok(())
    }

    fn note(&mut self, account: Account, identity: &WechatIdentity) {
        let id = account.id;
        let key = (identity.app.clone(), identity.openid.clone());
        self.known.identities.insert(key, id);
        let unionid = account
            .identity(identity)
            .and_then(|linked| linked.identity.unionid.as_ref());
        let unionid = unionid.filter(|own| identity.unionid.as_ref() == Some(*own));
        if let Some(unionid) = unionid.filter(|unionid| !self.known.unionids.contains_key(*unionid)) {
            self.known.unionids.insert(unionid.clone(), id);
            self.unionids.push((unionid.clone(), id));
        }
        let before = self.known.accounts.insert(id, account);
        self.before.entry(id).or_insert_with(|| {
            self.order.push(id);
            before
        });
    }

    fn into_plan(mut self, outcomes: Vec<Imported>) -> ImportPlan {
        let mut plan = ImportPlan {
            unionids: self.unionids,
            outcomes,
            ..ImportPlan::default()
        };
        for id in self.order {
            let before = self.before.remove(&id).flatten();
            match (before, self.known.accounts.remove(&id)) {
                (Some(before), Some(after)) => plan.changed.push(ChangedAccount { before, after }),
                (None, Some(made)) => plan.made.push(made),
                (_, None) => {}
            }
        }
        plan
    }
}

fn with_identity(mut account: Account, user: &ImportedUser, now: Timestamp) -> Account {
    account.identities.push(LinkedIdentity {
        identity: user.identity.clone(),
        first_seen_at: now,
        unionid_conflict: None,
    });
    account
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::notation::{account, at, id, linked, shown};

    /// Reads `1/o1/u1 = a`, with `, phone 7` and `, name Ann` after it.
    fn user(text: &str) -> ImportedUser {
        let (identity, rest) = text.split_once(" = ").unwrap();
        let (external_id, said) = rest.split_once(", ").unwrap_or((rest, ""));
        let said = account(0, said);
        ImportedUser {
            identity: linked(identity).identity,
            external_id: ExternalId::parse(external_id).unwrap(),
            phone: said.phone.map(|phone| phone.number),
            nickname: said.profile.nickname,
        }
    }

    /// What a store knows that holds these accounts, the first of which is number 1.
    fn known(accounts: &[&str]) -> KnownUsers {
        let mut known = KnownUsers::default();
        for (number, has) in (1..).zip(accounts) {
            let account = account(number, has);
            for WechatIdentity { app, openid, unionid } in account.identities.iter().map(|linked| &linked.identity) {
                known.identities.insert((app.clone(), openid.clone()), account.id);
                known
                    .unionids
                    .extend(unionid.clone().map(|unionid| (unionid, account.id)));
            }
            if let Some(phone) = &account.phone {
                known.phones.entry(phone.number.clone()).or_default().push(account.id);
            }
            known.accounts.insert(account.id, account);
        }
        known
    }

    fn planned(accounts: &[&str], users: &[&str], phones: PhonePolicy) -> ImportPlan {
        let users: Vec<ImportedUser> = users.iter().map(|text| user(text)).collect();
        let mut last = 100;
        let mut new_id = || {
            last += 1;
            id(last)
        };
        plan(&users, known(accounts), phones, at(50), &mut new_id)
    }

    fn outcomes(plan: &ImportPlan) -> String {
        let outcomes = plan.outcomes.iter().map(|outcome| match outcome {
            Imported::Refused(refusal) => format!("refused: {refusal}"),
            other => format!("{other:?}").to_lowercase(),
        });
        outcomes.collect::<Vec<_>>().join("; ")
    }

    fn written(plan: &ImportPlan) -> String {
        let mut lines = String::new();
        for made in &plan.made {
            writeln!(lines, "    made    {}", shown(made)).unwrap();
        }
        for ChangedAccount { before, after } in &plan.changed {
            assert_ne!(before, after);
            writeln!(lines, "    changed {}", shown(after)).unwrap();
        }
        for (unionid, account) in &plan.unionids {
            writeln!(lines, "    {unionid} leads to {}", account.to_bytes()[0]).unwrap();
        }
        lines
    }

    /// Accounts that are there are numbered from 1, new ones from 101. What happens now happens in second 50.
    #[test]
    fn plan_table() {
        let mut table = String::new();
        for (name, accounts, users) in [
            ("nobody", &[][..], &[][..]),
            ("a stranger", &[], &["1/o1 = a"]),
            ("a stranger, fully described", &[], &["1/o1/u1 = a, phone 1, name A"]),
            ("an account without external id", &["1/o1"], &["1/o1 = a"]),
            (
                "it gets what it has not got",
                &["1/o1"],
                &["1/o1/u1 = a, phone 1, name A"],
            ),
            (
                "it keeps what it has",
                &["1/o1/u1, phone 1, name A, last 9"],
                &["1/o1/u2 = a, phone 2, name B"],
            ),
            ("a suspended one stays suspended", &["1/o1, suspended"], &["1/o1 = a"]),
            (
                "the same external id",
                &["1/o1, external a"],
                &["1/o1/u1 = a, phone 1, name A"],
            ),
            (
                "the same external id, with the unionid that was known",
                &["1/o1/u1, external a"],
                &["1/o1/u1 = a"],
            ),
            (
                "and a person of another app by a unionid that was not",
                &["1/o1, external a"],
                &["1/o1/u1 = a", "2/o2/u1 = a"],
            ),
            (
                "a unionid that leads to another, of somebody with the external id",
                &["1/o1, external a", "2/o2/u2"],
                &["1/o1/u2 = a"],
            ),
            ("another external id", &["1/o1, external a"], &["1/o1 = b, phone 1"]),
            (
                "a unionid that leads to another",
                &["1/o1", "2/o2/u2"],
                &["1/o1/u2 = a"],
            ),
            (
                "a person of another app",
                &["2/o2/u1"],
                &["1/o1/u1 = a, phone 1, name A"],
            ),
            (
                "with the same external id",
                &["2/o2/u1, external a, phone 1"],
                &["1/o1/u1 = a, phone 2"],
            ),
            ("with another external id", &["2/o2/u1, external a"], &["1/o1/u1 = b"]),
            ("with another identity in this app", &["1/o2/u1"], &["1/o1/u1 = a"]),
            ("the same one twice", &[], &["1/o1 = a, name A", "1/o1 = a, name B"]),
            ("the same one under two external ids", &[], &["1/o1 = a", "1/o1 = b"]),
            (
                "one person in two apps",
                &[],
                &["1/o1/u1 = a, name A", "2/o2/u1 = a, name B, phone 1"],
            ),
            (
                "one person in two apps, here in one",
                &["1/o1"],
                &["1/o1/u1 = a", "2/o2/u1 = a"],
            ),
            (
                "two people in two apps under one unionid",
                &[],
                &["1/o1/u1 = a", "2/o2/u1 = b"],
            ),
            ("one external id without a unionid", &[], &["1/o1 = a", "2/o2 = a"]),
            (
                "somebody between two who are refused",
                &["1/o1, external x"],
                &["1/o1 = a", "1/o2 = b", "1/o1 = c"],
            ),
        ] {
            let plan = planned(accounts, users, PhonePolicy::Shared);
            writeln!(table, "{name}").unwrap();
            for (number, has) in (1..).zip(accounts) {
                writeln!(table, "    there   account {number}: {has}").unwrap();
            }
            for user in users {
                writeln!(table, "    user    {user}").unwrap();
            }
            write!(table, "    => {}\n{}", outcomes(&plan), written(&plan)).unwrap();
            assert_eq!(plan.is_empty(), written(&plan).is_empty());
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn phone_table() {
        let mut table = String::new();
        for (accounts, users) in [
            (&["phone 1"][..], &["1/o1 = a, phone 1"][..]),
            (&["phone 1", "1/o1"], &["1/o1 = a, phone 1"]),
            (&["phone 1", "1/o1, phone 1"], &["1/o1 = a, phone 1"]),
            (&["phone 1", "1/o1, phone 2"], &["1/o1 = a, phone 1"]),
            (&["phone 1", "1/o1, external a"], &["1/o1 = a, phone 1"]),
            (&["phone 1", "2/o2/u1"], &["1/o1/u1 = a, phone 1"]),
            (&[], &["1/o1 = a, phone 1", "1/o2 = b, phone 1", "1/o3 = c, phone 2"]),
            (&[], &["1/o1/u1 = a, phone 1", "2/o2/u1 = a, phone 1"]),
        ] {
            writeln!(table, "{} | {}", accounts.join(" | "), users.join(" | ")).unwrap();
            for phones in [PhonePolicy::Shared, PhonePolicy::Unique] {
                let outcomes = outcomes(&planned(accounts, users, phones));
                writeln!(table, "    {phones:?}: {outcomes}").unwrap();
            }
        }
        insta::assert_snapshot!(table);
    }

    /// A login in between is no obstacle, and is not undone; anything else is one.
    #[test]
    fn a_change_is_made_to_what_was_read() {
        let change = ChangedAccount {
            before: account(1, "1/o1, last 5"),
            after: account(1, "1/o1, last 5, external a, phone 1"),
        };
        for (current, expected) in [
            ("1/o1, last 5", Some("1/o1, last 5, external a, phone 1")),
            ("1/o1, last 9", Some("1/o1, last 9, external a, phone 1")),
            ("1/o1, last 9, name A", None),
            ("1/o1, last 5, external b", None),
            ("1/o1/u1, last 5", None),
            ("1/o1, last 5, suspended", None),
            ("1/o1, last 5, external a, phone 1", None),
        ] {
            let made = change.made_to(&account(1, current));
            assert_eq!(made, expected.map(|expected| account(1, expected)), "{current}");
        }
    }
}
