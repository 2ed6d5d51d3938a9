//! Events of the audit log.

use serde::{Deserialize, Serialize};
use wxlogin_domain::audit::{AuditAction, AuditEvent, IpPseudonym};
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::AppId;
use wxlogin_domain::origin::Actor;
use wxlogin_domain::session::SessionRef;

use super::field::{WireError, known, optional, read, time};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventWire {
    id: String,
    at: String,
    action: String,
    actor: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<SessionRefWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    appid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionRefWire {
    account_id: String,
    id: String,
}

impl From<&AuditEvent> for EventWire {
    fn from(event: &AuditEvent) -> Self {
        let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
        Self {
            id: event.id.to_string(),
            at: event.at.to_string(),
            action: event.action.as_str().into(),
            actor: event.actor.to_text(),
            account_id: event.account.map(|id| id.to_string()),
            session: event.session.map(|session| SessionRefWire {
                account_id: session.account.to_string(),
                id: session.session.to_string(),
            }),
            appid: event.app.as_ref().map(AppId::to_string),
            code: text(&event.code),
            detail: text(&event.detail),
            request_id: text(&event.request_id),
            ip: event.ip.as_ref().map(|ip| ip.0.to_string()),
        }
    }
}

impl TryFrom<EventWire> for AuditEvent {
    type Error = WireError;

    fn try_from(wire: EventWire) -> Result<Self, WireError> {
        let app = |text: &str| read("appid", AppId::parse(text));
        Ok(Self {
            id: read("id", EventId::parse(&wire.id))?,
            at: time("at", &wire.at)?,
            action: known("action", AuditAction::parse(&wire.action))?,
            actor: known("actor", Actor::parse(&wire.actor))?,
            account: optional(wire.account_id, account)?,
            session: wire.session.map(SessionRef::try_from).transpose()?,
            app: optional(wire.appid, app)?,
            code: wire.code.map(String::into_boxed_str),
            detail: wire.detail.map(String::into_boxed_str),
            request_id: wire.request_id.map(String::into_boxed_str),
            ip: wire.ip.map(|ip| IpPseudonym(ip.into_boxed_str())),
        })
    }
}

fn account(text: &str) -> Result<AccountId, WireError> {
    read("account_id", AccountId::parse(text))
}

impl TryFrom<SessionRefWire> for SessionRef {
    type Error = WireError;

    fn try_from(wire: SessionRefWire) -> Result<Self, WireError> {
        Ok(Self {
            account: account(&wire.account_id)?,
            session: read("id", SessionId::parse(&wire.id))?,
        })
    }
}
