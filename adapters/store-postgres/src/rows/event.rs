//! The row of an event in the audit log.

use sqlx::postgres::PgRow;
use sqlx::types::Uuid;
use wxlogin_domain::audit::{AuditAction, AuditEvent, IpPseudonym};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::origin::Actor;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::SessionRef;

use super::{Columns as _, Id as _, unreadable};
use crate::lease::Statement;

/// Events, column by column: one or many are written by the same statement.
#[derive(Default)]
pub(crate) struct EventColumns {
    id: Vec<Uuid>,
    at: Vec<i64>,
    action: Vec<String>,
    actor: Vec<String>,
    account: Vec<Option<Uuid>>,
    session: Vec<Option<Uuid>>,
    appid: Vec<Option<String>>,
    code: Vec<Option<String>>,
    detail: Vec<Option<String>>,
    request_id: Vec<Option<String>>,
    ip: Vec<Option<String>>,
}

/// Events, with what stands behind the table's name.
macro_rules! select_events {
    ($which:literal) => {
        concat!(
            "SELECT id, at, action, actor, account_id, session_id, appid, code, detail, request_id, ip \
             FROM audit_event ",
            $which
        )
    };
}
pub(crate) use select_events;

/// Adds the events of the values 1 to 11, where `$condition` holds. One that is there stays: an act that is tried again
/// tells of itself once.
macro_rules! append_events {
    ($condition:literal) => {
        concat!(
            "INSERT INTO audit_event (id, at, action, actor, account_id, session_id, appid, code, detail, request_id, \
             ip) SELECT * FROM UNNEST($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], \
             $7::text[], $8::text[], $9::text[], $10::text[], $11::text[]) WHERE ",
            $condition,
            " ON CONFLICT (id) DO NOTHING"
        )
    };
}
pub(crate) use append_events;

impl<'a> FromIterator<&'a AuditEvent> for EventColumns {
    fn from_iter<I: IntoIterator<Item = &'a AuditEvent>>(events: I) -> Self {
        let mut columns = Self::default();
        for event in events {
            columns.id.push(event.id.to_uuid());
            columns.at.push(event.at.unix_millis());
            columns.action.push(event.action.as_str().to_owned());
            columns.actor.push(event.actor.to_text());
            columns.account.push(event.account.map(AccountId::to_uuid));
            columns.session.push(event.session.map(|of| of.session.to_uuid()));
            columns.appid.push(event.app.as_ref().map(ToString::to_string));
            columns.code.push(event.code.as_deref().map(Into::into));
            columns.detail.push(event.detail.as_deref().map(Into::into));
            columns.request_id.push(event.request_id.as_deref().map(Into::into));
            columns.ip.push(event.ip.as_ref().map(|ip| ip.0.as_ref().into()));
        }
        columns
    }
}

impl EventColumns {
    /// Gives a statement its values for [`append_events`].
    pub(crate) fn bind_to(self, statement: Statement) -> Statement {
        statement
            .bind(self.id)
            .bind(self.at)
            .bind(self.action)
            .bind(self.actor)
            .bind(self.account)
            .bind(self.session)
            .bind(self.appid)
            .bind(self.code)
            .bind(self.detail)
            .bind(self.request_id)
            .bind(self.ip)
    }
}

pub(crate) fn event(row: &PgRow) -> Result<AuditEvent, StoreError> {
    let account = row.id_if_any("account_id")?;
    let session = row.id_if_any("session_id")?;
    let app = row.text_if_any("appid")?.map(AppId::parse).transpose();
    let text = |name| Ok::<_, StoreError>(row.text_if_any(name)?.map(Box::<str>::from));
    Ok(AuditEvent {
        id: row.id("id")?,
        at: row.time("at")?,
        action: AuditAction::parse(row.text("action")?).ok_or_else(|| unreadable("an audit action"))?,
        actor: Actor::parse(row.text("actor")?).ok_or_else(|| unreadable("an actor"))?,
        account,
        session: account
            .zip(session)
            .map(|(account, session)| SessionRef { account, session }),
        app: app.map_err(|_| unreadable("an appid"))?,
        code: text("code")?,
        detail: text("detail")?,
        request_id: text("request_id")?,
        ip: text("ip")?.map(IpPseudonym),
    })
}
