//! The local account: whose login it is.

use url::{Host, Url};

use crate::external_id::ExternalId;
use crate::id::AccountId;
use crate::identity::{AppId, WechatIdentity};
use crate::phone_number::VerifiedPhone;
use crate::timestamp::Timestamp;

/// Whether an account may log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// It may.
    Active,
    /// An operator said no; every session ended with that.
    Suspended,
}

impl AccountStatus {
    /// The word for it in the API and in stores.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }

    /// The status of that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Active, Self::Suspended]
            .into_iter()
            .find(|status| status.as_str() == word)
    }
}

/// An identity that belongs to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedIdentity {
    /// What WeChat says.
    pub identity: WechatIdentity,
    /// When it first logged in here, or was imported.
    pub first_seen_at: Timestamp,
    /// Another account that has the unionid which WeChat names for this identity, as of its last login. Nothing is merged
    /// by itself: an operator decides.
    pub unionid_conflict: Option<AccountId>,
}

/// What a person chose to be called and shown as. Never required, never asked from WeChat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// The name to show.
    pub nickname: Option<Nickname>,
    /// The picture to show.
    pub avatar_url: Option<AvatarUrl>,
}

/// A person's account in this service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Whether it may log in.
    pub status: AccountStatus,
    /// When it came to be.
    pub created_at: Timestamp,
    /// When it last logged in with a code, or was imported.
    pub last_login_at: Timestamp,
    /// Name and picture.
    pub profile: Profile,
    /// The telephone number bound to it.
    pub phone: Option<VerifiedPhone>,
    /// The id that the business knows this person by, where accounts were imported with one.
    pub external_id: Option<ExternalId>,
    /// One per app at the most, in the order in which they came.
    pub identities: Vec<LinkedIdentity>,
}

impl Account {
    /// An account that begins now, with nothing in it yet.
    #[must_use]
    pub fn new(id: AccountId, now: Timestamp) -> Self {
        Self {
            id,
            status: AccountStatus::Active,
            created_at: now,
            last_login_at: now,
            profile: Profile::default(),
            phone: None,
            external_id: None,
            identities: Vec::new(),
        }
    }

    /// The identity of that app and openid, as the account knows it by now.
    #[must_use]
    pub fn identity(&self, of: &WechatIdentity) -> Option<&LinkedIdentity> {
        let is_it = |linked: &&LinkedIdentity| linked.identity.app == of.app && linked.identity.openid == of.openid;
        self.identities.iter().find(is_it)
    }

    /// Whether it is known who the person is in that app.
    #[must_use]
    pub fn has_identity_in(&self, app: &AppId) -> bool {
        self.identities.iter().any(|linked| linked.identity.app == *app)
    }
}

/// Why a profile field is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// Nothing is left after trimming.
    #[error("it is empty; null clears it")]
    Empty,
    /// More than the field holds.
    #[error("it is longer than {0} characters")]
    TooLong(usize),
    /// A control character.
    #[error("it has a control character")]
    ControlCharacter,
    /// Not an absolute http or https URL.
    #[error("it is not an http or https URL")]
    NotHttpUrl,
}

/// A name to show: 1 to 64 characters without control characters, blanks around it removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nickname(Box<str>);

impl Nickname {
    /// The longest name, in characters.
    pub const MAX_LENGTH: usize = 64;

    /// Trims and checks a name.
    ///
    /// # Errors
    /// When it is empty, too long or has control characters.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ProfileError::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(ProfileError::ControlCharacter);
        }
        if text.chars().count() > Self::MAX_LENGTH {
            return Err(ProfileError::TooLong(Self::MAX_LENGTH));
        }
        Ok(Self(text.into()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where a picture lies: an absolute http or https URL of at most 1,024 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvatarUrl(Box<str>);

impl AvatarUrl {
    /// The longest URL, in characters.
    pub const MAX_LENGTH: usize = 1024;

    /// Checks a URL. Addresses that only the phone can open are refused: `wxfile://…`, and the `http://tmp/…` of the
    /// developer tools.
    ///
    /// # Errors
    /// When it is empty, too long, or no http or https URL.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        if text.is_empty() {
            return Err(ProfileError::Empty);
        }
        if text.chars().count() > Self::MAX_LENGTH {
            return Err(ProfileError::TooLong(Self::MAX_LENGTH));
        }
        // The parser passes over blanks and line breaks; whoever uses the text as it is may not.
        if text.chars().any(|letter| letter.is_control() || letter.is_whitespace()) {
            return Err(ProfileError::NotHttpUrl);
        }
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && is_reachable(&url) => Ok(Self(text.into())),
            _ => Err(ProfileError::NotHttpUrl),
        }
    }

    /// The URL as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a host is one that others can find: an address, or a name below a top-level domain.
fn is_reachable(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.trim_end_matches('.').contains('.'),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    }
}

/// What to do with one field of a profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// Leave it as it is.
    #[default]
    Keep,
    /// Remove it.
    Clear,
    /// Put this in its place.
    Set(T),
}

impl<T> Change<T> {
    fn apply(self, current: Option<T>) -> Option<T> {
        match self {
            Self::Keep => current,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }
}

/// A change of a profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// The name.
    pub nickname: Change<Nickname>,
    /// The picture.
    pub avatar_url: Change<AvatarUrl>,
}

impl Profile {
    /// The profile after a change.
    #[must_use]
    pub fn changed(self, change: ProfileChange) -> Self {
        Self {
            nickname: change.nickname.apply(self.nickname),
            avatar_url: change.avatar_url.apply(self.avatar_url),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn profile_fields_table() {
        let mut table = String::new();
        let long = "名".repeat(65);
        for nickname in ["微信用户", "  Ann  ", "", "   ", "a\u{7}b", "a\nb", &long] {
            let shown: String = nickname.chars().take(12).collect();
            writeln!(table, "nickname   {shown:?}: {:?}", Nickname::parse(nickname)).unwrap();
        }
        let long = format!("https://a.example/{}", "x".repeat(1024));
        for url in [
            "https://thirdwx.qlogo.cn/a.png",
            "http://wx.qlogo.cn/mmopen/a/0",
            "wxfile://tmp_a.jpg",
            "http://tmp/a.jpg",
            "http://192.0.2.1/a.png",
            "javascript:alert(1)",
            "data:image/png;base64,AA==",
            "/a.png",
            " https://a.example/a.png",
            "https://a.example/\r\nX-Header: y",
            "",
            &long,
        ] {
            let shown: String = url.chars().take(40).collect();
            writeln!(table, "avatar_url {shown:?}: {:?}", AvatarUrl::parse(url)).unwrap();
        }
        insta::assert_snapshot!(table);
    }
}
