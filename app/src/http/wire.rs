//! The domain's values as JSON: what accounts and tokens look like to clients.

use poem_openapi::Object;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use wxlogin_domain::account::{Account, AccountStatus, LinkedIdentity};
use wxlogin_domain::issue::IssuedTokens;
use wxlogin_domain::phone_number::VerifiedPhone;
use wxlogin_domain::timestamp::Timestamp;

/// What a login or a refresh answers.
#[derive(Object, Serialize)]
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
#[derive(poem_openapi::Enum, Serialize)]
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
#[derive(Object, Serialize)]
#[oai(rename = "Account", skip_serializing_if_is_none)]
pub struct AccountBody {
    /// The account's id, opaque: the `sub` of access tokens.
    id: String,
    /// Whether the account may log in.
    status: AccountStatusBody,
    /// When the account came to be (RFC 3339, UTC).
    #[serde(serialize_with = "rfc3339")]
    created_at: OffsetDateTime,
    /// When it last logged in with a code, or was imported (RFC 3339, UTC).
    #[serde(serialize_with = "rfc3339")]
    last_login_at: OffsetDateTime,
    /// The name to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
    /// The picture to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar_url: Option<String>,
    /// The telephone number bound to the account, as WeChat verified it, or the business before it was imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<PhoneBody>,
    /// The id that the business knows this person by, where the account was imported with one.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    /// Who the person is in each app, in the order in which they came.
    identities: Vec<IdentityBody>,
}

/// Whether an account may log in.
#[derive(poem_openapi::Enum, Serialize)]
#[oai(rename = "AccountStatus", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
enum AccountStatusBody {
    /// It may.
    Active,
    /// An operator suspended it.
    Suspended,
}

/// A verified telephone number.
#[derive(Object, Serialize)]
#[oai(rename = "Phone")]
struct PhoneBody {
    /// The number in E.164, e.g. `+8613800138000`.
    number: String,
    /// The country calling code, e.g. `86`.
    country_code: String,
    /// When WeChat vouched for it, or when it was imported (RFC 3339, UTC).
    #[serde(serialize_with = "rfc3339")]
    verified_at: OffsetDateTime,
}

/// A person in one mini program.
#[derive(Object, Serialize)]
#[oai(rename = "Identity", skip_serializing_if_is_none)]
struct IdentityBody {
    /// The mini program.
    appid: String,
    /// The person in it.
    openid: String,
    /// The person across the apps of one Open Platform account, where WeChat says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    unionid: Option<String>,
    /// When this identity first logged in, or was imported (RFC 3339, UTC).
    #[serde(serialize_with = "rfc3339")]
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
            external_id: account.external_id.map(|id| id.to_string()),
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

fn rfc3339<S: Serializer>(at: &OffsetDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    let text = at.format(&Rfc3339).map_err(S::Error::custom)?;
    serializer.serialize_str(&text)
}

#[cfg(test)]
mod tests {
    use poem_openapi::types::ToJSON as _;

    use super::*;

    fn account(is_bare: bool) -> AccountBody {
        let at = OffsetDateTime::from_unix_timestamp_nanos(1_769_000_000_250_000_000).unwrap();
        let text = || Some("张三 \"\\".to_owned()).filter(|_| !is_bare);
        AccountBody {
            id: "019c0521-3b80-7000-8000-000000000001".into(),
            status: if is_bare {
                AccountStatusBody::Suspended
            } else {
                AccountStatusBody::Active
            },
            created_at: at,
            last_login_at: OffsetDateTime::UNIX_EPOCH,
            nickname: text(),
            avatar_url: text(),
            phone: Some(PhoneBody {
                number: "+8613800138000".into(),
                country_code: "86".into(),
                verified_at: at,
            })
            .filter(|_| !is_bare),
            external_id: text(),
            identities: vec![IdentityBody {
                appid: "wx4f4bc4dec97d474b".into(),
                openid: "oGZUI0egBJY1zhBYw2KhdUfwVJJE".into(),
                unionid: text(),
                first_seen_at: at,
            }],
        }
    }

    #[test]
    fn tokens_are_written_as_they_are_documented() {
        for is_bare in [false, true] {
            let tokens = TokensBody {
                access_token: "a.b.c".into(),
                token_type: TokenTypeBody::Bearer,
                expires_in: 900,
                refresh_token: "wxr_a".into(),
                refresh_expires_in: 2_592_000,
                account: account(is_bare),
                is_new_account: is_bare,
            };
            assert_eq!(Some(serde_json::to_value(&tokens).unwrap()), tokens.to_json());
        }
    }
}
