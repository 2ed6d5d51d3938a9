//! Rows: the domain's values as the database holds them. Times are milliseconds since the Unix epoch.

use surrealdb::types::{Bytes, RecordId, SurrealValue};
use wxlogin_domain::account::{Account, AccountStatus, AvatarUrl, LinkedIdentity, Nickname, Profile};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::key_ring::{KeyId, KeyRing, PublicKey, Sealed, SigningKey};
use wxlogin_domain::phone_number::{PhoneNumber, VerifiedPhone};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::{DeviceName, EndReason, Generation, Session, SessionEnd, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

/// An account with all its identities, so that one point read answers "who am I".
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct AccountRow {
    /// Counts the changes: a write that was decided on an older revision fails.
    pub(crate) rev: i64,
    /// The id as text; the record id has it too.
    account_id: String,
    status: String,
    created_at: i64,
    last_login_at: i64,
    nickname: Option<String>,
    avatar_url: Option<String>,
    phone: Option<PhoneRow>,
    external_id: Option<String>,
    identities: Vec<IdentityRow>,
}

#[derive(Debug, Clone, SurrealValue)]
struct PhoneRow {
    number: String,
    country_code: u16,
    verified_at: i64,
}

#[derive(Debug, Clone, SurrealValue)]
struct IdentityRow {
    appid: String,
    openid: String,
    unionid: Option<String>,
    first_seen_at: i64,
}

/// Which account an identity or a unionid belongs to.
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct LinkRow {
    pub(crate) account: RecordId,
}

/// A session. No token is in it.
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct SessionRow {
    appid: String,
    openid: String,
    unionid: Option<String>,
    device: Option<String>,
    created_at: i64,
    expires_at: i64,
    generation: i64,
    rotated_at: i64,
    idle_expires_at: i64,
    end_reason: Option<String>,
    ended_at: Option<i64>,
}

/// The key ring. Private parts are sealed.
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct KeyRingRow {
    version: i64,
    signing: Vec<SigningKeyRow>,
    refresh_mac: Bytes,
}

#[derive(Debug, Clone, SurrealValue)]
struct SigningKeyRow {
    kid: String,
    kty: String,
    /// `x` of an Ed25519 or P-256 key, `n` of an RSA key.
    public_1: Bytes,
    /// `y` of a P-256 key, `e` of an RSA key.
    public_2: Option<Bytes>,
    private: Bytes,
    created_at: i64,
}

/// A row that is not what this program wrote.
fn unreadable(what: &str) -> StoreError {
    StoreError::Unreadable(what.to_owned())
}

fn time(millis: i64) -> Timestamp {
    Timestamp::from_unix_millis(millis)
}

fn bytes(bytes: &[u8]) -> Bytes {
    Bytes::from(bytes.to_vec())
}

impl AccountRow {
    pub(crate) fn of(account: &Account, rev: i64) -> Self {
        Self {
            rev,
            account_id: account.id.to_string(),
            status: account.status.as_str().into(),
            created_at: account.created_at.unix_millis(),
            last_login_at: account.last_login_at.unix_millis(),
            nickname: account.profile.nickname.as_ref().map(|name| name.as_str().into()),
            avatar_url: account.profile.avatar_url.as_ref().map(|url| url.as_str().into()),
            phone: account.phone.as_ref().map(|phone| PhoneRow {
                number: phone.number.as_e164().into(),
                country_code: phone.number.country_code(),
                verified_at: phone.verified_at.unix_millis(),
            }),
            external_id: account.external_id.as_deref().map(Into::into),
            identities: account.identities.iter().map(IdentityRow::of).collect(),
        }
    }

    pub(crate) fn into_account(self) -> Result<Account, StoreError> {
        let phone = self.phone.map(|phone| {
            Ok(VerifiedPhone {
                number: PhoneNumber::restore(&phone.number, phone.country_code)
                    .map_err(|_| unreadable("a phone number"))?,
                verified_at: time(phone.verified_at),
            })
        });
        // What is shown only must not lock anybody out: a rule that was tightened since hides the value, no more.
        let nickname = self.nickname.and_then(|text| Nickname::parse(&text).ok());
        let avatar_url = self.avatar_url.and_then(|text| AvatarUrl::parse(&text).ok());
        Ok(Account {
            id: AccountId::parse(&self.account_id).map_err(|_| unreadable("an account id"))?,
            status: AccountStatus::parse(&self.status).ok_or_else(|| unreadable("an account status"))?,
            created_at: time(self.created_at),
            last_login_at: time(self.last_login_at),
            profile: Profile { nickname, avatar_url },
            phone: phone.transpose()?,
            external_id: self.external_id.map(Into::into),
            identities: self
                .identities
                .into_iter()
                .map(IdentityRow::into_linked)
                .collect::<Result<_, _>>()?,
        })
    }
}

impl IdentityRow {
    fn of(linked: &LinkedIdentity) -> Self {
        Self {
            appid: linked.identity.app.to_string(),
            openid: linked.identity.openid.to_string(),
            unionid: linked.identity.unionid.as_ref().map(ToString::to_string),
            first_seen_at: linked.first_seen_at.unix_millis(),
        }
    }

    fn into_linked(self) -> Result<LinkedIdentity, StoreError> {
        Ok(LinkedIdentity {
            identity: identity(&self.appid, &self.openid, self.unionid.as_deref())?,
            first_seen_at: time(self.first_seen_at),
        })
    }
}

fn identity(appid: &str, openid: &str, unionid: Option<&str>) -> Result<WechatIdentity, StoreError> {
    Ok(WechatIdentity {
        app: AppId::parse(appid).map_err(|_| unreadable("an appid"))?,
        openid: OpenId::parse(openid).map_err(|_| unreadable("an openid"))?,
        unionid: unionid
            .map(UnionId::parse)
            .transpose()
            .map_err(|_| unreadable("a unionid"))?,
    })
}

impl SessionRow {
    pub(crate) fn of(session: &Session) -> Self {
        Self {
            appid: session.identity.app.to_string(),
            openid: session.identity.openid.to_string(),
            unionid: session.identity.unionid.as_ref().map(ToString::to_string),
            device: session.device.as_ref().map(|device| device.as_str().into()),
            created_at: session.created_at.unix_millis(),
            expires_at: session.expires_at.unix_millis(),
            generation: session.generation.0.into(),
            rotated_at: session.rotated_at.unix_millis(),
            idle_expires_at: session.idle_expires_at.unix_millis(),
            end_reason: session.end.map(|end| end.reason.as_str().into()),
            ended_at: session.end.map(|end| end.at.unix_millis()),
        }
    }

    pub(crate) fn into_session(self, id: SessionRef) -> Result<Session, StoreError> {
        let end = match (self.end_reason, self.ended_at) {
            (Some(reason), Some(at)) => Some(SessionEnd {
                reason: EndReason::parse(&reason).ok_or_else(|| unreadable("a session's end"))?,
                at: time(at),
            }),
            (None, None) => None,
            _ => return Err(unreadable("a session's end")),
        };
        let device = self.device.and_then(|text| DeviceName::parse(&text).ok());
        Ok(Session {
            id,
            identity: identity(&self.appid, &self.openid, self.unionid.as_deref())?,
            device,
            created_at: time(self.created_at),
            expires_at: time(self.expires_at),
            generation: Generation(u32::try_from(self.generation).map_err(|_| unreadable("a generation"))?),
            rotated_at: time(self.rotated_at),
            idle_expires_at: time(self.idle_expires_at),
            end,
        })
    }
}

impl KeyRingRow {
    pub(crate) fn of(ring: &KeyRing) -> Result<Self, StoreError> {
        Ok(Self {
            version: i64::try_from(ring.version).map_err(|_| unreadable("a key ring's version"))?,
            signing: ring.signing.iter().map(SigningKeyRow::of).collect(),
            refresh_mac: bytes(&ring.refresh_mac.0),
        })
    }

    pub(crate) fn into_ring(self) -> Result<KeyRing, StoreError> {
        Ok(KeyRing {
            version: u64::try_from(self.version).map_err(|_| unreadable("a key ring's version"))?,
            signing: self
                .signing
                .into_iter()
                .map(SigningKeyRow::into_key)
                .collect::<Result<_, _>>()?,
            refresh_mac: Sealed(self.refresh_mac.into_inner().to_vec()),
        })
    }
}

impl SigningKeyRow {
    fn of(key: &SigningKey) -> Self {
        let (kty, public_1, public_2) = match &key.public {
            PublicKey::Ed25519 { x } => ("OKP", bytes(x), None),
            PublicKey::P256 { x, y } => ("EC", bytes(x), Some(bytes(y))),
            PublicKey::Rsa { n, e } => ("RSA", bytes(n), Some(bytes(e))),
        };
        Self {
            kid: key.id.to_string(),
            kty: kty.into(),
            public_1,
            public_2,
            private: bytes(&key.private.0),
            created_at: key.created_at.unix_millis(),
        }
    }

    fn into_key(self) -> Result<SigningKey, StoreError> {
        let first = self.public_1.into_inner().to_vec();
        let second = self.public_2.map(|bytes| bytes.into_inner().to_vec());
        let public = match (self.kty.as_str(), second) {
            ("OKP", None) => PublicKey::Ed25519 { x: first },
            ("EC", Some(y)) => PublicKey::P256 { x: first, y },
            ("RSA", Some(e)) => PublicKey::Rsa { n: first, e },
            _ => return Err(unreadable("a signing key")),
        };
        Ok(SigningKey {
            id: KeyId(self.kid.into()),
            public,
            private: Sealed(self.private.into_inner().to_vec()),
            created_at: time(self.created_at),
        })
    }
}
