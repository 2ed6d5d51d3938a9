//! The audit log: who did what, when, and from where. Events are only ever added, and swept when they are too old.
//!
//! An event names people by their account's id and addresses by a pseudonym: when an account is erased, nothing in the
//! log says who it was.

use std::sync::Arc;

use crate::id::{AccountId, EventId};
use crate::identity::AppId;
use crate::origin::{Actor, Origin};
use crate::page::{Row, page};
use crate::ports::entropy::{Entropy, draw};
use crate::ports::ip_pseudonyms::IpPseudonyms;
use crate::session::SessionRef;
use crate::timestamp::Timestamp;

macro_rules! actions {
    ($($(#[$doc:meta])+ $name:ident $word:literal;)+) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AuditAction {
            $($(#[$doc])+ $name,)+
        }

        impl AuditAction {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word for it in the API and in stores.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}

actions! {
    /// A login that was answered with tokens.
    LoginSucceeded "login_succeeded";
    /// A login that was refused; `code` says why.
    LoginFailed "login_failed";
    /// A refresh token that was replaced before came back, and its session was ended.
    RefreshTokenReused "refresh_token_reused";
    /// A person logged out, of one session.
    LoggedOut "logged_out";
    /// A person logged out, of all sessions.
    LoggedOutEverywhere "logged_out_everywhere";
    /// A token was revoked (RFC 7009), and its session with it.
    TokenRevoked "token_revoked";
    /// A session was ended from elsewhere: by the person from another one, or by an operator.
    SessionEnded "session_ended";
    /// All sessions of an account were ended by an operator.
    SessionsEnded "sessions_ended";
    /// An account was suspended.
    AccountSuspended "account_suspended";
    /// A suspended account was let in again.
    AccountRestored "account_restored";
    /// An account was erased.
    AccountErased "account_erased";
    /// Another account was merged into this one; `detail` is its id.
    AccountMerged "account_merged";
    /// An account was merged into another one and is no more; `detail` is the other's id.
    AccountMergedAway "account_merged_away";
    /// WeChat names a unionid for the account that another one has, whose id is `detail`. Told once.
    UnionidConflict "unionid_conflict";
    /// A telephone number was bound to an account.
    PhoneBound "phone_bound";
    /// An account's telephone number was removed.
    PhoneRemoved "phone_removed";
    /// WeChat tells that a person changed what it knows of them.
    UserInfoModified "user_info_modified";
    /// WeChat tells that a person took back an authorization; `detail` has the platform's numbers for what. What the
    /// account held of it is forgotten.
    AuthorizationRevoked "authorization_revoked";
    /// WeChat tells that a person ended their account with the app. Where there is an account, it was erased.
    AuthorizationCancelled "authorization_cancelled";
    /// A session key was replaced at WeChat.
    SessionKeyReset "session_key_reset";
    /// An account was shown to an operator.
    AccountViewed "account_viewed";
    /// Accounts were searched or listed by an operator.
    AccountsSearched "accounts_searched";
    /// Users of a business were imported; `detail` is how many accounts were made and how many changed.
    AccountsImported "accounts_imported";
    /// Everything held about an account was handed out.
    AccountExported "account_exported";
    /// A signing key took over; `detail` is its id.
    KeyActivated "key_activated";
    /// A signing key is over; `detail` is its id.
    KeyRetired "key_retired";
    /// The keys were sealed anew, under another master key.
    KeysResealed "keys_resealed";
    /// The key of refresh tokens was replaced: every refresh token is refused since.
    RefreshKeyReplaced "refresh_key_replaced";
    /// An API key was made; `detail` is its name.
    ApiKeyCreated "api_key_created";
    /// An API key was removed; `detail` is its name.
    ApiKeyRemoved "api_key_removed";
}

impl AuditAction {
    /// The action of that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.as_str() == word)
    }
}

/// What an address is called in the log: the same for the same address, and nobody can tell which one without the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IpPseudonym(pub Box<str>);

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// Its id, which orders events by their time.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub action: AuditAction,
    /// Who did it.
    pub actor: Actor,
    /// To which account.
    pub account: Option<AccountId>,
    /// To which session of it.
    pub session: Option<SessionRef>,
    /// In which mini program.
    pub app: Option<AppId>,
    /// The code of the problem, where it was refused.
    pub code: Option<Box<str>>,
    /// What else there is to say: the id of a key, the name of an API key.
    pub detail: Option<Box<str>>,
    /// In which request.
    pub request_id: Option<Box<str>>,
    /// From where.
    pub ip: Option<IpPseudonym>,
}

impl AuditEvent {
    /// An event that happens now, on nobody's account yet and from nowhere in particular.
    #[must_use]
    pub fn new(origin: &Origin, action: AuditAction, now: Timestamp, random: [u8; 10]) -> Self {
        Self {
            id: EventId::new(now, random),
            at: now,
            action,
            actor: origin.actor.clone(),
            account: None,
            session: None,
            app: None,
            code: None,
            detail: None,
            request_id: origin.request_id.clone(),
            ip: None,
        }
    }

    /// To this account.
    #[must_use]
    pub fn on_account(self, account: AccountId) -> Self {
        Self {
            account: Some(account),
            ..self
        }
    }

    /// To this session, and so to its account.
    #[must_use]
    pub fn on_session(self, session: SessionRef) -> Self {
        Self {
            account: Some(session.account),
            session: Some(session),
            ..self
        }
    }

    /// In this mini program.
    #[must_use]
    pub fn in_app(self, app: &AppId) -> Self {
        Self {
            app: Some(app.clone()),
            ..self
        }
    }

    /// Refused with this code.
    #[must_use]
    pub fn with_code(self, code: &str) -> Self {
        Self {
            code: Some(code.into()),
            ..self
        }
    }

    /// With this to say besides.
    #[must_use]
    pub fn with_detail(self, detail: &str) -> Self {
        Self {
            detail: Some(detail.into()),
            ..self
        }
    }
}

/// Which events are wanted; what is left out does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Those on this account.
    pub account: Option<AccountId>,
    /// Those of this kind.
    pub action: Option<AuditAction>,
    /// Those in this mini program.
    pub app: Option<AppId>,
    /// Those by this actor.
    pub actor: Option<Actor>,
    /// Those refused with this code.
    pub code: Option<Box<str>>,
    /// Those from this address.
    pub ip: Option<IpPseudonym>,
    /// Those not before this.
    pub since: Option<Timestamp>,
    /// Those before this.
    pub until: Option<Timestamp>,
}

impl AuditFilter {
    /// Whether an event is wanted.
    #[must_use]
    pub fn fits(&self, event: &AuditEvent) -> bool {
        fn is<T: PartialEq>(wanted: Option<&T>, found: Option<&T>) -> bool {
            wanted.is_none() || wanted == found
        }
        is(self.account.as_ref(), event.account.as_ref())
            && is(self.action.as_ref(), Some(&event.action))
            && is(self.app.as_ref(), event.app.as_ref())
            && is(self.actor.as_ref(), Some(&event.actor))
            && is(self.code.as_ref(), event.code.as_ref())
            && is(self.ip.as_ref(), event.ip.as_ref())
            && self.since.is_none_or(|since| event.at >= since)
            && self.until.is_none_or(|until| event.at < until)
    }
}

/// A question to the log: one page of it, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditQuery {
    /// Which events.
    pub filter: AuditFilter,
    /// Those older than this one, which ended the page before.
    pub after: Option<EventId>,
    /// At most so many.
    pub limit: usize,
}

impl AuditQuery {
    /// The page, where `read` answers so many events after one, newest first.
    ///
    /// # Errors
    /// That of the first reading that fails.
    pub async fn page<F, E>(&self, read: impl Fn(Option<EventId>, usize) -> F) -> Result<AuditPage, E>
    where
        F: Future<Output = Result<Vec<Row<AuditEvent, EventId>>, E>>,
    {
        let page = page(self.after, self.limit, |event| self.filter.fits(event), read).await?;
        Ok(AuditPage {
            events: page.found,
            next: page.next,
        })
    }
}

/// A page of the log, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The events.
    pub events: Vec<AuditEvent>,
    /// Where the next page goes on; none where there is nothing more. A page may have fewer events than were asked for
    /// and still not be the last: a store looks at a bounded number of them at a time.
    pub next: Option<EventId>,
}

/// Writes events down.
#[derive(Clone)]
pub struct Scribe {
    /// Draws ids.
    pub entropy: Arc<dyn Entropy>,
    /// Makes pseudonyms.
    pub pseudonyms: Arc<dyn IpPseudonyms>,
}

impl Scribe {
    /// An event that happens now, on nobody's account yet.
    #[must_use]
    pub fn event(&self, origin: &Origin, action: AuditAction, now: Timestamp) -> AuditEvent {
        AuditEvent {
            ip: origin.address.map(|address| self.pseudonyms.of(address)),
            ..AuditEvent::new(origin, action, now, draw(&*self.entropy))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_and_their_words() {
        for action in AuditAction::ALL {
            assert_eq!(AuditAction::parse(action.as_str()), Some(*action));
        }
        assert_eq!(AuditAction::parse("nothing"), None);
    }

    /// Stores and clients know them: a word that is out is out for good.
    #[test]
    fn words_table() {
        let words: Vec<&str> = AuditAction::ALL.iter().map(|action| action.as_str()).collect();
        insta::assert_snapshot!(words.join("\n"));
    }

    #[test]
    fn a_filter_wants_what_fits_all_of_it() {
        let person = Origin::service().by(Actor::Person);
        let event = AuditEvent::new(
            &person,
            AuditAction::LoginFailed,
            Timestamp::from_unix_seconds(100),
            [1; 10],
        )
        .on_account(AccountId::from_bytes([7; 16]))
        .with_code("code_invalid");
        let everything = AuditFilter::default();
        let seconds = |seconds| Some(Timestamp::from_unix_seconds(seconds));
        for (filter, fits) in [
            (everything.clone(), true),
            (
                AuditFilter {
                    account: Some(AccountId::from_bytes([7; 16])),
                    ..everything.clone()
                },
                true,
            ),
            (
                AuditFilter {
                    account: Some(AccountId::from_bytes([8; 16])),
                    ..everything.clone()
                },
                false,
            ),
            (
                AuditFilter {
                    action: Some(AuditAction::LoginFailed),
                    ..everything.clone()
                },
                true,
            ),
            (
                AuditFilter {
                    action: Some(AuditAction::LoggedOut),
                    ..everything.clone()
                },
                false,
            ),
            (
                AuditFilter {
                    app: AppId::parse("wx4f4bc4dec97d474b").ok(),
                    ..everything.clone()
                },
                false,
            ),
            (
                AuditFilter {
                    actor: Some(Actor::Service),
                    ..everything.clone()
                },
                false,
            ),
            (
                AuditFilter {
                    code: Some("code_invalid".into()),
                    ..everything.clone()
                },
                true,
            ),
            (
                AuditFilter {
                    ip: Some(IpPseudonym("ip_x".into())),
                    ..everything.clone()
                },
                false,
            ),
            (
                AuditFilter {
                    since: seconds(100),
                    until: seconds(101),
                    ..everything.clone()
                },
                true,
            ),
            (
                AuditFilter {
                    since: seconds(101),
                    ..everything.clone()
                },
                false,
            ),
            (
                AuditFilter {
                    until: seconds(100),
                    ..everything
                },
                false,
            ),
        ] {
            assert_eq!(filter.fits(&event), fits, "{filter:?}");
        }
    }
}
