//! Keys are made once, whoever starts first.

use std::sync::atomic::{AtomicU8, Ordering};

use wxlogin_domain::key_ring::{Algorithm, KeyId, PublicKey, Sealed, SigningKey};
use wxlogin_domain::keys::ensure_keys;
use wxlogin_domain::ports::key_maker::{KeyMaker, KeyMakerError};
use wxlogin_domain::ports::key_store::KeyStore as _;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_store_memory::MemoryStore;

use crate::sample::at;

/// Makes keys that are numbered instead of random.
#[derive(Default)]
struct NumberedKeys(AtomicU8);

impl KeyMaker for NumberedKeys {
    fn signing_key(&self, algorithm: Algorithm, now: Timestamp) -> Result<SigningKey, KeyMakerError> {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        let bytes = vec![number; 32];
        Ok(SigningKey {
            id: KeyId(format!("key-{number}").into()),
            public: match algorithm {
                Algorithm::EdDsa => PublicKey::Ed25519 { x: bytes },
                Algorithm::Es256 => PublicKey::P256 {
                    x: bytes.clone(),
                    y: bytes,
                },
                Algorithm::Rs256 => PublicKey::Rsa { n: bytes, e: vec![3] },
            },
            private: Sealed(vec![number]),
            created_at: now,
        })
    }

    fn refresh_mac_key(&self) -> Result<Sealed, KeyMakerError> {
        Ok(Sealed(vec![0]))
    }
}

#[tokio::test]
async fn the_first_start_makes_keys_and_later_ones_find_them() {
    let (store, maker) = (MemoryStore::new(), NumberedKeys::default());
    let first = ensure_keys(&store, &maker, Algorithm::EdDsa, at(0)).await.unwrap();
    let later = ensure_keys(&store, &maker, Algorithm::EdDsa, at(9)).await.unwrap();
    assert_eq!(first, later);
    assert_eq!(store.key_ring().await.unwrap(), Some(first));
}

#[tokio::test]
async fn another_algorithm_gets_a_key_beside_the_old_one() {
    let (store, maker) = (MemoryStore::new(), NumberedKeys::default());
    ensure_keys(&store, &maker, Algorithm::EdDsa, at(0)).await.unwrap();
    let ring = ensure_keys(&store, &maker, Algorithm::Es256, at(9)).await.unwrap();
    assert_eq!(ring.version, 2);
    assert_eq!(ring.active(Algorithm::EdDsa).unwrap().id, KeyId("key-1".into()));
    assert_eq!(ring.active(Algorithm::Es256).unwrap().id, KeyId("key-2".into()));
    assert_eq!(ring.active(Algorithm::Rs256), None);
}

#[tokio::test]
async fn concurrent_starts_agree() {
    let (store, maker) = (MemoryStore::new(), NumberedKeys::default());
    let start = || ensure_keys(&store, &maker, Algorithm::EdDsa, at(0));
    let (one, two, three) = tokio::join!(start(), start(), start());
    let one = one.unwrap();
    assert_eq!((&two.unwrap(), &three.unwrap()), (&one, &one));
}
