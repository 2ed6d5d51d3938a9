//! Recording a login: read, let the domain decide, write.
//!
//! Most logins are two round trips and one commit: what is read in one statement (`candidates`) is enough to decide, and
//! what is decided is written in one statement (`statements`). An account that has as many sessions as it may costs one
//! more, to read them. What changes more of an account than that somebody logged in again, and what wants a telephone
//! number for itself, is a transaction of several statements: that happens once, or seldom.

mod candidates;
pub(crate) mod statements;

use wxlogin_domain::account::Account;
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord, RecordedLogin, Room, decide, make_room};

use self::candidates::Candidates;
use self::statements::{LINK_UNIONID, add_identity, anew, begun_again, begun_in_place, change_identity};
use crate::failure::Failure;
use crate::lease::{Lease, Transaction};
use crate::open::PostgresStore;
use crate::rows::account::Found;
use crate::rows::{Id as _, count};

/// A login that was decided, and what it is decided on.
struct Decided<'a> {
    login: &'a LoginRecord,
    candidates: &'a Candidates,
    recorded: &'a RecordedLogin,
}

/// What becomes of the account's other sessions.
struct Others {
    room: Room,
    /// How many rows of sessions the account has at the most, with the new one.
    rows: i64,
}

impl Decided<'_> {
    /// The account as it was read, where there was one.
    fn found(&self) -> Option<&Found> {
        self.candidates.of(self.recorded.account.id)
    }

    /// The unionid that leads to the account from now on, where it led nowhere before.
    fn new_unionid(&self) -> Option<String> {
        let is_new = self.login.identity.unionid.is_some() && self.candidates.by_unionid.is_none();
        let unionid = self.recorded.session.identity.unionid.as_ref();
        unionid.filter(|_| is_new).map(ToString::to_string)
    }

    /// Whether nothing of the account changes but that somebody logged in to it again.
    fn changes_nothing_else(&self, found: &Found) -> bool {
        let before = Account {
            last_login_at: self.recorded.account.last_login_at,
            ..found.account.clone()
        };
        before == self.recorded.account && self.new_unionid().is_none()
    }

    /// Whether the account may have as many sessions as it may, so that some have to go.
    fn may_be_full(&self, found: &Found) -> bool {
        found.session_rows >= count(self.login.policy.max_per_account)
    }
}

impl PostgresStore {
    pub(crate) async fn try_login(&self, login: &LoginRecord) -> Result<LoginOutcome, Failure> {
        let mut lease = self.pool.lease().await?;
        let candidates = lease.candidates(login).await?;
        let outcome = decide(candidates.known(), login);
        if let LoginOutcome::Recorded(recorded) = &outcome {
            let decided = Decided {
                login,
                candidates: &candidates,
                recorded,
            };
            write(lease, &decided).await?;
        }
        Ok(outcome)
    }
}

async fn write(mut lease: Lease<'_>, decided: &Decided<'_>) -> Result<(), Failure> {
    let written = match decided.found() {
        None if !decided.login.wants_unique_phone() => {
            lease.execute(anew(decided.recorded, decided.new_unionid())).await?
        }
        Some(found) if decided.changes_nothing_else(found) && !decided.may_be_full(found) => {
            let most = count(decided.login.policy.max_per_account);
            lease.execute(begun_again(decided.recorded, found.rev, most)).await?
        }
        Some(found) if decided.changes_nothing_else(found) => {
            let others = lease.others(decided, found).await?;
            let begun = begun_in_place(
                decided.recorded,
                [found.rev, found.session_rows],
                &others.room,
                others.rows,
            );
            lease.execute(begun).await?
        }
        found => {
            let others = match found {
                Some(found) => Some((found, lease.others(decided, found).await?)),
                None => None,
            };
            let mut transaction = lease.begin().await?;
            let done = transaction.write(decided, others).await;
            return transaction.settle(done).await;
        }
    };
    once(written)
}

/// Exactly one row was to be written.
fn once(written: u64) -> Result<(), Failure> {
    if written == 1 { Ok(()) } else { Err(Failure::Overtaken) }
}

impl Lease<'_> {
    async fn others(&mut self, decided: &Decided<'_>, found: &Found) -> Result<Others, Failure> {
        if !decided.may_be_full(found) {
            return Ok(Others {
                room: Room::default(),
                rows: found.session_rows + 1,
            });
        }
        let sessions = self.sessions_of(found.account.id).await?;
        let room = make_room(&sessions, &decided.login.policy, decided.login.at);
        let rows = count(sessions.len() - room.remove.len() + 1);
        Ok(Others { room, rows })
    }
}

impl Transaction<'_> {
    async fn write(&mut self, decided: &Decided<'_>, others: Option<(&Found, Others)>) -> Result<(), Failure> {
        let recorded = decided.recorded;
        if let Some(binding) = &decided.login.phone {
            let before = decided.found().map(|found| &found.account);
            self.claim_phone(before, recorded.account.id, binding).await?;
        }
        let Some((found, others)) = others else {
            return once(self.execute(anew(recorded, decided.new_unionid())).await?);
        };
        self.put(found, &recorded.account, found.session_rows).await?;
        self.write_identity(decided, found).await?;
        if let Some(unionid) = decided.new_unionid() {
            let link = sqlx::query(LINK_UNIONID).bind(unionid);
            once(self.execute(link.bind(recorded.account.id.to_uuid())).await?)?;
        }
        // The account is one revision on by now.
        let guard = [found.rev + 1, found.session_rows];
        let begun = begun_in_place(recorded, guard, &others.room, others.rows);
        once(self.execute(begun).await?)
    }

    /// Adds the identity that somebody logged in with to those of the account, or writes what WeChat says of it now.
    async fn write_identity(&mut self, decided: &Decided<'_>, found: &Found) -> Result<(), Failure> {
        let account = &decided.recorded.account;
        let identity = &decided.login.identity;
        let Some(linked) = account.identity(identity) else {
            return Ok(());
        };
        match found.account.identity(identity) {
            Some(before) if before == linked => Ok(()),
            Some(_) => once(self.execute(change_identity(account.id, linked)).await?),
            None => {
                let place = i32::try_from(account.identities.len() - 1).unwrap_or(i32::MAX);
                once(self.execute(add_identity(account.id, place, linked)).await?)
            }
        }
    }
}
