//! `GET /.well-known/jwks.json`

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use wxlogin_domain::key_ring::{JWKS_MAX_AGE, KeyId, PublicKey};
use wxlogin_domain::ports::access_tokens::AccessTokens;

use super::Tag;
use super::problem::{Code, ProblemSet, Refused};

/// A JSON Web Key Set (RFC 7517).
#[derive(Object)]
#[oai(rename = "Jwks")]
pub struct JwksBody {
    /// The keys that access tokens of this service are verified with.
    keys: Vec<JwkBody>,
}

/// A public key (RFC 7517, RFC 7518, RFC 8037).
#[derive(Object)]
#[oai(rename = "Jwk", skip_serializing_if_is_none)]
struct JwkBody {
    /// The kind of key: `OKP`, `EC` or `RSA`.
    kty: String,
    /// What it is for: always `sig`.
    #[oai(rename = "use")]
    usage: String,
    /// The one algorithm that it is used with.
    alg: String,
    /// Its id, as in the tokens' header: its RFC 7638 thumbprint.
    kid: String,
    /// The curve of an `OKP` or `EC` key.
    crv: Option<String>,
    /// The point of an `OKP` key, or its abscissa of an `EC` key (base64url).
    x: Option<String>,
    /// The ordinate of an `EC` key (base64url).
    y: Option<String>,
    /// The modulus of an `RSA` key (base64url).
    n: Option<String>,
    /// The exponent of an `RSA` key (base64url).
    e: Option<String>,
}

impl From<(KeyId, PublicKey)> for JwkBody {
    fn from((id, key): (KeyId, PublicKey)) -> Self {
        let text = |bytes: &[u8]| Some(URL_SAFE_NO_PAD.encode(bytes));
        let empty = Self {
            kty: String::new(),
            usage: "sig".into(),
            alg: key.algorithm().as_str().into(),
            kid: id.0.into(),
            crv: None,
            x: None,
            y: None,
            n: None,
            e: None,
        };
        match key {
            PublicKey::Ed25519 { x } => Self {
                kty: "OKP".into(),
                crv: Some("Ed25519".into()),
                x: text(&x),
                ..empty
            },
            PublicKey::P256 { x, y } => Self {
                kty: "EC".into(),
                crv: Some("P-256".into()),
                x: text(&x),
                y: text(&y),
                ..empty
            },
            PublicKey::Rsa { n, e } => Self {
                kty: "RSA".into(),
                n: text(&n),
                e: text(&e),
                ..empty
            },
        }
    }
}

/// The answer with the keys.
#[derive(ApiResponse)]
pub enum JwksResponse {
    /// The public keys. Cache them for as long as `Cache-Control` says, and fetch them anew when a token names a `kid`
    /// that is not among them.
    #[oai(status = 200)]
    Keys(
        Json<JwksBody>,
        /// How long the keys may be cached.
        #[oai(header = "Cache-Control")]
        String,
    ),
}

/// The keys are in memory, once the store was there.
pub struct JwksProblems;

impl ProblemSet for JwksProblems {
    const CODES: &'static [&'static [Code]] = &[&[Code::StoreUnavailable]];
}

/// Publishing the public keys.
#[derive(Clone)]
pub struct JwksApi {
    access_tokens: Arc<dyn AccessTokens>,
}

impl JwksApi {
    /// Of these keys.
    pub fn new(access_tokens: Arc<dyn AccessTokens>) -> Self {
        Self { access_tokens }
    }
}

#[expect(clippy::unused_async, reason = "the framework wants handlers to be asynchronous")]
#[OpenApi]
impl JwksApi {
    /// List the public keys
    ///
    /// For backends that verify access tokens by themselves: check the signature with the key that the token's `kid`
    /// names, the algorithm, `typ` (`at+jwt`), `iss`, `aud` and `exp`.
    #[oai(
        path = "/.well-known/jwks.json",
        method = "get",
        operation_id = "getJwks",
        tag = "Tag::Backends"
    )]
    async fn jwks(&self) -> Result<JwksResponse, Refused<JwksProblems>> {
        let keys = self.access_tokens.public_keys().into_iter().map(JwkBody::from);
        Ok(JwksResponse::Keys(
            Json(JwksBody { keys: keys.collect() }),
            format!("public, max-age={}", JWKS_MAX_AGE.as_secs()),
        ))
    }
}
