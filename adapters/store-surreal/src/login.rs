//! Recording a login: read, let the domain decide, write in one transaction.

use surrealdb::types::{RecordId, SurrealValue};
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::login_rules::{KnownAccounts, LoginOutcome, LoginRecord, RecordedLogin, Room, decide, make_room};
use wxlogin_domain::session::{EndReason, Session, SessionEnd, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

use crate::accounts::Found;
use crate::failure::Failure;
use crate::id;
use crate::open::SurrealStore;
use crate::rows::{AccountRow, SessionRow};
use crate::transaction::Transaction;

/// What a login found.
struct Candidates {
    by_identity: Option<Found>,
    by_unionid: Option<Found>,
    with_phone: Vec<AccountId>,
}

impl Candidates {
    fn of(&self, id: AccountId) -> Option<&Found> {
        [&self.by_identity, &self.by_unionid]
            .into_iter()
            .flatten()
            .find(|found| found.account.id == id)
    }

    fn known(&self) -> KnownAccounts {
        let account = |found: &Option<Found>| found.as_ref().map(|found| found.account.clone());
        KnownAccounts {
            by_identity: account(&self.by_identity),
            by_unionid: account(&self.by_unionid),
            with_phone: self.with_phone.clone(),
        }
    }
}

/// The accounts that records lead to.
const LINKED: &str = "SELECT id, account.* AS account FROM $records";

#[derive(SurrealValue)]
struct LinkedRow {
    id: RecordId,
    account: Option<AccountRow>,
}

/// What becomes of the account's other sessions.
struct Others {
    room: Room,
    /// How many rows of sessions the account has at the most, with the new one.
    rows: i64,
}

/// What leads to the account from now on.
struct Links {
    /// New, or none.
    identity: Option<RecordId>,
    /// New, or none.
    unionid: Option<RecordId>,
}

impl Links {
    fn of(login: &LoginRecord, candidates: &Candidates, recorded: &RecordedLogin) -> Self {
        let identity = &login.identity;
        let is_new_identity = candidates.by_identity.is_none();
        let is_new_unionid = identity.unionid.is_some() && candidates.by_unionid.is_none();
        let unionid = recorded.session.identity.unionid.as_ref();
        Self {
            identity: is_new_identity.then(|| id::identity(&identity.app, &identity.openid)),
            unionid: unionid.filter(|_| is_new_unionid).map(id::unionid),
        }
    }
}

const LINK_IDENTITY: &str = "
    CREATE $identity CONTENT $link RETURN NONE;";
const LINK_UNIONID: &str = "
    CREATE $unionid CONTENT $link RETURN NONE;";
/// Whoever ended meanwhile keeps the first reason.
const DISPLACE: &str = "
    UPDATE $displaced SET end_reason = $end_reason, ended_at = $ended_at WHERE end_reason = NONE RETURN NONE;";
/// Whoever lives again meanwhile, by a refresh that was under way, stays.
const DISCARD: &str = "
    DELETE $discarded
        WHERE end_reason != NONE OR idle_expires_at <= $now OR expires_at <= $now
        RETURN NONE;";

const BEGIN_SESSION: &str = "
    CREATE $session_id CONTENT $session_row RETURN NONE;";

impl Transaction {
    fn link(self, links: Links) -> Self {
        self.then_if(links.identity.is_some(), LINK_IDENTITY)
            .then_if(links.unionid.is_some(), LINK_UNIONID)
            .with("identity", links.identity)
            .with("unionid", links.unionid)
    }

    fn make_room(self, account: AccountId, room: &Room, now: Timestamp) -> Self {
        let records = |ids: &[SessionId]| -> Vec<RecordId> {
            let refs = ids.iter().map(|session| SessionRef {
                account,
                session: *session,
            });
            refs.map(id::session).collect()
        };
        let displaced = SessionEnd {
            reason: EndReason::Displaced,
            at: now,
        };
        self.then_if(!room.end.is_empty(), DISPLACE)
            .then_if(!room.remove.is_empty(), DISCARD)
            .with("displaced", records(&room.end))
            .with("discarded", records(&room.remove))
            .with("now", now.unix_millis())
            .with_end(displaced)
    }

    fn begin_session(self, session: &Session) -> Self {
        self.then(BEGIN_SESSION)
            .with("session_id", id::session(session.id))
            .with("session_row", SessionRow::of(session))
    }
}

impl SurrealStore {
    pub(crate) async fn try_login(&self, login: &LoginRecord) -> Result<LoginOutcome, Failure> {
        let candidates = self.candidates(login).await?;
        let outcome = decide(candidates.known(), login);
        if let LoginOutcome::Recorded(recorded) = &outcome {
            let others = self.others(login, candidates.of(recorded.account.id)).await?;
            self.write_login(login, &candidates, recorded, &others).await?;
        }
        Ok(outcome)
    }

    /// All at one moment: the identity may just move from one of the accounts to the other.
    async fn candidates(&self, login: &LoginRecord) -> Result<Candidates, Failure> {
        let identity = id::identity(&login.identity.app, &login.identity.openid);
        let unionid = login.identity.unionid.as_ref().map(id::unionid);
        let links = [&identity].into_iter().chain(&unionid).cloned().collect();
        let binding = login.phone.as_ref().filter(|_| login.wants_unique_phone());
        let (rows, with_phone) = match binding {
            Some(binding) => self.with_holders(LINKED, links, &binding.phone.number).await?,
            None => (self.linked(links).await?, Vec::new()),
        };
        let mut candidates = Candidates {
            by_identity: None,
            by_unionid: None,
            with_phone,
        };
        for row in rows {
            let found = row.account.map(Found::from_row).transpose()?;
            if row.id == identity {
                candidates.by_identity = found;
            } else {
                candidates.by_unionid = found;
            }
        }
        Ok(candidates)
    }

    async fn linked(&self, links: Vec<RecordId>) -> Result<Vec<LinkedRow>, Failure> {
        let mut response = self.db.query(LINKED).bind(("records", links)).await?;
        Ok(response.take(0)?)
    }

    /// Most logins need not look at the sessions: the account cannot have so many that one has to go.
    async fn others(&self, login: &LoginRecord, known: Option<&Found>) -> Result<Others, Failure> {
        let Some(found) = known else {
            return Ok(Others {
                room: Room::default(),
                rows: 1,
            });
        };
        let most = count(login.policy.max_per_account);
        if let Some(rows) = found.session_rows.filter(|rows| *rows < most) {
            return Ok(Others {
                room: Room::default(),
                rows: rows + 1,
            });
        }
        let sessions = self.all_sessions_of(found.account.id).await?;
        let room = make_room(&sessions, &login.policy, login.at);
        let rows = count(sessions.len() - room.remove.len() + 1);
        Ok(Others { room, rows })
    }

    /// One transaction: the account, its links, its sessions, and the events. The account's revision guards it all: no
    /// other login of the account comes between reading and writing.
    async fn write_login(
        &self,
        login: &LoginRecord,
        candidates: &Candidates,
        recorded: &RecordedLogin,
        others: &Others,
    ) -> Result<(), Failure> {
        let account = &recorded.account;
        let found = candidates.of(account.id);
        let mut transaction = Transaction::new().put_account(found, account, Some(others.rows));
        if let Some(binding) = &login.phone {
            transaction = transaction.claim_phone(found.map(|found| &found.account), binding);
        }
        transaction
            .link(Links::of(login, candidates, recorded))
            .make_room(account.id, &others.room, login.at)
            .begin_session(&recorded.session)
            .append(&recorded.events)
            .commit(self)
            .await
    }
}

fn count(sessions: usize) -> i64 {
    i64::try_from(sessions).unwrap_or(i64::MAX)
}
