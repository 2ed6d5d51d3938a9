//! What this process knows of accounts and sessions without asking, where it has the database to itself.
//!
//! All writes go through this process then, and each says before it begins and after it has ended which accounts it is
//! about. What is known of an account is forgotten as a write begins; what was read while one was under way is not kept;
//! and a write that nobody else overlapped leaves behind what it wrote. So what is known is what the database holds.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use quick_cache::sync::Cache;
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, WechatIdentity};
use wxlogin_domain::session::{Session, SessionRef};

use crate::accounts::Found;

/// Of how many accounts something is known at the most: some 30 MB, with a few sessions each.
const ACCOUNTS: usize = 20_000;

/// What is known.
pub(crate) struct Known {
    accounts: Cache<AccountId, Arc<Notes>>,
    /// Where an identity belongs, or did: a hint, and the account says whether it still holds.
    identities: Cache<(AppId, OpenId), AccountId>,
}

/// What is known of one account.
#[derive(Default)]
struct Notes(Mutex<Content>);

#[derive(Default)]
struct Content {
    /// Counts the beginnings and ends of writes.
    changes: u64,
    /// How many writes are under way.
    writers: usize,
    account: Option<Arc<Found>>,
    sessions: HashMap<SessionId, Session>,
}

impl Notes {
    fn content(&self) -> MutexGuard<'_, Content> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A read of something that was not known.
pub(crate) struct Reading {
    notes: Arc<Notes>,
    changes: u64,
}

impl Reading {
    fn keep(&self, put: impl FnOnce(&mut Content)) {
        let mut content = self.notes.content();
        if content.writers == 0 && content.changes == self.changes {
            put(&mut content);
        }
    }

    /// Keeps what was read, unless a write came between.
    pub(crate) fn keep_session(self, session: &Session) {
        self.keep(|content| {
            content.sessions.insert(session.id.session, session.clone());
        });
    }

    /// Keeps what was read, unless a write came between.
    pub(crate) fn keep_account(self, account: &Arc<Found>) {
        self.keep(|content| content.account = Some(Arc::clone(account)));
    }
}

/// What a write is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// An account, and all that belongs to it.
    All(AccountId),
    /// An account and a new session of it: the other sessions stay as they are.
    Login(AccountId),
    /// One session.
    Session(SessionRef),
}

impl Scope {
    fn account(self) -> AccountId {
        match self {
            Self::All(account) | Self::Login(account) => account,
            Self::Session(session) => session.account,
        }
    }
}

/// A write that is under way. It has to end, whatever becomes of whoever asked for it.
pub(crate) struct Writing {
    known: Arc<Known>,
    begun: Vec<(AccountId, Arc<Notes>, u64)>,
}

/// What a write leaves behind.
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) accounts: Vec<Found>,
    pub(crate) sessions: Vec<Session>,
}

impl Known {
    pub(crate) fn new() -> Self {
        Self {
            accounts: Cache::new(ACCOUNTS),
            identities: Cache::new(ACCOUNTS),
        }
    }

    fn notes(&self, account: AccountId) -> Arc<Notes> {
        let made = self
            .accounts
            .get_or_insert_with(&account, || Ok::<_, std::convert::Infallible>(Arc::default()));
        match made {
            Ok(notes) => notes,
            Err(never) => match never {},
        }
    }

    /// The session, or the right to find out.
    pub(crate) fn session(&self, id: SessionRef) -> Result<Session, Reading> {
        let notes = self.notes(id.account);
        let content = notes.content();
        if let Some(session) = content.sessions.get(&id.session) {
            return Ok(session.clone());
        }
        let changes = content.changes;
        drop(content);
        Err(Reading { notes, changes })
    }

    /// The account, or the right to find out.
    pub(crate) fn account(&self, id: AccountId) -> Result<Arc<Found>, Reading> {
        let notes = self.notes(id);
        let content = notes.content();
        if let Some(account) = &content.account {
            return Ok(Arc::clone(account));
        }
        let changes = content.changes;
        drop(content);
        Err(Reading { notes, changes })
    }

    /// The account that an identity belongs to, where that is known.
    pub(crate) fn account_of(&self, identity: &WechatIdentity) -> Option<Arc<Found>> {
        let account = self.identities.get(&(identity.app.clone(), identity.openid.clone()))?;
        let found = self.account(account).ok()?;
        found.account.identity(identity).is_some().then_some(found)
    }

    /// A write begins.
    pub(crate) fn begin(self: &Arc<Self>, scopes: &[Scope]) -> Writing {
        let begin = |scope: &Scope| {
            let notes = self.notes(scope.account());
            let mut content = notes.content();
            content.changes += 1;
            content.writers += 1;
            match scope {
                Scope::All(_) => {
                    content.account = None;
                    content.sessions.clear();
                }
                Scope::Login(_) => content.account = None,
                Scope::Session(session) => {
                    content.sessions.remove(&session.session);
                }
            }
            let changes = content.changes;
            drop(content);
            (scope.account(), notes, changes)
        };
        Writing {
            known: Arc::clone(self),
            begun: scopes.iter().map(begin).collect(),
        }
    }
}

impl Writing {
    /// The write has ended, and left this behind where it succeeded.
    pub(crate) fn end(self, written: Written) {
        let Written { accounts, sessions } = written;
        let mut accounts: HashMap<AccountId, Found> =
            accounts.into_iter().map(|found| (found.account.id, found)).collect();
        let mut sessions_of: HashMap<AccountId, Vec<Session>> = HashMap::new();
        for session in sessions {
            sessions_of.entry(session.id.account).or_default().push(session);
        }
        for (id, notes, changes) in &self.begun {
            let mut content = notes.content();
            let is_alone = content.changes == *changes;
            content.changes += 1;
            content.writers -= 1;
            if is_alone {
                let account = accounts.remove(id).map(Arc::new);
                if let Some(found) = &account {
                    self.known.note_identities(found);
                }
                content.account = account.or(content.account.take());
                let sessions = sessions_of.remove(id).unwrap_or_default();
                let sessions = sessions.into_iter().map(|session| (session.id.session, session));
                content.sessions.extend(sessions);
            }
            drop(content);
            // These notes may have been thrown out to make room meanwhile: whoever reads has others then, which know
            // nothing of this write.
            if self
                .known
                .accounts
                .peek(id)
                .is_none_or(|current| !Arc::ptr_eq(&current, notes))
            {
                self.known.accounts.remove(id);
            }
        }
    }
}

impl Known {
    /// Notes where identities belong.
    pub(crate) fn note_identities(&self, found: &Found) {
        for linked in &found.account.identities {
            let identity = linked.identity.clone();
            self.identities
                .insert((identity.app, identity.openid), found.account.id);
        }
    }
}
