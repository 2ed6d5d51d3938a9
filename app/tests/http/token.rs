//! Tokens from the outside: what is in them, and forgeries.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{EncodingKey, Header};
use secrecy::SecretBox;
use serde_json::Value;
use wxlogin::config::MasterKey;
use wxlogin_crypto::sealer::{Purpose, Sealer};
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::key_ring::{Algorithm, KeyRing, PublicKey, SigningKey};
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

/// One of the service's own signing keys, out of its store.
pub struct StolenKey {
    kid: String,
    public: PublicKey,
    private: EncodingKey,
}

impl StolenKey {
    /// The key that signs with `EdDSA`.
    pub async fn from(store: &MoodyStore) -> Self {
        Self::of_ring(store, |ring| ring.active(Algorithm::EdDsa)).await
    }

    /// A key that the ring still has the private half of.
    pub async fn of_ring(store: &MoodyStore, which: impl FnOnce(&KeyRing) -> Option<&SigningKey>) -> Self {
        let ring = store
            .key_ring()
            .await
            .expect("the store answers")
            .expect("there is a ring");
        let key = which(&ring).expect("there is such a key");
        let sealer = Sealer::new(&SecretBox::new(Box::new(*MasterKey::for_testing().expose())));
        let pkcs8 = sealer
            .open(Purpose::SigningKey, &key.id.0, key.state.private().expect("it signs"))
            .expect("it opens");
        let private = match key.public.algorithm() {
            Algorithm::EdDsa => EncodingKey::from_ed_der(&pkcs8),
            Algorithm::Es256 => EncodingKey::from_ec_der(&pkcs8),
            Algorithm::Rs256 => panic!("no test steals RSA keys"),
        };
        Self {
            kid: key.id.to_string(),
            public: key.public.clone(),
            private,
        }
    }

    /// Its id.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The 32 bytes of an Ed25519 public key.
    pub fn public_bytes(&self) -> &[u8] {
        match &self.public {
            PublicKey::Ed25519 { x } => x,
            other => panic!("not an Ed25519 key: {other:?}"),
        }
    }

    /// A good token with header and claims changed and the signature good again.
    pub fn resign(&self, good: &str, change: impl FnOnce(&mut Header, &mut Value)) -> String {
        let mut header = jsonwebtoken::decode_header(good).expect("it is a JWT");
        let mut claims = part(good, 1);
        change(&mut header, &mut claims);
        jsonwebtoken::encode(&header, &claims, &self.private).expect("it can be signed")
    }

    /// A good token's claims as if this key had signed them in the first place.
    pub fn sign_instead(&self, good: &str) -> String {
        self.resign(good, |header, _| {
            header.kid = Some(self.kid.clone());
            header.alg = match self.public.algorithm() {
                Algorithm::EdDsa => jsonwebtoken::Algorithm::EdDSA,
                Algorithm::Es256 => jsonwebtoken::Algorithm::ES256,
                Algorithm::Rs256 => jsonwebtoken::Algorithm::RS256,
            };
        })
    }

    /// A good token with its header replaced, whatever it says, and the signature good again.
    pub fn sign_under(&self, header: &Value, good: &str) -> String {
        let claims = good.split('.').nth(1).expect("a JWT has three parts");
        let message = format!("{}.{claims}", encoded(header));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.private, jsonwebtoken::Algorithm::EdDSA);
        format!("{message}.{}", signature.expect("it can be signed"))
    }
}
