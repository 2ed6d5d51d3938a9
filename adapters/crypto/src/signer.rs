//! The private half of a signing key at work. It is read out of its PKCS#8 once: to do so for each token would cost as
//! much again as the signature.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use wxlogin_domain::key_ring::Algorithm;
use wxlogin_domain::ports::access_tokens::SignError;

/// Signs tokens under one header.
pub(crate) struct Signer {
    pair: KeyPair,
    header: Box<str>,
}

enum KeyPair {
    EdDsa(Ed25519KeyPair),
    Es256(EcdsaKeyPair),
    Rs256(RsaKeyPair),
}

impl Signer {
    /// By a private key in PKCS#8, under a header, which is encoded already. None where the key is no key of the
    /// algorithm.
    pub(crate) fn new(algorithm: Algorithm, pkcs8: &[u8], header: Box<str>) -> Option<Self> {
        let pair = match algorithm {
            Algorithm::EdDsa => Ed25519KeyPair::from_pkcs8(pkcs8).map(KeyPair::EdDsa),
            Algorithm::Es256 => EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).map(KeyPair::Es256),
            Algorithm::Rs256 => RsaKeyPair::from_pkcs8(pkcs8).map(KeyPair::Rs256),
        };
        pair.ok().map(|pair| Self { pair, header })
    }

    /// A token that claims this (RFC 7515, section 3.1).
    ///
    /// # Errors
    /// When the cryptographic library fails.
    pub(crate) fn token(&self, claims: &impl Serialize) -> Result<String, SignError> {
        let claims = serde_json::to_vec(claims).map_err(|_| SignError)?;
        // Exactly the room that it takes: nothing of a token is left behind where it would have to move.
        let parts = [claims.len(), self.pair.signature_length()];
        let room = parts.map(|length| 1 + length.saturating_mul(4).div_ceil(3));
        let mut token = String::with_capacity(self.header.len() + room[0] + room[1]);
        token.push_str(&self.header);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(&claims, &mut token);
        let signature = self.pair.sign(token.as_bytes())?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }
}

impl KeyPair {
    /// In bytes.
    fn signature_length(&self) -> usize {
        match self {
            // Two numbers of 32 bytes (RFC 8037, section 3.1; RFC 7518, section 3.4).
            Self::EdDsa(_) | Self::Es256(_) => 64,
            Self::Rs256(pair) => pair.public_modulus_len(),
        }
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let random = SystemRandom::new();
        match self {
            Self::EdDsa(pair) => Ok(pair.sign(message).as_ref().to_vec()),
            Self::Es256(pair) => {
                let signature = pair.sign(&random, message).map_err(|_| SignError)?;
                Ok(signature.as_ref().to_vec())
            }
            Self::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .map_err(|_| SignError)?;
                Ok(signature)
            }
        }
    }
}
