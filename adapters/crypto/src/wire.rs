//! The JSON that passes through this crate: claims of access tokens, and WeChat's decrypted payloads.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::session::SessionRef;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_domain::token::{AccessClaims, TokenId};
use wxlogin_domain::user_data::{PhonePayload, UserData, Watermark};

/// The claims of an access token (RFC 9068, section 2.2).
#[derive(Serialize, Deserialize)]
pub(crate) struct ClaimsWire<'a> {
    #[serde(borrow)]
    iss: Cow<'a, str>,
    #[serde(borrow)]
    aud: Cow<'a, str>,
    #[serde(borrow)]
    sub: Cow<'a, str>,
    iat: i64,
    exp: i64,
    #[serde(borrow)]
    jti: Cow<'a, str>,
    #[serde(borrow)]
    sid: Cow<'a, str>,
    #[serde(borrow)]
    client_id: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    openid: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    unionid: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    external_id: Option<Cow<'a, str>>,
}

impl<'a> From<&'a AccessClaims> for ClaimsWire<'a> {
    fn from(claims: &'a AccessClaims) -> Self {
        Self {
            iss: Cow::Borrowed(&claims.issuer),
            aud: Cow::Borrowed(&claims.audience),
            sub: claims.subject().to_string().into(),
            iat: claims.issued_at.unix_seconds(),
            exp: claims.expires_at.unix_seconds(),
            jti: Cow::Borrowed(&claims.id.0),
            sid: claims.session_id().to_string().into(),
            client_id: claims.client_id.as_str().into(),
            openid: claims.openid.as_ref().map(|openid| openid.as_str().into()),
            unionid: claims.unionid.as_ref().map(|unionid| unionid.as_str().into()),
            external_id: claims.external_id.as_ref().map(|id| id.as_str().into()),
        }
    }
}

impl ClaimsWire<'_> {
    /// The claims, if every identifier in them is one.
    pub(crate) fn into_claims(self) -> Option<AccessClaims> {
        Some(AccessClaims {
            issuer: self.iss.into(),
            audience: self.aud.into(),
            session: SessionRef {
                account: AccountId::parse(&self.sub).ok()?,
                session: SessionId::parse(&self.sid).ok()?,
            },
            client_id: AppId::parse(&self.client_id).ok()?,
            issued_at: Timestamp::from_unix_seconds(self.iat),
            expires_at: Timestamp::from_unix_seconds(self.exp),
            id: TokenId(self.jti.into()),
            openid: self.openid.map(|text| OpenId::parse(&text)).transpose().ok()?,
            unionid: self.unionid.map(|text| UnionId::parse(&text)).transpose().ok()?,
            external_id: self.external_id.map(|text| ExternalId::parse(&text)).transpose().ok()?,
        })
    }
}

/// A decrypted payload. It is read by hand, because a derived reader would take an array for an object too.
pub(crate) struct PayloadWire<'a> {
    text: &'a str,
    object: Map<String, Value>,
}

impl<'a> PayloadWire<'a> {
    /// A JSON object, and nothing else.
    pub(crate) fn parse(plaintext: &'a [u8]) -> Option<Self> {
        let text = str::from_utf8(plaintext).ok()?;
        let object = serde_json::from_str(text).ok()?;
        Some(Self { text, object })
    }

    /// The payload of the getPhoneNumber button.
    pub(crate) fn phone(&self) -> Option<PhonePayload> {
        Some(PhonePayload {
            pure_phone_number: self.object.get("purePhoneNumber")?.as_str()?.to_owned(),
            country_code: digits(self.object.get("countryCode")?)?,
            watermark: self.watermark()?,
        })
    }

    /// A payload of any kind.
    pub(crate) fn any(&self) -> Option<UserData> {
        Some(UserData {
            json: self.text.to_owned(),
            watermark: self.watermark()?,
        })
    }

    fn watermark(&self) -> Option<Watermark> {
        let watermark = self.object.get("watermark")?.as_object()?;
        let seconds = digits(watermark.get("timestamp")?)?;
        Some(Watermark {
            appid: watermark.get("appid")?.as_str()?.to_owned(),
            at: Timestamp::from_unix_seconds(seconds.parse().ok()?),
        })
    }
}

/// A whole number, or a text that stands for one: the platform's documents have a number as a text in one place, as a
/// number in another.
fn digits(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => number.as_u64().map(|number| number.to_string()),
        _ => None,
    }
}
