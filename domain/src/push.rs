//! What WeChat pushes, and what of it concerns a login service.

use crate::account::{Account, AccountStatus};
use crate::audit::AuditEvent;
use crate::identity::{AppId, OpenId};
use crate::timestamp::Timestamp;

/// A hash of a whole message, decrypted: repeats of a message have the same, and no other message has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageHash(pub [u8; 32]);

/// A message that is WeChat's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushMessage {
    /// Tells repeats.
    pub hash: MessageHash,
    /// Whom it is about, where it says so.
    pub openid: Option<OpenId>,
    /// What it is about.
    pub event: PushEvent,
}

/// What a message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushEvent {
    /// `user_info_modified`: the person changed what WeChat knows of them.
    UserInfoModified,
    /// `user_authorization_revoke`: the person takes back what they had let the app have.
    AuthorizationRevoked(Vec<u32>),
    /// `user_authorization_cancellation`: the person ended their account with the app.
    AuthorizationCancelled,
    /// Anything else, which does not concern a login service.
    Other,
}

impl PushEvent {
    /// Reads the platform's words: `Event`, and `RevokeInfo`, numbers separated by commas. What is no number there is
    /// passed over: the rest still has to be honoured.
    #[must_use]
    pub fn read(event: &str, revoke_info: &str) -> Self {
        match event {
            "user_info_modified" => Self::UserInfoModified,
            "user_authorization_revoke" => {
                let numbers = revoke_info.split(',').filter_map(|number| number.trim().parse().ok());
                Self::AuthorizationRevoked(numbers.take(MAX_REVOKED).collect())
            }
            "user_authorization_cancellation" => Self::AuthorizationCancelled,
            _ => Self::Other,
        }
    }
}

/// The platform knows some twenty.
const MAX_REVOKED: usize = 64;

/// What an account forgets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is forgotten with or without the others"
)]
pub struct Forgotten {
    /// The telephone number.
    pub phone: bool,
    /// The name.
    pub nickname: bool,
    /// The picture.
    pub avatar: bool,
    /// Whom the business knows the person as.
    pub external_id: bool,
}

impl Forgotten {
    /// What the platform's numbers mean to this service; of most of them it never holds anything.
    #[must_use]
    pub fn of_revoke_info(numbers: &[u32]) -> Self {
        let mut forgotten = Self::default();
        for number in numbers {
            match number {
                6 => (forgotten.nickname, forgotten.avatar) = (true, true),
                8 => forgotten.phone = true,
                19 => forgotten.nickname = true,
                20 => forgotten.avatar = true,
                _ => {}
            }
        }
        forgotten
    }

    /// The account without it.
    #[must_use]
    pub fn taken_from(self, mut account: Account) -> Account {
        if self.phone {
            account.phone = None;
        }
        if self.nickname {
            account.profile.nickname = None;
        }
        if self.avatar {
            account.profile.avatar_url = None;
        }
        if self.external_id {
            account.external_id = None;
        }
        account
    }
}

/// What a message does to the account that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushEffect {
    /// It is erased, with everything that belongs to it.
    Erase,
    /// It forgets this.
    Forget(Forgotten),
    /// Nothing but that it is on record.
    Record,
}

impl PushEffect {
    /// What it does to this account. One that is suspended is not erased, for its person would come back with a new one,
    /// and be let in: it forgets all that is the person's, and keeps what it is recognised by.
    #[must_use]
    pub fn on(self, account: &Account) -> Self {
        match self {
            Self::Erase if account.status == AccountStatus::Suspended => Self::Forget(Forgotten {
                phone: true,
                nickname: true,
                avatar: true,
                external_id: true,
            }),
            effect => effect,
        }
    }
}

/// A message to be honoured.
#[derive(Debug, Clone)]
pub struct PushAct {
    /// Which message.
    pub hash: MessageHash,
    /// In which app.
    pub app: AppId,
    /// Whom it is about, where it says so.
    pub openid: Option<OpenId>,
    /// What it does.
    pub effect: PushEffect,
    /// When.
    pub at: Timestamp,
    /// What the audit log is told of it, but for the account, which is not known yet.
    pub event: AuditEvent,
}

/// What came of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushOutcome {
    /// It was honoured now. The account that it was about, as it was before, where there is one.
    Honoured(Option<Box<Account>>),
    /// It was honoured before: nothing was done.
    Repeated,
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::account::{AvatarUrl, Nickname};
    use crate::external_id::ExternalId;
    use crate::id::AccountId;
    use crate::phone_number::{PhoneNumber, VerifiedPhone};

    #[test]
    fn events_table() {
        let mut table = String::new();
        for (event, revoke_info) in [
            ("user_info_modified", ""),
            ("user_authorization_cancellation", ""),
            ("user_authorization_revoke", "8"),
            ("user_authorization_revoke", "6,8"),
            ("user_authorization_revoke", " 19 , 20 "),
            ("user_authorization_revoke", "1,2,3,4,5,7,12,13,14,15,16,18"),
            ("user_authorization_revoke", "8,,x,-1,99999999999,20"),
            ("user_authorization_revoke", ""),
            ("debug_demo", "8"),
            ("", ""),
        ] {
            let event_read = PushEvent::read(event, revoke_info);
            let forgotten = match &event_read {
                PushEvent::AuthorizationRevoked(numbers) => format!("\n    {:?}", Forgotten::of_revoke_info(numbers)),
                _ => String::new(),
            };
            writeln!(table, "{event} {revoke_info:?}\n    {event_read:?}{forgotten}").unwrap();
        }
        insta::assert_snapshot!(table);
    }
    /// A bound on what is taken apart; the rest is not looked at.
    #[test]
    fn a_revocation_names_no_more_than_the_platform_could_mean() {
        let numbers = vec!["8"; 1000].join(",");
        let PushEvent::AuthorizationRevoked(read) = PushEvent::read("user_authorization_revoke", &numbers) else {
            panic!("it is a revocation");
        };
        assert_eq!(read, [8; MAX_REVOKED]);
    }

    #[test]
    fn an_account_forgets_exactly_what_is_named() {
        let now = Timestamp::from_unix_seconds(1_769_000_000);
        let mut account = Account::new(AccountId::from_bytes([1; 16]), now);
        account.phone = Some(VerifiedPhone {
            number: PhoneNumber::parse("+8613800138000").unwrap(),
            verified_at: now,
        });
        account.profile.nickname = Nickname::parse("Ann").ok();
        account.profile.avatar_url = AvatarUrl::parse("https://a.example/a.png").ok();
        account.external_id = ExternalId::parse("ann").ok();
        for (phone, nickname, avatar, external_id) in [
            (false, false, false, false),
            (true, false, false, false),
            (false, true, false, false),
            (false, false, true, false),
            (false, false, false, true),
            (true, true, true, true),
        ] {
            let mut expected = account.clone();
            expected.phone = expected.phone.filter(|_| !phone);
            expected.profile.nickname = expected.profile.nickname.filter(|_| !nickname);
            expected.profile.avatar_url = expected.profile.avatar_url.filter(|_| !avatar);
            expected.external_id = expected.external_id.filter(|_| !external_id);
            let forgotten = Forgotten {
                phone,
                nickname,
                avatar,
                external_id,
            };
            assert_eq!(forgotten.taken_from(account.clone()), expected, "{forgotten:?}");
        }
    }
}
