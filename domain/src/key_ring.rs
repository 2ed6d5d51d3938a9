//! The service's own keys, as the store keeps them: private parts sealed, public parts open.

use std::fmt;

use crate::timestamp::Timestamp;

/// How access tokens are signed (RFC 7518, RFC 8037).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// Ed25519.
    EdDsa,
    /// ECDSA over P-256 with SHA-256.
    Es256,
    /// RSA PKCS #1 v1.5 with SHA-256, 2048 bits.
    Rs256,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::EdDsa, Self::Es256, Self::Rs256];

    /// The `alg` of JOSE headers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
        }
    }

    /// The algorithm of that `alg`.
    #[must_use]
    pub fn parse(alg: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == alg)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The id of a signing key: the `kid` of JOSE headers, here the key's RFC 7638 thumbprint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub Box<str>);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The public half of a signing key: what the JWKS publishes. All numbers big-endian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// The 32 bytes of an Ed25519 key.
    Ed25519 {
        /// The point.
        x: Vec<u8>,
    },
    /// A point on P-256, 32 bytes each.
    P256 {
        /// Abscissa.
        x: Vec<u8>,
        /// Ordinate.
        y: Vec<u8>,
    },
    /// An RSA key.
    Rsa {
        /// Modulus.
        n: Vec<u8>,
        /// Exponent.
        e: Vec<u8>,
    },
}

impl PublicKey {
    /// The one algorithm that the key is used with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Ed25519 { .. } => Algorithm::EdDsa,
            Self::P256 { .. } => Algorithm::Es256,
            Self::Rsa { .. } => Algorithm::Rs256,
        }
    }
}

/// A secret encrypted under the master key; what a store may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

/// A signing key at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Its id.
    pub id: KeyId,
    /// Its public half.
    pub public: PublicKey,
    /// Its private half, sealed.
    pub private: Sealed,
    /// When it was made.
    pub created_at: Timestamp,
}

/// All keys of a deployment. Small, read and replaced as a whole: a change is a new version, written only if nobody
/// else wrote one meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRing {
    /// Counts the changes, from 1.
    pub version: u64,
    /// In the order in which they were made.
    pub signing: Vec<SigningKey>,
    /// The key of the refresh tokens' MAC, sealed.
    pub refresh_mac: Sealed,
}

impl KeyRing {
    /// The first version.
    #[must_use]
    pub fn new(first: SigningKey, refresh_mac: Sealed) -> Self {
        Self {
            version: 1,
            signing: vec![first],
            refresh_mac,
        }
    }

    /// The key that signs with `algorithm`: the newest of its kind.
    #[must_use]
    pub fn active(&self, algorithm: Algorithm) -> Option<&SigningKey> {
        self.signing
            .iter()
            .rev()
            .find(|key| key.public.algorithm() == algorithm)
    }

    /// The ring with one more key.
    #[must_use]
    pub fn with(mut self, key: SigningKey) -> Self {
        self.version += 1;
        self.signing.push(key);
        self
    }
}
