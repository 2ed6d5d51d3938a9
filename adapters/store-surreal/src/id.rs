//! Record ids. They are deterministic: what must be unique is in the id.

use surrealdb::types::{Array, RecordId};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{UnionId, WechatIdentity};
use wxlogin_domain::session::SessionRef;

pub(crate) fn account(id: AccountId) -> RecordId {
    RecordId::new("account", id.to_string())
}

pub(crate) fn identity(identity: &WechatIdentity) -> RecordId {
    let key = vec![identity.app.to_string(), identity.openid.to_string()];
    RecordId::new("identity", Array::from(key))
}

pub(crate) fn unionid(unionid: &UnionId) -> RecordId {
    RecordId::new("unionid", unionid.to_string())
}

/// The account comes first: its sessions are one range of ids.
pub(crate) fn session(id: SessionRef) -> RecordId {
    let key = vec![id.account.to_string(), id.session.to_string()];
    RecordId::new("login_session", Array::from(key))
}

pub(crate) fn key_ring() -> RecordId {
    RecordId::new("key_ring", "current")
}

pub(crate) fn schema() -> RecordId {
    RecordId::new("schema", "current")
}
