//! What is closed can be opened again at once, and finds what was there.

use std::time::Duration;

use wxlogin_domain::key_ring::{KeyId, KeyRing, NewKey, PublicKey, Sealed};
use wxlogin_domain::ports::key_store::KeyStore as _;
use wxlogin_domain::ports::store::StoreHealth as _;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_store_surreal::{Location, OpenError, SurrealStore};

const PATIENT: Duration = Duration::from_secs(30);

fn ring() -> KeyRing {
    let at = Timestamp::from_unix_seconds(0);
    let key = |number: u8| NewKey {
        id: KeyId(format!("key-{number}").into()),
        public: PublicKey::Ed25519 { x: vec![number; 32] },
        private: Sealed(vec![number; 3]),
        created_at: at,
    };
    KeyRing::new(key(1), key(2), Sealed(vec![4]), at)
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_waits_until_the_directory_is_free() {
    let directory = tempfile::tempdir().expect("a directory");
    let location = Location::SurrealKv(directory.path().join("store"));
    for round in 0..3 {
        let store = SurrealStore::open(&location, PATIENT).await.expect("it opens");
        store.ping().await.expect("it answers");
        if round == 0 {
            assert!(store.replace_key_ring(&ring(), &[]).await.expect("it is stored"));
        }
        assert_eq!(store.key_ring().await.expect("it is read"), Some(ring()));
        let second = SurrealStore::open(&location, PATIENT).await.err();
        assert!(matches!(second, Some(OpenError::Locked(_))), "{second:?}");
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_the_engine_would_misread_is_refused() {
    let location = Location::SurrealKv("what?now".into());
    let refused = SurrealStore::open(&location, PATIENT).await.err();
    assert!(matches!(refused, Some(OpenError::BadPath(_))), "{refused:?}");
}
