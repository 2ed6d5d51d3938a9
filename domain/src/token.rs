//! Access tokens: what they claim, and the rules by which a claim is believed (RFC 7519, RFC 9068).

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::account::Account;
use crate::external_id::ExternalId;
use crate::id::{AccountId, SessionId};
use crate::identity::{AppId, OpenId, UnionId};
use crate::session::{Session, SessionRef};
use crate::timestamp::Timestamp;

/// How far a verifier's clock may be off, both ways.
pub const LEEWAY: Duration = Duration::from_secs(30);

/// Which identifiers of a person are put into access tokens besides the registered claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExtraClaims {
    /// The person within the app.
    pub openid: bool,
    /// The person across apps, where known.
    pub unionid: bool,
    /// The person as the business knows them, where they were imported.
    pub external_id: bool,
}

/// By whom, for whom and for how long access tokens are issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenPolicy {
    /// `iss`.
    pub issuer: Box<str>,
    /// `aud`.
    pub audience: Box<str>,
    /// From `iat` to `exp`.
    pub access_ttl: Duration,
    /// Extra claims.
    pub extra: ExtraClaims,
}

/// The `jti` of a token: makes each one unique and nameable in logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenId(pub Box<str>);

/// What an access token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessClaims {
    /// `iss`: who issued it.
    pub issuer: Box<str>,
    /// `aud`: for whom.
    pub audience: Box<str>,
    /// `sub` and `sid`: whose login it is.
    pub session: SessionRef,
    /// `client_id`: the mini program.
    pub client_id: AppId,
    /// `iat`.
    pub issued_at: Timestamp,
    /// `exp`.
    pub expires_at: Timestamp,
    /// `jti`.
    pub id: TokenId,
    /// `openid`, where configured.
    pub openid: Option<OpenId>,
    /// `unionid`, where configured and known.
    pub unionid: Option<UnionId>,
    /// `external_id`, where configured and known.
    pub external_id: Option<ExternalId>,
}

/// Why claims of a well-signed token are not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClaimsRefusal {
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// It was issued in the future.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// Somebody else issued it.
    #[error("the token's issuer is another")]
    WrongIssuer,
    /// It is meant for somebody else.
    #[error("the token's audience is another")]
    WrongAudience,
}

impl AccessClaims {
    /// The claims of a new token for a session of an account. Never outlives the session.
    #[must_use]
    pub fn issue(policy: &TokenPolicy, account: &Account, session: &Session, id: TokenId, now: Timestamp) -> Self {
        let identity = &session.identity;
        // The account knows a unionid that appeared after this session began.
        let unionid = account
            .identity(identity)
            .and_then(|linked| linked.identity.unionid.clone());
        Self {
            issuer: policy.issuer.clone(),
            audience: policy.audience.clone(),
            session: session.id,
            client_id: identity.app.clone(),
            issued_at: now,
            expires_at: now.plus(policy.access_ttl).min(session.refreshable_until()),
            id,
            openid: policy.extra.openid.then(|| identity.openid.clone()),
            unionid: unionid.filter(|_| policy.extra.unionid),
            external_id: account.external_id.clone().filter(|_| policy.extra.external_id),
        }
    }

    /// `sub`.
    #[must_use]
    pub fn subject(&self) -> AccountId {
        self.session.account
    }

    /// `sid`.
    #[must_use]
    pub fn session_id(&self) -> SessionId {
        self.session.session
    }

    /// Whether the claims are to be believed at `now`.
    ///
    /// # Errors
    /// Says which claim is not. Issuer and audience come first: a foreign token is foreign even when it has expired.
    pub fn check(&self, policy: &TokenPolicy, now: Timestamp) -> Result<(), ClaimsRefusal> {
        if self.issuer != policy.issuer {
            Err(ClaimsRefusal::WrongIssuer)
        } else if self.audience != policy.audience {
            Err(ClaimsRefusal::WrongAudience)
        } else if now >= self.expires_at.plus(LEEWAY) {
            Err(ClaimsRefusal::Expired)
        } else if self.issued_at > now.plus(LEEWAY) {
            Err(ClaimsRefusal::NotYetValid)
        } else {
            Ok(())
        }
    }
}

macro_rules! secret_token {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(SecretString);

        impl $name {
            /// Takes the text as it is.
            #[must_use]
            pub fn new(text: String) -> Self {
                Self(text.into())
            }

            /// The text.
            #[must_use]
            pub fn expose(&self) -> &str {
                self.0.expose_secret()
            }
        }
    };
}

secret_token! {
    /// An access token that this service has just signed.
    AccessToken
}

secret_token! {
    /// A refresh token that this service has just made. It is not stored anywhere.
    RefreshToken
}

secret_token! {
    /// A text that somebody presents as an access token.
    PresentedAccessToken
}

secret_token! {
    /// A text that somebody presents as a refresh token.
    PresentedRefreshToken
}

secret_token! {
    /// A text that somebody presents as a token, of whichever kind.
    PresentedToken
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::account::{AccountStatus, LinkedIdentity, Profile};
    use crate::identity::WechatIdentity;
    use crate::session::SessionPolicy;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_769_000_000 + seconds)
    }

    fn policy() -> TokenPolicy {
        TokenPolicy {
            issuer: "https://login.example".into(),
            audience: "https://api.example".into(),
            access_ttl: Duration::from_secs(900),
            extra: ExtraClaims::default(),
        }
    }

    fn account_and_session(session_ttl: u64) -> (Account, Session) {
        let identity = WechatIdentity {
            app: AppId::parse("wx4f4bc4dec97d474b").unwrap(),
            openid: OpenId::parse("oGZUI0egBJY1zhBYw2KhdUfwVJJE").unwrap(),
            unionid: None,
        };
        let account = Account {
            id: AccountId::new(at(0), [1; 10]),
            status: AccountStatus::Active,
            created_at: at(0),
            last_login_at: at(0),
            profile: Profile::default(),
            phone: None,
            external_id: ExternalId::parse("10023").ok(),
            identities: vec![LinkedIdentity {
                identity: WechatIdentity {
                    unionid: Some(UnionId::parse("ocMvos6NjeKLIBqg5Mr9QjxrP1FA").unwrap()),
                    ..identity.clone()
                },
                first_seen_at: at(0),
                unionid_conflict: None,
            }],
        };
        let id = SessionRef {
            account: account.id,
            session: SessionId::new(at(0), [2; 10]),
        };
        let policy = SessionPolicy {
            refresh_ttl: Duration::from_secs(86_400),
            session_ttl: Duration::from_secs(session_ttl),
            refresh_grace: Duration::from_secs(60),
            max_per_account: 20,
        };
        (account, Session::begin(id, identity, None, None, at(0), &policy))
    }

    #[test]
    fn check_table() {
        let (account, session) = account_and_session(86_400);
        let good = AccessClaims::issue(&policy(), &account, &session, TokenId("t".into()), at(0));
        let foreign = AccessClaims {
            issuer: "https://elsewhere.example".into(),
            ..good.clone()
        };
        let meant_for_another = AccessClaims {
            audience: "https://elsewhere.example".into(),
            ..good.clone()
        };
        let mut table = String::new();
        for (name, claims, seconds) in [
            ("good", &good, -31),
            ("good", &good, -30),
            ("good", &good, 0),
            ("good", &good, 899),
            ("good", &good, 929),
            ("good", &good, 930),
            ("foreign", &foreign, 0),
            ("foreign, expired", &foreign, 5000),
            ("meant for another", &meant_for_another, 0),
        ] {
            writeln!(
                table,
                "{name:<18} {seconds:>5} s  {:?}",
                claims.check(&policy(), at(seconds))
            )
            .unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_token_never_outlives_its_session() {
        let (account, session) = account_and_session(600);
        let claims = AccessClaims::issue(&policy(), &account, &session, TokenId("t".into()), at(0));
        assert_eq!(claims.expires_at, at(600));
    }

    #[test]
    fn extra_claims_are_there_only_where_configured() {
        let (account, session) = account_and_session(86_400);
        for bits in 0..8 {
            let configured = [1, 2, 4].map(|bit| bits & bit != 0);
            let [openid, unionid, external_id] = configured;
            let policy = TokenPolicy {
                extra: ExtraClaims {
                    openid,
                    unionid,
                    external_id,
                },
                ..policy()
            };
            let claims = AccessClaims::issue(&policy, &account, &session, TokenId("t".into()), at(0));
            let found = [
                claims.openid.is_some(),
                claims.unionid.is_some(),
                claims.external_id.is_some(),
            ];
            assert_eq!(found, configured);
        }
    }

    #[test]
    fn tokens_do_not_show_in_debug() {
        let shown = format!(
            "{:?} {:?} {:?} {:?}",
            AccessToken::new("canary".into()),
            RefreshToken::new("canary".into()),
            PresentedAccessToken::new("canary".into()),
            PresentedRefreshToken::new("canary".into())
        );
        assert!(!shown.contains("canary"), "{shown}");
    }
}
