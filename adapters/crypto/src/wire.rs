//! The JSON that passes through this crate: claims of access tokens, and WeChat's decrypted payloads.

use serde::{Deserialize, Serialize};
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::ports::user_data_cipher::PhonePayload;
use wxlogin_domain::session::SessionRef;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_domain::token::{AccessClaims, TokenId};
use wxlogin_domain::user_data::Watermark;

/// The claims of an access token (RFC 9068, section 2.2).
#[derive(Serialize, Deserialize)]
pub(crate) struct ClaimsWire {
    iss: String,
    aud: String,
    sub: String,
    iat: i64,
    exp: i64,
    jti: String,
    sid: String,
    client_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    openid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unionid: Option<String>,
}

impl From<&AccessClaims> for ClaimsWire {
    fn from(claims: &AccessClaims) -> Self {
        Self {
            iss: claims.issuer.to_string(),
            aud: claims.audience.to_string(),
            sub: claims.subject().to_string(),
            iat: claims.issued_at.unix_seconds(),
            exp: claims.expires_at.unix_seconds(),
            jti: claims.id.0.to_string(),
            sid: claims.session_id().to_string(),
            client_id: claims.client_id.to_string(),
            openid: claims.openid.as_ref().map(ToString::to_string),
            unionid: claims.unionid.as_ref().map(ToString::to_string),
        }
    }
}

impl ClaimsWire {
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
        })
    }
}

/// What all decrypted payloads have in common.
#[derive(Deserialize)]
struct WatermarkWire {
    appid: String,
    timestamp: i64,
}

impl From<WatermarkWire> for Watermark {
    fn from(wire: WatermarkWire) -> Self {
        Self {
            appid: wire.appid,
            at: Timestamp::from_unix_seconds(wire.timestamp),
        }
    }
}

/// The payload of the getPhoneNumber button.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PhoneWire {
    pure_phone_number: String,
    country_code: CountryCodeWire,
    watermark: WatermarkWire,
}

/// A string in one place of the platform's documents, a number in another.
#[derive(Deserialize)]
#[serde(untagged)]
enum CountryCodeWire {
    Text(String),
    Number(u32),
}

impl From<PhoneWire> for PhonePayload {
    fn from(wire: PhoneWire) -> Self {
        Self {
            pure_phone_number: wire.pure_phone_number,
            country_code: match wire.country_code {
                CountryCodeWire::Text(text) => text,
                CountryCodeWire::Number(number) => number.to_string(),
            },
            watermark: wire.watermark.into(),
        }
    }
}
