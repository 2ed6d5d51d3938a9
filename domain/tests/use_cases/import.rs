//! Importing the users of a business.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use wxlogin_domain::audit::{AuditFilter, AuditQuery};
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::import::ImportService;
use wxlogin_domain::import_rules::{Imported, ImportedUser, KnownUsers};
use wxlogin_domain::origin::{Actor, Origin};
use wxlogin_domain::phone_number::PhonePolicy;
use wxlogin_domain::ports::account_store::AccountStore as _;
use wxlogin_domain::ports::audit_store::AuditStore as _;
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::entropy::RepeatableEntropy;
use wxlogin_domain::ports::import_store::{ImportAct, ImportStore};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_store_memory::MemoryStore;

use crate::sample::{at, identity};

/// A store in which others are faster, so many times.
struct Contended {
    inner: MemoryStore,
    others: AtomicUsize,
}

impl Contended {
    fn by(others: usize) -> Arc<Self> {
        Arc::new(Self {
            inner: MemoryStore::new(),
            others: AtomicUsize::new(others),
        })
    }
}

#[async_trait]
impl ImportStore for Contended {
    async fn known_users(&self, users: &[ImportedUser], phones: PhonePolicy) -> Result<KnownUsers, StoreError> {
        self.inner.known_users(users, phones).await
    }

    async fn import_users(&self, act: &ImportAct) -> Result<bool, StoreError> {
        let left = self.others.load(Ordering::Relaxed);
        if left > 0 {
            self.others.store(left - 1, Ordering::Relaxed);
            return Ok(false);
        }
        self.inner.import_users(act).await
    }
}

fn service(store: &Arc<Contended>) -> ImportService {
    ImportService {
        store: Arc::<Contended>::clone(store),
        phones: PhonePolicy::Shared,
        entropy: Arc::new(RepeatableEntropy::default()),
        clock: Arc::new(FixedClock::at(at(0))),
    }
}

fn users() -> [ImportedUser; 1] {
    [ImportedUser {
        identity: identity(),
        external_id: ExternalId::parse("10023").unwrap(),
        phone: None,
        nickname: None,
    }]
}

fn operator() -> Origin {
    Origin::service().by(Actor::ApiKey("command-line".into()))
}

#[tokio::test]
async fn a_piece_is_one_act_of_the_operator() {
    let store = Contended::by(0);
    let outcomes = service(&store).import(&operator(), &users()).await;
    assert_eq!(outcomes, Ok(vec![Imported::Made]));
    let again = service(&store).import(&operator(), &users()).await;
    assert_eq!(again, Ok(vec![Imported::Unchanged]));
    let query = AuditQuery {
        filter: AuditFilter::default(),
        after: None,
        limit: 10,
    };
    let events = store.inner.audit(&query).await.unwrap().events;
    let told: Vec<_> = events
        .iter()
        .map(|event| (event.action.as_str(), event.actor.to_text(), event.detail.as_deref()))
        .collect();
    let actor = "api_key:command-line".to_owned();
    assert_eq!(told, [("accounts_imported", actor, Some("1 made, 0 changed"))]);
    assert!(events[0].account.is_none());
}

#[tokio::test]
async fn whoever_is_overtaken_plans_anew_and_not_for_ever() {
    let store = Contended::by(15);
    let outcomes = service(&store).import(&operator(), &users()).await;
    assert_eq!(outcomes, Ok(vec![Imported::Made]));
    let store = Contended::by(16);
    let outcomes = service(&store).import(&operator(), &users()).await;
    assert!(matches!(outcomes, Err(StoreError::Unavailable(_))), "{outcomes:?}");
}

#[tokio::test]
async fn what_is_foreseen_is_not_done() {
    let store = Contended::by(0);
    let outcomes = service(&store).foresee(&users()).await;
    assert_eq!(outcomes, Ok(vec![Imported::Made]));
    let found = store
        .inner
        .account_of_identity(&identity().app, &identity().openid)
        .await;
    assert_eq!(found, Ok(None));
}
