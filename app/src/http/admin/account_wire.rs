//! An account as operators see it: with what is nobody else's business.

use poem_openapi::Object;
use wxlogin_domain::account::Account;

use crate::http::wire::AccountBody;

/// An account, as operators see it.
#[derive(Object)]
#[oai(rename = "OperatorAccount", skip_serializing_if_is_none)]
pub struct OperatorAccountBody {
    #[oai(flatten)]
    account: AccountBody,
    /// Other accounts that have the unionid which WeChat names for an identity of this one: most likely the same
    /// person's. Nothing is merged by itself; merge them, or leave them.
    #[oai(skip_serializing_if_is_empty, default)]
    unionid_conflicts: Vec<UnionidConflictBody>,
}

/// Two accounts with one unionid.
#[derive(Object)]
#[oai(rename = "UnionidConflict")]
struct UnionidConflictBody {
    /// The mini program of this account's identity.
    appid: String,
    /// This account's identity in it.
    openid: String,
    /// The account that has the unionid.
    account_id: String,
}

impl From<Account> for OperatorAccountBody {
    fn from(account: Account) -> Self {
        let conflicts = account.identities.iter().filter_map(|linked| {
            Some(UnionidConflictBody {
                appid: linked.identity.app.to_string(),
                openid: linked.identity.openid.to_string(),
                account_id: linked.unionid_conflict?.to_string(),
            })
        });
        Self {
            unionid_conflicts: conflicts.collect(),
            account: account.into(),
        }
    }
}
