//! Recording a login: read, let the domain decide, write in one transaction.

use surrealdb::types::{RecordId, SurrealValue};
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::login_rules::{KnownAccounts, LoginOutcome, LoginRecord, RecordedLogin, Room, decide, make_room};
use wxlogin_domain::session::{EndReason, SessionEnd, SessionRef};

use crate::accounts::{Found, UPDATE_ACCOUNT};
use crate::failure::{Failure, STALE, root_cause};
use crate::open::SurrealStore;
use crate::rows::{AccountRow, LinkRow, SessionRow};
use crate::sessions::end_variables;
use crate::{audit, id};

/// What a login found.
struct Candidates {
    by_identity: Option<Found>,
    by_unionid: Option<Found>,
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
        }
    }
}

/// What becomes of the account's other sessions.
struct Others {
    room: Room,
    /// How many rows of sessions the account has at the most, with the new one.
    rows: i64,
}

/// What changes of that which leads to the account.
struct Links {
    /// New, or none.
    identity: Option<RecordId>,
    /// New, or none.
    unionid: Option<RecordId>,
    old_phone: Option<RecordId>,
    new_phone: Option<RecordId>,
}

impl Links {
    fn of(login: &LoginRecord, candidates: &Candidates, recorded: &RecordedLogin) -> Self {
        let account = &recorded.account;
        let identity = &login.identity;
        let is_new_identity = candidates.by_identity.is_none();
        let is_new_unionid = identity.unionid.is_some() && candidates.by_unionid.is_none();
        let unionid = recorded.session.identity.unionid.as_ref();
        let phone = account.phone.as_ref();
        Self {
            identity: is_new_identity.then(|| id::identity(&identity.app, &identity.openid)),
            unionid: unionid.filter(|_| is_new_unionid).map(id::unionid),
            old_phone: candidates.of(account.id).and_then(Found::phone),
            new_phone: phone.map(|phone| id::phone(&phone.number, account.id)),
        }
    }
}

const LINK_IDENTITY: &str = "
    CREATE $identity CONTENT $link RETURN NONE;";
const LINK_UNIONID: &str = "
    CREATE $unionid CONTENT $link RETURN NONE;";
/// A login brings a number or leaves the old one: it takes none away.
const LINK_PHONE: &str = "
    DELETE $old_phone RETURN NONE;
    UPSERT $new_phone CONTENT $link RETURN NONE;";
/// Whoever ended meanwhile keeps the first reason.
const DISPLACE: &str = "
    UPDATE $displaced SET end_reason = $end_reason, ended_at = $ended_at WHERE end_reason = NONE RETURN NONE;";
/// Whoever lives again meanwhile, by a refresh that was under way, stays.
const DISCARD: &str = "
    DELETE $discarded
        WHERE end_reason != NONE OR idle_expires_at <= $now OR expires_at <= $now
        RETURN NONE;";

fn script(is_new_account: bool, links: &Links, room: &Room) -> String {
    let account = if is_new_account {
        "CREATE $account CONTENT $account_row RETURN NONE;"
    } else {
        UPDATE_ACCOUNT
    };
    let parts = [
        (true, "BEGIN;"),
        (true, account),
        (links.identity.is_some(), LINK_IDENTITY),
        (links.unionid.is_some(), LINK_UNIONID),
        (links.old_phone != links.new_phone, LINK_PHONE),
        (!room.end.is_empty(), DISPLACE),
        (!room.remove.is_empty(), DISCARD),
        (true, "CREATE $session_id CONTENT $session_row RETURN NONE;"),
        (true, audit::APPEND),
        (true, "COMMIT;"),
    ];
    parts
        .iter()
        .filter(|(is_needed, _)| *is_needed)
        .map(|(_, part)| *part)
        .collect()
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

    async fn candidates(&self, login: &LoginRecord) -> Result<Candidates, Failure> {
        let identity = &login.identity;
        let unionid = identity.unionid.as_ref().map(id::unionid);
        let query = match unionid {
            None => "SELECT VALUE account.* FROM $identity",
            Some(_) => "SELECT VALUE account.* FROM $identity; SELECT VALUE account.* FROM $unionid",
        };
        let mut response = self
            .db
            .query(query)
            .bind(("identity", id::identity(&identity.app, &identity.openid)))
            .bind(("unionid", unionid.clone()))
            .await?;
        let by_identity: Option<AccountRow> = response.take(0)?;
        let by_unionid: Option<AccountRow> = if unionid.is_some() { response.take(1)? } else { None };
        Ok(Candidates {
            by_identity: by_identity.map(Found::from_row).transpose()?,
            by_unionid: by_unionid.map(Found::from_row).transpose()?,
        })
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

    /// One transaction: the account, its links, its sessions, and the event. The account's revision guards it all: no
    /// other login of the account comes between reading and writing.
    async fn write_login(
        &self,
        login: &LoginRecord,
        candidates: &Candidates,
        recorded: &RecordedLogin,
        others: &Others,
    ) -> Result<(), Failure> {
        let account = &recorded.account;
        let rev = candidates.of(account.id).map(|found| found.rev);
        let links = Links::of(login, candidates, recorded);
        let displaced = SessionEnd {
            reason: EndReason::Displaced,
            at: login.at,
        };
        let sessions = |ids: &[SessionId]| -> Vec<RecordId> {
            let account = account.id;
            let refs = ids.iter().map(|session| SessionRef {
                account,
                session: *session,
            });
            refs.map(id::session).collect()
        };
        let response = self
            .db
            .query(script(rev.is_none(), &links, &others.room))
            .bind(("account", id::account(account.id)))
            .bind((
                "account_row",
                AccountRow::of(account, rev.unwrap_or(0) + 1, Some(others.rows)),
            ))
            .bind(("rev", rev))
            .bind(("stale", STALE))
            .bind((
                "link",
                LinkRow {
                    account: id::account(account.id),
                },
            ))
            .bind(("identity", links.identity))
            .bind(("unionid", links.unionid))
            .bind(("old_phone", Vec::from_iter(links.old_phone)))
            .bind(("new_phone", links.new_phone))
            .bind(end_variables(Some(displaced)).into_value())
            .bind(("displaced", sessions(&others.room.end)))
            .bind(("discarded", sessions(&others.room.remove)))
            .bind(("now", login.at.unix_millis()))
            .bind(("session_id", id::session(recorded.session.id)))
            .bind(("session_row", SessionRow::of(&recorded.session)))
            .bind(("event_rows", audit::rows([&recorded.event])))
            .await?;
        root_cause(response).map(drop)
    }
}

fn count(sessions: usize) -> i64 {
    i64::try_from(sessions).unwrap_or(i64::MAX)
}
