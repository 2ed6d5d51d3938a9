//! The key ring.

use std::slice::from_ref;

use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::key_ring::{KeyId, KeyRing, KeyState, NewKey, PublicKey, Sealed, SigningKey};

use crate::StoreUnderTest;
use crate::sample::{at, event, events};

/// Sealed bytes are no UTF-8 and hold zeros.
pub(crate) fn sealed(number: u8) -> Sealed {
    Sealed(vec![number, 0, 0xff, 0x80, number])
}

fn new_key(number: u8) -> NewKey {
    NewKey {
        id: KeyId(format!("key-{number}").into()),
        public: PublicKey::Ed25519 { x: vec![number; 32] },
        private: sealed(number),
        created_at: at(i64::from(number)),
    }
}

/// A first version.
pub(crate) fn ring(number: u8) -> KeyRing {
    KeyRing::new(new_key(number), new_key(number + 100), sealed(number), at(5))
}

/// Keys of every kind, each in every state.
pub(crate) fn keys_in_every_state() -> Vec<SigningKey> {
    let publics = [
        PublicKey::Ed25519 { x: vec![0; 32] },
        PublicKey::P256 {
            x: vec![0xff; 32],
            y: vec![0; 32],
        },
        PublicKey::Rsa {
            n: vec![0x80; 256],
            e: vec![1, 0, 1],
        },
    ];
    let states = [
        KeyState::Retired { at: at(4) },
        KeyState::Retiring { until: at(5) },
        KeyState::Active {
            private: sealed(6),
            since: at(6),
        },
        KeyState::Next {
            private: sealed(7),
            published_at: at(7),
        },
    ];
    let of_state = |state: &KeyState| publics.clone().map(|public| (state.clone(), public));
    let numbered = (1..).zip(states.iter().flat_map(of_state));
    let key = |(number, (state, public))| SigningKey {
        id: KeyId(format!("key of state {number}").into()),
        public,
        created_at: at(number),
        state,
    };
    numbered.map(key).collect()
}

/// What follows a version.
pub(crate) fn after(ring: &KeyRing) -> KeyRing {
    KeyRing {
        version: ring.version + 1,
        refresh_mac: Sealed(vec![0xfe, ring.refresh_mac.0[0]]),
        ..ring.clone()
    }
}

/// Keys of every kind and in every state come back as they were.
pub async fn ring_is_read_back_in_full(store: StoreUnderTest) {
    assert_eq!(store.key_ring().await.unwrap(), None);
    let first = ring(1);
    assert!(store.replace_key_ring(&first, &[]).await.unwrap());
    assert_eq!(store.key_ring().await.unwrap(), Some(first.clone()));
    let mut second = after(&first);
    second.signing.extend(keys_in_every_state());
    assert!(store.replace_key_ring(&second, &[]).await.unwrap());
    assert_eq!(store.key_ring().await.unwrap(), Some(second));
}

/// Whoever read an older ring does not overwrite a newer one.
pub async fn ring_is_replaced_only_by_its_next_version(store: StoreUnderTest) {
    let first = ring(1);
    let second = after(&first);
    assert!(
        !store.replace_key_ring(&second, &[]).await.unwrap(),
        "there is no version 1 yet"
    );
    assert!(store.replace_key_ring(&first, &[]).await.unwrap());
    assert!(
        !store.replace_key_ring(&ring(9), &[]).await.unwrap(),
        "version 1 is there already"
    );
    assert!(store.replace_key_ring(&second, &[]).await.unwrap());
    assert!(
        !store.replace_key_ring(&second, &[]).await.unwrap(),
        "version 2 is there already"
    );
    assert_eq!(store.key_ring().await.unwrap(), Some(second));
}

/// The log tells of rings that were stored, and of no others.
pub async fn ring_and_its_events_are_one_act(store: StoreUnderTest) {
    let first = ring(1);
    let activated = event(AuditAction::KeyActivated, 5).with_detail("key-1");
    let resealed = event(AuditAction::KeysResealed, 6);
    let retired = event(AuditAction::KeyRetired, 7);
    let both = [activated.clone(), resealed.clone()];
    let too_early = from_ref(&retired);
    assert!(!store.replace_key_ring(&after(&first), too_early).await.unwrap());
    assert_eq!(events(&store).await, []);
    assert!(store.replace_key_ring(&first, &both).await.unwrap());
    assert_eq!(events(&store).await, [resealed.clone(), activated.clone()]);
    assert!(!store.replace_key_ring(&ring(2), from_ref(&retired)).await.unwrap());
    assert_eq!(events(&store).await, [resealed.clone(), activated.clone()]);
    assert!(
        store
            .replace_key_ring(&after(&first), from_ref(&retired))
            .await
            .unwrap()
    );
    assert_eq!(events(&store).await, [retired, resealed, activated]);
}
