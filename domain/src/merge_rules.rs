//! What becomes of two accounts that are one person's: the pure decision inside a store's one act.

use crate::account::{Account, AccountStatus, LinkedIdentity, Profile};
use crate::audit::AuditEvent;
use crate::id::AccountId;
use crate::identity::{AppId, UnionId};
use crate::session::{EndReason, SessionEnd};

/// An account to be merged into another.
#[derive(Debug, Clone)]
pub struct Merge {
    /// The account that is no more afterwards.
    pub from: AccountId,
    /// The account that has everything.
    pub into: AccountId,
    /// Which of the two prevails where both have something that an account has once; none refuses where that loses an
    /// identity or an external id.
    pub keep: Option<AccountId>,
    /// What the audit log is told of the account that is no more.
    pub event_from: AuditEvent,
    /// What the audit log is told of the other.
    pub event_into: AuditEvent,
}

/// Why two accounts are not merged; nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeRefusal {
    /// They are one account already.
    #[error("an account cannot be merged into itself")]
    SameAccount,
    /// Both have an identity in these apps, and nothing says which one stays.
    #[error("both accounts have an identity in the same app")]
    SameApps(Vec<AppId>),
    /// Both have an external id, and nothing says which one stays.
    #[error("both accounts have an external id")]
    ExternalIds,
    /// One of them is suspended and the other is not: a merge neither lifts nor spreads a suspension.
    #[error("one of the accounts is suspended")]
    Suspended,
}

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeOutcome {
    /// It is done; the account that is left.
    Merged(Box<Account>),
    /// It is refused.
    Refused(MergeRefusal),
    /// There is no account to be merged.
    NoFrom,
    /// There is no account to merge it into.
    NoInto,
}

/// Two accounts as one.
///
/// - The identities are those of both. Where both have one in the same app, that of the account which prevails stays, and
///   the other is forgotten.
/// - Of phone number, name, picture and external id, that of the account which prevails stays; where it has none, the
///   other's. Without a word on which one prevails, it is `into`.
/// - Two identities in one app, or two external ids that differ, want that word.
/// - The account is as old as the older of the two, and was last logged in to when the later one was.
/// - What was a conflict of unionids between the two is none any more.
/// - Whoever was let go is let go by their unionid too: they do not join the account from another app.
///
/// # Errors
/// Says why they are not merged.
pub fn merged(into: Account, from: Account, keep: Option<AccountId>) -> Result<Account, MergeRefusal> {
    if into.id == from.id {
        return Err(MergeRefusal::SameAccount);
    }
    let is_suspended = |account: &Account| account.status == AccountStatus::Suspended;
    if is_suspended(&into) != is_suspended(&from) {
        return Err(MergeRefusal::Suspended);
    }
    let pair = [into.id, from.id];
    // A third account says nothing about these two.
    let keep = keep.filter(|keep| pair.contains(keep));
    if keep.is_none() {
        let both = from.identities.iter().map(|linked| &linked.identity.app);
        let both: Vec<AppId> = both.filter(|app| into.has_identity_in(app)).cloned().collect();
        if !both.is_empty() {
            return Err(MergeRefusal::SameApps(both));
        }
        if into.external_id.is_some() && from.external_id.is_some() && into.external_id != from.external_id {
            return Err(MergeRefusal::ExternalIds);
        }
    }
    let (id, status) = (into.id, into.status);
    let created_at = into.created_at.min(from.created_at);
    let last_login_at = into.last_login_at.max(from.last_login_at);
    let (first, second) = if keep == Some(from.id) {
        (from, into)
    } else {
        (into, from)
    };
    let mut identities = first.identities;
    for linked in second.identities {
        if !identities.iter().any(|other| other.identity.app == linked.identity.app) {
            identities.push(linked);
        }
    }
    identities.sort_by_key(|linked| linked.first_seen_at);
    let settled = |linked: LinkedIdentity| LinkedIdentity {
        unionid_conflict: linked.unionid_conflict.filter(|other| !pair.contains(other)),
        ..linked
    };
    Ok(Account {
        id,
        status,
        created_at,
        last_login_at,
        profile: Profile {
            nickname: first.profile.nickname.or(second.profile.nickname),
            avatar_url: first.profile.avatar_url.or(second.profile.avatar_url),
        },
        phone: first.phone.or(second.phone),
        external_id: first.external_id.or(second.external_id),
        identities: identities.into_iter().map(settled).collect(),
    })
}

/// The unionids that lead to neither account any more: those of identities that were let go, unless one that stays has the
/// same.
#[must_use]
pub fn forgotten_unionids(before: [&Account; 2], merged: &Account) -> Vec<UnionId> {
    let unionid = |linked: &LinkedIdentity| linked.identity.unionid.clone();
    let kept: Vec<UnionId> = merged.identities.iter().filter_map(unionid).collect();
    let is_lost = |linked: &&LinkedIdentity| merged.identity(&linked.identity).is_none();
    let lost = before
        .into_iter()
        .flat_map(|account| &account.identities)
        .filter(is_lost);
    lost.filter_map(unionid)
        .filter(|unionid| !kept.contains(unionid))
        .collect()
}

/// What else ends with a merge: the sessions of `into`, where it lost an identity. Whoever has them may be the one that
/// was let go, and would keep what is another's now.
#[must_use]
pub fn ends_sessions(into: &Account, merge: &Merge, merged: &Account) -> Option<SessionEnd> {
    let is_lost = |linked: &LinkedIdentity| merged.identity(&linked.identity).is_none();
    into.identities.iter().any(is_lost).then_some(SessionEnd {
        reason: EndReason::EndedByOperator,
        at: merge.event_into.at,
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::notation::{account, id, shown};

    fn outcome(into: &str, from: &str, keep: Option<u8>) -> String {
        match merged(account(1, into), account(2, from), keep.map(id)) {
            Ok(account) => shown(&account),
            Err(MergeRefusal::SameApps(apps)) => {
                let apps: Vec<&str> = apps.iter().map(|app| &app.as_str()[17..]).collect();
                format!("refused: both in app {}", apps.join(", "))
            }
            Err(refusal) => format!("refused: {refusal}"),
        }
    }

    /// Account 2 is merged into account 1.
    #[test]
    fn merged_table() {
        let mut table = String::new();
        for (name, into, from) in [
            ("nothing in common", "1/o1", "2/o2"),
            ("nothing in either", "", ""),
            ("in the order in which they came", "1/o1 @5, 3/o3 @1", "2/o2 @3"),
            ("the same app", "1/o1", "1/o2"),
            ("one app of several is the same", "1/o1, 2/o2", "2/o4, 3/o3"),
            ("two apps are the same", "1/o1, 2/o2", "2/o4, 1/o3"),
            ("the same app, with unionids", "1/o1/u1 @2", "1/o2/u2 @1"),
            ("unionids in two apps", "1/o1/u1", "2/o2/u2"),
            ("external ids that differ", "1/o1, external a", "2/o2, external b"),
            ("external ids that are equal", "1/o1, external a", "2/o2, external a"),
            ("an external id on the one", "1/o1, external a", "2/o2"),
            ("an external id on the other", "1/o1", "2/o2, external b"),
            (
                "the same app and external ids that differ",
                "1/o1, external a",
                "1/o2, external b",
            ),
            (
                "phone, name and picture on both",
                "phone 1, name A, picture a",
                "phone 2, name B, picture b",
            ),
            (
                "phone and picture on the one, name on the other",
                "phone 1, picture a",
                "name B",
            ),
            (
                "all on the other",
                "1/o1",
                "2/o2, phone 2, name B, picture b, external b",
            ),
            (
                "the other is older and was used later",
                "since 5, last 6",
                "since 2, last 9",
            ),
            (
                "the other is younger and was used earlier",
                "since 2, last 9",
                "since 5, last 6",
            ),
            ("suspended", "1/o1, suspended", "2/o2"),
            ("the other is suspended", "1/o1", "2/o2, suspended"),
            ("both are suspended", "1/o1, suspended", "2/o2, suspended"),
            ("suspended, and the same app", "1/o1", "1/o2, suspended"),
            ("a conflict between the two", "1/o1!2", "2/o2/u1"),
            ("a conflict between the two, seen from the other", "1/o1/u1", "2/o2!1"),
            ("a conflict with a third", "1/o1!3", "2/o2!3"),
            ("a conflict in the same app", "1/o1!2", "1/o2/u1"),
        ] {
            writeln!(table, "{name}\n    1 {into}\n    2 {from}").unwrap();
            let outcomes = [None, Some(1), Some(2)].map(|keep| (keep, outcome(into, from, keep)));
            if outcomes.iter().all(|(_, other)| *other == outcomes[0].1) {
                writeln!(table, "    => {}", outcomes[0].1).unwrap();
                continue;
            }
            for (keep, outcome) in outcomes {
                let keep = keep.map_or("-".to_owned(), |keep| keep.to_string());
                writeln!(table, "    => keep {keep}: {outcome}").unwrap();
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn an_account_is_not_merged_into_itself() {
        for keep in [None, Some(id(1)), Some(id(2))] {
            let (one, same) = (account(1, "1/o1"), account(1, "1/o1"));
            assert_eq!(merged(one, same, keep), Err(MergeRefusal::SameAccount));
        }
    }

    /// It says nothing about the two, so nothing is lost by it.
    #[test]
    fn a_third_account_does_not_prevail() {
        for (into, from) in [
            ("1/o1", "1/o2"),
            ("1/o1, external a", "2/o2, external b"),
            ("1/o1, name A", "2/o2, name B"),
        ] {
            assert_eq!(
                outcome(into, from, Some(3)),
                outcome(into, from, None),
                "{into} | {from}"
            );
        }
    }
}
