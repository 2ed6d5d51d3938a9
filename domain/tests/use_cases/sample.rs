//! Values and services to test with.

use std::sync::Arc;
use std::time::Duration;

use wxlogin_domain::account::{Account, LinkedIdentity};
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, WechatIdentity};
use wxlogin_domain::issue::TokenIssuer;
use wxlogin_domain::ports::access_tokens::MockAccessTokens;
use wxlogin_domain::ports::entropy::RepeatableEntropy;
use wxlogin_domain::ports::refresh_tokens::MockRefreshTokens;
use wxlogin_domain::session::{Session, SessionPolicy, SessionRef};
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_domain::token::{ExtraClaims, TokenPolicy};

pub const POLICY: SessionPolicy = SessionPolicy {
    refresh_ttl: Duration::from_secs(30 * 86_400),
    session_ttl: Duration::from_secs(180 * 86_400),
    refresh_grace: Duration::from_secs(60),
};

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_769_000_000 + seconds)
}

pub fn app() -> AppId {
    AppId::parse("wx4f4bc4dec97d474b").unwrap()
}

pub fn identity() -> WechatIdentity {
    WechatIdentity {
        app: app(),
        openid: OpenId::parse("oGZUI0egBJY1zhBYw2KhdUfwVJJE").unwrap(),
        unionid: None,
    }
}

pub fn session_id() -> SessionRef {
    SessionRef {
        account: AccountId::from_bytes([1; 16]),
        session: SessionId::from_bytes([2; 16]),
    }
}

pub fn session() -> Session {
    Session::begin(session_id(), identity(), None, at(0), &POLICY)
}

pub fn account() -> Account {
    Account {
        identities: vec![LinkedIdentity {
            identity: identity(),
            first_seen_at: at(0),
        }],
        ..Account::new(session_id().account, at(0))
    }
}

pub fn token_policy() -> TokenPolicy {
    TokenPolicy {
        issuer: "https://login.example".into(),
        audience: "https://api.example".into(),
        access_ttl: Duration::from_secs(900),
        extra: ExtraClaims::default(),
    }
}

pub fn issuer() -> TokenIssuer {
    TokenIssuer {
        policy: token_policy(),
        access_tokens: Arc::new(MockAccessTokens::signing()),
        refresh_tokens: Arc::new(MockRefreshTokens::readable(session_id())),
        entropy: Arc::new(RepeatableEntropy::default()),
    }
}
