//! Sweeping sessions that are over.

use sqlx::types::Uuid;
use wxlogin_domain::ports::session_store::{SessionSweep, SessionsSwept};
use wxlogin_domain::session::{Session, SessionRef};

use crate::failure::Failure;
use crate::lease::Lease;
use crate::open::PostgresStore;
use crate::rows::session::{select_sessions, session, session_ref};
use crate::rows::{Id as _, count, readable};

pub(crate) const NEXT: &str =
    select_sessions!("WHERE (account_id, session_id) > ($1, $2) ORDER BY account_id, session_id LIMIT $3");

/// Looks once more: what was over by then may live again, where a refresh was under way all the time.
pub(crate) const REMOVE: &str = "DELETE FROM login_session \
     WHERE (account_id, session_id) IN (SELECT * FROM UNNEST($1::uuid[], $2::uuid[])) \
     AND (ended_at <= $3 OR idle_expires_at <= $3 OR expires_at <= $3)";

impl PostgresStore {
    pub(crate) async fn try_sweep_sessions(&self, sweep: &SessionSweep) -> Result<SessionsSwept, Failure> {
        let mut lease = self.pool.lease().await?;
        let after = sweep.after.map_or([Uuid::nil(); 2], |after| {
            [after.account.to_uuid(), after.session.to_uuid()]
        });
        let next = sqlx::query(NEXT).bind(after[0]).bind(after[1]);
        let rows = lease.rows(next.bind(count(sweep.limit))).await?;
        let looked_at: Vec<Session> = rows.iter().filter_map(|row| readable(session(row))).collect();
        let is_dead_long_enough = |session: &&Session| {
            session
                .dead_since(sweep.now)
                .is_some_and(|since| since <= sweep.dead_since)
        };
        let dead: Vec<SessionRef> = looked_at
            .iter()
            .filter(is_dead_long_enough)
            .map(|session| session.id)
            .collect();
        let last = rows.last().filter(|_| rows.len() >= sweep.limit);
        Ok(SessionsSwept {
            removed: lease.remove_dead(&dead, sweep).await?,
            alive: looked_at
                .iter()
                .filter(|session| session.dead_since(sweep.now).is_none())
                .count(),
            next: last.map(session_ref).transpose()?,
        })
    }
}

impl Lease<'_> {
    async fn remove_dead(&mut self, dead: &[SessionRef], sweep: &SessionSweep) -> Result<usize, Failure> {
        if dead.is_empty() {
            return Ok(0);
        }
        let ids = dead.iter().map(|id| (id.account.to_uuid(), id.session.to_uuid()));
        let (accounts, sessions): (Vec<Uuid>, Vec<Uuid>) = ids.unzip();
        let remove = sqlx::query(REMOVE).bind(accounts).bind(sessions);
        let removed = self.execute(remove.bind(sweep.dead_since.unix_millis())).await?;
        Ok(usize::try_from(removed).unwrap_or(usize::MAX))
    }
}
