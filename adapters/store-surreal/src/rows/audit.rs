//! The rows of an event in the audit log.

use surrealdb::types::{RecordId, SurrealValue};
use wxlogin_domain::audit::{AuditAction, AuditEvent, IpPseudonym};
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::AppId;
use wxlogin_domain::origin::Actor;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::SessionRef;

use super::{time, unreadable};
use crate::id;

/// An event.
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct EventRow {
    pub(crate) id: RecordId,
    pub(crate) at: i64,
    action: String,
    actor: String,
    pub(crate) account_id: Option<String>,
    /// The id of a session of that account.
    session_id: Option<String>,
    appid: Option<String>,
    code: Option<String>,
    detail: Option<String>,
    request_id: Option<String>,
    ip: Option<String>,
}

/// That an event is on an account: what a look at one account reads instead of the whole log.
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct AccountEventRow {
    pub(crate) id: RecordId,
    pub(crate) event: RecordId,
}

impl EventRow {
    pub(crate) fn of(event: &AuditEvent) -> Self {
        Self {
            id: id::event(event.id),
            at: event.at.unix_millis(),
            action: event.action.as_str().into(),
            actor: event.actor.to_text(),
            account_id: event.account.map(|account| account.to_string()),
            session_id: event.session.map(|session| session.session.to_string()),
            appid: event.app.as_ref().map(ToString::to_string),
            code: event.code.as_deref().map(Into::into),
            detail: event.detail.as_deref().map(Into::into),
            request_id: event.request_id.as_deref().map(Into::into),
            ip: event.ip.as_ref().map(|ip| ip.0.as_ref().into()),
        }
    }

    pub(crate) fn event_id(&self) -> Result<EventId, StoreError> {
        id::event_id(&self.id).ok_or_else(|| unreadable("an event's id"))
    }

    pub(crate) fn into_event(self) -> Result<AuditEvent, StoreError> {
        let id = self.event_id()?;
        let account = self
            .account_id
            .map(|id| AccountId::parse(&id))
            .transpose()
            .map_err(|_| unreadable("an account id"))?;
        let session = self
            .session_id
            .map(|id| SessionId::parse(&id))
            .transpose()
            .map_err(|_| unreadable("a session id"))?;
        let app = self.appid.map(|id| AppId::parse(&id)).transpose();
        Ok(AuditEvent {
            id,
            at: time(self.at),
            action: AuditAction::parse(&self.action).ok_or_else(|| unreadable("an audit action"))?,
            actor: Actor::parse(&self.actor).ok_or_else(|| unreadable("an actor"))?,
            account,
            session: account
                .zip(session)
                .map(|(account, session)| SessionRef { account, session }),
            app: app.map_err(|_| unreadable("an appid"))?,
            code: self.code.map(Into::into),
            detail: self.detail.map(Into::into),
            request_id: self.request_id.map(Into::into),
            ip: self.ip.map(|ip| IpPseudonym(ip.into())),
        })
    }
}
