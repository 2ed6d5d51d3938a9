//! The keys in use, which change while requests come in.

use std::sync::{Arc, PoisonError, RwLock};

use wxlogin_domain::audit::IpPseudonym;
use wxlogin_domain::key_ring::{Algorithm, KeyId, KeyRing, PublicKey};
use wxlogin_domain::ports::access_tokens::{AccessTokens, ForeignToken, SignError};
use wxlogin_domain::ports::ip_pseudonyms::IpPseudonyms;
use wxlogin_domain::ports::key_holder::{KeyHolder, KeysDoNotOpen};
use wxlogin_domain::ports::refresh_tokens::{ForeignRefreshToken, RefreshTokens};
use wxlogin_domain::session::{Generation, SessionRef};
use wxlogin_domain::token::{AccessClaims, AccessToken, PresentedAccessToken, PresentedRefreshToken, RefreshToken};

use crate::ip_pseudonyms::HmacIpPseudonyms;
use crate::jwt::{JwtAccessTokens, OpenKeysError};
use crate::recognised::RecognisedTokens;
use crate::refresh_mac::HmacRefreshTokens;
use crate::sealer::{Purpose, Sealer};

/// What a ring is once it is opened.
struct Opened {
    ring: KeyRing,
    access: JwtAccessTokens,
    recognised: RecognisedTokens,
    refresh: HmacRefreshTokens,
    pseudonyms: HmacIpPseudonyms,
}

impl Opened {
    /// Opens all that is sealed, what this configuration does not use included: a ring that opens in part only is not
    /// ours to change.
    fn open(ring: &KeyRing, sealer: &Sealer, algorithm: Algorithm) -> Result<Self, KeysDoNotOpen> {
        // Those of the own algorithm are opened below.
        let foreign = ring.signing.iter().filter(|key| key.public.algorithm() != algorithm);
        for key in foreign {
            if let Some(sealed) = key.state.private() {
                let opened = sealer.open(Purpose::SigningKey, &key.id.0, sealed);
                opened.map_err(|error| KeysDoNotOpen(format!("signing key {}: {error}", key.id)))?;
            }
        }
        let mac = sealer
            .open(Purpose::RefreshMac, "", &ring.refresh_mac)
            .map_err(|error| KeysDoNotOpen(format!("the key of refresh tokens: {error}")))?;
        let unusable = |error: OpenKeysError| KeysDoNotOpen(error.to_string());
        Ok(Self {
            ring: ring.clone(),
            access: JwtAccessTokens::open(ring, sealer, algorithm).map_err(unusable)?,
            recognised: RecognisedTokens::new(),
            refresh: HmacRefreshTokens::new(&mac),
            pseudonyms: HmacIpPseudonyms::new(&mac),
        })
    }
}

/// The keys of the ring that was adopted last.
pub struct LiveKeys {
    sealer: Arc<Sealer>,
    algorithm: Algorithm,
    opened: RwLock<Arc<Opened>>,
}

impl LiveKeys {
    /// The keys of a ring.
    ///
    /// # Errors
    /// When one does not open.
    pub fn open(ring: &KeyRing, sealer: Arc<Sealer>, algorithm: Algorithm) -> Result<Self, KeysDoNotOpen> {
        let opened = Opened::open(ring, &sealer, algorithm)?;
        Ok(Self {
            sealer,
            algorithm,
            opened: RwLock::new(Arc::new(opened)),
        })
    }

    fn opened(&self) -> Arc<Opened> {
        Arc::clone(&self.opened.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl KeyHolder for LiveKeys {
    fn adopt(&self, ring: &KeyRing) -> Result<(), KeysDoNotOpen> {
        if self.opened().ring == *ring {
            return Ok(());
        }
        // Opened whatever its version: whoever is told that it was adopted goes on to change it.
        let opened = Arc::new(Opened::open(ring, &self.sealer, self.algorithm)?);
        let mut held = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        // Of two that look at the same time, the one that looked first may come last: versions do not go back.
        if opened.ring.version > held.ring.version {
            *held = opened;
        }
        Ok(())
    }
}

impl AccessTokens for LiveKeys {
    fn sign(&self, claims: &AccessClaims) -> Result<AccessToken, SignError> {
        self.opened().access.sign(claims)
    }

    fn recognise(&self, token: &PresentedAccessToken) -> Result<AccessClaims, ForeignToken> {
        let opened = self.opened();
        opened.recognised.claims(token, || opened.access.recognise(token))
    }

    fn public_keys(&self) -> Vec<(KeyId, PublicKey)> {
        self.opened().access.public_keys()
    }
}

impl RefreshTokens for LiveKeys {
    fn make(&self, session: SessionRef, generation: Generation) -> RefreshToken {
        self.opened().refresh.make(session, generation)
    }

    fn recognise(&self, token: &PresentedRefreshToken) -> Result<(SessionRef, Generation), ForeignRefreshToken> {
        self.opened().refresh.recognise(token)
    }
}

impl IpPseudonyms for LiveKeys {
    fn of(&self, address: std::net::IpAddr) -> IpPseudonym {
        self.opened().pseudonyms.of(address)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretBox;
    use wxlogin_domain::id::{AccountId, SessionId};
    use wxlogin_domain::identity::AppId;
    use wxlogin_domain::ports::key_maker::KeyMaker as _;
    use wxlogin_domain::timestamp::Timestamp;
    use wxlogin_domain::token::TokenId;

    use super::*;
    use crate::key_maker::AwsLcKeyMaker;

    fn sealer(byte: u8) -> Arc<Sealer> {
        Arc::new(Sealer::new(&SecretBox::new(Box::new([byte; 32]))))
    }

    fn ring(sealer: &Arc<Sealer>, version: u64) -> KeyRing {
        let maker = AwsLcKeyMaker::new(Arc::clone(sealer));
        let now = Timestamp::from_unix_seconds(0);
        let key = || maker.signing_key(Algorithm::EdDsa, now).unwrap();
        let ring = KeyRing::new(key(), key(), maker.refresh_mac_key().unwrap(), now);
        KeyRing { version, ..ring }
    }

    fn kids(keys: &LiveKeys) -> Vec<KeyId> {
        keys.public_keys().into_iter().map(|(id, _)| id).collect()
    }

    #[test]
    fn a_newer_ring_is_adopted_and_an_older_one_is_not() {
        let sealer = sealer(1);
        let (second, third) = (ring(&sealer, 2), ring(&sealer, 3));
        let keys = LiveKeys::open(&second, Arc::clone(&sealer), Algorithm::EdDsa).unwrap();
        let before = kids(&keys);
        keys.adopt(&third).unwrap();
        let after = kids(&keys);
        assert_ne!(before, after);
        keys.adopt(&second).unwrap();
        assert_eq!(kids(&keys), after);
    }

    fn claims() -> AccessClaims {
        AccessClaims {
            issuer: "https://login.example".into(),
            audience: "https://login.example".into(),
            session: SessionRef {
                account: AccountId::from_bytes([1; 16]),
                session: SessionId::from_bytes([2; 16]),
            },
            client_id: AppId::parse("wx0000000000000001").unwrap(),
            issued_at: Timestamp::from_unix_seconds(0),
            expires_at: Timestamp::from_unix_seconds(900),
            id: TokenId("token".into()),
            openid: None,
            unionid: None,
            external_id: None,
        }
    }

    #[test]
    fn what_was_recognised_does_not_outlive_its_key() {
        let sealer = sealer(1);
        let keys = LiveKeys::open(&ring(&sealer, 1), Arc::clone(&sealer), Algorithm::EdDsa).unwrap();
        let token = PresentedAccessToken::new(keys.sign(&claims()).unwrap().expose().to_owned());
        for _ in 0..2 {
            assert_eq!(AccessTokens::recognise(&keys, &token), Ok(claims()));
        }
        keys.adopt(&ring(&sealer, 2)).unwrap();
        assert_eq!(AccessTokens::recognise(&keys, &token), Err(ForeignToken));
    }

    #[test]
    fn what_differs_in_one_letter_is_looked_at_anew() {
        let sealer = sealer(1);
        let keys = LiveKeys::open(&ring(&sealer, 1), Arc::clone(&sealer), Algorithm::EdDsa).unwrap();
        let token = keys.sign(&claims()).unwrap().expose().to_owned();
        assert!(AccessTokens::recognise(&keys, &PresentedAccessToken::new(token.clone())).is_ok());
        for position in [0, token.len() / 2, token.len() - 10] {
            let other = if token.as_bytes()[position] == b'A' { "B" } else { "A" };
            let mut forged = token.clone();
            forged.replace_range(position..=position, other);
            assert!(AccessTokens::recognise(&keys, &PresentedAccessToken::new(forged)).is_err());
        }
    }

    #[test]
    fn a_ring_that_does_not_open_changes_nothing() {
        let (ours, theirs) = (sealer(1), sealer(2));
        let keys = LiveKeys::open(&ring(&ours, 1), Arc::clone(&ours), Algorithm::EdDsa).unwrap();
        let before = kids(&keys);
        assert!(keys.adopt(&ring(&theirs, 2)).is_err());
        assert_eq!(kids(&keys), before);
    }

    #[test]
    fn a_ring_of_somebody_else_is_refused_whatever_its_version() {
        let (ours, theirs) = (sealer(1), sealer(2));
        let keys = LiveKeys::open(&ring(&ours, 9), Arc::clone(&ours), Algorithm::EdDsa).unwrap();
        for version in [8, 9, 10] {
            assert!(keys.adopt(&ring(&theirs, version)).is_err(), "version {version}");
        }
    }

    #[test]
    fn a_ring_that_opens_in_part_is_not_opened() {
        let (ours, theirs) = (sealer(1), sealer(2));
        let mut mixed = ring(&ours, 1);
        mixed.signing[1] = ring(&theirs, 1).signing[1].clone();
        let refused = LiveKeys::open(&mixed, ours, Algorithm::EdDsa).err();
        assert!(refused.is_some_and(|error| error.0.contains(&*mixed.signing[1].id.0)));
    }
}
