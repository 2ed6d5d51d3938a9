//! A person, and how long sessions live.

use std::time::Duration;

use wxlogin_domain::account::{Account, LinkedIdentity};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::session::SessionPolicy;
use wxlogin_domain::timestamp::Timestamp;

pub const POLICY: SessionPolicy = SessionPolicy {
    refresh_ttl: Duration::from_hours(30 * 24),
    session_ttl: Duration::from_hours(180 * 24),
    refresh_grace: Duration::from_secs(60),
    max_per_account: 20,
};

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_769_000_000 + seconds)
}

pub fn identity() -> WechatIdentity {
    WechatIdentity {
        app: AppId::parse("wx4f4bc4dec97d474b").expect("an appid"),
        openid: OpenId::parse("oGZUI0egBJY1zhBYw2KhdUfwVJJE").expect("an openid"),
        unionid: Some(UnionId::parse("ocMvos6NjeKLIBqg5Mr9QjxrP1FA").expect("a unionid")),
    }
}

pub fn account() -> Account {
    let linked = LinkedIdentity {
        identity: identity(),
        first_seen_at: at(0),
        unionid_conflict: None,
    };
    Account {
        identities: vec![linked],
        ..Account::new(AccountId::from_bytes([1; 16]), at(0))
    }
}
