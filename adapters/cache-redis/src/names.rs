//! What people and addresses are called in Redis: an HMAC-SHA-256, cut short.

use std::fmt;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretBox};
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::rate_limit::Subject;

/// Enough that no two share a name by chance.
const LENGTH: usize = 18;

/// Names keys. Whoever can read Redis and lacks the secret learns from a name neither who it is nor, by trying all
/// addresses, where from.
#[derive(Clone)]
pub struct Names(hmac::Key);

impl Names {
    /// Under a secret that all replicas share.
    #[must_use]
    pub fn new(secret: &SecretBox<[u8; 32]>) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret()))
    }

    /// Where the session keys of a user are.
    pub(crate) fn session_keys(&self, app: &AppId, openid: &OpenId) -> String {
        self.name("session-keys", &[app.as_str().as_bytes(), openid.as_str().as_bytes()])
    }

    /// Where the bucket of a subject is.
    pub(crate) fn bucket(&self, subject: &Subject) -> String {
        let kind = subject.policy_name().as_bytes();
        match subject {
            Subject::Address(address) => self.name("bucket", &[kind, address.to_string().as_bytes()]),
            Subject::Account(account) => self.name("bucket", &[kind, &account.to_bytes()]),
            Subject::Session(session) => {
                let (account, session) = (session.account.to_bytes(), session.session.to_bytes());
                self.name("bucket", &[kind, &account, &session])
            }
        }
    }

    /// The number is that of the format of what is kept there: a release that changes it finds nothing old, and the one
    /// before nothing new.
    fn name(&self, purpose: &str, parts: &[&[u8]]) -> String {
        let mut mac = hmac::Context::with_key(&self.0);
        mac.update(purpose.as_bytes());
        for part in parts {
            // With the lengths, so that no two lists of parts are the same text.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        let tag = mac.sign();
        let name = URL_SAFE_NO_PAD.encode(&tag.as_ref()[..LENGTH]);
        format!("wxlogin:{purpose}:1:{name}")
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Names").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use wxlogin_domain::id::{AccountId, SessionId};
    use wxlogin_domain::session::SessionRef;

    use super::*;

    fn names(byte: u8) -> Names {
        Names::new(&SecretBox::new(Box::new([byte; 32])))
    }

    #[test]
    fn everybody_has_a_name_of_their_own() {
        let user = |app: &str, openid: &str| {
            let (app, openid) = (AppId::parse(app).unwrap(), OpenId::parse(openid).unwrap());
            names(1).session_keys(&app, &openid)
        };
        let bucket = |subject: Subject| names(1).bucket(&subject);
        let account = AccountId::from_bytes([1; 16]);
        let session = SessionId::from_bytes([1; 16]);
        let all = [
            user("wx4f4bc4dec97d474b", "one"),
            user("wx4f4bc4dec97d474b", "two"),
            user("wxba5fad812f8e6fb9", "one"),
            bucket(Subject::address("203.0.113.9".parse().unwrap())),
            bucket(Subject::address("2001:db8::1".parse().unwrap())),
            bucket(Subject::Account(account)),
            bucket(Subject::Session(SessionRef { account, session })),
            names(2).bucket(&Subject::Account(account)),
        ];
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "{all:?}");
        assert_eq!(all[0], user("wx4f4bc4dec97d474b", "one"));
        assert!(all[0].starts_with("wxlogin:session-keys:1:") && !all[0].contains("one"));
        assert!(!all[3].contains("203"));
    }

    #[test]
    fn debug_shows_no_secret() {
        assert_eq!(format!("{:?}", names(1)), "Names { .. }");
    }
}
