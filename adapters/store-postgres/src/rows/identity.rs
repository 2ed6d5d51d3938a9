//! The rows of identities.

use sqlx::types::Uuid;
use wxlogin_domain::account::LinkedIdentity;
use wxlogin_domain::id::AccountId;

use super::Id as _;
use crate::lease::Statement;

/// Identities, column by column: one or many are written by the same statement.
#[derive(Default)]
pub(crate) struct IdentityColumns {
    appid: Vec<String>,
    openid: Vec<String>,
    account: Vec<Uuid>,
    place: Vec<i32>,
    unionid: Vec<Option<String>>,
    first_seen_at: Vec<i64>,
    unionid_conflict: Vec<Option<Uuid>>,
}

impl IdentityColumns {
    /// All identities of an account.
    pub(crate) fn of_all(account: AccountId, identities: &[LinkedIdentity]) -> Self {
        let mut columns = Self::default();
        columns.extend(account, identities);
        columns
    }

    /// Adds all identities of an account.
    pub(crate) fn extend(&mut self, account: AccountId, identities: &[LinkedIdentity]) {
        for (place, linked) in (0..).zip(identities) {
            self.push(account, place, linked);
        }
    }

    /// Adds one, which has this place among those of its account.
    pub(crate) fn push(&mut self, account: AccountId, place: i32, linked: &LinkedIdentity) {
        let identity = &linked.identity;
        self.appid.push(identity.app.to_string());
        self.openid.push(identity.openid.to_string());
        self.account.push(account.to_uuid());
        self.place.push(place);
        self.unionid.push(identity.unionid.as_ref().map(ToString::to_string));
        self.first_seen_at.push(linked.first_seen_at.unix_millis());
        let conflict = linked.unionid_conflict.map(AccountId::to_uuid);
        self.unionid_conflict.push(conflict);
    }

    /// Gives a statement the next seven values.
    pub(crate) fn bind_to(self, statement: Statement) -> Statement {
        statement
            .bind(self.appid)
            .bind(self.openid)
            .bind(self.account)
            .bind(self.place)
            .bind(self.unionid)
            .bind(self.first_seen_at)
            .bind(self.unionid_conflict)
    }
}
