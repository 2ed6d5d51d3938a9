//! Accounts.

use serde::{Deserialize, Serialize};
use wxlogin_domain::account::{Account, AccountStatus, AvatarUrl, LinkedIdentity, Nickname, Profile};
use wxlogin_domain::copy::AccountCopy;
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::phone_number::{PhoneNumber, VerifiedPhone};

use super::field::{WireError, known, optional, read, time};
use super::session::SessionWire;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountWire {
    id: String,
    status: String,
    created_at: String,
    last_login_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<PhoneWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    identities: Vec<LinkedWire>,
    unionids: Vec<String>,
    sessions: Vec<SessionWire>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhoneWire {
    number: String,
    country_code: u16,
    verified_at: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkedWire {
    appid: String,
    openid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unionid: Option<String>,
    first_seen_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unionid_conflict: Option<String>,
}

/// An identity from its three parts.
pub(super) fn identity(appid: &str, openid: &str, unionid: Option<String>) -> Result<WechatIdentity, WireError> {
    Ok(WechatIdentity {
        app: read("appid", AppId::parse(appid))?,
        openid: read("openid", OpenId::parse(openid))?,
        unionid: optional(unionid, self::unionid)?,
    })
}

fn unionid(text: &str) -> Result<UnionId, WireError> {
    read("unionid", UnionId::parse(text))
}

impl From<&AccountCopy> for AccountWire {
    fn from(copy: &AccountCopy) -> Self {
        let account = &copy.account;
        Self {
            id: account.id.to_string(),
            status: account.status.as_str().into(),
            created_at: account.created_at.to_string(),
            last_login_at: account.last_login_at.to_string(),
            nickname: account.profile.nickname.as_ref().map(|name| name.as_str().into()),
            avatar_url: account.profile.avatar_url.as_ref().map(|url| url.as_str().into()),
            phone: account.phone.as_ref().map(PhoneWire::from),
            external_id: account.external_id.as_ref().map(|id| id.as_str().into()),
            identities: account.identities.iter().map(LinkedWire::from).collect(),
            unionids: copy.unionids.iter().map(UnionId::to_string).collect(),
            sessions: copy.sessions.iter().map(SessionWire::from).collect(),
        }
    }
}

impl From<&VerifiedPhone> for PhoneWire {
    fn from(phone: &VerifiedPhone) -> Self {
        Self {
            number: phone.number.as_e164().into(),
            country_code: phone.number.country_code(),
            verified_at: phone.verified_at.to_string(),
        }
    }
}

impl From<&LinkedIdentity> for LinkedWire {
    fn from(linked: &LinkedIdentity) -> Self {
        Self {
            appid: linked.identity.app.to_string(),
            openid: linked.identity.openid.to_string(),
            unionid: linked.identity.unionid.as_ref().map(UnionId::to_string),
            first_seen_at: linked.first_seen_at.to_string(),
            unionid_conflict: linked.unionid_conflict.map(|other| other.to_string()),
        }
    }
}

impl TryFrom<AccountWire> for AccountCopy {
    type Error = WireError;

    fn try_from(wire: AccountWire) -> Result<Self, WireError> {
        let id = read("id", AccountId::parse(&wire.id))?;
        let nickname = |text: &str| read("nickname", Nickname::parse(text));
        let avatar_url = |text: &str| read("avatar_url", AvatarUrl::parse(text));
        let external_id = |text: &str| read("external_id", ExternalId::parse(text));
        let identities = wire.identities.into_iter().map(LinkedIdentity::try_from);
        let sessions = wire.sessions.into_iter().map(|session| session.of(id));
        Ok(Self {
            account: Account {
                id,
                status: known("status", AccountStatus::parse(&wire.status))?,
                created_at: time("created_at", &wire.created_at)?,
                last_login_at: time("last_login_at", &wire.last_login_at)?,
                profile: Profile {
                    nickname: optional(wire.nickname, nickname)?,
                    avatar_url: optional(wire.avatar_url, avatar_url)?,
                },
                phone: wire.phone.map(VerifiedPhone::try_from).transpose()?,
                external_id: optional(wire.external_id, external_id)?,
                identities: identities.collect::<Result<_, _>>()?,
            },
            unionids: wire
                .unionids
                .iter()
                .map(|text| unionid(text))
                .collect::<Result<_, _>>()?,
            sessions: sessions.collect::<Result<_, _>>()?,
        })
    }
}

impl TryFrom<PhoneWire> for VerifiedPhone {
    type Error = WireError;

    fn try_from(wire: PhoneWire) -> Result<Self, WireError> {
        Ok(Self {
            number: read("number", PhoneNumber::restore(&wire.number, wire.country_code))?,
            verified_at: time("verified_at", &wire.verified_at)?,
        })
    }
}

impl TryFrom<LinkedWire> for LinkedIdentity {
    type Error = WireError;

    fn try_from(wire: LinkedWire) -> Result<Self, WireError> {
        let other = |text: &str| read("unionid_conflict", AccountId::parse(text));
        Ok(Self {
            identity: identity(&wire.appid, &wire.openid, wire.unionid)?,
            first_seen_at: time("first_seen_at", &wire.first_seen_at)?,
            unionid_conflict: optional(wire.unionid_conflict, other)?,
        })
    }
}
