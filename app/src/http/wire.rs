//! The domain's values as JSON: what accounts and tokens look like to clients.

use poem_openapi::Object;
use time::OffsetDateTime;
use wxlogin_domain::account::{Account, AccountStatus, LinkedIdentity};
use wxlogin_domain::issue::IssuedTokens;
use wxlogin_domain::phone_number::VerifiedPhone;
use wxlogin_domain::timestamp::Timestamp;

/// What a login or a refresh answers.
#[derive(Object)]
#[oai(rename = "Tokens")]
pub struct TokensBody {
    /// For business backends: send it as `Authorization: Bearer …`. A JWT (RFC 9068).
    access_token: String,
    /// Always `Bearer`.
    token_type: TokenTypeBody,
    /// Seconds for which the access token is good.
    expires_in: u64,
    /// For the next refresh. Works once; keep the newest one only.
    refresh_token: String,
    /// Seconds for which the refresh token is good.
    refresh_expires_in: u64,
    /// Whose tokens these are.
    account: AccountBody,
    /// Whether this very login made the account. False after a refresh.
    is_new_account: bool,
}

/// How an access token is sent (RFC 6749, section 7.1).
#[derive(poem_openapi::Enum)]
#[oai(rename = "TokenType")]
pub enum TokenTypeBody {
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer,
}

impl TokensBody {
    /// Tokens of an account.
    pub fn new(tokens: &IssuedTokens, account: Account, is_new_account: bool) -> Self {
        Self {
            access_token: tokens.access.expose().to_owned(),
            token_type: TokenTypeBody::Bearer,
            expires_in: tokens.access_expires_in.as_secs(),
            refresh_token: tokens.refresh.expose().to_owned(),
            refresh_expires_in: tokens.refresh_expires_in.as_secs(),
            account: account.into(),
            is_new_account,
        }
    }
}

/// A person's account.
#[derive(Object)]
#[oai(rename = "Account", skip_serializing_if_is_none)]
pub struct AccountBody {
    /// The account's id, opaque: the `sub` of access tokens.
    id: String,
    /// Whether the account may log in.
    status: AccountStatusBody,
    /// When the account came to be (RFC 3339, UTC).
    created_at: OffsetDateTime,
    /// When it last logged in with a code (RFC 3339, UTC).
    last_login_at: OffsetDateTime,
    /// The name to show.
    nickname: Option<String>,
    /// The picture to show.
    avatar_url: Option<String>,
    /// The telephone number bound to the account, as WeChat verified it.
    phone: Option<PhoneBody>,
    /// The id that the business knows this person by, where the account was imported with one.
    external_id: Option<String>,
    /// As whom the person has logged in: one per app, in the order of their first logins.
    identities: Vec<IdentityBody>,
}

/// Whether an account may log in.
#[derive(poem_openapi::Enum)]
#[oai(rename = "AccountStatus", rename_all = "snake_case")]
enum AccountStatusBody {
    /// It may.
    Active,
    /// An operator suspended it.
    Suspended,
}

/// A verified telephone number.
#[derive(Object)]
#[oai(rename = "Phone")]
struct PhoneBody {
    /// The number in E.164, e.g. `+8613800138000`.
    number: String,
    /// The country calling code, e.g. `86`.
    country_code: String,
    /// When WeChat vouched for it (RFC 3339, UTC).
    verified_at: OffsetDateTime,
}

/// A person in one mini program.
#[derive(Object)]
#[oai(rename = "Identity", skip_serializing_if_is_none)]
struct IdentityBody {
    /// The mini program.
    appid: String,
    /// The person in it.
    openid: String,
    /// The person across the apps of one Open Platform account, where WeChat says so.
    unionid: Option<String>,
    /// When this identity first logged in (RFC 3339, UTC).
    first_seen_at: OffsetDateTime,
}

impl From<Account> for AccountBody {
    fn from(account: Account) -> Self {
        Self {
            id: account.id.to_string(),
            status: match account.status {
                AccountStatus::Active => AccountStatusBody::Active,
                AccountStatus::Suspended => AccountStatusBody::Suspended,
            },
            created_at: moment(account.created_at),
            last_login_at: moment(account.last_login_at),
            nickname: account.profile.nickname.map(|name| name.as_str().to_owned()),
            avatar_url: account.profile.avatar_url.map(|url| url.as_str().to_owned()),
            phone: account.phone.map(PhoneBody::from),
            external_id: account.external_id.map(Into::into),
            identities: account.identities.into_iter().map(IdentityBody::from).collect(),
        }
    }
}

impl From<VerifiedPhone> for PhoneBody {
    fn from(phone: VerifiedPhone) -> Self {
        Self {
            number: phone.number.as_e164().to_owned(),
            country_code: phone.number.country_code().to_string(),
            verified_at: moment(phone.verified_at),
        }
    }
}

impl From<LinkedIdentity> for IdentityBody {
    fn from(linked: LinkedIdentity) -> Self {
        Self {
            appid: linked.identity.app.to_string(),
            openid: linked.identity.openid.to_string(),
            unionid: linked.identity.unionid.map(|unionid| unionid.to_string()),
            first_seen_at: moment(linked.first_seen_at),
        }
    }
}

/// A [`Timestamp`] never leaves the years that the calendar library knows.
pub fn moment(at: Timestamp) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.unix_millis()) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
