//! Whether a store is there.

use std::sync::Arc;

use wxlogin_domain::ports::account_store::AccountFilter;

use super::search::found;
use crate::StoreUnderTest;
use crate::racing::race;
use crate::sample::{APP_ONE, events, identity, login, recorded};

/// A store can be asked as often as one likes, and nobody notices.
pub async fn proving_that_it_is_there_leaves_nothing(store: StoreUnderTest) {
    store.ping().await.unwrap();
    store.prove_writable().await.unwrap();
    let login = recorded(&store, &login(identity(APP_ONE, "o1", None), 0)).await;
    race(|number| {
        let store = Arc::clone(&store);
        async move {
            match number % 2 {
                0 => store.ping().await.unwrap(),
                _ => store.prove_writable().await.unwrap(),
            }
        }
    })
    .await;
    assert_eq!(found(&store, &AccountFilter::default(), 10).await, [login.account]);
    assert_eq!(events(&store).await, login.events);
}
