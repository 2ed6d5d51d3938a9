//! Recording a login: read, let the domain decide, write in one transaction.

#![expect(
    clippy::mutable_key_type,
    reason = "ids of records are keys here, and nothing of them changes"
)]

use std::collections::HashMap;
use std::sync::Arc;

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
#[derive(Default)]
pub(crate) struct Candidates {
    by_identity: Option<Arc<Found>>,
    by_unionid: Option<Arc<Found>>,
    with_phone: Vec<AccountId>,
}

/// What was read of records that lead to accounts.
pub(crate) type ByLink = HashMap<RecordId, Option<AccountRow>>;

pub(crate) fn by_link(rows: Vec<LinkedRow>) -> ByLink {
    rows.into_iter().map(|row| (row.id, row.account)).collect()
}

impl Candidates {
    /// Those of a login among what was read.
    pub(crate) fn among(login: &LoginRecord, read: &ByLink) -> Result<Self, Failure> {
        let found = |link: &RecordId| -> Result<Option<Arc<Found>>, Failure> {
            let row = read.get(link).cloned().flatten();
            Ok(row.map(Found::from_row).transpose()?.map(Arc::new))
        };
        let leading = links(login);
        Ok(Self {
            by_identity: leading.first().map(found).transpose()?.flatten(),
            by_unionid: leading.get(1).map(found).transpose()?.flatten(),
            with_phone: Vec::new(),
        })
    }

    /// An account that has the identity, and the unionid too where there is one.
    pub(crate) fn of_account(found: Arc<Found>, has_unionid: bool) -> Self {
        Self {
            by_unionid: has_unionid.then(|| Arc::clone(&found)),
            by_identity: Some(found),
            with_phone: Vec::new(),
        }
    }

    pub(crate) fn of(&self, id: AccountId) -> Option<&Arc<Found>> {
        [&self.by_identity, &self.by_unionid]
            .into_iter()
            .flatten()
            .find(|found| found.account.id == id)
    }

    pub(crate) fn known(&self) -> KnownAccounts {
        let account = |found: &Option<Arc<Found>>| found.as_ref().map(|found| found.account.clone());
        KnownAccounts {
            by_identity: account(&self.by_identity),
            by_unionid: account(&self.by_unionid),
            with_phone: self.with_phone.clone(),
        }
    }
}

/// The accounts that records lead to.
pub(crate) const LINKED: &str = "SELECT id, account.* AS account FROM $records";

#[derive(SurrealValue)]
pub(crate) struct LinkedRow {
    id: RecordId,
    account: Option<AccountRow>,
}

/// The records that lead to the account of a login: that of its identity, and that of its unionid where it has one.
pub(crate) fn links(login: &LoginRecord) -> Vec<RecordId> {
    let identity = id::identity(&login.identity.app, &login.identity.openid);
    let unionid = login.identity.unionid.as_ref().map(id::unionid);
    [identity].into_iter().chain(unionid).collect()
}

/// What becomes of the account's other sessions.
#[derive(Default)]
struct Others {
    room: Room,
    /// How many rows of sessions the account has at the most, with the new one.
    rows: i64,
}

/// What leads to the account from now on.
pub(crate) struct Links {
    /// New, or none.
    pub(crate) identity: Option<RecordId>,
    /// New, or none.
    pub(crate) unionid: Option<RecordId>,
}

impl Links {
    pub(crate) fn of(login: &LoginRecord, candidates: &Candidates, recorded: &RecordedLogin) -> Self {
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
            let found = candidates.of(recorded.account.id);
            let others = self.others(login, found.map(|found| &**found)).await?;
            self.write_login(login, &candidates, recorded, &others).await?;
        }
        Ok(outcome)
    }

    /// All at one moment: the identity may just move from one of the accounts to the other.
    async fn candidates(&self, login: &LoginRecord) -> Result<Candidates, Failure> {
        let binding = login.phone.as_ref().filter(|_| login.wants_unique_phone());
        let (rows, mut holders) = match binding {
            Some(binding) => {
                let numbers = [&binding.phone.number];
                self.with_holders(LINKED, links(login), &numbers).await?
            }
            None => (self.linked(links(login)).await?, HashMap::new()),
        };
        let with_phone = binding.and_then(|binding| holders.remove(&binding.phone.number));
        Ok(Candidates {
            with_phone: with_phone.unwrap_or_default(),
            ..Candidates::among(login, &by_link(rows))?
        })
    }

    pub(crate) async fn linked(&self, links: Vec<RecordId>) -> Result<Vec<LinkedRow>, Failure> {
        let mut response = self.db.query(LINKED).bind(("records", links)).await?;
        Ok(response.take(0)?)
    }

    async fn others(&self, login: &LoginRecord, known: Option<&Found>) -> Result<Others, Failure> {
        if let Some(rows) = room_left(login, known) {
            return Ok(Others {
                room: Room::default(),
                rows,
            });
        }
        let Some(found) = known else {
            return Ok(Others::default());
        };
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
        let found = candidates.of(account.id).map(|found| &**found);
        let mut transaction = Transaction::new().put_account(found, account, Some(others.rows));
        if let Some(binding) = &login.phone {
            transaction = transaction.claim_phone(found.map(|found| &found.account), account.id, binding);
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

/// How many rows of sessions the account has at the most, with the new one, where it has room for that. Most have, and
/// none of their sessions need be looked at.
pub(crate) fn room_left(login: &LoginRecord, known: Option<&Found>) -> Option<i64> {
    let Some(found) = known else { return Some(1) };
    let most = count(login.policy.max_per_account);
    found.session_rows.filter(|rows| *rows < most).map(|rows| rows + 1)
}

fn count(sessions: usize) -> i64 {
    i64::try_from(sessions).unwrap_or(i64::MAX)
}
