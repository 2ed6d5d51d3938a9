//! Keys are made once, whoever starts first.

use std::sync::atomic::{AtomicU8, Ordering};

use wxlogin_domain::key_ring::{Algorithm, KeyId, PublicKey, Sealed, SigningKey};
use wxlogin_domain::keys::{EnsureKeysError, ensure_keys};
use wxlogin_domain::ports::key_maker::{KeyMaker, KeyMakerError};
use wxlogin_domain::ports::key_store::{KeyStore as _, MockKeyStore};
use wxlogin_domain::ports::store::StoreError;
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
async fn whoever_is_second_takes_the_ring_of_the_first() {
    let maker = NumberedKeys::default();
    let theirs = ensure_keys(&MemoryStore::new(), &maker, Algorithm::EdDsa, at(0))
        .await
        .unwrap();
    let mut store = MockKeyStore::new();
    store.expect_key_ring().once().returning(|| Ok(None));
    store.expect_replace_key_ring().once().returning(|_| Ok(false));
    let found = theirs.clone();
    store.expect_key_ring().returning(move || Ok(Some(found.clone())));
    assert_eq!(ensure_keys(&store, &maker, Algorithm::EdDsa, at(1)).await, Ok(theirs));
}

#[tokio::test]
async fn a_ring_that_never_stands_still_is_given_up() {
    let mut store = MockKeyStore::new();
    store.expect_key_ring().returning(|| Ok(None));
    store.expect_replace_key_ring().returning(|_| Ok(false));
    let refused = ensure_keys(&store, &NumberedKeys::default(), Algorithm::EdDsa, at(0)).await;
    assert!(matches!(
        refused,
        Err(EnsureKeysError::Store(StoreError::Unavailable(_)))
    ));
}
