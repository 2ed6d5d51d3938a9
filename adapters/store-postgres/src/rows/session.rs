//! The row of a session. No token is in it.

use sqlx::postgres::PgRow;
use sqlx::types::Uuid;
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::{DeviceName, EndReason, Generation, Session, SessionEnd, SessionRef};

use super::{Columns as _, Id as _, unreadable};
use crate::lease::Statement;

/// Sessions, column by column: one or many are written by the same statement.
#[derive(Default)]
pub(crate) struct SessionColumns {
    account: Vec<Uuid>,
    session: Vec<Uuid>,
    appid: Vec<String>,
    openid: Vec<String>,
    unionid: Vec<Option<String>>,
    device: Vec<Option<String>>,
    client: Vec<Option<String>>,
    created_at: Vec<i64>,
    last_used_at: Vec<i64>,
    expires_at: Vec<i64>,
    generation: Vec<i64>,
    rotated_at: Vec<i64>,
    idle_expires_at: Vec<i64>,
    end_reason: Vec<Option<String>>,
    ended_at: Vec<Option<i64>>,
}

/// Sessions, with what stands behind the table's name.
macro_rules! select_sessions {
    ($which:literal) => {
        concat!(
            "SELECT account_id, session_id, appid, openid, unionid, device, client, created_at, last_used_at, \
             expires_at, generation, rotated_at, idle_expires_at, end_reason, ended_at FROM login_session ",
            $which
        )
    };
}
pub(crate) use select_sessions;

/// Adds the sessions of the values 12 to 26, where `$condition` holds. One that is there stays.
macro_rules! begin_sessions {
    ($condition:literal) => {
        concat!(
            "INSERT INTO login_session (account_id, session_id, appid, openid, unionid, device, client, created_at, \
             last_used_at, expires_at, generation, rotated_at, idle_expires_at, end_reason, ended_at) \
             SELECT * FROM UNNEST($12::uuid[], $13::uuid[], $14::text[], $15::text[], $16::text[], $17::text[], \
             $18::text[], $19::bigint[], $20::bigint[], $21::bigint[], $22::bigint[], $23::bigint[], $24::bigint[], \
             $25::text[], $26::bigint[]) WHERE ",
            $condition,
            " ON CONFLICT (account_id, session_id) DO NOTHING"
        )
    };
}
pub(crate) use begin_sessions;

impl<'a> FromIterator<&'a Session> for SessionColumns {
    fn from_iter<I: IntoIterator<Item = &'a Session>>(sessions: I) -> Self {
        let mut columns = Self::default();
        for session in sessions {
            let identity = &session.identity;
            columns.account.push(session.id.account.to_uuid());
            columns.session.push(session.id.session.to_uuid());
            columns.appid.push(identity.app.to_string());
            columns.openid.push(identity.openid.to_string());
            columns.unionid.push(identity.unionid.as_ref().map(ToString::to_string));
            let device = session.device.as_ref().map(|device| device.as_str().to_owned());
            columns.device.push(device);
            let client = session.client.as_ref().map(|client| client.as_str().to_owned());
            columns.client.push(client);
            columns.created_at.push(session.created_at.unix_millis());
            columns.last_used_at.push(session.last_used_at.unix_millis());
            columns.expires_at.push(session.expires_at.unix_millis());
            columns.generation.push(session.generation.0.into());
            columns.rotated_at.push(session.rotated_at.unix_millis());
            columns.idle_expires_at.push(session.idle_expires_at.unix_millis());
            let reason = session.end.map(|end| end.reason.as_str().to_owned());
            columns.end_reason.push(reason);
            columns.ended_at.push(session.end.map(|end| end.at.unix_millis()));
        }
        columns
    }
}

impl SessionColumns {
    /// Gives a statement its values for [`begin_sessions`].
    pub(crate) fn bind_to(self, statement: Statement) -> Statement {
        statement
            .bind(self.account)
            .bind(self.session)
            .bind(self.appid)
            .bind(self.openid)
            .bind(self.unionid)
            .bind(self.device)
            .bind(self.client)
            .bind(self.created_at)
            .bind(self.last_used_at)
            .bind(self.expires_at)
            .bind(self.generation)
            .bind(self.rotated_at)
            .bind(self.idle_expires_at)
            .bind(self.end_reason)
            .bind(self.ended_at)
    }
}

pub(crate) fn session_ref(row: &PgRow) -> Result<SessionRef, StoreError> {
    Ok(SessionRef {
        account: row.id("account_id")?,
        session: row.id("session_id")?,
    })
}

pub(crate) fn session(row: &PgRow) -> Result<Session, StoreError> {
    let end = match (row.text_if_any("end_reason")?, row.column::<Option<i64>>("ended_at")?) {
        (Some(reason), Some(_)) => Some(SessionEnd {
            reason: EndReason::parse(reason).ok_or_else(|| unreadable("a session's end"))?,
            at: row.time("ended_at")?,
        }),
        _ => None,
    };
    let generation = u32::try_from(row.column::<i64>("generation")?);
    Ok(Session {
        id: session_ref(row)?,
        identity: row.identity()?,
        // What is shown only must not end a session: a rule that was tightened since hides the value, no more.
        device: row.text_if_any("device")?.and_then(|text| DeviceName::parse(text).ok()),
        client: row.text_if_any("client")?.and_then(ClientKind::restore),
        created_at: row.time("created_at")?,
        last_used_at: row.time("last_used_at")?,
        expires_at: row.time("expires_at")?,
        generation: Generation(generation.map_err(|_| unreadable("a generation"))?),
        rotated_at: row.time("rotated_at")?,
        idle_expires_at: row.time("idle_expires_at")?,
        end,
    })
}
