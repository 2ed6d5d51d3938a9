//! Accounts and their identities.

use async_trait::async_trait;
use surrealdb::types::{RecordId, SurrealValue};
use wxlogin_domain::account::{Account, AccountStatus, ProfileChange};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::login_rules::{KnownAccounts, LoginOutcome, LoginRecord, RecordedLogin, decide};
use wxlogin_domain::ports::account_store::AccountStore;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::session::SessionEnd;

use crate::failure::{Failure, STALE, root_cause};
use crate::open::SurrealStore;
use crate::row::{AccountRow, LinkRow, SessionRow};
use crate::{id, sessions};

/// The row of an account that was read, and which revision of it.
struct Found {
    account: Account,
    rev: i64,
}

impl Found {
    fn from_row(row: AccountRow) -> Result<Self, StoreError> {
        Ok(Self {
            rev: row.rev,
            account: row.into_account()?,
        })
    }
}

/// What a login found.
struct Candidates {
    by_identity: Option<Found>,
    by_unionid: Option<Found>,
}

impl Candidates {
    fn rev_of(&self, id: AccountId) -> Option<i64> {
        [&self.by_identity, &self.by_unionid]
            .into_iter()
            .flatten()
            .find(|found| found.account.id == id)
            .map(|found| found.rev)
    }

    fn known(&self) -> KnownAccounts {
        let account = |found: &Option<Found>| found.as_ref().map(|found| found.account.clone());
        KnownAccounts {
            by_identity: account(&self.by_identity),
            by_unionid: account(&self.by_unionid),
        }
    }
}

/// Guards a write to an account: it has to be at the revision that was read.
const UPDATE_ACCOUNT: &str = "
    LET $changed = (UPDATE $account CONTENT $account_row WHERE rev = $rev RETURN VALUE rev);
    IF array::len($changed) != 1 { THROW $stale };";

impl SurrealStore {
    async fn candidates(&self, login: &LoginRecord) -> Result<Candidates, Failure> {
        let unionid = login.identity.unionid.as_ref().map(id::unionid);
        let query = match unionid {
            None => "SELECT VALUE account.* FROM $identity",
            Some(_) => "SELECT VALUE account.* FROM $identity; SELECT VALUE account.* FROM $unionid",
        };
        let mut response = self
            .db
            .query(query)
            .bind(("identity", id::identity(&login.identity)))
            .bind(("unionid", unionid.clone()))
            .await?;
        let by_identity: Option<AccountRow> = response.take(0)?;
        let by_unionid: Option<AccountRow> = if unionid.is_some() { response.take(1)? } else { None };
        Ok(Candidates {
            by_identity: by_identity.map(Found::from_row).transpose()?,
            by_unionid: by_unionid.map(Found::from_row).transpose()?,
        })
    }

    async fn try_login(&self, login: &LoginRecord) -> Result<LoginOutcome, Failure> {
        let candidates = self.candidates(login).await?;
        let outcome = decide(candidates.known(), login);
        if let LoginOutcome::Recorded(recorded) = &outcome {
            self.write_login(login, &candidates, recorded).await?;
        }
        Ok(outcome)
    }

    /// One transaction: the account, its links where they are new, and the session.
    async fn write_login(
        &self,
        login: &LoginRecord,
        candidates: &Candidates,
        recorded: &RecordedLogin,
    ) -> Result<(), Failure> {
        let account = &recorded.account;
        let rev = candidates.rev_of(account.id);
        let mut script = String::from("BEGIN;");
        script.push_str(match rev {
            None => "CREATE $account CONTENT $account_row RETURN NONE;",
            Some(_) => UPDATE_ACCOUNT,
        });
        if candidates.by_identity.is_none() {
            script.push_str("CREATE $identity CONTENT $link RETURN NONE;");
        }
        let new_unionid = recorded
            .session
            .identity
            .unionid
            .as_ref()
            .filter(|_| login.identity.unionid.is_some() && candidates.by_unionid.is_none());
        if new_unionid.is_some() {
            script.push_str("CREATE $unionid CONTENT $link RETURN NONE;");
        }
        script.push_str("CREATE $session_id CONTENT $session_row RETURN NONE; COMMIT;");
        let account_id = id::account(account.id);
        let response = self
            .db
            .query(script)
            .bind(("account", account_id.clone()))
            .bind(("account_row", AccountRow::of(account, rev.unwrap_or(0) + 1)))
            .bind(("rev", rev))
            .bind(("stale", STALE))
            .bind(("identity", id::identity(&login.identity)))
            .bind(("link", LinkRow { account: account_id }))
            .bind(("unionid", new_unionid.map(id::unionid)))
            .bind(("session_id", id::session(recorded.session.id)))
            .bind(("session_row", SessionRow::of(&recorded.session)))
            .await?;
        root_cause(response).map(drop)
    }

    async fn found(&self, account: RecordId) -> Result<Option<Found>, Failure> {
        let row: Option<AccountRow> = self.db.select(account).await?;
        Ok(row.map(Found::from_row).transpose()?)
    }

    /// Changes one account as a pure function says, with what else belongs into the same transaction.
    async fn change_account(
        &self,
        id: AccountId,
        change: impl Fn(Account) -> Account,
        also: &str,
        end: Option<SessionEnd>,
    ) -> Result<Option<Account>, StoreError> {
        self.patience
            .until_first(|| async {
                let Some(Found { account, rev }) = self.found(id::account(id)).await? else {
                    return Ok(None);
                };
                let account = change(account);
                let response = self
                    .db
                    .query(format!("BEGIN;{UPDATE_ACCOUNT}{also} COMMIT;"))
                    .bind(("account", id::account(id)))
                    .bind(("account_row", AccountRow::of(&account, rev + 1)))
                    .bind(("rev", rev))
                    .bind(("stale", STALE))
                    .bind(("account_key", id.to_string()))
                    .bind(sessions::end_variables(end).into_value())
                    .await?;
                root_cause(response)?;
                Ok(Some(account))
            })
            .await
    }
}

#[async_trait]
impl AccountStore for SurrealStore {
    async fn record_login(&self, login: &LoginRecord) -> Result<LoginOutcome, StoreError> {
        self.patience
            .until_first(|| async {
                let _lane = self.lanes.enter(&login.identity).await;
                self.try_login(login).await
            })
            .await
    }

    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let found = self.patience.until_first(|| self.found(id::account(id))).await?;
        Ok(found.map(|found| found.account))
    }

    async fn change_profile(&self, id: AccountId, change: &ProfileChange) -> Result<Option<Account>, StoreError> {
        let changed = |account: Account| Account {
            profile: account.profile.clone().changed(change.clone()),
            ..account
        };
        self.change_account(id, changed, "", None).await
    }

    async fn suspend(&self, id: AccountId, end: SessionEnd) -> Result<Option<Account>, StoreError> {
        let suspended = |account| Account {
            status: AccountStatus::Suspended,
            ..account
        };
        self.change_account(id, suspended, sessions::END_ALL, Some(end)).await
    }

    async fn restore(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let restored = |account| Account {
            status: AccountStatus::Active,
            ..account
        };
        self.change_account(id, restored, "", None).await
    }
}
