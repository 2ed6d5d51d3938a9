//! Sealing: AES-256-GCM under a key derived from the master key, bound to what is sealed.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Prk, Salt};
use aws_lc_rs::hmac;
use secrecy::{ExposeSecret, SecretBox};
use wxlogin_domain::key_ring::Sealed;
use zeroize::Zeroizing;

/// What is sealed. Part of the authenticated data: what was sealed as one thing does not open as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The private half of a signing key.
    SigningKey,
    /// The key of the refresh tokens' MAC.
    RefreshMac,
    /// A `session_key` of WeChat's.
    SessionKey,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::SigningKey => b"wxlogin signing key v1",
            Self::RefreshMac => b"wxlogin refresh mac v1",
            Self::SessionKey => b"wxlogin session key v1",
        }
    }
}

/// The bytes do not open: another master key sealed them, or they were changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sealed under another master key, or damaged")]
pub struct UnsealError;

/// The first byte of everything sealed, so that a later format can be told apart.
const FORMAT: u8 = 1;

/// What the keys for each use are derived from.
fn derived(master_key: &SecretBox<[u8; 32]>) -> Prk {
    Salt::new(HKDF_SHA256, b"wxlogin").extract(master_key.expose_secret())
}

/// The secret under which a shared cache names what it keeps.
///
/// # Panics
/// Never: the lengths are constants that fit the algorithms.
#[must_use]
pub fn cache_names(master_key: &SecretBox<[u8; 32]>) -> SecretBox<[u8; 32]> {
    SecretBox::init_with_mut(|secret: &mut [u8; 32]| {
        let derived = derived(master_key);
        let expanded = derived.expand(&[b"cache names v1"], HKDF_SHA256);
        expanded
            .and_then(|key| key.fill(secret))
            .expect("32 bytes can be expanded");
    })
}

/// Seals and opens secrets at rest.
pub struct Sealer {
    sealing: LessSafeKey,
    fingerprints: hmac::Key,
}

impl Sealer {
    /// A sealer under a master key. The master key itself encrypts nothing: a key for each use is derived from it.
    ///
    /// # Panics
    /// Never: the lengths are constants that fit the algorithms.
    #[must_use]
    pub fn new(master_key: &SecretBox<[u8; 32]>) -> Self {
        let derived = derived(master_key);
        let sealing = derived
            .expand(&[b"sealing v1"], &AES_256_GCM)
            .expect("32 bytes can be expanded");
        let fingerprints = derived
            .expand(&[b"fingerprints v1"], hmac::HMAC_SHA256)
            .expect("32 bytes can be expanded");
        Self {
            sealing: LessSafeKey::new(UnboundKey::from(sealing)),
            fingerprints: hmac::Key::from(fingerprints),
        }
    }

    /// Tells whether two secrets of one purpose and name are the same, without opening either: an HMAC-SHA-256, cut
    /// short. Whoever lacks the master key learns nothing from it, nor can they try guesses.
    ///
    /// # Panics
    /// Never: an HMAC-SHA-256 is longer than what is kept of it.
    #[must_use]
    pub fn fingerprint(&self, purpose: Purpose, name: &str, secret: &[u8]) -> [u8; 16] {
        let mut mac = hmac::Context::with_key(&self.fingerprints);
        // Labels and names hold no zero byte, so no two pairs of them begin alike.
        for part in [purpose.label(), b"\0", name.as_bytes(), b"\0", secret] {
            mac.update(part);
        }
        let tag = mac.sign();
        *tag.as_ref().first_chunk().expect("an HMAC-SHA-256 has 32 bytes")
    }

    /// Seals a secret. `name` tells apart secrets of one purpose (the key id).
    ///
    /// # Panics
    /// When the operating system has no randomness.
    #[must_use]
    pub fn seal(&self, purpose: Purpose, name: &str, secret: &[u8]) -> Sealed {
        let mut nonce = [0; NONCE_LEN];
        aws_lc_rs::rand::fill(&mut nonce).expect("the operating system gives randomness");
        let mut text = secret.to_vec();
        self.sealing
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad(purpose, name), &mut text)
            .expect("a secret is far shorter than the algorithm's limit");
        let mut sealed = Vec::with_capacity(1 + nonce.len() + text.len());
        sealed.push(FORMAT);
        sealed.extend_from_slice(&nonce);
        sealed.append(&mut text);
        Sealed(sealed)
    }

    /// Opens what was sealed for the same purpose under the same name.
    ///
    /// # Errors
    /// When it does not open.
    pub fn open(&self, purpose: Purpose, name: &str, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, UnsealError> {
        let (format, rest) = sealed.0.split_first().ok_or(UnsealError)?;
        if *format != FORMAT || rest.len() < NONCE_LEN {
            return Err(UnsealError);
        }
        let (nonce, text) = rest.split_at(NONCE_LEN);
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| UnsealError)?;
        let mut text = Zeroizing::new(text.to_vec());
        let length = self
            .sealing
            .open_in_place(nonce, aad(purpose, name), &mut text)
            .map_err(|_| UnsealError)?
            .len();
        text.truncate(length);
        Ok(text)
    }
}

/// Seals anew, under `to`, what `from` opens. What `to` opens already is left as it is, so that a second run does no
/// harm.
///
/// # Errors
/// When neither opens it.
pub fn reseal(
    from: &Sealer,
    to: &Sealer,
    purpose: Purpose,
    name: &str,
    sealed: &Sealed,
) -> Result<Sealed, UnsealError> {
    if to.open(purpose, name, sealed).is_ok() {
        return Ok(sealed.clone());
    }
    Ok(to.seal(purpose, name, &from.open(purpose, name, sealed)?))
}

fn aad(purpose: Purpose, name: &str) -> Aad<Vec<u8>> {
    Aad::from([purpose.label(), b"\0", name.as_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(&SecretBox::new(Box::new([byte; 32])))
    }

    #[test]
    fn opens_only_as_what_it_was_sealed() {
        let sealed = sealer(1).seal(Purpose::SigningKey, "a", b"secret");
        let open = |sealer: Sealer, purpose, name| sealer.open(purpose, name, &sealed).map(|text| text.to_vec());
        assert_eq!(open(sealer(1), Purpose::SigningKey, "a"), Ok(b"secret".to_vec()));
        assert_eq!(open(sealer(2), Purpose::SigningKey, "a"), Err(UnsealError));
        assert_eq!(open(sealer(1), Purpose::RefreshMac, "a"), Err(UnsealError));
        assert_eq!(open(sealer(1), Purpose::SigningKey, "b"), Err(UnsealError));
    }

    #[test]
    fn any_changed_byte_is_noticed() {
        let sealed = sealer(1).seal(Purpose::RefreshMac, "", b"secret");
        for place in 0..sealed.0.len() {
            let mut changed = sealed.clone();
            changed.0[place] ^= 1;
            assert!(
                sealer(1).open(Purpose::RefreshMac, "", &changed).is_err(),
                "byte {place}"
            );
            let cut = Sealed(sealed.0[..place].to_vec());
            assert!(sealer(1).open(Purpose::RefreshMac, "", &cut).is_err(), "cut at {place}");
        }
    }

    #[test]
    fn what_is_resealed_opens_under_the_new_key_alone() {
        let (old, new) = (sealer(1), sealer(2));
        let sealed = old.seal(Purpose::SigningKey, "a", b"secret");
        let resealed = reseal(&old, &new, Purpose::SigningKey, "a", &sealed).unwrap();
        assert_eq!(
            new.open(Purpose::SigningKey, "a", &resealed).unwrap().as_slice(),
            b"secret"
        );
        assert!(old.open(Purpose::SigningKey, "a", &resealed).is_err());
        assert_eq!(reseal(&old, &new, Purpose::SigningKey, "a", &resealed), Ok(resealed));
        assert!(reseal(&sealer(3), &new, Purpose::SigningKey, "a", &sealed).is_err());
    }

    #[test]
    fn a_fingerprint_is_of_one_secret_under_one_key() {
        let fingerprint = |key, purpose, name, secret: &[u8]| sealer(key).fingerprint(purpose, name, secret);
        let one = fingerprint(1, Purpose::SessionKey, "a", b"secret");
        assert_eq!(one, fingerprint(1, Purpose::SessionKey, "a", b"secret"));
        for other in [
            fingerprint(2, Purpose::SessionKey, "a", b"secret"),
            fingerprint(1, Purpose::RefreshMac, "a", b"secret"),
            fingerprint(1, Purpose::SessionKey, "b", b"secret"),
            fingerprint(1, Purpose::SessionKey, "a", b"secre"),
            fingerprint(1, Purpose::SessionKey, "as", b"ecret"),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn the_derivations_never_change() {
        // Computed apart from this code, by RFC 5869 and AES-256-GCM as they are written: stores hold what was sealed so.
        let head = [FORMAT, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7];
        let text = *b"\x33\x40\x14\x54\xb9\x18\xde\xba\x69\x90\x6f";
        let tag = *b"\x57\x13\x2c\x7c\x37\xb7\x03\xc9\x47\xa1\xff";
        let sealed = Sealed([head.as_slice(), &text, &tag].concat());
        let opened = sealer(1).open(Purpose::RefreshMac, "", &sealed).unwrap();
        assert_eq!(opened.as_slice(), b"secret");
        let fingerprint = sealer(1).fingerprint(Purpose::SessionKey, "a", b"secret");
        assert_eq!(
            u128::from_be_bytes(fingerprint),
            0x1915_8814_e7a0_d32c_2e2f_dd10_c103_b2a0
        );
    }

    #[test]
    fn two_seals_of_one_secret_differ() {
        let sealer = sealer(1);
        assert_ne!(
            sealer.seal(Purpose::RefreshMac, "", b"secret"),
            sealer.seal(Purpose::RefreshMac, "", b"secret")
        );
    }
}
