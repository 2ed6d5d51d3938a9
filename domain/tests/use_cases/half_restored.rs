//! A store that a restore was cut short in is not one to start on.

use async_trait::async_trait;
use wxlogin_domain::copy::CopyItem;
use wxlogin_domain::key_ring::{KeyId, KeyRing, NewKey, PublicKey, Sealed};
use wxlogin_domain::keys::{UnfitStore, refuse_half_restored};
use wxlogin_domain::ports::copy_store::{CopyStore, Export};
use wxlogin_domain::ports::key_store::{KeyStore as _, MockKeyStore};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_store_memory::MemoryStore;

use crate::sample::{at, down};

/// A store that says whether it is empty.
struct Copies(Result<bool, StoreError>);

#[async_trait]
impl CopyStore for Copies {
    async fn is_empty(&self) -> Result<bool, StoreError> {
        self.0.clone()
    }

    async fn export(&self) -> Result<Box<dyn Export>, StoreError> {
        Err(down())
    }

    async fn import(&self, _: &[CopyItem]) -> Result<(), StoreError> {
        Err(down())
    }
}

fn ring() -> KeyRing {
    let key = |number: u8| NewKey {
        id: KeyId(format!("key-{number}").into()),
        public: PublicKey::Ed25519 { x: vec![number; 32] },
        private: Sealed(vec![number]),
        created_at: at(0),
    };
    KeyRing::new(key(1), key(2), Sealed(vec![3]), at(0))
}

#[tokio::test]
async fn people_without_keys_are_half_a_store() {
    let store = MemoryStore::new();
    assert_eq!(refuse_half_restored(&store, &store).await, Ok(()), "a first start");
    let refused = refuse_half_restored(&store, &Copies(Ok(false))).await;
    assert_eq!(refused, Err(UnfitStore::HalfRestored));
    assert!(store.replace_key_ring(&ring(), &[]).await.unwrap());
    assert_eq!(refuse_half_restored(&store, &store).await, Ok(()));
    let refused = refuse_half_restored(&MemoryStore::new(), &Copies(Err(down()))).await;
    assert_eq!(refused, Err(UnfitStore::Store(down())));
}

/// Two replicas start for the first time: what the one finds was begun by the other, just now.
#[tokio::test]
async fn what_another_process_has_just_begun_is_whole() {
    let mut keys = MockKeyStore::new();
    keys.expect_key_ring().once().returning(|| Ok(None));
    keys.expect_key_ring().once().returning(|| Ok(Some(ring())));
    assert_eq!(refuse_half_restored(&keys, &Copies(Ok(false))).await, Ok(()));
}
