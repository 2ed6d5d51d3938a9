//! Tokens from the outside: what is in them, and forgeries.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{EncodingKey, Header};
use secrecy::SecretBox;
use serde_json::Value;
use wxlogin::config::MasterKey;
use wxlogin_crypto::sealer::{Purpose, Sealer};
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::ports::key_store::KeyStore as _;
use wxlogin_domain::session::SessionRef;

use crate::store::MoodyStore;

/// A refresh token, read without its key.
#[derive(Debug, PartialEq, Eq)]
pub struct RefreshTokenParts {
    pub account: AccountId,
    pub session: SessionId,
    pub generation: u32,
}

impl RefreshTokenParts {
    pub fn of(token: &str) -> Self {
        let text = token.strip_prefix("wxr_").expect("refresh tokens have a prefix");
        let bytes = URL_SAFE_NO_PAD.decode(text).expect("the rest is base64");
        assert_eq!(bytes.len(), 16 + 16 + 4 + 32);
        let id = |at: usize| bytes[at..at + 16].try_into().expect("16 bytes");
        Self {
            account: AccountId::from_bytes(id(0)),
            session: SessionId::from_bytes(id(16)),
            generation: u32::from_be_bytes(bytes[32..36].try_into().expect("4 bytes")),
        }
    }

    /// The session that it is of.
    pub fn session(&self) -> SessionRef {
        SessionRef {
            account: self.account,
            session: self.session,
        }
    }
}

/// A part of a JWT: 0 is the header, 1 the claims.
pub fn part(jwt: &str, number: usize) -> Value {
    let part = jwt.split('.').nth(number).expect("a JWT has three parts");
    let bytes = URL_SAFE_NO_PAD.decode(part).expect("the parts are base64");
    serde_json::from_slice(&bytes).expect("the first two are JSON")
}

/// A part of a JWT as it is written.
pub fn encoded(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

/// The service's own Ed25519 signing key, out of its store.
pub struct StolenKey(EncodingKey);

impl StolenKey {
    pub async fn from(store: &MoodyStore) -> Self {
        let ring = store
            .key_ring()
            .await
            .expect("the store answers")
            .expect("there is a ring");
        let key = &ring.signing[0];
        let sealer = Sealer::new(&SecretBox::new(Box::new(*MasterKey::for_testing().expose())));
        let pkcs8 = sealer
            .open(Purpose::SigningKey, &key.id.0, &key.private)
            .expect("it opens");
        Self(EncodingKey::from_ed_der(&pkcs8))
    }

    /// A good token with header and claims changed and the signature good again.
    pub fn resign(&self, good: &str, change: impl FnOnce(&mut Header, &mut Value)) -> String {
        let mut header = jsonwebtoken::decode_header(good).expect("it is a JWT");
        let mut claims = part(good, 1);
        change(&mut header, &mut claims);
        jsonwebtoken::encode(&header, &claims, &self.0).expect("it can be signed")
    }
}
