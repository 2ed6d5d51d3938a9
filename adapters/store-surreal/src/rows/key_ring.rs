//! The row of the key ring.

use std::time::Duration;

use surrealdb::types::{Bytes, SurrealValue};
use wxlogin_domain::key_ring::{KeyId, KeyRing, KeyState, PublicKey, Sealed, SigningKey};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::timestamp::Timestamp;

use super::{bytes, time, unreadable};

/// The key ring. Private parts are sealed.
#[derive(Debug, Clone, SurrealValue)]
pub(crate) struct KeyRingRow {
    version: i64,
    signing: Vec<SigningKeyRow>,
    refresh_mac: Bytes,
}

#[derive(Debug, Clone, SurrealValue)]
struct SigningKeyRow {
    kid: String,
    kty: String,
    /// `x` of an Ed25519 or P-256 key, `n` of an RSA key.
    public_1: Bytes,
    /// `y` of a P-256 key, `e` of an RSA key.
    public_2: Option<Bytes>,
    created_at: i64,
    /// The word for what the key does. Rows of schema version 1 have none.
    state: Option<String>,
    /// The time that belongs to the state: since when, or until when.
    state_at: Option<i64>,
    private: Option<Bytes>,
}

/// No access token of a release that wrote schema version 1 lived longer, whatever clocks did.
const LONGEST_TOKEN_OF_VERSION_1: Duration = Duration::from_secs(86_400 + 600);

impl KeyRingRow {
    pub(crate) fn of(ring: &KeyRing) -> Result<Self, StoreError> {
        Ok(Self {
            version: i64::try_from(ring.version).map_err(|_| unreadable("a key ring's version"))?,
            signing: ring.signing.iter().map(SigningKeyRow::of).collect(),
            refresh_mac: bytes(&ring.refresh_mac.0),
        })
    }

    pub(crate) fn into_ring(self) -> Result<KeyRing, StoreError> {
        let mut signing = Vec::with_capacity(self.signing.len());
        for (position, row) in self.signing.iter().enumerate() {
            let state = match row.state.as_deref() {
                Some(word) => row.state_of_word(word)?,
                None => row.state_in_version_1(&self.signing[position + 1..])?,
            };
            signing.push(row.to_key(state)?);
        }
        Ok(KeyRing {
            version: u64::try_from(self.version).map_err(|_| unreadable("a key ring's version"))?,
            signing,
            refresh_mac: Sealed(self.refresh_mac.into_inner().to_vec()),
        })
    }
}

impl SigningKeyRow {
    fn of(key: &SigningKey) -> Self {
        let (kty, public_1, public_2) = match &key.public {
            PublicKey::Ed25519 { x } => ("OKP", bytes(x), None),
            PublicKey::P256 { x, y } => ("EC", bytes(x), Some(bytes(y))),
            PublicKey::Rsa { n, e } => ("RSA", bytes(n), Some(bytes(e))),
        };
        let state_at = match key.state {
            KeyState::Next { published_at: at, .. }
            | KeyState::Active { since: at, .. }
            | KeyState::Retiring { until: at }
            | KeyState::Retired { at } => at,
        };
        Self {
            kid: key.id.to_string(),
            kty: kty.into(),
            public_1,
            public_2,
            created_at: key.created_at.unix_millis(),
            state: Some(key.state.as_str().into()),
            state_at: Some(state_at.unix_millis()),
            private: key.state.private().map(|sealed| bytes(&sealed.0)),
        }
    }

    fn private(&self) -> Result<Sealed, StoreError> {
        let private = self.private.as_ref().ok_or_else(|| unreadable("a signing key"))?;
        Ok(Sealed(private.to_vec()))
    }

    fn state_of_word(&self, word: &str) -> Result<KeyState, StoreError> {
        let at = time(self.state_at.ok_or_else(|| unreadable("a signing key"))?);
        Ok(match word {
            "next" => KeyState::Next {
                private: self.private()?,
                published_at: at,
            },
            "active" => KeyState::Active {
                private: self.private()?,
                since: at,
            },
            "retiring" => KeyState::Retiring { until: at },
            "retired" => KeyState::Retired { at },
            _ => return Err(unreadable("a signing key")),
        })
    }

    /// In version 1 the newest key of each kind signed, and those before it were believed for ever.
    fn state_in_version_1(&self, later: &[Self]) -> Result<KeyState, StoreError> {
        match later.iter().find(|key| key.kty == self.kty) {
            None => Ok(KeyState::Active {
                private: self.private()?,
                since: time(self.created_at),
            }),
            Some(successor) => Ok(KeyState::Retiring {
                until: Timestamp::from_unix_millis(successor.created_at).plus(LONGEST_TOKEN_OF_VERSION_1),
            }),
        }
    }

    fn to_key(&self, state: KeyState) -> Result<SigningKey, StoreError> {
        let first = self.public_1.to_vec();
        let second = self.public_2.as_ref().map(|bytes| bytes.to_vec());
        let public = match (self.kty.as_str(), second) {
            ("OKP", None) => PublicKey::Ed25519 { x: first },
            ("EC", Some(y)) => PublicKey::P256 { x: first, y },
            ("RSA", Some(e)) => PublicKey::Rsa { n: first, e },
            _ => return Err(unreadable("a signing key")),
        };
        Ok(SigningKey {
            id: KeyId(self.kid.as_str().into()),
            public,
            created_at: time(self.created_at),
            state,
        })
    }
}
