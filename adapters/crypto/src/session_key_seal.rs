//! Session keys, sealed while they wait in a cache.

use std::sync::Arc;

use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::ports::session_key_sealer::SessionKeySealer;
use wxlogin_domain::session_key::{SealedSessionKey, SessionKey};

use crate::sealer::{Purpose, Sealer};

/// Seals session keys under the master key, each bound to its (appid, openid).
pub struct SessionKeySeal(Arc<Sealer>);

impl SessionKeySeal {
    /// By this sealer.
    #[must_use]
    pub fn new(sealer: Arc<Sealer>) -> Self {
        Self(sealer)
    }
}

impl SessionKeySealer for SessionKeySeal {
    fn seal(&self, app: &AppId, openid: &OpenId, key: &SessionKey) -> SealedSessionKey {
        let owner = owner(app, openid);
        // The text, not the bytes: it is what signatures are keyed with, and it is read again by the usual way.
        let secret = key.expose_text().as_bytes();
        SealedSessionKey {
            fingerprint: self.0.fingerprint(Purpose::SessionKey, &owner, secret),
            sealed: self.0.seal(Purpose::SessionKey, &owner, secret),
        }
    }

    fn open(&self, app: &AppId, openid: &OpenId, sealed: &SealedSessionKey) -> Option<SessionKey> {
        let text = self
            .0
            .open(Purpose::SessionKey, &owner(app, openid), &sealed.sealed)
            .ok()?;
        SessionKey::parse(str::from_utf8(&text).ok()?).ok()
    }
}

/// No appid and no openid has a slash, so no two users share a name.
fn owner(app: &AppId, openid: &OpenId) -> String {
    format!("{app}/{openid}")
}

#[cfg(test)]
mod tests {
    use secrecy::SecretBox;
    use wxlogin_domain::key_ring::Sealed;

    use super::*;

    fn seal(master: u8) -> SessionKeySeal {
        SessionKeySeal::new(Arc::new(Sealer::new(&SecretBox::new(Box::new([master; 32])))))
    }

    fn app() -> AppId {
        AppId::parse("wx4f4bc4dec97d474b").unwrap()
    }

    fn openid(text: &str) -> OpenId {
        OpenId::parse(text).unwrap()
    }

    fn key() -> SessionKey {
        SessionKey::parse("tiihtNczf5v6AKRyjwEUhQ==").unwrap()
    }

    #[test]
    fn opens_for_its_user_under_its_master_key_alone() {
        let sealed = seal(1).seal(&app(), &openid("one"), &key());
        let text = |key: Option<SessionKey>| key.map(|key| key.expose_text().to_owned());
        let other_app = AppId::parse("wxba5fad812f8e6fb9").unwrap();
        let good = Some("tiihtNczf5v6AKRyjwEUhQ==".to_owned());
        assert_eq!(text(seal(1).open(&app(), &openid("one"), &sealed)), good);
        assert_eq!(text(seal(2).open(&app(), &openid("one"), &sealed)), None);
        assert_eq!(text(seal(1).open(&app(), &openid("two"), &sealed)), None);
        assert_eq!(text(seal(1).open(&other_app, &openid("one"), &sealed)), None);
    }

    #[test]
    fn a_key_has_one_fingerprint_per_user_and_seals_that_differ() {
        let sealed = |master, openid_text, key: &SessionKey| seal(master).seal(&app(), &openid(openid_text), key);
        let one = sealed(1, "one", &key());
        let again = sealed(1, "one", &key());
        assert_eq!(one.fingerprint, again.fingerprint);
        assert_ne!(one.sealed, again.sealed);
        let other_key = SessionKey::parse("o0q0otL8aEzpcZL/FT9WsQ==").unwrap();
        for other in [
            sealed(1, "two", &key()),
            sealed(2, "one", &key()),
            sealed(1, "one", &other_key),
        ] {
            assert_ne!(one.fingerprint, other.fingerprint);
        }
    }

    #[test]
    fn neither_the_key_nor_its_bytes_stand_in_what_is_kept() {
        let sealed = seal(1).seal(&app(), &openid("one"), &key());
        let kept = [sealed.fingerprint.as_slice(), &sealed.sealed.0].concat();
        for part in [key().expose_text().as_bytes(), key().expose_bytes().as_slice()] {
            assert!(!kept.windows(8).any(|window| window == &part[..8]));
        }
    }

    #[test]
    fn what_was_changed_or_is_no_key_does_not_open() {
        let good = seal(1).seal(&app(), &openid("one"), &key());
        let with = |sealed| SealedSessionKey { sealed, ..good.clone() };
        for place in 0..good.sealed.0.len() {
            let mut changed = good.sealed.clone();
            changed.0[place] ^= 1;
            assert!(
                seal(1).open(&app(), &openid("one"), &with(changed)).is_none(),
                "byte {place}"
            );
            let cut = Sealed(good.sealed.0[..place].to_vec());
            assert!(
                seal(1).open(&app(), &openid("one"), &with(cut)).is_none(),
                "cut at {place}"
            );
        }
        for no_key in [b"".as_slice(), b"\xff", b"tiihtNczf5v6AKRyjwEUhQ"] {
            let sealed = seal(1)
                .0
                .seal(Purpose::SessionKey, &owner(&app(), &openid("one")), no_key);
            assert!(seal(1).open(&app(), &openid("one"), &with(sealed)).is_none());
        }
    }
}
