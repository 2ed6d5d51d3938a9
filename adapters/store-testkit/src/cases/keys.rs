//! The key ring.

use wxlogin_domain::key_ring::{KeyId, KeyRing, PublicKey, Sealed, SigningKey};

use crate::StoreUnderTest;
use crate::sample::at;

/// A key whose bytes are not UTF-8 and hold zeros, as keys do.
pub(crate) fn key(number: u8, public: PublicKey) -> SigningKey {
    SigningKey {
        id: KeyId(format!("key-{number}").into()),
        public,
        private: Sealed(vec![number, 0, 0xff, 0x80, number]),
        created_at: at(i64::from(number)),
    }
}

pub(crate) fn ring(number: u8) -> KeyRing {
    let public = PublicKey::Ed25519 { x: vec![number; 32] };
    KeyRing::new(key(number, public), Sealed(vec![number, 0, 0xff]))
}

/// Keys of every kind come back as they were.
pub async fn ring_is_read_back_in_full(store: StoreUnderTest) {
    assert_eq!(store.key_ring().await.unwrap(), None);
    let first = ring(1);
    assert!(store.replace_key_ring(&first).await.unwrap());
    assert_eq!(store.key_ring().await.unwrap(), Some(first.clone()));
    let second = first.with(key(
        2,
        PublicKey::P256 {
            x: vec![0xff; 32],
            y: vec![0; 32],
        },
    ));
    assert!(store.replace_key_ring(&second).await.unwrap());
    let third = second.with(key(
        3,
        PublicKey::Rsa {
            n: vec![0x80; 256],
            e: vec![1, 0, 1],
        },
    ));
    assert!(store.replace_key_ring(&third).await.unwrap());
    assert_eq!(store.key_ring().await.unwrap(), Some(third));
}

/// Whoever read an older ring does not overwrite a newer one.
pub async fn ring_is_replaced_only_by_its_next_version(store: StoreUnderTest) {
    let first = ring(1);
    let second = first.clone().with(key(2, PublicKey::Ed25519 { x: vec![2; 32] }));
    assert!(
        !store.replace_key_ring(&second).await.unwrap(),
        "there is no version 1 yet"
    );
    assert!(store.replace_key_ring(&first).await.unwrap());
    assert!(
        !store.replace_key_ring(&ring(9)).await.unwrap(),
        "version 1 is there already"
    );
    assert!(store.replace_key_ring(&second).await.unwrap());
    assert!(
        !store.replace_key_ring(&second).await.unwrap(),
        "version 2 is there already"
    );
    assert_eq!(store.key_ring().await.unwrap(), Some(second));
}
