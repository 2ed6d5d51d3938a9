//! The key ring: public halves open, private halves sealed under the master key, which is not in a backup.

use serde::{Deserialize, Serialize};
use wxlogin_domain::key_ring::{KeyId, KeyRing, KeyState, PublicKey, Sealed, SigningKey};

use super::field::{WireError, base64, bytes, time};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyRingWire {
    version: u64,
    signing: Vec<SigningKeyWire>,
    refresh_mac: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SigningKeyWire {
    id: String,
    public: PublicKeyWire,
    created_at: String,
    state: KeyStateWire,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum PublicKeyWire {
    Ed25519 { x: String },
    P256 { x: String, y: String },
    Rsa { n: String, e: String },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum KeyStateWire {
    Next { private: String, published_at: String },
    Active { private: String, since: String },
    Retiring { until: String },
    Retired { at: String },
}

impl From<&KeyRing> for KeyRingWire {
    fn from(ring: &KeyRing) -> Self {
        Self {
            version: ring.version,
            signing: ring.signing.iter().map(SigningKeyWire::from).collect(),
            refresh_mac: base64(&ring.refresh_mac.0),
        }
    }
}

impl From<&SigningKey> for SigningKeyWire {
    fn from(key: &SigningKey) -> Self {
        Self {
            id: key.id.to_string(),
            public: match &key.public {
                PublicKey::Ed25519 { x } => PublicKeyWire::Ed25519 { x: base64(x) },
                PublicKey::P256 { x, y } => PublicKeyWire::P256 {
                    x: base64(x),
                    y: base64(y),
                },
                PublicKey::Rsa { n, e } => PublicKeyWire::Rsa {
                    n: base64(n),
                    e: base64(e),
                },
            },
            created_at: key.created_at.to_string(),
            state: match &key.state {
                KeyState::Next { private, published_at } => KeyStateWire::Next {
                    private: base64(&private.0),
                    published_at: published_at.to_string(),
                },
                KeyState::Active { private, since } => KeyStateWire::Active {
                    private: base64(&private.0),
                    since: since.to_string(),
                },
                KeyState::Retiring { until } => KeyStateWire::Retiring {
                    until: until.to_string(),
                },
                KeyState::Retired { at } => KeyStateWire::Retired { at: at.to_string() },
            },
        }
    }
}

impl TryFrom<KeyRingWire> for KeyRing {
    type Error = WireError;

    fn try_from(wire: KeyRingWire) -> Result<Self, WireError> {
        let signing = wire.signing.into_iter().map(SigningKey::try_from);
        Ok(Self {
            version: wire.version,
            signing: signing.collect::<Result<_, _>>()?,
            refresh_mac: sealed("refresh_mac", &wire.refresh_mac)?,
        })
    }
}

fn sealed(field: &'static str, text: &str) -> Result<Sealed, WireError> {
    Ok(Sealed(bytes(field, text)?))
}

impl TryFrom<SigningKeyWire> for SigningKey {
    type Error = WireError;

    fn try_from(wire: SigningKeyWire) -> Result<Self, WireError> {
        Ok(Self {
            id: KeyId(wire.id.into_boxed_str()),
            public: wire.public.try_into()?,
            created_at: time("created_at", &wire.created_at)?,
            state: wire.state.try_into()?,
        })
    }
}

impl TryFrom<PublicKeyWire> for PublicKey {
    type Error = WireError;

    fn try_from(wire: PublicKeyWire) -> Result<Self, WireError> {
        Ok(match wire {
            PublicKeyWire::Ed25519 { x } => Self::Ed25519 { x: bytes("x", &x)? },
            PublicKeyWire::P256 { x, y } => Self::P256 {
                x: bytes("x", &x)?,
                y: bytes("y", &y)?,
            },
            PublicKeyWire::Rsa { n, e } => Self::Rsa {
                n: bytes("n", &n)?,
                e: bytes("e", &e)?,
            },
        })
    }
}

impl TryFrom<KeyStateWire> for KeyState {
    type Error = WireError;

    fn try_from(wire: KeyStateWire) -> Result<Self, WireError> {
        Ok(match wire {
            KeyStateWire::Next { private, published_at } => Self::Next {
                private: sealed("private", &private)?,
                published_at: time("published_at", &published_at)?,
            },
            KeyStateWire::Active { private, since } => Self::Active {
                private: sealed("private", &private)?,
                since: time("since", &since)?,
            },
            KeyStateWire::Retiring { until } => Self::Retiring {
                until: time("until", &until)?,
            },
            KeyStateWire::Retired { at } => Self::Retired { at: time("at", &at)? },
        })
    }
}
