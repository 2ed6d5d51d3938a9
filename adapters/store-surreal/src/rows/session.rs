//! The row of a session.

use surrealdb::types::{RecordId, SurrealValue};
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::{DeviceName, EndReason, Generation, Session, SessionEnd, SessionRef};

use super::{identity, time, unreadable};
use crate::id;

/// A session. No token is in it.
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct SessionRow {
    id: RecordId,
    appid: String,
    openid: String,
    unionid: Option<String>,
    device: Option<String>,
    /// Rows of schema version 1 have none.
    client: Option<String>,
    created_at: i64,
    /// Rows of schema version 1 have none: what is known of those is when they were last rotated.
    last_used_at: Option<i64>,
    expires_at: i64,
    generation: i64,
    rotated_at: i64,
    idle_expires_at: i64,
    end_reason: Option<String>,
    ended_at: Option<i64>,
}

impl SessionRow {
    pub(crate) fn of(session: &Session) -> Self {
        Self {
            id: id::session(session.id),
            appid: session.identity.app.to_string(),
            openid: session.identity.openid.to_string(),
            unionid: session.identity.unionid.as_ref().map(ToString::to_string),
            device: session.device.as_ref().map(|device| device.as_str().into()),
            client: session.client.as_ref().map(|client| client.as_str().into()),
            created_at: session.created_at.unix_millis(),
            last_used_at: Some(session.last_used_at.unix_millis()),
            expires_at: session.expires_at.unix_millis(),
            generation: session.generation.0.into(),
            rotated_at: session.rotated_at.unix_millis(),
            idle_expires_at: session.idle_expires_at.unix_millis(),
            end_reason: session.end.map(|end| end.reason.as_str().into()),
            ended_at: session.end.map(|end| end.at.unix_millis()),
        }
    }

    pub(crate) fn session_ref(&self) -> Result<SessionRef, StoreError> {
        id::session_ref(&self.id).ok_or_else(|| unreadable("a session's id"))
    }

    pub(crate) fn into_session(self) -> Result<Session, StoreError> {
        let id = self.session_ref()?;
        let end = match (self.end_reason, self.ended_at) {
            (Some(reason), Some(at)) => Some(SessionEnd {
                reason: EndReason::parse(&reason).ok_or_else(|| unreadable("a session's end"))?,
                at: time(at),
            }),
            (None, None) => None,
            _ => return Err(unreadable("a session's end")),
        };
        Ok(Session {
            id,
            identity: identity(&self.appid, &self.openid, self.unionid.as_deref())?,
            device: self.device.and_then(|text| DeviceName::parse(&text).ok()),
            client: self.client.and_then(|text| ClientKind::restore(&text)),
            created_at: time(self.created_at),
            last_used_at: time(self.last_used_at.unwrap_or(self.rotated_at)),
            expires_at: time(self.expires_at),
            generation: Generation(u32::try_from(self.generation).map_err(|_| unreadable("a generation"))?),
            rotated_at: time(self.rotated_at),
            idle_expires_at: time(self.idle_expires_at),
            end,
        })
    }
}
