//! What a login does to accounts: the pure decision inside a store's one act.

use crate::account::{Account, AccountStatus, LinkedIdentity};
use crate::audit::{AuditAction, AuditEvent};
use crate::client_kind::ClientKind;
use crate::id::{AccountId, EventId, SessionId};
use crate::identity::WechatIdentity;
use crate::phone_number::{PhoneBinding, PhonePolicy};
use crate::session::{DeviceName, Session, SessionPolicy, SessionRef};
use crate::timestamp::Timestamp;

/// A login to be recorded.
#[derive(Debug, Clone)]
pub struct LoginRecord {
    /// What WeChat says.
    pub identity: WechatIdentity,
    /// A number that was verified in the same call.
    pub phone: Option<PhoneBinding>,
    /// What the person logs in on, in his own words.
    pub device: Option<DeviceName>,
    /// What the person logs in on, as far as the client says.
    pub client: Option<ClientKind>,
    /// The id of the account, should it be a new one.
    pub new_account: AccountId,
    /// The id of the session that begins.
    pub session: SessionId,
    /// How long that session lives.
    pub policy: SessionPolicy,
    /// When the login is.
    pub at: Timestamp,
    /// What the audit log is told of it, but for the account, which is not known yet.
    pub event: AuditEvent,
    /// The id of the event that tells of a conflict of unionids, should there be one.
    pub conflict_event: EventId,
    /// The id of the event that tells of a telephone number that was bound, should one be.
    pub phone_event: EventId,
}

/// The accounts that a login could belong to.
#[derive(Debug, Clone, Default)]
pub struct KnownAccounts {
    /// The one that has the (appid, openid).
    pub by_identity: Option<Account>,
    /// The one that has the unionid.
    pub by_unionid: Option<Account>,
    /// Those that have the telephone number. Only looked for where it has to be unique.
    pub with_phone: Vec<AccountId>,
}

/// What came of a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoginOutcome {
    /// It is recorded.
    Recorded(Box<RecordedLogin>),
    /// The account is suspended; nothing was written.
    Suspended(AccountId),
    /// Another account has the telephone number, and it has to be unique; nothing was written.
    PhoneTaken,
}

/// A login on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedLogin {
    /// The account as it is after the login.
    pub account: Account,
    /// The session that has begun.
    pub session: Session,
    /// Whether the account is a new one.
    pub is_new_account: bool,
    /// Another account that has the same unionid. Nothing is merged by itself: an operator decides.
    pub unionid_conflict: Option<AccountId>,
    /// What the audit log is told: of the login, of a conflict that was not known before, and of a telephone number that
    /// is new to the account.
    pub events: Vec<AuditEvent>,
}

/// What has to go so that a new session has room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Room {
    /// Live sessions that end, the oldest first: with the new one there would be too many.
    pub end: Vec<SessionId>,
    /// Dead ones that are not kept any longer.
    pub remove: Vec<SessionId>,
}

/// Decides which of an account's sessions make room for one more. At most `max_per_account` are alive afterwards, with
/// the new one; and of the dead at most as many are kept, the last ones, so that an account never has many rows,
/// however often somebody logs in.
#[must_use]
pub fn make_room(sessions: &[Session], policy: &SessionPolicy, now: Timestamp) -> Room {
    let mut alive: Vec<&Session> = Vec::new();
    let mut dead: Vec<(Timestamp, SessionId)> = Vec::new();
    for session in sessions {
        match session.dead_since(now) {
            None => alive.push(session),
            Some(since) => dead.push((since, session.id.session)),
        }
    }
    alive.sort_by_key(|session| (session.created_at, session.id.session));
    let others = policy.max_per_account.saturating_sub(1);
    let end: Vec<SessionId> = alive
        .iter()
        .take(alive.len().saturating_sub(others))
        .map(|session| session.id.session)
        .collect();
    dead.sort_unstable();
    let kept = policy.max_per_account.saturating_sub(end.len());
    let remove = dead
        .iter()
        .take(dead.len().saturating_sub(kept))
        .map(|(_, session)| *session)
        .collect();
    Room { end, remove }
}

/// Decides which account a login belongs to, and what that account and its new session look like afterwards.
///
/// - The (appid, openid) decides first; a first login in a second app joins the account that has the unionid.
/// - An account has one identity per app: somebody else's openid in the same app does not join, that is a conflict.
/// - A unionid that appears later is back-filled, unless it belongs to another account: that is a conflict.
/// - A unionid that WeChat leaves out this time is kept.
/// - A conflict is noted on the identity, and told once.
/// - A telephone number that has to be unique is not taken from another account; but whoever has it keeps it.
#[must_use]
pub fn decide(known: KnownAccounts, login: &LoginRecord) -> LoginOutcome {
    let KnownAccounts {
        by_identity,
        by_unionid,
        with_phone,
    } = known;
    let mut unionid_conflict = None;
    let (mut account, is_new_account) = match (by_identity, by_unionid) {
        (Some(own), other) => {
            unionid_conflict = other.map(|other| other.id).filter(|other| *other != own.id);
            (own, false)
        }
        (None, Some(other)) if other.has_identity_in(&login.identity.app) => {
            unionid_conflict = Some(other.id);
            (Account::new(login.new_account, login.at), true)
        }
        (None, Some(joined)) => (joined, false),
        (None, None) => (Account::new(login.new_account, login.at), true),
    };
    if account.status == AccountStatus::Suspended {
        return LoginOutcome::Suspended(account.id);
    }
    if let Some(binding) = &login.phone
        && binding.is_refused(&account, &with_phone)
    {
        return LoginOutcome::PhoneTaken;
    }
    let unionid = login.identity.unionid.clone().filter(|_| unionid_conflict.is_none());
    let linked = account
        .identities
        .iter_mut()
        .find(|linked| linked.identity.app == login.identity.app && linked.identity.openid == login.identity.openid);
    let (identity, known_conflict) = if let Some(linked) = linked {
        linked.identity.unionid = unionid.or(linked.identity.unionid.take());
        // A login that WeChat names no unionid for says nothing about conflicts.
        let known_conflict = linked.unionid_conflict;
        if login.identity.unionid.is_some() {
            linked.unionid_conflict = unionid_conflict;
        }
        (linked.identity.clone(), known_conflict)
    } else {
        let identity = WechatIdentity {
            unionid,
            ..login.identity.clone()
        };
        account.identities.push(LinkedIdentity {
            identity: identity.clone(),
            first_seen_at: login.at,
            unionid_conflict,
        });
        (identity, None)
    };
    account.last_login_at = login.at;
    let mut is_new_phone = false;
    if let Some(PhoneBinding { phone, .. }) = &login.phone {
        let old = account.phone.replace(phone.clone());
        is_new_phone = old.is_none_or(|old| old.number != phone.number);
    }
    let id = SessionRef {
        account: account.id,
        session: login.session,
    };
    let session = Session::begin(
        id,
        identity,
        login.device.clone(),
        login.client.clone(),
        login.at,
        &login.policy,
    );
    let mut events = vec![login.event.clone().on_session(id)];
    if let Some(other) = unionid_conflict.filter(|other| known_conflict != Some(*other)) {
        events.push(AuditEvent {
            id: login.conflict_event,
            action: AuditAction::UnionidConflict,
            detail: Some(other.to_string().into()),
            ..login.event.clone().on_account(account.id)
        });
    }
    if is_new_phone {
        events.push(AuditEvent {
            id: login.phone_event,
            action: AuditAction::PhoneBound,
            ..login.event.clone().on_session(id)
        });
    }
    LoginOutcome::Recorded(Box::new(RecordedLogin {
        account,
        session,
        is_new_account,
        unionid_conflict,
        events,
    }))
}

impl LoginRecord {
    /// Whether the login brings a telephone number that no other account may have.
    #[must_use]
    pub fn wants_unique_phone(&self) -> bool {
        let policy = self.phone.as_ref().map(|binding| binding.policy);
        policy == Some(PhonePolicy::Unique)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::time::Duration;

    use super::*;
    use crate::identity::{AppId, OpenId, UnionId};
    use crate::origin::Origin;
    use crate::phone_number::{PhoneNumber, VerifiedPhone};
    use crate::session::{EndReason, SessionEnd};

    const APP_ONE: &str = "wx0000000000000001";
    const APP_TWO: &str = "wx0000000000000002";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_769_000_000 + seconds)
    }

    fn identity(app: &str, openid: &str, unionid: Option<&str>) -> WechatIdentity {
        WechatIdentity {
            app: AppId::parse(app).unwrap(),
            openid: OpenId::parse(openid).unwrap(),
            unionid: unionid.map(|unionid| UnionId::parse(unionid).unwrap()),
        }
    }

    fn account(number: u8, identities: &[WechatIdentity]) -> Account {
        let linked = identities.iter().map(|identity| LinkedIdentity {
            identity: identity.clone(),
            first_seen_at: at(0),
            unionid_conflict: None,
        });
        Account {
            identities: linked.collect(),
            ..Account::new(AccountId::from_bytes([number; 16]), at(0))
        }
    }

    fn login(identity: WechatIdentity) -> LoginRecord {
        LoginRecord {
            identity,
            phone: None,
            device: None,
            client: None,
            new_account: AccountId::from_bytes([9; 16]),
            session: SessionId::from_bytes([5; 16]),
            policy: POLICY,
            at: at(100),
            event: AuditEvent::new(&Origin::service(), AuditAction::LoginSucceeded, at(100), [3; 10]),
            conflict_event: EventId::from_bytes([4; 16]),
            phone_event: EventId::from_bytes([6; 16]),
        }
    }

    const POLICY: SessionPolicy = SessionPolicy {
        refresh_ttl: Duration::from_secs(30),
        session_ttl: Duration::from_secs(90),
        refresh_grace: Duration::from_secs(6),
        max_per_account: 3,
    };

    /// The account as it is after a login that found its first identity in conflict with another account.
    fn in_conflict_with(other: u8, mut account: Account) -> Account {
        account.identities[0].unionid_conflict = Some(AccountId::from_bytes([other; 16]));
        account
    }

    /// Identities as `APP/OPENID/UNIONID`, with `!` and the account that they are in conflict with.
    fn shown(outcome: &LoginOutcome) -> String {
        let number = |id: &AccountId| id.to_bytes()[0];
        let conflict =
            |id: &Option<AccountId>| id.as_ref().map_or(String::new(), |other| format!("!{}", number(other)));
        let recorded = match outcome {
            LoginOutcome::Suspended(id) => return format!("suspended: account {}", number(id)),
            LoginOutcome::PhoneTaken => return "phone taken".into(),
            LoginOutcome::Recorded(recorded) => recorded,
        };
        let identities: Vec<String> = recorded
            .account
            .identities
            .iter()
            .map(|linked| {
                let identity = &linked.identity;
                format!(
                    "{}/{}/{}{}",
                    &identity.app.as_str()[17..],
                    identity.openid,
                    identity.unionid.as_ref().map_or("-", |unionid| unionid.as_str()),
                    conflict(&linked.unionid_conflict),
                )
            })
            .collect();
        let told: Vec<&str> = recorded.events.iter().map(|event| event.action.as_str()).collect();
        format!(
            "{:<5} account {}{:<2}  {:<21}  {}",
            if recorded.is_new_account { "new" } else { "known" },
            number(&recorded.account.id),
            conflict(&recorded.unionid_conflict),
            identities.join(" + "),
            told.join(", "),
        )
    }

    /// What comes of a login with what is known, where no telephone number matters.
    fn decided(by_identity: Option<&Account>, by_unionid: Option<&Account>, seen: &WechatIdentity) -> String {
        let known = KnownAccounts {
            by_identity: by_identity.cloned(),
            by_unionid: by_unionid.cloned(),
            with_phone: vec![],
        };
        shown(&decide(known, &login(seen.clone())))
    }

    #[test]
    fn decide_table() {
        let plain = account(1, &[identity(APP_ONE, "o1", None)]);
        let united = account(1, &[identity(APP_ONE, "o1", Some("u1"))]);
        let suspended = Account {
            status: AccountStatus::Suspended,
            ..united.clone()
        };
        let o1 = identity(APP_ONE, "o1", None);
        let o1_u1 = identity(APP_ONE, "o1", Some("u1"));
        let o1_u2 = identity(APP_ONE, "o1", Some("u2"));
        let o2_u1 = identity(APP_TWO, "o2", Some("u1"));
        let mut table = String::new();
        for (name, by_identity, by_unionid, seen) in [
            ("first login", None, None, &o1),
            ("first login, with unionid", None, None, &o1_u1),
            ("second login", Some(&plain), None, &o1),
            ("unionid appears later", Some(&plain), None, &o1_u1),
            ("unionid is left out this time", Some(&united), None, &o1),
            ("unionid is the same", Some(&united), Some(&united), &o1_u1),
            ("unionid has changed", Some(&united), None, &o1_u2),
            ("first login in a second app", None, Some(&united), &o2_u1),
            ("suspended", Some(&suspended), None, &o1),
            ("suspended, from a second app", None, Some(&suspended), &o2_u1),
        ] {
            writeln!(table, "{name:<47} {}", decided(by_identity, by_unionid, seen)).unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn conflict_table() {
        let plain = account(1, &[identity(APP_ONE, "o1", None)]);
        let united = account(1, &[identity(APP_ONE, "o1", Some("u1"))]);
        let of_another_unionid = account(1, &[identity(APP_ONE, "o1", Some("u2"))]);
        let in_both = account(1, &[identity(APP_ONE, "o1", None), identity(APP_TWO, "o4", None)]);
        let other = account(2, &[identity(APP_TWO, "o2", Some("u1"))]);
        let suspended = Account {
            status: AccountStatus::Suspended,
            ..other.clone()
        };
        let known = in_conflict_with(2, plain.clone());
        let known_of_one = in_conflict_with(2, in_both);
        let with_a_third = in_conflict_with(3, plain.clone());
        let beside_a_unionid = in_conflict_with(2, of_another_unionid.clone());
        let o1 = identity(APP_ONE, "o1", None);
        let o1_u1 = identity(APP_ONE, "o1", Some("u1"));
        let o1_u2 = identity(APP_ONE, "o1", Some("u2"));
        let o3_u1 = identity(APP_ONE, "o3", Some("u1"));
        let o4_u1 = identity(APP_TWO, "o4", Some("u1"));
        let mut table = String::new();
        for (name, by_identity, by_unionid, seen) in [
            ("another openid of the app has the unionid", None, Some(&united), &o3_u1),
            ("another account has it", Some(&plain), Some(&other), &o1_u1),
            ("a suspended account has it", Some(&plain), Some(&suspended), &o1_u1),
            (
                "another account has the one it changed to",
                Some(&of_another_unionid),
                Some(&other),
                &o1_u1,
            ),
            ("known", Some(&known), Some(&other), &o1_u1),
            ("known, with a third account", Some(&with_a_third), Some(&other), &o1_u1),
            ("known of another identity", Some(&known_of_one), Some(&other), &o4_u1),
            ("known, unionid is left out", Some(&known), None, &o1),
            ("over, the unionid is free", Some(&known), None, &o1_u1),
            (
                "over, the account has the unionid",
                Some(&known_of_one),
                Some(&known_of_one),
                &o1_u1,
            ),
            (
                "over, unionid is the former one",
                Some(&beside_a_unionid),
                Some(&beside_a_unionid),
                &o1_u2,
            ),
        ] {
            writeln!(table, "{name:<42} {}", decided(by_identity, by_unionid, seen)).unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_conflict_is_told_of_the_account_that_has_not_got_the_unionid() {
        let known = KnownAccounts {
            by_identity: Some(account(1, &[identity(APP_ONE, "o1", None)])),
            by_unionid: Some(account(2, &[identity(APP_TWO, "o2", Some("u1"))])),
            with_phone: vec![],
        };
        let login = login(identity(APP_ONE, "o1", Some("u1")));
        let LoginOutcome::Recorded(recorded) = decide(known, &login) else {
            panic!("an active account is recorded");
        };
        let [of_login, of_conflict] = &*recorded.events else {
            panic!("{:?}", recorded.events);
        };
        assert_eq!(*of_login, login.event.clone().on_session(recorded.session.id));
        let told = AuditEvent {
            id: login.conflict_event,
            action: AuditAction::UnionidConflict,
            account: Some(recorded.account.id),
            detail: Some(AccountId::from_bytes([2; 16]).to_string().into()),
            ..login.event
        };
        assert_eq!(*of_conflict, told);
        assert_eq!(recorded.session.identity.unionid, None, "it is the other's");
    }

    fn phone(policy: PhonePolicy) -> PhoneBinding {
        PhoneBinding {
            phone: VerifiedPhone {
                number: PhoneNumber::parse("+8613800138000").unwrap(),
                verified_at: at(100),
            },
            policy,
        }
    }

    #[test]
    fn phone_table() {
        let o1 = identity(APP_ONE, "o1", None);
        let own = account(1, std::slice::from_ref(&o1));
        let suspended = Account {
            status: AccountStatus::Suspended,
            ..own.clone()
        };
        let united = account(1, &[identity(APP_TWO, "o2", Some("u1"))]);
        let (unique, shared) = (Some(phone(PhonePolicy::Unique)), Some(phone(PhonePolicy::Shared)));
        let o1_u1 = identity(APP_ONE, "o1", Some("u1"));
        let mut table = String::new();
        for (name, by_identity, by_unionid, holders, phone) in [
            ("nobody has it", Some(&own), None, vec![], &unique),
            ("the account has it", Some(&own), None, vec![1], &unique),
            ("another account has it", Some(&own), None, vec![2], &unique),
            (
                "the account and another one have it",
                Some(&own),
                None,
                vec![1, 2],
                &unique,
            ),
            (
                "another one and the account have it",
                Some(&own),
                None,
                vec![2, 1],
                &unique,
            ),
            (
                "another account has it, and may share it",
                Some(&own),
                None,
                vec![2],
                &shared,
            ),
            (
                "another account has it, no phone this time",
                Some(&own),
                None,
                vec![2],
                &None,
            ),
            ("nobody has it, first login", None, None, vec![], &unique),
            ("another account has it, first login", None, None, vec![2], &unique),
            (
                "the account that is joined has it",
                None,
                Some(&united),
                vec![1],
                &unique,
            ),
            (
                "another than the joined one has it",
                None,
                Some(&united),
                vec![2],
                &unique,
            ),
            (
                "another account has it, suspended",
                Some(&suspended),
                None,
                vec![2],
                &unique,
            ),
        ] {
            // Account 1 is the one that logs in.
            let bound = phone.as_ref().map(|binding| binding.phone.clone());
            let holding = |account: &Account| Account {
                phone: bound.clone().filter(|_| holders.contains(&1)),
                ..account.clone()
            };
            let known = KnownAccounts {
                by_identity: by_identity.map(holding),
                by_unionid: by_unionid.map(holding),
                with_phone: holders
                    .iter()
                    .map(|number| AccountId::from_bytes([*number; 16]))
                    .collect(),
            };
            let seen = if by_unionid.is_some() { &o1_u1 } else { &o1 };
            let login = LoginRecord {
                phone: phone.clone(),
                ..login(seen.clone())
            };
            let outcome = decide(known, &login);
            let bound = match &outcome {
                LoginOutcome::Recorded(recorded) => recorded.account.phone.as_ref(),
                _ => None,
            };
            let bound = bound.map_or(String::new(), |phone| format!("  {}", phone.number));
            writeln!(table, "{name:<43} {}{bound}", shown(&outcome)).unwrap();
        }
        insta::assert_snapshot!(table);
    }

    /// A session that began so many seconds ago, dead where `ended`.
    fn session(number: u8, seconds_ago: i64, ended: bool) -> Session {
        let id = SessionRef {
            account: AccountId::from_bytes([1; 16]),
            session: SessionId::from_bytes([number; 16]),
        };
        let began = at(100 - seconds_ago);
        let session = Session::begin(id, identity(APP_ONE, "o1", None), None, None, began, &POLICY);
        let end = SessionEnd {
            reason: EndReason::Logout,
            at: began,
        };
        if ended { session.ended(end) } else { session }
    }

    #[test]
    fn make_room_table() {
        let mut table = String::new();
        let dead = |range: std::ops::Range<u8>| range.map(|number| session(number, 20 - i64::from(number), true));
        for (name, sessions) in [
            ("none", vec![]),
            ("two alive", vec![session(1, 9, false), session(2, 8, false)]),
            (
                "three alive, in any order",
                vec![session(3, 7, false), session(1, 9, false), session(2, 8, false)],
            ),
            (
                "five alive",
                (1..6)
                    .map(|number| session(number, 20 - i64::from(number), false))
                    .collect(),
            ),
            (
                "an expired one makes room",
                vec![session(1, 30, false), session(2, 8, false), session(3, 7, false)],
            ),
            ("three dead are kept", dead(1..4).collect()),
            ("five dead are too many", dead(1..6).collect()),
            (
                "one that ends now counts among the dead",
                dead(1..5)
                    .chain([session(7, 5, false), session(8, 4, false), session(9, 3, false)])
                    .collect(),
            ),
        ] {
            let Room { end, remove } = make_room(&sessions, &POLICY, at(100));
            let numbers = |ids: Vec<SessionId>| ids.iter().map(|id| id.to_bytes()[0]).collect::<Vec<_>>();
            writeln!(table, "{name:<40} end {:?}, remove {:?}", numbers(end), numbers(remove)).unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_login_moves_the_clock_and_binds_the_phone() {
        let known = KnownAccounts {
            by_identity: Some(account(1, &[identity(APP_ONE, "o1", None)])),
            ..KnownAccounts::default()
        };
        let binding = phone(PhonePolicy::Shared);
        let login = LoginRecord {
            phone: Some(binding.clone()),
            ..login(identity(APP_ONE, "o1", None))
        };
        let LoginOutcome::Recorded(recorded) = decide(known, &login) else {
            panic!("an active account is recorded");
        };
        assert_eq!(recorded.account.phone, Some(binding.phone));
        assert_eq!(recorded.account.last_login_at, at(100));
        assert_eq!(recorded.account.created_at, at(0));
        assert_eq!(recorded.session.id.account, recorded.account.id);
        let told: Vec<_> = recorded
            .events
            .iter()
            .map(|event| (event.action, event.session))
            .collect();
        let on_session = Some(recorded.session.id);
        assert_eq!(
            told,
            [
                (AuditAction::LoginSucceeded, on_session),
                (AuditAction::PhoneBound, on_session),
            ]
        );
    }

    #[test]
    fn the_number_that_is_bound_already_is_not_told_again() {
        let binding = phone(PhonePolicy::Shared);
        let known = KnownAccounts {
            by_identity: Some(Account {
                phone: Some(binding.phone.clone()),
                ..account(1, &[identity(APP_ONE, "o1", None)])
            }),
            ..KnownAccounts::default()
        };
        let login = LoginRecord {
            phone: Some(binding),
            ..login(identity(APP_ONE, "o1", None))
        };
        let LoginOutcome::Recorded(recorded) = decide(known, &login) else {
            panic!("an active account is recorded");
        };
        assert_eq!(recorded.events.len(), 1);
    }

    #[test]
    fn a_login_without_a_phone_leaves_the_one_that_is_bound() {
        let bound = phone(PhonePolicy::Unique).phone;
        let known = KnownAccounts {
            by_identity: Some(Account {
                phone: Some(bound.clone()),
                ..account(1, &[identity(APP_ONE, "o1", None)])
            }),
            ..KnownAccounts::default()
        };
        let LoginOutcome::Recorded(recorded) = decide(known, &login(identity(APP_ONE, "o1", None))) else {
            panic!("an active account is recorded");
        };
        assert_eq!(recorded.account.phone, Some(bound));
    }
}
