//! Logins that go together: one read and one transaction for all that wait at the same time.
//!
//! Only plain ones do, which bind no telephone number and need no room made for their session. What cannot go with the
//! others goes alone, and so does each of a group of which one member failed.

#![expect(
    clippy::mutable_key_type,
    reason = "ids of records are keys here, and nothing of them changes"
)]

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use surrealdb::types::{RecordId, SurrealValue, Value};
use wxlogin_domain::account::Account;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord, RecordedLogin, decide};
use wxlogin_domain::ports::store::StoreError;

use crate::accounts::Found;
use crate::failure::Failure;
use crate::id;
use crate::known::{Scope, Written};
use crate::login::{Candidates, Links, by_link, links, room_left};
use crate::open::SurrealStore;
use crate::queue::{Queue, Waiting};
use crate::rows::{AccountRow, LinkRow, SessionRow, with_id};
use crate::transaction::Transaction;

type Answer = Result<LoginOutcome, Failure>;
pub(crate) type Logins = Queue<LoginRecord, Answer>;

/// Each guards itself: an account has to be at the revision that was read.
pub(crate) const CHANGE_ACCOUNTS: &str = "
    FOR $change IN $changes {
        LET $changed = (UPDATE $change.id CONTENT $change.row WHERE rev = $change.rev RETURN VALUE rev);
        IF array::len($changed) != 1 { THROW $stale };
    };";
/// Fails where one of the records has come to be.
pub(crate) const CREATE: &str = "INSERT $created RETURN NONE;";

/// A change of an account.
#[derive(SurrealValue)]
pub(crate) struct Change {
    pub(crate) id: RecordId,
    pub(crate) row: AccountRow,
    pub(crate) rev: i64,
}

/// A login that can go with others.
struct Plain {
    recorded: Box<RecordedLogin>,
    before: Option<Arc<Found>>,
    links: Links,
    session_rows: i64,
}

impl Plain {
    /// The account as it is afterwards.
    fn after(&self) -> Found {
        Found {
            account: self.recorded.account.clone(),
            rev: self.rev() + 1,
            session_rows: Some(self.session_rows),
        }
    }

    fn rev(&self) -> i64 {
        self.before.as_ref().map_or(0, |before| before.rev)
    }

    fn account_row(&self) -> AccountRow {
        AccountRow::of(&self.recorded.account, self.rev() + 1, Some(self.session_rows))
    }

    fn change(&self) -> Option<Change> {
        self.before.as_ref().map(|before| Change {
            id: id::account(before.account.id),
            row: self.account_row(),
            rev: before.rev,
        })
    }

    fn created(&self) -> Vec<Value> {
        let account = id::account(self.recorded.account.id);
        let link = || LinkRow {
            account: account.clone(),
        };
        let leading = self.links.identity.iter().chain(&self.links.unionid);
        let mut created: Vec<Value> = leading.map(|id| with_id(id.clone(), link())).collect();
        if self.before.is_none() {
            created.push(with_id(account.clone(), self.account_row()));
        }
        created.push(SessionRow::of(&self.recorded.session).into_value());
        created
    }
}

/// What is decided of a login.
enum Decided {
    Plain(Plain),
    /// It needs no write.
    Answered(LoginOutcome),
    /// It has to go alone.
    Alone,
}

impl SurrealStore {
    /// Records a login: with others first, alone where that was not to be.
    pub(crate) async fn log_in(&self, login: &LoginRecord) -> Result<LoginOutcome, StoreError> {
        let goes_with_others = AtomicBool::new(login.phone.is_none());
        self.patience
            .until_first(|| async {
                let _lane = self.lanes.enter(&login.identity).await;
                if goes_with_others.swap(false, Ordering::Relaxed) {
                    self.log_in_with_others(login.clone()).await
                } else {
                    self.try_login(login).await
                }
            })
            .await
    }

    async fn log_in_with_others(&self, login: LoginRecord) -> Answer {
        let (answer, is_worker_wanted) = self.logins.put(login);
        if is_worker_wanted {
            let store = self.handle();
            tokio::spawn(async move {
                while let Some(group) = store.logins.take() {
                    store.record(group).await;
                }
            });
        }
        answer.await.unwrap_or(Err(Failure::Overtaken))
    }

    async fn record(&self, group: Vec<Waiting<LoginRecord, Answer>>) {
        let candidates = match self.candidates_of(&group).await {
            Ok(candidates) => candidates,
            Err(failure) => return answer_all(group, &failure),
        };
        let mut taken = HashSet::new();
        let mut waiting = Vec::new();
        let mut plain = Vec::new();
        for (login, candidates) in group.into_iter().zip(candidates) {
            match decided(&login.job, &candidates, &mut taken) {
                Decided::Plain(one) => {
                    plain.push(one);
                    waiting.push(login);
                }
                Decided::Answered(outcome) => login.answer(Ok(outcome)),
                Decided::Alone => login.answer(Err(Failure::Overtaken)),
            }
        }
        if plain.is_empty() {
            return;
        }
        match self.patience.at_most(self.write_logins(&plain)).await {
            Ok(()) => {
                for (login, plain) in waiting.into_iter().zip(plain) {
                    login.answer(Ok(LoginOutcome::Recorded(plain.recorded)));
                }
            }
            Err(failure) => answer_all(waiting, &failure),
        }
    }

    /// What the logins find: known, or read in one go, at one moment.
    async fn candidates_of(&self, group: &[Waiting<LoginRecord, Answer>]) -> Result<Vec<Candidates>, Failure> {
        let known: Vec<Option<Candidates>> = group.iter().map(|login| self.known_candidates(&login.job)).collect();
        let unknown = group.iter().zip(&known).filter(|(_, known)| known.is_none());
        let records: Vec<RecordId> = unknown.flat_map(|(login, _)| links(&login.job)).collect();
        let rows = if records.is_empty() {
            Vec::new()
        } else {
            self.patience.at_most(self.linked(records)).await?
        };
        let read = by_link(rows);
        let candidates = group.iter().zip(known).map(|(login, known)| match known {
            Some(known) => Ok(known),
            None => Candidates::among(&login.job, &read),
        });
        candidates.collect()
    }

    fn known_candidates(&self, login: &LoginRecord) -> Option<Candidates> {
        let found = self.known.as_ref()?.account_of(&login.identity)?;
        // A unionid that the identity does not have yet may lead to somebody else.
        let unionid = login.identity.unionid.as_ref();
        let own = found.account.identity(&login.identity)?;
        let is_its_own = unionid.is_none_or(|unionid| own.identity.unionid.as_ref() == Some(unionid));
        is_its_own.then(|| Candidates::of_account(found, unionid.is_some()))
    }

    async fn write_logins(&self, plain: &[Plain]) -> Result<(), Failure> {
        let changes: Vec<Change> = plain.iter().filter_map(Plain::change).collect();
        let created: Vec<Value> = plain.iter().flat_map(Plain::created).collect();
        let events: Vec<&AuditEvent> = plain.iter().flat_map(|login| &login.recorded.events).collect();
        let written = Written {
            accounts: plain.iter().map(Plain::after).collect(),
            sessions: plain.iter().map(|login| login.recorded.session.clone()).collect(),
        };
        let mut transaction = Transaction::new();
        for login in plain {
            transaction = transaction.about(Scope::Login(login.recorded.account.id));
        }
        transaction
            .then_if(!changes.is_empty(), CHANGE_ACCOUNTS)
            .then(CREATE)
            .with("changes", changes)
            .with("created", created)
            .append(events)
            .leaving(written)
            .commit(self)
            .await
    }
}

/// Decides, and sees that no two of a group are about the same account or the same person.
fn decided(login: &LoginRecord, candidates: &Candidates, taken: &mut HashSet<RecordId>) -> Decided {
    let recorded = match decide(candidates.known(), login) {
        LoginOutcome::Recorded(recorded) => recorded,
        outcome => return Decided::Answered(outcome),
    };
    let before = candidates.of(recorded.account.id);
    let Some(session_rows) = room_left(login, before.map(|found| &**found)) else {
        return Decided::Alone;
    };
    let account: &Account = &recorded.account;
    let mut claimed = links(login);
    claimed.push(id::account(account.id));
    if claimed.iter().any(|record| taken.contains(record)) {
        return Decided::Alone;
    }
    taken.extend(claimed);
    Decided::Plain(Plain {
        before: before.cloned(),
        links: Links::of(login, candidates, &recorded),
        session_rows,
        recorded,
    })
}

/// What made a group fail may be the matter of one of its members only: each tries alone.
fn answer_all(group: Vec<Waiting<LoginRecord, Answer>>, failure: &Failure) {
    let is_alone = group.len() == 1;
    for login in group {
        login.answer(Err(if is_alone { failure.clone() } else { Failure::Overtaken }));
    }
}
