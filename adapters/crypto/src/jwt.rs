//! Access tokens: JWTs with `typ: at+jwt` (RFC 9068), by jsonwebtoken on AWS-LC.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, Header, Validation};
use wxlogin_domain::key_ring::{Algorithm, KeyId, KeyRing, KeyState, PublicKey, Sealed, SigningKey};
use wxlogin_domain::ports::access_tokens::{AccessTokens, ForeignToken, SignError};
use wxlogin_domain::token::{AccessClaims, AccessToken, PresentedAccessToken};

use crate::sealer::{Purpose, Sealer, UnsealError};
use crate::signer::Signer;
use crate::wire::ClaimsWire;

/// RFC 9068, section 2.1.
const TYP: &str = "at+jwt";
/// A token of ours is well under 2 KiB; nothing longer is looked at.
const MAX_TOKEN_LENGTH: usize = 8 * 1024;

/// Signs with the ring's active key, recognises what any published key of the ring has signed.
pub struct JwtAccessTokens {
    /// None where the ring has no key of the configured algorithm yet.
    signer: Option<Signer>,
    algorithm: jsonwebtoken::Algorithm,
    verifying: Vec<VerifyingKey>,
    public: Vec<(KeyId, PublicKey)>,
}

/// A key that tokens are recognised by.
struct VerifyingKey {
    id: KeyId,
    /// The header of its tokens, encoded.
    header: Box<str>,
    key: DecodingKey,
}

/// Why the keys of a ring cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenKeysError {
    /// The private half does not open under the master key.
    #[error("signing key {key}: {reason}")]
    Unseal {
        /// Which key.
        key: KeyId,
        /// Why.
        reason: UnsealError,
    },
    /// A key is no key.
    #[error("signing key {0} is malformed")]
    Malformed(KeyId),
}

impl JwtAccessTokens {
    /// With the keys of a ring that use `algorithm`; the others are not for access tokens of this configuration.
    ///
    /// # Errors
    /// When a private half does not open, or does not belong to its public one.
    pub fn open(ring: &KeyRing, sealer: &Sealer, algorithm: Algorithm) -> Result<Self, OpenKeysError> {
        let usable = || {
            let of_algorithm = |key: &&SigningKey| key.public.algorithm() == algorithm && key.is_published();
            ring.signing.iter().filter(of_algorithm)
        };
        let mut signer = None;
        for key in usable() {
            let Some(private) = key.state.private() else {
                continue;
            };
            // The next key is opened as well: better found out now than on the day that it takes over.
            let opened = open_signer(key, private, sealer)?;
            prove(&opened, key)?;
            if matches!(key.state, KeyState::Active { .. }) {
                signer = Some(opened);
            }
        }
        Ok(Self {
            signer,
            algorithm: jose_algorithm(algorithm),
            verifying: usable().map(verifying_key).collect::<Result<_, _>>()?,
            public: usable().map(|key| (key.id.clone(), key.public.clone())).collect(),
        })
    }

    /// The key that a header asks for: its own, as a rule, which is known without reading it.
    fn key_of(&self, token: &str, header: &str) -> Option<&DecodingKey> {
        let own = self.verifying.iter().find(|key| *key.header == *header);
        own.or_else(|| self.key_by_reading(token)).map(|key| &key.key)
    }

    /// The key of a token whose header may say the same in another way: another release may have made it.
    fn key_by_reading(&self, token: &str) -> Option<&VerifyingKey> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        // RFC 7515, section 4.1.11: an extension that is not understood makes the token invalid.
        if header.typ.as_deref() != Some(TYP) || header.crit.is_some() || header.alg != self.algorithm {
            return None;
        }
        let kid = header.kid?;
        self.verifying.iter().find(|key| *key.id.0 == *kid)
    }

    /// What a token says, if one of the keys has signed it.
    fn read(&self, token: &str) -> Option<AccessClaims> {
        let (message, signature) = token.rsplit_once('.')?;
        let (header, claims) = message.rsplit_once('.')?;
        let key = self.key_of(token, header)?;
        if !jsonwebtoken::crypto::verify(signature, message.as_bytes(), key, self.algorithm).ok()? {
            return None;
        }
        let claims = URL_SAFE_NO_PAD.decode(claims).ok()?;
        serde_json::from_slice::<ClaimsWire<'_>>(&claims).ok()?.into_claims()
    }
}

impl AccessTokens for JwtAccessTokens {
    fn sign(&self, claims: &AccessClaims) -> Result<AccessToken, SignError> {
        let signer = self.signer.as_ref().ok_or(SignError)?;
        signer.token(&ClaimsWire::from(claims)).map(AccessToken::new)
    }

    fn recognise(&self, token: &PresentedAccessToken) -> Result<AccessClaims, ForeignToken> {
        let token = Some(token.expose()).filter(|token| token.len() <= MAX_TOKEN_LENGTH);
        token.and_then(|token| self.read(token)).ok_or(ForeignToken)
    }

    fn public_keys(&self) -> Vec<(KeyId, PublicKey)> {
        self.public.clone()
    }
}

fn header(key: &SigningKey) -> Header {
    let mut header = Header::new(jose_algorithm(key.public.algorithm()));
    header.typ = Some(TYP.into());
    header.kid = Some(key.id.to_string());
    header
}

/// The header of a key's tokens, as it stands in them.
fn encoded_header(key: &SigningKey) -> Result<Box<str>, OpenKeysError> {
    let header = serde_json::to_vec(&header(key)).map_err(|_| OpenKeysError::Malformed(key.id.clone()))?;
    Ok(URL_SAFE_NO_PAD.encode(header).into())
}

fn jose_algorithm(algorithm: Algorithm) -> jsonwebtoken::Algorithm {
    match algorithm {
        Algorithm::EdDsa => jsonwebtoken::Algorithm::EdDSA,
        Algorithm::Es256 => jsonwebtoken::Algorithm::ES256,
        Algorithm::Rs256 => jsonwebtoken::Algorithm::RS256,
    }
}

/// That the private half signs what the public half verifies, and that the library reads such tokens: known before
/// anything relies on it.
fn prove(signer: &Signer, key: &SigningKey) -> Result<(), OpenKeysError> {
    let malformed = || OpenKeysError::Malformed(key.id.clone());
    let token = signer.token(&serde_json::json!({})).map_err(|_| malformed())?;
    let mut validation = Validation::new(jose_algorithm(key.public.algorithm()));
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    jsonwebtoken::decode::<serde_json::Value>(token, &decoding_key(key)?, &validation).map_err(|_| malformed())?;
    Ok(())
}

fn open_signer(key: &SigningKey, private: &Sealed, sealer: &Sealer) -> Result<Signer, OpenKeysError> {
    let pkcs8 = sealer
        .open(Purpose::SigningKey, &key.id.0, private)
        .map_err(|reason| OpenKeysError::Unseal {
            key: key.id.clone(),
            reason,
        })?;
    Signer::new(key.public.algorithm(), &pkcs8, encoded_header(key)?)
        .ok_or_else(|| OpenKeysError::Malformed(key.id.clone()))
}

fn verifying_key(key: &SigningKey) -> Result<VerifyingKey, OpenKeysError> {
    Ok(VerifyingKey {
        id: key.id.clone(),
        header: encoded_header(key)?,
        key: decoding_key(key)?,
    })
}

fn decoding_key(key: &SigningKey) -> Result<DecodingKey, OpenKeysError> {
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    match &key.public {
        PublicKey::Ed25519 { x } => DecodingKey::from_ed_components(&text(x)),
        PublicKey::P256 { x, y } => DecodingKey::from_ec_components(&text(x), &text(y)),
        PublicKey::Rsa { n, e } => DecodingKey::from_rsa_components(&text(n), &text(e)),
    }
    .map_err(|_| OpenKeysError::Malformed(key.id.clone()))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::sync::Arc;
    use std::time::Duration;

    use jsonwebtoken::EncodingKey;
    use secrecy::SecretBox;
    use serde_json::{Value, json};
    use wxlogin_domain::id::{AccountId, SessionId};
    use wxlogin_domain::identity::AppId;
    use wxlogin_domain::key_ring::{KeyPolicy, PUBLISHED_BEFORE_SIGNING};
    use wxlogin_domain::ports::key_maker::KeyMaker;
    use wxlogin_domain::session::SessionRef;
    use wxlogin_domain::timestamp::Timestamp;
    use wxlogin_domain::token::TokenId;

    use super::*;
    use crate::key_maker::AwsLcKeyMaker;

    fn sealer() -> Arc<Sealer> {
        Arc::new(Sealer::new(&SecretBox::new(Box::new([1; 32]))))
    }

    fn now() -> Timestamp {
        Timestamp::from_unix_seconds(0)
    }

    /// A ring with a pair of keys, active and next, for each algorithm.
    fn ring(algorithms: &[Algorithm]) -> KeyRing {
        let maker = AwsLcKeyMaker::new(sealer());
        let key = |algorithm| maker.signing_key(algorithm, now());
        let first = || key(algorithms[0]).unwrap();
        let ring = KeyRing::new(first(), first(), maker.refresh_mac_key().unwrap(), now());
        algorithms[1..].iter().fold(ring, |ring, algorithm| {
            let tended = ring.tend(&policy(*algorithm), now(), &mut || key(*algorithm));
            tended.unwrap().expect("the algorithm is new").ring
        })
    }

    fn policy(algorithm: Algorithm) -> KeyPolicy {
        KeyPolicy {
            algorithm,
            rotation_age: Duration::from_secs(86_400),
            access_ttl: Duration::from_secs(900),
        }
    }

    fn claims() -> AccessClaims {
        AccessClaims {
            issuer: "https://login.example".into(),
            audience: "https://api.example".into(),
            session: SessionRef {
                account: AccountId::from_bytes([1; 16]),
                session: SessionId::from_bytes([2; 16]),
            },
            client_id: AppId::parse("wx4f4bc4dec97d474b").unwrap(),
            issued_at: Timestamp::from_unix_seconds(1_769_000_000),
            expires_at: Timestamp::from_unix_seconds(1_769_000_900),
            id: TokenId("token-1".into()),
            openid: None,
            unionid: None,
            external_id: None,
        }
    }

    fn recognise(tokens: &JwtAccessTokens, text: &str) -> Result<AccessClaims, ForeignToken> {
        tokens.recognise(&PresentedAccessToken::new(text.into()))
    }

    fn part(token: &str, number: usize) -> Value {
        let part = token.split('.').nth(number).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    #[test]
    fn own_tokens_are_recognised_under_every_algorithm() {
        for algorithm in Algorithm::ALL {
            let ring = ring(&[algorithm]);
            let tokens = JwtAccessTokens::open(&ring, &sealer(), algorithm).unwrap();
            let token = tokens.sign(&claims()).unwrap();
            assert_eq!(recognise(&tokens, token.expose()), Ok(claims()), "{algorithm}");
            assert_eq!(
                part(token.expose(), 0),
                json!({ "typ": "at+jwt", "alg": algorithm.as_str(), "kid": ring.signing[0].id.to_string() })
            );
        }
    }

    #[test]
    fn the_claims_are_these() {
        let tokens = JwtAccessTokens::open(&ring(&[Algorithm::EdDsa]), &sealer(), Algorithm::EdDsa).unwrap();
        let token = tokens.sign(&claims()).unwrap();
        insta::assert_json_snapshot!(part(token.expose(), 1), @r#"
        {
          "aud": "https://api.example",
          "client_id": "wx4f4bc4dec97d474b",
          "exp": 1769000900,
          "iat": 1769000000,
          "iss": "https://login.example",
          "jti": "token-1",
          "sid": "02020202-0202-0202-0202-020202020202",
          "sub": "01010101-0101-0101-0101-010101010101"
        }
        "#);
    }

    #[test]
    fn the_active_key_signs_and_published_ones_are_recognised() {
        let algorithm = Algorithm::EdDsa;
        let before = ring(&[algorithm, Algorithm::Es256]);
        let maker = AwsLcKeyMaker::new(sealer());
        let later = now().plus(PUBLISHED_BEFORE_SIGNING);
        let mut make = || maker.signing_key(algorithm, later);
        let rotated = before
            .clone()
            .rotate(&policy(algorithm), later, &mut make)
            .unwrap()
            .unwrap()
            .ring;
        let first = before.signing[0].id.clone();
        let retired = rotated
            .clone()
            .retire(&first, &policy(algorithm), later, &mut make)
            .unwrap()
            .unwrap()
            .ring;

        let open = |ring: &KeyRing| JwtAccessTokens::open(ring, &sealer(), algorithm).unwrap();
        let old = open(&before).sign(&claims()).unwrap();
        let new = open(&rotated).sign(&claims()).unwrap();
        assert_eq!(part(old.expose(), 0)["kid"], first.to_string());
        assert_eq!(part(new.expose(), 0)["kid"], before.signing[1].id.to_string());
        for (ring, old_is_good, new_is_good, published) in [
            // The next key's tokens are recognised before it signs here: another replica may be ahead.
            (&before, true, true, 2),
            (&rotated, true, true, 3),
            (&retired, false, true, 2),
        ] {
            let tokens = open(ring);
            assert_eq!(recognise(&tokens, old.expose()).is_ok(), old_is_good);
            assert_eq!(recognise(&tokens, new.expose()).is_ok(), new_is_good);
            assert_eq!(tokens.public_keys().len(), published);
        }
    }

    #[test]
    fn foreign_tokens_table() {
        let ring = ring(&[Algorithm::EdDsa, Algorithm::Rs256]);
        let tokens = JwtAccessTokens::open(&ring, &sealer(), Algorithm::EdDsa).unwrap();
        let kid = ring.signing[0].id.to_string();
        let good = tokens.sign(&claims()).unwrap().expose().to_owned();
        let resigned = |header: &Header| {
            let key = &ring.signing[0];
            let private = key.state.private().unwrap();
            let pkcs8 = sealer().open(Purpose::SigningKey, &key.id.0, private).unwrap();
            let key = EncodingKey::from_ed_der(&pkcs8);
            jsonwebtoken::encode(header, &ClaimsWire::from(&claims()), &key).unwrap()
        };
        let unsigned = |header: Value| {
            let claims = good.split('.').nth(1).unwrap();
            format!("{}.{claims}.", URL_SAFE_NO_PAD.encode(header.to_string()))
        };
        let good_header = header(&ring.signing[0]);
        let mut said_otherwise = good_header.clone();
        said_otherwise.cty = Some("JSON".into());
        let mut wrong_typ = good_header.clone();
        wrong_typ.typ = Some("JWT".into());
        let mut no_kid = good_header.clone();
        no_kid.kid = None;
        let mut unknown_kid = good_header.clone();
        unknown_kid.kid = Some("nobody".into());
        let mut crit = good_header.clone();
        crit.crit = Some(vec!["b64".into()]);
        let other_algorithm = JwtAccessTokens::open(&ring, &sealer(), Algorithm::Rs256).unwrap();
        // The classic confusion: the public key as the secret of an HMAC.
        let PublicKey::Ed25519 { x } = &ring.signing[0].public else {
            panic!("the first key is an Ed25519 key");
        };
        let mut hs256 = Header::new(jsonwebtoken::Algorithm::HS256);
        hs256.typ = Some(TYP.into());
        hs256.kid = Some(kid.clone());
        let confused =
            jsonwebtoken::encode(&hs256, &ClaimsWire::from(&claims()), &EncodingKey::from_secret(x)).unwrap();
        let tampered = {
            let mut parts: Vec<&str> = good.split('.').collect();
            let mut claims = part(&good, 1);
            claims["sub"] = "03030303-0303-0303-0303-030303030303".into();
            let claims = URL_SAFE_NO_PAD.encode(claims.to_string());
            parts[1] = &claims;
            parts.join(".")
        };
        let mut table = String::new();
        for (name, token) in [
            ("good", good.clone()),
            ("signed by the library", resigned(&good_header)),
            ("good under a longer header", resigned(&said_otherwise)),
            ("empty", String::new()),
            ("not a JWT", "wxr_AAAA".into()),
            ("two dots only", "..".into()),
            ("alg none", unsigned(json!({ "typ": TYP, "alg": "none", "kid": kid }))),
            ("alg HS256 with the public key", confused),
            (
                "another algorithm of the ring",
                other_algorithm.sign(&claims()).unwrap().expose().into(),
            ),
            ("typ JWT", resigned(&wrong_typ)),
            ("no kid", resigned(&no_kid)),
            ("unknown kid", resigned(&unknown_kid)),
            ("crit", resigned(&crit)),
            ("tampered claims", tampered),
            ("signature cut", good[..good.len() - 4].into()),
            ("a part more", format!("{good}.AAAA")),
            ("huge", "a".repeat(MAX_TOKEN_LENGTH + 1)),
        ] {
            writeln!(
                table,
                "{name:<30} {:?}",
                recognise(&tokens, &token).map(|claims| claims.id.0)
            )
            .unwrap();
        }
        insta::assert_snapshot!(table, @r#"
        good                           Ok("token-1")
        signed by the library          Ok("token-1")
        good under a longer header     Ok("token-1")
        empty                          Err(ForeignToken)
        not a JWT                      Err(ForeignToken)
        two dots only                  Err(ForeignToken)
        alg none                       Err(ForeignToken)
        alg HS256 with the public key  Err(ForeignToken)
        another algorithm of the ring  Err(ForeignToken)
        typ JWT                        Err(ForeignToken)
        no kid                         Err(ForeignToken)
        unknown kid                    Err(ForeignToken)
        crit                           Err(ForeignToken)
        tampered claims                Err(ForeignToken)
        signature cut                  Err(ForeignToken)
        a part more                    Err(ForeignToken)
        huge                           Err(ForeignToken)
        "#);
    }

    #[test]
    fn halves_that_do_not_belong_together_are_noticed() {
        for algorithm in Algorithm::ALL {
            let (mut one, other) = (ring(&[algorithm]), ring(&[algorithm]));
            one.signing[0].public = other.signing[0].public.clone();
            let opened = JwtAccessTokens::open(&one, &sealer(), algorithm);
            assert!(matches!(opened, Err(OpenKeysError::Malformed(_))), "{algorithm}");
        }
    }

    #[test]
    fn another_master_key_opens_no_keys() {
        let ring = ring(&[Algorithm::EdDsa]);
        let other = Sealer::new(&SecretBox::new(Box::new([2; 32])));
        assert!(matches!(
            JwtAccessTokens::open(&ring, &other, Algorithm::EdDsa),
            Err(OpenKeysError::Unseal { .. })
        ));
        let without_keys = JwtAccessTokens::open(&ring, &sealer(), Algorithm::Es256).unwrap();
        assert!(without_keys.sign(&claims()).is_err());
    }
}
