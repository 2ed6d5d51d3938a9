//! Importing users.
//!
//! Numbers that have to be unique are locked first, then the accounts that change, then identities and unionids are
//! written, each in one order: importers and logins wait for each other, and not in a circle.

use std::collections::HashMap;

use async_trait::async_trait;
use sqlx::types::Uuid;
use wxlogin_domain::account::Account;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::import_rules::{ImportedUser, KnownUsers};
use wxlogin_domain::phone_number::PhonePolicy;
use wxlogin_domain::ports::import_store::{ImportAct, ImportStore};
use wxlogin_domain::ports::store::StoreError;

use crate::accounts::BY_IDS;
use crate::copy::import::{ADD_ACCOUNTS, ADD_UNIONIDS};
use crate::failure::Failure;
use crate::lease::{Lease, Statement, Transaction};
use crate::open::PostgresStore;
use crate::rows::account::{AccountColumns, accounts};
use crate::rows::identity::IdentityColumns;
use crate::rows::{Columns as _, Id as _, count};

/// What is read with several statements is of one moment.
const AT_ONE_MOMENT: &str = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

/// Looked for one by one: how many there are is not known to the planner.
pub(crate) const OF_IDENTITIES: &str = "SELECT n.appid, n.openid, i.account_id \
     FROM UNNEST($1::text[], $2::text[]) AS n (appid, openid) CROSS JOIN LATERAL \
     (SELECT account_id FROM identity WHERE appid = n.appid AND openid = n.openid LIMIT 1) AS i";
pub(crate) const OF_UNIONIDS: &str = "SELECT n.unionid, u.account_id FROM UNNEST($1::text[]) AS n (unionid) \
     CROSS JOIN LATERAL (SELECT account_id FROM unionid WHERE unionid = n.unionid LIMIT 1) AS u";

/// What an import changes of accounts that are locked.
pub(crate) const COMPLETE: &str = "UPDATE account SET rev = rev + 1, nickname = n.nickname, \
     phone_number = n.phone_number, phone_country_code = n.phone_country_code, \
     phone_verified_at = n.phone_verified_at, external_id = n.external_id \
     FROM UNNEST($1::uuid[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], \
     $9::integer[], $10::bigint[], $11::text[]) AS n (id, session_rows, status, created_at, last_login_at, nickname, \
     avatar_url, phone_number, phone_country_code, phone_verified_at, external_id) \
     WHERE account.id = n.id";

/// Adds identities, or a unionid to those that their account has already.
pub(crate) const PUT_IDENTITIES: &str = "INSERT INTO identity \
     (appid, openid, account_id, place, unionid, first_seen_at, unionid_conflict) \
     SELECT * FROM UNNEST($1::text[], $2::text[], $3::uuid[], $4::integer[], $5::text[], $6::bigint[], $7::uuid[]) \
     ORDER BY 1, 2 ON CONFLICT (appid, openid) DO UPDATE SET unionid = excluded.unionid \
     WHERE identity.account_id = excluded.account_id";

impl Lease<'_> {
    async fn of_identities<'a>(
        &mut self,
        identities: impl Iterator<Item = &'a WechatIdentity>,
    ) -> Result<HashMap<(AppId, OpenId), AccountId>, Failure> {
        let of: HashMap<(String, String), &WechatIdentity> = identities
            .map(|identity| ((identity.app.to_string(), identity.openid.to_string()), identity))
            .collect();
        let (apps, openids): (Vec<String>, Vec<String>) = of.keys().cloned().unzip();
        let mut known = HashMap::new();
        for row in self.rows(sqlx::query(OF_IDENTITIES).bind(apps).bind(openids)).await? {
            let key = (row.text("appid")?.to_owned(), row.text("openid")?.to_owned());
            if let Some(identity) = of.get(&key) {
                let account = row.id("account_id")?;
                known.insert((identity.app.clone(), identity.openid.clone()), account);
            }
        }
        Ok(known)
    }

    async fn of_unionids<'a>(
        &mut self,
        unionids: impl Iterator<Item = &'a UnionId>,
    ) -> Result<HashMap<UnionId, AccountId>, Failure> {
        let of: HashMap<String, &UnionId> = unionids.map(|unionid| (unionid.to_string(), unionid)).collect();
        let texts: Vec<String> = of.keys().cloned().collect();
        let mut known = HashMap::new();
        for row in self.rows(sqlx::query(OF_UNIONIDS).bind(texts)).await? {
            if let Some(unionid) = of.get(row.text("unionid")?) {
                known.insert((*unionid).clone(), row.id("account_id")?);
            }
        }
        Ok(known)
    }
}

impl Transaction<'_> {
    async fn known_users(&mut self, users: &[ImportedUser], phones: PhonePolicy) -> Result<KnownUsers, Failure> {
        self.command(AT_ONE_MOMENT).await?;
        let identities = self.of_identities(users.iter().map(|user| &user.identity)).await?;
        let unionids = users.iter().filter_map(|user| user.identity.unionid.as_ref());
        let unionids = self.of_unionids(unionids).await?;
        let numbers = users.iter().filter_map(|user| user.phone.as_ref());
        let phones = match phones {
            PhonePolicy::Unique => self.holders(numbers).await?,
            PhonePolicy::Shared => HashMap::new(),
        };
        let ids = identities.values().chain(unionids.values());
        let ids: Vec<Uuid> = ids.map(|id| id.to_uuid()).collect();
        let mut known = HashMap::new();
        for (id, found) in accounts(&self.rows(sqlx::query(BY_IDS).bind(ids)).await?)? {
            known.insert(id, found?.account);
        }
        Ok(KnownUsers {
            accounts: known,
            identities,
            unionids,
            phones,
        })
    }

    /// The accounts as they are to be, where everything is as it was read.
    async fn changes(&mut self, act: &ImportAct) -> Result<Option<Vec<Account>>, Failure> {
        self.lock_numbers(act.unique_phones().map(|(number, _)| number)).await?;
        let ids: Vec<AccountId> = act.changed.iter().map(|change| change.before.id).collect();
        let found = self.locked(&ids).await?;
        let found: HashMap<AccountId, Account> = found
            .into_iter()
            .map(|found| (found.account.id, found.account))
            .collect();
        let changes = act.changed.iter();
        let changes = changes.map(|change| change.made_to(found.get(&change.before.id)?));
        let Some(changes) = changes.collect::<Option<Vec<Account>>>() else {
            return Ok(None);
        };
        let identities = act.new_identities().map(|(linked, _)| &linked.identity);
        let is_taken = !self.of_identities(identities).await?.is_empty()
            || !self
                .of_unionids(act.unionids.iter().map(|(unionid, _)| unionid))
                .await?
                .is_empty();
        let holders = self.holders(act.unique_phones().map(|(number, _)| number)).await?;
        let is_free = !is_taken && !act.wants_what_others_have(&holders);
        Ok(is_free.then_some(changes))
    }

    async fn import_users(&mut self, act: &ImportAct) -> Result<bool, Failure> {
        let Some(changes) = self.changes(act).await? else {
            return Ok(false);
        };
        let mut made = AccountColumns::default();
        let mut identities = IdentityColumns::default();
        for account in &act.made {
            made.push(account, 0);
            identities.extend(account.id, &account.identities);
        }
        let mut completed = AccountColumns::default();
        for account in &changes {
            completed.push(account, 0);
            identities.extend(account.id, &account.identities);
        }
        let all = act.made.iter().chain(&changes);
        let all: usize = all.map(|account| account.identities.len()).sum();
        let leading = act.unionids.iter();
        let mut leading: Vec<(String, Uuid)> = leading
            .map(|(unionid, account)| (unionid.to_string(), account.to_uuid()))
            .collect();
        leading.sort_unstable();
        let (unionids, accounts): (Vec<String>, Vec<Uuid>) = leading.into_iter().unzip();
        self.each(made.bind_to(sqlx::query(ADD_ACCOUNTS)), act.made.len())
            .await?;
        self.each(completed.bind_to(sqlx::query(COMPLETE)), changes.len())
            .await?;
        self.each(identities.bind_to(sqlx::query(PUT_IDENTITIES)), all).await?;
        let add = sqlx::query(ADD_UNIONIDS).bind(unionids).bind(accounts);
        self.each(add, act.unionids.len()).await?;
        self.append([&act.event]).await?;
        Ok(true)
    }

    /// So many rows are to be written. Where somebody was there first, who was not seen before, it is looked at again.
    async fn each(&mut self, statement: Statement, rows: usize) -> Result<(), Failure> {
        let written = self.execute(statement).await?;
        if i64::try_from(written) == Ok(count(rows)) {
            Ok(())
        } else {
            Err(Failure::Overtaken)
        }
    }
}

#[async_trait]
impl ImportStore for PostgresStore {
    async fn known_users(&self, users: &[ImportedUser], phones: PhonePolicy) -> Result<KnownUsers, StoreError> {
        self.patience
            .until_first(|| async {
                let mut transaction = self.pool.lease().await?.begin().await?;
                let done = transaction.known_users(users, phones).await;
                transaction.settle(done).await
            })
            .await
    }

    async fn import_users(&self, act: &ImportAct) -> Result<bool, StoreError> {
        self.patience
            .until_first(|| async {
                let mut transaction = self.pool.lease().await?.begin().await?;
                let done = transaction.import_users(act).await;
                transaction.settle(done).await
            })
            .await
    }
}
