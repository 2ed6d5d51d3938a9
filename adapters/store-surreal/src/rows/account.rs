//! The row of an account.

use surrealdb::types::SurrealValue;
use wxlogin_domain::account::{Account, AccountStatus, AvatarUrl, LinkedIdentity, Nickname, Profile};
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::phone_number::{PhoneNumber, VerifiedPhone};
use wxlogin_domain::ports::store::StoreError;

use super::{identity, time, unreadable};

/// An account with all its identities, so that one point read answers "who am I".
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct AccountRow {
    /// Counts the changes: a write that was decided on an older revision fails.
    pub(crate) rev: i64,
    /// How many sessions the account has rows of, at the most: added to by logins, counted anew whenever they are read.
    /// Not known of rows of schema version 1.
    pub(crate) session_rows: Option<i64>,
    /// The id as text; the record id has it too.
    account_id: String,
    status: String,
    created_at: i64,
    last_login_at: i64,
    nickname: Option<String>,
    avatar_url: Option<String>,
    phone: Option<PhoneRow>,
    external_id: Option<String>,
    identities: Vec<IdentityRow>,
}

#[derive(Debug, Clone, SurrealValue)]
struct PhoneRow {
    number: String,
    country_code: u16,
    verified_at: i64,
}

#[derive(Debug, Clone, SurrealValue)]
struct IdentityRow {
    appid: String,
    openid: String,
    unionid: Option<String>,
    first_seen_at: i64,
    /// Rows of schema version 2 have none.
    unionid_conflict: Option<String>,
}

impl AccountRow {
    pub(crate) fn of(account: &Account, rev: i64, session_rows: Option<i64>) -> Self {
        Self {
            rev,
            session_rows,
            account_id: account.id.to_string(),
            status: account.status.as_str().into(),
            created_at: account.created_at.unix_millis(),
            last_login_at: account.last_login_at.unix_millis(),
            nickname: account.profile.nickname.as_ref().map(|name| name.as_str().into()),
            avatar_url: account.profile.avatar_url.as_ref().map(|url| url.as_str().into()),
            phone: account.phone.as_ref().map(|phone| PhoneRow {
                number: phone.number.as_e164().into(),
                country_code: phone.number.country_code(),
                verified_at: phone.verified_at.unix_millis(),
            }),
            external_id: account.external_id.as_ref().map(|id| id.as_str().into()),
            identities: account.identities.iter().map(IdentityRow::of).collect(),
        }
    }

    pub(crate) fn id(&self) -> Result<AccountId, StoreError> {
        AccountId::parse(&self.account_id).map_err(|_| unreadable("an account id"))
    }

    pub(crate) fn into_account(self) -> Result<Account, StoreError> {
        let id = self.id()?;
        let phone = self.phone.map(|phone| {
            Ok(VerifiedPhone {
                number: PhoneNumber::restore(&phone.number, phone.country_code)
                    .map_err(|_| unreadable("a phone number"))?,
                verified_at: time(phone.verified_at),
            })
        });
        // What is shown only must not lock anybody out: a rule that was tightened since hides the value, no more.
        let nickname = self.nickname.and_then(|text| Nickname::parse(&text).ok());
        let avatar_url = self.avatar_url.and_then(|text| AvatarUrl::parse(&text).ok());
        let external_id = self.external_id.and_then(|text| ExternalId::parse(&text).ok());
        Ok(Account {
            id,
            status: AccountStatus::parse(&self.status).ok_or_else(|| unreadable("an account status"))?,
            created_at: time(self.created_at),
            last_login_at: time(self.last_login_at),
            profile: Profile { nickname, avatar_url },
            phone: phone.transpose()?,
            external_id,
            identities: self
                .identities
                .into_iter()
                .map(IdentityRow::into_linked)
                .collect::<Result<_, _>>()?,
        })
    }
}

impl IdentityRow {
    fn of(linked: &LinkedIdentity) -> Self {
        Self {
            appid: linked.identity.app.to_string(),
            openid: linked.identity.openid.to_string(),
            unionid: linked.identity.unionid.as_ref().map(ToString::to_string),
            first_seen_at: linked.first_seen_at.unix_millis(),
            unionid_conflict: linked.unionid_conflict.map(|other| other.to_string()),
        }
    }

    fn into_linked(self) -> Result<LinkedIdentity, StoreError> {
        let unionid_conflict = self.unionid_conflict.map(|other| AccountId::parse(&other));
        Ok(LinkedIdentity {
            identity: identity(&self.appid, &self.openid, self.unionid.as_deref())?,
            first_seen_at: time(self.first_seen_at),
            unionid_conflict: unionid_conflict.transpose().map_err(|_| unreadable("an account id"))?,
        })
    }
}
