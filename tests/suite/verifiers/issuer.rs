//! An issuer in the test's own hands: it has the keys, so it can sign whatever a service never would.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use poem::Route;
use poem::endpoint::make_sync;
use serde_json::{Value, json};
use wxlogin_tests::serving::Serving;

/// The algorithms that a service can be configured to, by their names.
pub const ALGORITHMS: [(&str, Algorithm); 3] = [
    ("EdDSA", Algorithm::EdDSA),
    ("ES256", Algorithm::ES256),
    ("RS256", Algorithm::RS256),
];

/// A key pair that signs tokens.
pub struct Key {
    algorithm: Algorithm,
    private: EncodingKey,
    /// As it is published.
    pub jwk: Value,
    /// The public half in bytes: what somebody would take for an HMAC secret.
    pub public: Vec<u8>,
}

impl Key {
    /// A new one with this id.
    pub fn new(algorithm: Algorithm, kid: &str) -> Self {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (private, public, mut jwk) = match algorithm {
            Algorithm::EdDSA => {
                let pair = Ed25519KeyPair::generate().expect("a key");
                let public = pair.public_key().as_ref().to_vec();
                let jwk = json!({ "alg": "EdDSA", "kty": "OKP", "crv": "Ed25519", "x": text(&public) });
                let pkcs8 = pair.to_pkcs8().expect("PKCS#8");
                (EncodingKey::from_ed_der(pkcs8.as_ref()), public, jwk)
            }
            Algorithm::ES256 => {
                let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
                // SEC 1, uncompressed: 4, then 32 bytes of x, then 32 of y.
                let public = pair.public_key().as_ref().to_vec();
                let (x, y) = (text(&public[1..33]), text(&public[33..]));
                let jwk = json!({ "alg": "ES256", "kty": "EC", "crv": "P-256", "x": x, "y": y });
                let pkcs8 = pair.to_pkcs8v1().expect("PKCS#8");
                (EncodingKey::from_ec_der(pkcs8.as_ref()), public, jwk)
            }
            Algorithm::RS256 => {
                let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
                let public = pair.public_key();
                let n = text(public.modulus().big_endian_without_leading_zero());
                let e = text(public.exponent().big_endian_without_leading_zero());
                let jwk = json!({ "alg": "RS256", "kty": "RSA", "n": n, "e": e });
                let pkcs8 = pem(
                    "PRIVATE KEY",
                    AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).expect("PKCS#8").as_ref(),
                );
                let private = EncodingKey::from_rsa_pem(pkcs8.as_bytes()).expect("a key");
                (private, public.as_ref().to_vec(), jwk)
            }
            other => panic!("no service signs with {other:?}"),
        };
        jwk["use"] = "sig".into();
        jwk["kid"] = kid.into();
        Self {
            algorithm,
            private,
            jwk,
            public,
        }
    }

    /// Header and claims as they are, with a good signature of this key.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = unsigned(header, claims);
        let signature = crypto::sign(message.as_bytes(), &self.private, self.algorithm).expect("a signature");
        format!("{message}.{signature}")
    }
}

/// Header and claims as they are, with this secret's HMAC.
pub fn sign_with_secret(secret: &[u8], header: &Value, claims: &Value) -> String {
    let message = unsigned(header, claims);
    let key = EncodingKey::from_secret(secret);
    let signature = crypto::sign(message.as_bytes(), &key, Algorithm::HS256).expect("a MAC");
    format!("{message}.{signature}")
}

/// The first two parts of a JWT.
pub fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// Bytes as PEM.
pub fn pem(label: &str, der: &[u8]) -> String {
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        STANDARD.encode(der)
    )
}

/// What an issuer publishes, at its well-known place.
pub struct Jwks {
    /// The issuer.
    pub url: String,
    fetched: Arc<AtomicUsize>,
    _serving: Serving,
}

impl Jwks {
    /// Publishes what `keys` answers.
    pub async fn publish(keys: impl Fn() -> Value + Send + Sync + 'static) -> Self {
        let fetched = Arc::new(AtomicUsize::new(0));
        let count = fetched.clone();
        let endpoint = make_sync(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            poem::web::Json(keys())
        });
        let serving = Serving::start(Route::new().at("/.well-known/jwks.json", endpoint)).await;
        Self {
            url: serving.url.clone(),
            fetched,
            _serving: serving,
        }
    }

    /// How often it was asked.
    pub fn fetched(&self) -> usize {
        self.fetched.load(Ordering::SeqCst)
    }
}
