//! What a login does to accounts: the pure decision inside a store's one act.

use crate::account::{Account, AccountStatus, LinkedIdentity};
use crate::audit::AuditEvent;
use crate::client_kind::ClientKind;
use crate::id::{AccountId, SessionId};
use crate::identity::WechatIdentity;
use crate::phone_number::VerifiedPhone;
use crate::session::{DeviceName, Session, SessionPolicy, SessionRef};
use crate::timestamp::Timestamp;

/// A login to be recorded.
#[derive(Debug, Clone)]
pub struct LoginRecord {
    /// What WeChat says.
    pub identity: WechatIdentity,
    /// A number that was verified in the same call.
    pub phone: Option<VerifiedPhone>,
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
}

/// The accounts that a login could belong to.
#[derive(Debug, Clone, Default)]
pub struct KnownAccounts {
    /// The one that has the (appid, openid).
    pub by_identity: Option<Account>,
    /// The one that has the unionid.
    pub by_unionid: Option<Account>,
}

/// What came of a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoginOutcome {
    /// It is recorded.
    Recorded(Box<RecordedLogin>),
    /// The account is suspended; nothing was written.
    Suspended(AccountId),
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
    /// What the audit log is told.
    pub event: AuditEvent,
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
#[must_use]
pub fn decide(known: KnownAccounts, login: &LoginRecord) -> LoginOutcome {
    let KnownAccounts {
        by_identity,
        by_unionid,
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
    let unionid = login.identity.unionid.clone().filter(|_| unionid_conflict.is_none());
    let linked = account
        .identities
        .iter_mut()
        .find(|linked| linked.identity.app == login.identity.app && linked.identity.openid == login.identity.openid);
    let identity = if let Some(linked) = linked {
        linked.identity.unionid = unionid.or(linked.identity.unionid.take());
        linked.identity.clone()
    } else {
        let identity = WechatIdentity {
            unionid,
            ..login.identity.clone()
        };
        account.identities.push(LinkedIdentity {
            identity: identity.clone(),
            first_seen_at: login.at,
        });
        identity
    };
    account.last_login_at = login.at;
    if let Some(phone) = &login.phone {
        account.phone = Some(phone.clone());
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
    LoginOutcome::Recorded(Box::new(RecordedLogin {
        account,
        session,
        is_new_account,
        unionid_conflict,
        event: login.event.clone().on_session(id),
    }))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::time::Duration;

    use super::*;
    use crate::audit::AuditAction;
    use crate::identity::{AppId, OpenId, UnionId};
    use crate::origin::Origin;
    use crate::phone_number::PhoneNumber;
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
        }
    }

    const POLICY: SessionPolicy = SessionPolicy {
        refresh_ttl: Duration::from_secs(30),
        session_ttl: Duration::from_secs(90),
        refresh_grace: Duration::from_secs(6),
        max_per_account: 3,
    };

    fn shown(outcome: &LoginOutcome) -> String {
        let number = |id: &AccountId| id.to_bytes()[0];
        match outcome {
            LoginOutcome::Suspended(id) => format!("suspended: account {}", number(id)),
            LoginOutcome::Recorded(recorded) => {
                let identities: Vec<String> = recorded
                    .account
                    .identities
                    .iter()
                    .map(|linked| {
                        let unionid = linked.identity.unionid.as_ref().map_or("-", |unionid| unionid.as_str());
                        format!(
                            "{}/{}/{unionid}",
                            &linked.identity.app.as_str()[17..],
                            linked.identity.openid
                        )
                    })
                    .collect();
                let conflict = recorded.unionid_conflict.as_ref().map(number);
                format!(
                    "{} account {}, {}{}",
                    if recorded.is_new_account { "new" } else { "known" },
                    number(&recorded.account.id),
                    identities.join(" + "),
                    conflict.map_or(String::new(), |other| format!(
                        ", unionid conflicts with account {other}"
                    )),
                )
            }
        }
    }

    #[test]
    fn decide_table() {
        let plain = account(1, &[identity(APP_ONE, "o1", None)]);
        let united = account(1, &[identity(APP_ONE, "o1", Some("u1"))]);
        let other = account(2, &[identity(APP_TWO, "o2", Some("u1"))]);
        let suspended = Account {
            status: AccountStatus::Suspended,
            ..united.clone()
        };
        let o1 = identity(APP_ONE, "o1", None);
        let o1_u1 = identity(APP_ONE, "o1", Some("u1"));
        let o1_u2 = identity(APP_ONE, "o1", Some("u2"));
        let o2_u1 = identity(APP_TWO, "o2", Some("u1"));
        let o3_u1 = identity(APP_ONE, "o3", Some("u1"));
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
            (
                "another openid of the same app has the unionid",
                None,
                Some(&united),
                &o3_u1,
            ),
            (
                "unionid appears, another account has it",
                Some(&plain),
                Some(&other),
                &o1_u1,
            ),
            ("suspended", Some(&suspended), None, &o1),
            ("suspended, from a second app", None, Some(&suspended), &o2_u1),
        ] {
            let known = KnownAccounts {
                by_identity: by_identity.cloned(),
                by_unionid: by_unionid.cloned(),
            };
            writeln!(table, "{name:<47} {}", shown(&decide(known, &login(seen.clone())))).unwrap();
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
        let phone = VerifiedPhone {
            number: PhoneNumber::parse("+8613800138000").unwrap(),
            verified_at: at(100),
        };
        let known = KnownAccounts {
            by_identity: Some(account(1, &[identity(APP_ONE, "o1", None)])),
            by_unionid: None,
        };
        let login = LoginRecord {
            phone: Some(phone.clone()),
            ..login(identity(APP_ONE, "o1", None))
        };
        let LoginOutcome::Recorded(recorded) = decide(known, &login) else {
            panic!("an active account is recorded");
        };
        assert_eq!(recorded.account.phone, Some(phone));
        assert_eq!(recorded.account.last_login_at, at(100));
        assert_eq!(recorded.account.created_at, at(0));
        assert_eq!(recorded.session.id.account, recorded.account.id);
        assert_eq!(recorded.event.session, Some(recorded.session.id));
    }
}
