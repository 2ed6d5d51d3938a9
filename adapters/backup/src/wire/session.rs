//! Sessions, within the account that they are of.

use serde::{Deserialize, Serialize};
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::identity::UnionId;
use wxlogin_domain::session::{DeviceName, EndReason, Generation, Session, SessionEnd, SessionRef};

use super::account::identity;
use super::field::{WireError, known, optional, read, time};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SessionWire {
    id: String,
    appid: String,
    openid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unionid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<String>,
    created_at: String,
    last_used_at: String,
    expires_at: String,
    generation: u32,
    rotated_at: String,
    idle_expires_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<EndWire>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EndWire {
    reason: String,
    at: String,
}

impl From<&Session> for SessionWire {
    fn from(session: &Session) -> Self {
        Self {
            id: session.id.session.to_string(),
            appid: session.identity.app.to_string(),
            openid: session.identity.openid.to_string(),
            unionid: session.identity.unionid.as_ref().map(UnionId::to_string),
            device: session.device.as_ref().map(|device| device.as_str().into()),
            client: session.client.as_ref().map(|client| client.as_str().into()),
            created_at: session.created_at.to_string(),
            last_used_at: session.last_used_at.to_string(),
            expires_at: session.expires_at.to_string(),
            generation: session.generation.0,
            rotated_at: session.rotated_at.to_string(),
            idle_expires_at: session.idle_expires_at.to_string(),
            end: session.end.map(|end| EndWire {
                reason: end.reason.as_str().into(),
                at: end.at.to_string(),
            }),
        }
    }
}

impl SessionWire {
    /// The session, of this account.
    pub(super) fn of(self, account: AccountId) -> Result<Session, WireError> {
        let device = |text: &str| read("device", DeviceName::parse(text));
        let client = |text: &str| known("client", ClientKind::restore(text));
        Ok(Session {
            id: SessionRef {
                account,
                session: read("id", SessionId::parse(&self.id))?,
            },
            identity: identity(&self.appid, &self.openid, self.unionid)?,
            device: optional(self.device, device)?,
            client: optional(self.client, client)?,
            created_at: time("created_at", &self.created_at)?,
            last_used_at: time("last_used_at", &self.last_used_at)?,
            expires_at: time("expires_at", &self.expires_at)?,
            generation: Generation(self.generation),
            rotated_at: time("rotated_at", &self.rotated_at)?,
            idle_expires_at: time("idle_expires_at", &self.idle_expires_at)?,
            end: self.end.map(SessionEnd::try_from).transpose()?,
        })
    }
}

impl TryFrom<EndWire> for SessionEnd {
    type Error = WireError;

    fn try_from(wire: EndWire) -> Result<Self, WireError> {
        Ok(Self {
            reason: known("reason", EndReason::parse(&wire.reason))?,
            at: time("at", &wire.at)?,
        })
    }
}
