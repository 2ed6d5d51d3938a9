//! A login that lives on: one per login, ended by logout, suspension, theft or time.

use std::time::Duration;

use crate::client_kind::ClientKind;
use crate::id::{AccountId, SessionId};
use crate::identity::WechatIdentity;
use crate::timestamp::Timestamp;

/// Which session: always named together with its account, so that a store finds it by one record id and finds all
/// sessions of an account without an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionRef {
    /// Whose it is.
    pub account: AccountId,
    /// Which one.
    pub session: SessionId,
}

/// How many times a session's refresh token was replaced; the first token has generation 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(pub u32);

impl Generation {
    /// The one after this.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    fn is_immediately_before(self, other: Self) -> bool {
        self.0.checked_add(1) == Some(other.0)
    }
}

/// How long sessions and their refresh tokens live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionPolicy {
    /// Idle limit: a session that is not refreshed for so long is over. Slides with each refresh.
    pub refresh_ttl: Duration,
    /// Absolute limit, counted from the login.
    pub session_ttl: Duration,
    /// How long the immediately preceding refresh token still answers its successor.
    pub refresh_grace: Duration,
    /// How many live sessions an account may have; a login beyond that ends the oldest.
    pub max_per_account: usize,
}

/// Why a session ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndReason {
    /// The person logged out.
    Logout,
    /// A refresh token that was already replaced came back.
    RefreshTokenReused,
    /// The account was suspended.
    Suspended,
    /// One of its tokens was revoked (RFC 7009).
    TokenRevoked,
    /// A newer session took its place: the account had as many as it may.
    Displaced,
    /// An operator ended it.
    EndedByOperator,
}

impl EndReason {
    /// All of them.
    const ALL: [Self; 6] = [
        Self::Logout,
        Self::RefreshTokenReused,
        Self::Suspended,
        Self::TokenRevoked,
        Self::Displaced,
        Self::EndedByOperator,
    ];

    /// The word for it in stores.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::RefreshTokenReused => "refresh_token_reused",
            Self::Suspended => "suspended",
            Self::TokenRevoked => "token_revoked",
            Self::Displaced => "displaced",
            Self::EndedByOperator => "ended_by_operator",
        }
    }

    /// The reason of that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

/// That a session ended, why and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionEnd {
    /// Why.
    pub reason: EndReason,
    /// When.
    pub at: Timestamp,
}

/// What the person calls the device, or what the mini program says of it. Informative only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceName(Box<str>);

/// The text is no device name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("1 to {} characters without control characters are expected", DeviceName::MAX_LENGTH)]
pub struct DeviceNameError;

impl DeviceName {
    /// The longest name, in characters.
    pub const MAX_LENGTH: usize = 64;

    /// Trims and checks a name.
    ///
    /// # Errors
    /// When it is empty, too long or has control characters.
    pub fn parse(text: &str) -> Result<Self, DeviceNameError> {
        let text = text.trim();
        let good = (1..=Self::MAX_LENGTH).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        if good {
            Ok(Self(text.into()))
        } else {
            Err(DeviceNameError)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How exactly the last use of a session is known: noting every single one would be a write per request.
pub const USE_NOTED_EVERY: Duration = Duration::from_secs(60);

/// A session, as a store keeps it. Holds no token: refresh tokens are recognised by their MAC and their generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Which one, and whose.
    pub id: SessionRef,
    /// As whom the person logged in.
    pub identity: WechatIdentity,
    /// On what, in the person's words.
    pub device: Option<DeviceName>,
    /// On what, as far as the client says.
    pub client: Option<ClientKind>,
    /// When the login was.
    pub created_at: Timestamp,
    /// When it was last used, give or take [`USE_NOTED_EVERY`].
    pub last_used_at: Timestamp,
    /// The absolute limit.
    pub expires_at: Timestamp,
    /// The generation of the newest refresh token.
    pub generation: Generation,
    /// When that one was issued.
    pub rotated_at: Timestamp,
    /// The idle limit.
    pub idle_expires_at: Timestamp,
    /// That it ended before its time.
    pub end: Option<SessionEnd>,
}

/// Why a session cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionOver {
    /// It was ended.
    Ended(EndReason),
    /// Its idle or its absolute limit has passed.
    Expired,
}

/// What a presented refresh token leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refresh {
    /// The token was the newest: here is the session one generation on, to be stored.
    Rotate(Session),
    /// The token was the immediately preceding one, within the grace window: the same successor is answered again, and
    /// nothing is stored.
    Replay(Session),
}

/// Why a presented refresh token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshRefusal {
    /// The session is over.
    Over(SessionOver),
    /// The token was replaced longer ago than a lost reply explains: somebody else has a copy.
    Reused,
    /// The token is of a generation that this store never issued (a store restored from a backup).
    NeverIssued,
}

impl Session {
    /// A session that begins now.
    #[must_use]
    pub fn begin(
        id: SessionRef,
        identity: WechatIdentity,
        device: Option<DeviceName>,
        client: Option<ClientKind>,
        now: Timestamp,
        policy: &SessionPolicy,
    ) -> Self {
        let expires_at = now.plus(policy.session_ttl);
        Self {
            id,
            identity,
            device,
            client,
            created_at: now,
            last_used_at: now,
            expires_at,
            generation: Generation(0),
            rotated_at: now,
            idle_expires_at: now.plus(policy.refresh_ttl).min(expires_at),
            end: None,
        }
    }

    /// Whether the session can be used now.
    ///
    /// # Errors
    /// Says why it is over.
    pub fn alive(&self, now: Timestamp) -> Result<(), SessionOver> {
        if let Some(end) = self.end {
            Err(SessionOver::Ended(end.reason))
        } else if now >= self.refreshable_until() {
            Err(SessionOver::Expired)
        } else {
            Ok(())
        }
    }

    /// The moment from which no refresh token of this session is accepted any more.
    #[must_use]
    pub fn refreshable_until(&self) -> Timestamp {
        self.idle_expires_at.min(self.expires_at)
    }

    /// Since when the session is over; none where it is alive.
    #[must_use]
    pub fn dead_since(&self, now: Timestamp) -> Option<Timestamp> {
        let limit = self.refreshable_until();
        match self.end {
            Some(end) => Some(end.at.min(limit)),
            None if now >= limit => Some(limit),
            None => None,
        }
    }

    /// Whether a use of the session now is worth noting: the one that was noted last is some time ago.
    #[must_use]
    pub fn use_is_worth_noting(&self, now: Timestamp) -> bool {
        now >= self.last_used_at.plus(USE_NOTED_EVERY)
    }

    /// Decides on a refresh token whose MAC was found good.
    ///
    /// # Errors
    /// Says why the token is refused; after [`RefreshRefusal::Reused`] the session has to be ended.
    pub fn refresh(
        self,
        presented: Generation,
        now: Timestamp,
        policy: &SessionPolicy,
    ) -> Result<Refresh, RefreshRefusal> {
        self.alive(now).map_err(RefreshRefusal::Over)?;
        if presented == self.generation {
            return Ok(Refresh::Rotate(Self {
                generation: self.generation.next(),
                rotated_at: now,
                last_used_at: now.max(self.last_used_at),
                idle_expires_at: now.plus(policy.refresh_ttl).min(self.expires_at),
                ..self
            }));
        }
        if presented > self.generation {
            return Err(RefreshRefusal::NeverIssued);
        }
        let within_grace = now < self.rotated_at.plus(policy.refresh_grace);
        if presented.is_immediately_before(self.generation) && within_grace {
            Ok(Refresh::Replay(self))
        } else {
            Err(RefreshRefusal::Reused)
        }
    }

    /// The session, ended. One that had ended keeps its first reason.
    #[must_use]
    pub fn ended(self, end: SessionEnd) -> Self {
        Self {
            end: self.end.or(Some(end)),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::identity::{AppId, OpenId};

    const POLICY: SessionPolicy = SessionPolicy {
        refresh_ttl: Duration::from_secs(30 * 86_400),
        session_ttl: Duration::from_secs(180 * 86_400),
        refresh_grace: Duration::from_secs(60),
        max_per_account: 20,
    };

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_769_000_000 + seconds)
    }

    fn session() -> Session {
        let id = SessionRef {
            account: AccountId::new(at(0), [1; 10]),
            session: SessionId::new(at(0), [2; 10]),
        };
        let identity = WechatIdentity {
            app: AppId::parse("wx4f4bc4dec97d474b").unwrap(),
            openid: OpenId::parse("oGZUI0egBJY1zhBYw2KhdUfwVJJE").unwrap(),
            unionid: None,
        };
        Session::begin(id, identity, None, None, at(0), &POLICY)
    }

    /// Generation 5, issued at second 1,000.
    fn rotated() -> Session {
        Session {
            generation: Generation(5),
            rotated_at: at(1000),
            idle_expires_at: at(1000).plus(POLICY.refresh_ttl),
            ..session()
        }
    }

    #[test]
    fn refresh_table() {
        const DAY: i64 = 86_400;
        let ended = rotated().ended(SessionEnd {
            reason: EndReason::Logout,
            at: at(1000),
        });
        let near_its_end = Session {
            rotated_at: at(179 * DAY),
            idle_expires_at: at(180 * DAY),
            ..rotated()
        };
        let mut table = String::from("session              presented  seconds  outcome\n");
        for (name, session, presented, seconds) in [
            ("new", session(), 0, 1),
            ("new", session(), 1, 1),
            ("generation 5", rotated(), 5, 1001),
            ("generation 5", rotated(), 4, 1000),
            ("generation 5", rotated(), 4, 1059),
            ("generation 5", rotated(), 4, 1060),
            ("generation 5", rotated(), 3, 1001),
            ("generation 5", rotated(), 0, 1001),
            ("generation 5", rotated(), 6, 1001),
            ("generation 5", rotated(), 5, 1000 + 30 * DAY - 1),
            ("generation 5", rotated(), 5, 1000 + 30 * DAY),
            ("generation 5", rotated(), 4, 1000 + 30 * DAY),
            ("generation 5, ended", ended.clone(), 5, 1001),
            ("generation 5, ended", ended, 3, 1001),
            ("last day", near_its_end.clone(), 5, 180 * DAY - 1),
            ("last day", near_its_end, 5, 180 * DAY),
        ] {
            let outcome = match session.refresh(Generation(presented), at(seconds), &POLICY) {
                Ok(Refresh::Rotate(next)) => format!(
                    "rotate to {}, refreshable for {} s",
                    next.generation.0,
                    next.refreshable_until().since(at(seconds)).as_secs()
                ),
                Ok(Refresh::Replay(same)) => format!("replay {}", same.generation.0),
                Err(refusal) => format!("{refusal:?}"),
            };
            writeln!(table, "{name:<20} {presented:>9} {seconds:>8}  {outcome}").unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn the_first_reason_of_an_end_stays() {
        let first = SessionEnd {
            reason: EndReason::Logout,
            at: at(1),
        };
        let second = SessionEnd {
            reason: EndReason::Suspended,
            at: at(2),
        };
        assert_eq!(session().ended(first).ended(second).end, Some(first));
    }

    #[test]
    fn a_session_is_dead_from_its_end_or_its_limit_on() {
        let end = SessionEnd {
            reason: EndReason::Logout,
            at: at(100),
        };
        let limit = at(0).plus(POLICY.refresh_ttl);
        let after = limit.plus(Duration::from_secs(1));
        assert_eq!(session().dead_since(at(99)), None);
        assert_eq!(session().dead_since(limit), Some(limit));
        assert_eq!(session().ended(end).dead_since(at(50)), Some(at(100)));
        let ended_late = SessionEnd { at: after, ..end };
        assert_eq!(session().ended(ended_late).dead_since(after), Some(limit));
    }

    #[test]
    fn a_use_is_noted_once_a_minute() {
        assert!(!session().use_is_worth_noting(at(59)));
        assert!(session().use_is_worth_noting(at(60)));
    }

    #[test]
    fn reasons_and_their_words() {
        for reason in EndReason::ALL {
            assert_eq!(EndReason::parse(reason.as_str()), Some(reason));
        }
    }

    #[test]
    fn the_last_generation_does_not_wrap() {
        let session = Session {
            generation: Generation(u32::MAX),
            ..rotated()
        };
        assert_eq!(
            session.clone().refresh(Generation(0), at(1001), &POLICY),
            Err(RefreshRefusal::Reused)
        );
        assert!(session.refresh(Generation(u32::MAX), at(1001), &POLICY).is_ok());
    }
}
