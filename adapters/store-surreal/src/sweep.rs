//! Sweeping sessions that are over.

use surrealdb::IndexedResults;
use surrealdb::types::Variables;
use wxlogin_domain::page::Row;
use wxlogin_domain::ports::session_store::{SessionSweep, SessionsSwept};
use wxlogin_domain::session::{Session, SessionRef};

use crate::failure::Failure;
use crate::id;
use crate::known::{Scope, Written};
use crate::open::SurrealStore;
use crate::rows::{SessionRow, readable};

pub(crate) const NEXT: &str = "SELECT * FROM type::record('login_session', $after>..) LIMIT $limit";

/// Looks once more: what was over by then may live again, where a refresh was under way all the time.
const REMOVE: &str = "
    DELETE $sessions
        WHERE (end_reason != NONE AND ended_at <= $dead_since)
            OR idle_expires_at <= $dead_since OR expires_at <= $dead_since
        RETURN BEFORE";

impl SurrealStore {
    pub(crate) async fn try_sweep_sessions(&self, sweep: &SessionSweep) -> Result<SessionsSwept, Failure> {
        let rows = self.sessions_after(sweep).await?;
        let looked_at: Vec<&Session> = rows.iter().filter_map(|(_, session)| session.as_ref()).collect();
        let is_dead_long_enough = |session: &&&Session| {
            session
                .dead_since(sweep.now)
                .is_some_and(|since| since <= sweep.dead_since)
        };
        let dead: Vec<SessionRef> = looked_at
            .iter()
            .filter(is_dead_long_enough)
            .map(|session| session.id)
            .collect();
        let is_alive = |session: &&&Session| session.dead_since(sweep.now).is_none();
        Ok(SessionsSwept {
            removed: self.remove_dead(dead, sweep).await?,
            alive: looked_at.iter().filter(is_alive).count(),
            next: rows.last().filter(|_| rows.len() >= sweep.limit).map(|(id, _)| *id),
        })
    }

    async fn sessions_after(&self, sweep: &SessionSweep) -> Result<Vec<Row<Session, SessionRef>>, Failure> {
        let after = sweep.after.map_or_else(
            || [String::new(), String::new()],
            |after| [after.account.to_string(), after.session.to_string()],
        );
        let mut response = self
            .db
            .query(NEXT)
            .bind(("after", after.to_vec()))
            .bind(("limit", sweep.limit))
            .await?;
        let rows: Vec<SessionRow> = response.take(0)?;
        let looked_at = |row: SessionRow| Ok((row.session_ref()?, readable(row.into_session())));
        rows.into_iter().map(looked_at).collect()
    }

    async fn remove_dead(&self, dead: Vec<SessionRef>, sweep: &SessionSweep) -> Result<usize, Failure> {
        if dead.is_empty() {
            return Ok(0);
        }
        let scopes: Vec<Scope> = dead.iter().map(|session| Scope::Session(*session)).collect();
        let mut variables = Variables::new();
        variables.insert("sessions", dead.into_iter().map(id::session).collect::<Vec<_>>());
        variables.insert("dead_since", sweep.dead_since.unix_millis());
        let read = |mut response: IndexedResults| {
            let removed: Vec<SessionRow> = response.take(0)?;
            Ok((removed.len(), Written::default()))
        };
        self.write(REMOVE, variables, &scopes, read).await
    }
}
