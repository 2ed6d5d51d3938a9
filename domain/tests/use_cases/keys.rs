//! Signing keys: made once, whoever starts first; rotated and retired once, whoever looks first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::key_ring::{
    Algorithm, KeyId, KeyPolicy, KeyRing, KeyState, NewKey, NextKeyTooYoung, PICK_UP, PUBLISHED_BEFORE_SIGNING,
    PublicKey, RetireRefusal, Sealed, SigningKey,
};
use wxlogin_domain::keys::{KeyService, KeysError, RetireError, RotateError, first_ring, reseal};
use wxlogin_domain::origin::Origin;
use wxlogin_domain::ports::clock::Clock as _;
use wxlogin_domain::ports::key_holder::{KeyHolder, KeysDoNotOpen, MockKeyHolder};
use wxlogin_domain::ports::key_maker::{KeyMaker, KeyMakerError};
use wxlogin_domain::ports::key_store::{KeyStore, MockKeyStore};
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_domain::token::LEEWAY;
use wxlogin_store_memory::MemoryStore;

use crate::sample::{World, at, down, operator, told};

const DAY: i64 = 86_400;
const PUBLISHED: i64 = PUBLISHED_BEFORE_SIGNING.as_secs().cast_signed();
const POLICY: KeyPolicy = KeyPolicy {
    algorithm: Algorithm::EdDsa,
    rotation_age: Duration::from_secs(90 * 86_400),
    access_ttl: Duration::from_secs(900),
};

/// Makes keys that are numbered instead of random: signing keys, and those of refresh tokens.
#[derive(Default)]
struct NumberedKeys(AtomicU32, AtomicU8);

impl KeyMaker for NumberedKeys {
    fn signing_key(&self, algorithm: Algorithm, now: Timestamp) -> Result<NewKey, KeyMakerError> {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        let bytes = number.to_be_bytes().to_vec();
        Ok(NewKey {
            id: key(number),
            public: match algorithm {
                Algorithm::EdDsa => PublicKey::Ed25519 { x: bytes.clone() },
                Algorithm::Es256 => PublicKey::P256 {
                    x: bytes.clone(),
                    y: bytes.clone(),
                },
                Algorithm::Rs256 => PublicKey::Rsa {
                    n: bytes.clone(),
                    e: vec![3],
                },
            },
            private: Sealed(bytes),
            created_at: now,
        })
    }

    fn refresh_mac_key(&self) -> Result<Sealed, KeyMakerError> {
        Ok(Sealed(vec![0, self.1.fetch_add(1, Ordering::SeqCst)]))
    }
}

/// Makes none.
struct NoKeys;

impl KeyMaker for NoKeys {
    fn signing_key(&self, _: Algorithm, _: Timestamp) -> Result<NewKey, KeyMakerError> {
        Err(KeyMakerError)
    }

    fn refresh_mac_key(&self) -> Result<Sealed, KeyMakerError> {
        Err(KeyMakerError)
    }
}

/// Opens every ring, and remembers the last one.
#[derive(Default)]
struct Held(Mutex<Option<KeyRing>>);

impl KeyHolder for Held {
    fn adopt(&self, ring: &KeyRing) -> Result<(), KeysDoNotOpen> {
        *self.0.lock().unwrap() = Some(ring.clone());
        Ok(())
    }
}

impl Held {
    fn ring(&self) -> Option<KeyRing> {
        self.0.lock().unwrap().clone()
    }
}

fn key(number: u32) -> KeyId {
    KeyId(format!("key-{number}").into())
}

/// What the keys do: `key-1 active, key-2 next`.
fn shown(ring: &KeyRing) -> String {
    let keys = ring
        .signing
        .iter()
        .map(|key| format!("{} {}", key.id, key.state.as_str()));
    keys.collect::<Vec<_>>().join(", ")
}

/// Several processes on one store.
struct Deployment {
    world: World,
    maker: Arc<NumberedKeys>,
    policy: KeyPolicy,
}

impl Deployment {
    /// With its first ring: key 1 signs, key 2 follows.
    async fn new(policy: KeyPolicy) -> Self {
        let (world, maker) = (World::new(), Arc::new(NumberedKeys::default()));
        first_ring(&*world.store, &*maker, &policy, at(0)).await.unwrap();
        Self { world, maker, policy }
    }

    fn process(&self) -> (KeyService, Arc<Held>) {
        let holder = Arc::new(Held::default());
        (self.process_with(holder.clone()), holder)
    }

    fn process_with(&self, holder: Arc<dyn KeyHolder>) -> KeyService {
        KeyService {
            store: self.world.store.clone(),
            maker: self.maker.clone(),
            holder,
            policy: self.policy,
            scribe: self.world.scribe.clone(),
            clock: self.world.clock.clone(),
        }
    }

    async fn ring(&self) -> KeyRing {
        self.world.store.key_ring().await.unwrap().unwrap()
    }

    async fn shown(&self) -> String {
        let ring = self.ring().await;
        format!("v{} {}", ring.version, shown(&ring))
    }
}

#[tokio::test]
async fn the_first_start_makes_keys_and_later_ones_find_them() {
    let (store, maker) = (MemoryStore::new(), NumberedKeys::default());
    let first = first_ring(&store, &maker, &POLICY, at(0)).await.unwrap();
    let later = first_ring(&store, &maker, &POLICY, at(9)).await.unwrap();
    assert_eq!(first, later);
    assert_eq!((first.version, shown(&first).as_str()), (1, "key-1 active, key-2 next"));
    assert_eq!(store.key_ring().await.unwrap(), Some(first));
}

#[tokio::test]
async fn whoever_is_second_takes_the_ring_of_the_first() {
    let maker = NumberedKeys::default();
    let theirs = first_ring(&MemoryStore::new(), &maker, &POLICY, at(0)).await.unwrap();
    let mut store = MockKeyStore::new();
    store.expect_key_ring().once().returning(|| Ok(None));
    store.expect_replace_key_ring().once().returning(|_, _| Ok(false));
    let found = theirs.clone();
    store.expect_key_ring().returning(move || Ok(Some(found.clone())));
    assert_eq!(first_ring(&store, &maker, &POLICY, at(1)).await, Ok(theirs));
}

#[tokio::test]
async fn a_ring_that_never_stands_still_is_given_up() {
    let mut store = MockKeyStore::new();
    store.expect_key_ring().returning(|| Ok(None));
    store.expect_replace_key_ring().returning(|_, _| Ok(false));
    let refused = first_ring(&store, &NumberedKeys::default(), &POLICY, at(0)).await;
    assert!(matches!(refused, Err(KeysError::Store(StoreError::Unavailable(_)))));
}

#[tokio::test]
async fn another_algorithm_gets_keys_beside_the_old_ones() {
    let mut deployment = Deployment::new(POLICY).await;
    deployment.policy.algorithm = Algorithm::Es256;
    let (service, holder) = deployment.process();
    service.tend().await.unwrap();
    let ring = deployment.ring().await;
    assert_eq!(
        (ring.version, shown(&ring).as_str()),
        (2, "key-1 active, key-2 next, key-3 active, key-4 next")
    );
    assert_eq!(ring.active(Algorithm::EdDsa).unwrap().id, key(1));
    assert_eq!(ring.active(Algorithm::Es256).unwrap().id, key(3));
    assert_eq!(ring.active(Algorithm::Rs256), None);
    assert_eq!(holder.ring(), Some(ring));
    assert_eq!(deployment.world.told().await, ["service key_activated key-3"]);
}

#[tokio::test]
async fn keys_rotate_once_whoever_looks_first_and_the_other_adopts_them() {
    for order in [[0, 1], [1, 0]] {
        let deployment = Deployment::new(POLICY).await;
        let processes = [deployment.process(), deployment.process()];
        for (seconds, ring, events) in [
            (1, "v1 key-1 active, key-2 next", 0),
            (90 * DAY - 1, "v1 key-1 active, key-2 next", 0),
            (90 * DAY, "v2 key-1 retiring, key-2 active, key-3 next", 1),
            (90 * DAY + 989, "v2 key-1 retiring, key-2 active, key-3 next", 1),
            (90 * DAY + 990, "v3 key-1 retired, key-2 active, key-3 next", 2),
        ] {
            deployment.world.set_clock(seconds);
            for process in order {
                let (service, holder) = &processes[process];
                service.tend().await.unwrap();
                assert_eq!(deployment.shown().await, ring, "{order:?} {seconds}");
                assert_eq!(holder.ring(), Some(deployment.ring().await), "{order:?} {seconds}");
                assert_eq!(service.list().await.unwrap(), deployment.ring().await);
                assert_eq!(deployment.world.told().await.len(), events, "{order:?} {seconds}");
            }
        }
        assert_eq!(
            deployment.world.told().await,
            ["service key_activated key-2", "service key_retired key-1"]
        );
    }
}

/// The other process writes between this one's read and its write.
#[tokio::test]
async fn whoever_loses_the_race_does_nothing_a_second_time() {
    let deployment = Deployment::new(POLICY).await;
    let before = deployment.ring().await;
    deployment.world.set_clock(90 * DAY);
    deployment.process().0.tend().await.unwrap();
    let after = deployment.ring().await;

    let mut store = MockKeyStore::new();
    store
        .expect_key_ring()
        .once()
        .returning(move || Ok(Some(before.clone())));
    store
        .expect_replace_key_ring()
        .once()
        .withf(|ring, events| ring.version == 2 && events.len() == 1)
        .returning(|_, _| Ok(false));
    let found = after.clone();
    store.expect_key_ring().returning(move || Ok(Some(found.clone())));
    let (mut service, holder) = deployment.process();
    service.store = Arc::new(store);
    service.tend().await.unwrap();
    assert_eq!(holder.ring(), Some(after));
}

#[tokio::test]
async fn a_ring_that_changes_too_fast_is_given_up() {
    let deployment = Deployment::new(POLICY).await;
    deployment.world.set_clock(90 * DAY);
    let ring = deployment.ring().await;
    let mut store = MockKeyStore::new();
    store.expect_key_ring().returning(move || Ok(Some(ring.clone())));
    store.expect_replace_key_ring().returning(|_, _| Ok(false));
    let (mut service, _) = deployment.process();
    service.store = Arc::new(store);
    let refused = service.tend().await;
    assert!(matches!(refused, Err(KeysError::Store(StoreError::Unavailable(_)))));
}

#[tokio::test]
async fn a_ring_that_does_not_open_is_never_changed() {
    let deployment = Deployment::new(POLICY).await;
    deployment.world.set_clock(90 * DAY);
    let before = deployment.ring().await;
    let refusal = KeysDoNotOpen("another master key".into());
    let mut holder = MockKeyHolder::new();
    let answer = refusal.clone();
    holder.expect_adopt().times(3).returning(move |_| Err(answer.clone()));
    let service = deployment.process_with(Arc::new(holder));
    let expected = KeysError::from(refusal);
    assert_eq!(service.tend().await, Err(expected.clone()));
    assert_eq!(
        service.rotate(&operator()).await,
        Err(RotateError::Keys(expected.clone()))
    );
    assert_eq!(
        service.retire(&operator(), &key(1)).await,
        Err(RetireError::Keys(expected))
    );
    assert_eq!(deployment.ring().await, before);
    assert!(deployment.world.told().await.is_empty());
}

#[tokio::test]
async fn no_key_no_change() {
    let deployment = Deployment::new(POLICY).await;
    deployment.world.set_clock(90 * DAY);
    let before = deployment.ring().await;
    let (mut service, _) = deployment.process();
    service.maker = Arc::new(NoKeys);
    let expected = KeysError::Make(KeyMakerError);
    assert_eq!(service.tend().await, Err(expected.clone()));
    assert_eq!(
        service.rotate(&operator()).await,
        Err(RotateError::Keys(expected.clone()))
    );
    assert_eq!(
        service.retire(&operator(), &key(1)).await,
        Err(RetireError::Keys(expected.clone()))
    );
    assert_eq!(deployment.ring().await, before);
    assert!(deployment.world.told().await.is_empty());
    let first = first_ring(&MemoryStore::new(), &NoKeys, &POLICY, at(0)).await;
    assert_eq!(first, Err(expected));
}

#[tokio::test]
async fn a_store_that_is_down_or_has_lost_its_ring_changes_nothing_in_the_process() {
    for (answer, expected) in [
        (Err(down()), down()),
        (Ok(None), StoreError::Unreadable("the key ring is gone".into())),
    ] {
        let deployment = Deployment::new(POLICY).await;
        let mut store = MockKeyStore::new();
        store.expect_key_ring().returning(move || answer.clone());
        let mut holder = MockKeyHolder::new();
        holder.expect_adopt().never();
        let mut service = deployment.process_with(Arc::new(holder));
        service.store = Arc::new(store);
        assert_eq!(service.tend().await, Err(KeysError::Store(expected.clone())));
        assert_eq!(service.list().await, Err(KeysError::Store(expected)));
    }
}

#[tokio::test]
async fn an_operator_rotates_as_soon_as_verifiers_know_the_next_key() {
    let deployment = Deployment::new(POLICY).await;
    let (service, holder) = deployment.process();
    deployment.world.set_clock(PUBLISHED - 1);
    let early = service.rotate(&operator()).await;
    let ready_at = at(PUBLISHED);
    assert_eq!(early, Err(RotateError::TooYoung(NextKeyTooYoung { ready_at })));
    assert_eq!(deployment.shown().await, "v1 key-1 active, key-2 next");
    assert!(deployment.world.told().await.is_empty());

    deployment.world.set_clock(PUBLISHED);
    let rotated = service.rotate(&operator()).await.unwrap();
    assert_eq!(deployment.ring().await, rotated);
    assert_eq!(holder.ring(), Some(rotated));
    assert_eq!(deployment.shown().await, "v2 key-1 retiring, key-2 active, key-3 next");
    let event = deployment.world.last_event().await;
    assert_eq!(told(&event), "api_key:ops key_activated key-2");
    assert_eq!((event.at, event.account), (at(PUBLISHED), None));
    assert_eq!(event.request_id, operator().request_id);

    let again = service.rotate(&operator()).await;
    let ready_at = at(2 * PUBLISHED);
    assert_eq!(again, Err(RotateError::TooYoung(NextKeyTooYoung { ready_at })));
}

#[tokio::test]
async fn an_operator_replaces_the_key_of_refresh_tokens_and_no_other() {
    let deployment = Deployment::new(POLICY).await;
    let (service, _holder) = deployment.process();
    let before = service.list().await.unwrap();
    service.replace_refresh_key(&operator()).await.unwrap();
    let after = service.list().await.unwrap();
    assert_eq!((after.version, &after.signing), (before.version + 1, &before.signing));
    assert_ne!(after.refresh_mac, before.refresh_mac);
    assert_eq!(deployment.world.told().await, ["api_key:ops refresh_key_replaced"]);
}

#[tokio::test]
async fn an_operator_retires_a_key_at_once() {
    for (kid, outcome, ring, told) in [
        (
            "key-1",
            Ok(()),
            "v3 key-1 retired, key-2 active, key-3 next",
            vec!["api_key:ops key_retired key-1"],
        ),
        (
            "key-2",
            Ok(()),
            "v3 key-1 retiring, key-2 retired, key-3 active, key-4 next",
            vec!["api_key:ops key_retired key-2", "api_key:ops key_activated key-3"],
        ),
        (
            "key-3",
            Ok(()),
            "v3 key-1 retiring, key-2 active, key-3 retired, key-4 next",
            vec!["api_key:ops key_retired key-3"],
        ),
        (
            "key-9",
            Err(RetireError::Refused(RetireRefusal::Unknown)),
            "v2 key-1 retiring, key-2 active, key-3 next",
            vec![],
        ),
    ] {
        let deployment = Deployment::new(POLICY).await;
        let (service, holder) = deployment.process();
        deployment.world.set_clock(PUBLISHED);
        service.rotate(&operator()).await.unwrap();
        let kid = KeyId(kid.into());
        let retired = service.retire(&operator(), &kid).await;
        assert_eq!(retired.map(drop), outcome, "{kid}");
        assert_eq!(deployment.shown().await, ring, "{kid}");
        assert_eq!(holder.ring(), Some(deployment.ring().await), "{kid}");
        assert_eq!(deployment.world.told().await[1..], told, "{kid}");
        if outcome.is_ok() {
            let twice = service.retire(&operator(), &kid).await;
            assert_eq!(twice, Err(RetireError::Refused(RetireRefusal::AlreadyRetired)));
            assert_eq!(deployment.world.told().await.len(), 1 + told.len(), "{kid}");
        }
    }
}

#[tokio::test]
async fn resealing_writes_one_new_version_and_tells_so() {
    let deployment = Deployment::new(POLICY).await;
    let world = &deployment.world;
    let event = world.scribe.event(&Origin::service(), AuditAction::KeysResealed, at(5));
    let sealed_anew = |_: Option<&KeyId>, sealed: &Sealed| Ok(Sealed([sealed.0.as_slice(), &[0xff]].concat()));
    let ring = reseal(&*world.store, &event, &sealed_anew).await.unwrap().unwrap();
    assert_eq!(deployment.ring().await, ring);
    assert_eq!(ring.version, 2);
    assert_eq!(ring.refresh_mac, Sealed(vec![0, 0, 0xff]));
    assert_eq!(world.told().await, ["service keys_resealed"]);

    let does_not_open = |kid: Option<&KeyId>, sealed: &Sealed| match kid {
        Some(_) => Ok(sealed.clone()),
        None => Err(KeysDoNotOpen("the MAC key".into())),
    };
    let refused = reseal(&*world.store, &event, &does_not_open).await;
    assert_eq!(refused, Err(KeysError::DoNotOpen(KeysDoNotOpen("the MAC key".into()))));
    assert_eq!(deployment.ring().await, ring);
    let nothing = reseal(&MemoryStore::new(), &event, &sealed_anew).await;
    assert_eq!(nothing, Ok(None));
}

#[tokio::test]
async fn resealing_starts_again_from_what_another_process_wrote_meanwhile() {
    let deployment = Deployment::new(POLICY).await;
    let before = deployment.ring().await;
    deployment.world.set_clock(90 * DAY);
    deployment.process().0.tend().await.unwrap();
    let after = deployment.ring().await;
    let mut store = MockKeyStore::new();
    store
        .expect_key_ring()
        .once()
        .returning(move || Ok(Some(before.clone())));
    store.expect_replace_key_ring().once().returning(|_, _| Ok(false));
    store.expect_key_ring().returning(move || Ok(Some(after.clone())));
    store.expect_replace_key_ring().once().returning(|_, _| Ok(true));
    let scribe = &deployment.world.scribe;
    let event = scribe.event(&Origin::service(), AuditAction::KeysResealed, at(5));
    let unchanged = |_: Option<&KeyId>, sealed: &Sealed| Ok(sealed.clone());
    let ring = reseal(&store, &event, &unchanged).await.unwrap().unwrap();
    assert_eq!(
        (ring.version, shown(&ring).as_str()),
        (3, "key-1 retiring, key-2 active, key-3 next")
    );
}

/// While a change of the algorithm is rolled out, processes of both configurations are there.
#[tokio::test]
async fn a_change_of_the_algorithm_surprises_nobody_who_still_has_the_old_one() {
    let mut deployment = Deployment::new(POLICY).await;
    let (old, holder) = deployment.process();
    deployment.policy.algorithm = Algorithm::Es256;
    let (new, _) = deployment.process();
    for seconds in [90 * DAY - 60, 90 * DAY] {
        deployment.world.set_clock(seconds);
        new.tend().await.unwrap();
        old.tend().await.unwrap();
        let ring = holder.ring().unwrap();
        // Key 2 has been published for long; anything newer is not known to verifiers yet.
        let signs = ring.active(Algorithm::EdDsa).unwrap();
        assert!([key(1), key(2)].contains(&signs.id), "{} signs", signs.id);
    }
}

/// What happens to a deployment; `process` 0 or 1 does it.
#[derive(Debug, Clone, Copy)]
enum Step {
    Pass {
        seconds: u64,
    },
    /// The clock is corrected.
    GoBack {
        seconds: u64,
    },
    Tend {
        process: usize,
    },
    Rotate {
        process: usize,
    },
    /// The key at that place in the ring, counted round.
    Retire {
        process: usize,
        place: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let seconds = prop_oneof![
        1..400_u64,
        300..1200_u64,
        0..86_400_u64,
        (80..100_u64).prop_map(|days| days * 86_400)
    ];
    prop_oneof![
        5 => seconds.prop_map(|seconds| Step::Pass { seconds }),
        1 => (0..600_u64).prop_map(|seconds| Step::GoBack { seconds }),
        5 => (0..2_usize).prop_map(|process| Step::Tend { process }),
        2 => (0..2_usize).prop_map(|process| Step::Rotate { process }),
        2 => (0..2_usize, 0..6_usize).prop_map(|(process, place)| Step::Retire { process, place }),
    ]
}

fn policy() -> impl Strategy<Value = KeyPolicy> {
    let algorithm = prop::sample::select(Algorithm::ALL.to_vec());
    let rotation_age = prop::sample::select(vec![60_u64, 3600, 90 * 86_400]);
    let access_ttl = prop::sample::select(vec![60_u64, 900, 86_400]);
    (algorithm, rotation_age, access_ttl).prop_map(|(algorithm, rotation_age, access_ttl)| KeyPolicy {
        algorithm,
        rotation_age: Duration::from_secs(rotation_age),
        access_ttl: Duration::from_secs(access_ttl),
    })
}

/// What somebody who watches the ring knows of it.
#[derive(Default)]
struct Watcher {
    published_at: BTreeMap<KeyId, Timestamp>,
    /// When keys that signed stopped.
    stopped_at: BTreeMap<KeyId, Timestamp>,
    retired_by_hand: BTreeSet<KeyId>,
    activations: usize,
    retirements: usize,
    /// The latest time that there was: the clock may have been set back since.
    latest: Option<Timestamp>,
}

impl Watcher {
    /// Sees the ring become another one.
    fn see(
        &mut self,
        before: Option<&KeyRing>,
        ring: &KeyRing,
        policy: &KeyPolicy,
        by_hand: Option<&KeyId>,
        now: Timestamp,
    ) {
        let latest = self.latest.map_or(now, |latest| latest.max(now));
        self.latest = Some(latest);
        let is = |key: &SigningKey, state: &str| key.state.as_str() == state;
        let all = |state: &str| ring.signing.iter().filter(|key| is(key, state)).count();
        assert_eq!((all("active"), all("next")), (1, 1), "{}", shown(ring));
        assert!(
            ring.signing
                .iter()
                .all(|key| key.public.algorithm() == policy.algorithm)
        );
        let ids: BTreeSet<&KeyId> = ring.signing.iter().map(|key| &key.id).collect();
        assert_eq!(ids.len(), ring.signing.len(), "{}", shown(ring));

        let changed = before.is_none_or(|before| before.signing != ring.signing);
        let version = before.map_or(0, |before| before.version);
        assert_eq!(ring.version, version + u64::from(changed));

        for key in &ring.signing {
            if key.is_published() {
                self.published_at.entry(key.id.clone()).or_insert(now);
            }
            let was = before.and_then(|before| before.signing.iter().find(|old| old.id == key.id));
            let did = |state| was.is_some_and(|was| is(was, state));
            if is(key, "active") && !did("active") && before.is_some() {
                self.activations += 1;
                let published_for = now.since(self.published_at[&key.id]);
                assert!(
                    published_for >= PUBLISHED_BEFORE_SIGNING || by_hand.is_some_and(|kid| *kid != key.id),
                    "{} signs after {published_for:?}",
                    key.id
                );
                assert!(was.is_none_or(|was| is(was, "next")), "{} comes back", key.id);
            }
            if !is(key, "active") && did("active") {
                self.stopped_at.insert(key.id.clone(), now);
            }
            if is(key, "retired") && !did("retired") {
                self.retirements += 1;
            }
        }
        if let Some(kid) = by_hand {
            self.retired_by_hand.insert(kid.clone());
        }
        self.judge(ring, policy, latest);
    }

    /// What has to be so whoever does whatever.
    fn judge(&self, ring: &KeyRing, policy: &KeyPolicy, latest: Timestamp) {
        let is_published = |kid: &KeyId| ring.signing.iter().any(|key| key.id == *kid && key.is_published());
        for (kid, stopped_at) in &self.stopped_at {
            // The others sign with it until they notice.
            let last_token_expires = stopped_at.plus(PICK_UP).plus(policy.access_ttl).plus(LEEWAY);
            if latest < last_token_expires && !self.retired_by_hand.contains(kid) {
                assert!(is_published(kid), "{kid} is needed: {}", shown(ring));
            }
        }
        for kid in &self.retired_by_hand {
            assert!(!is_published(kid), "{kid} was retired: {}", shown(ring));
        }
    }
}

/// After a look at the keys nothing that is due is left undone.
fn assert_nothing_is_due(ring: &KeyRing, policy: &KeyPolicy, now: Timestamp) {
    let (mut active_since, mut next_ready_at) = (None, None);
    for key in &ring.signing {
        match key.state {
            KeyState::Next { published_at, .. } => next_ready_at = Some(published_at.plus(PUBLISHED_BEFORE_SIGNING)),
            KeyState::Active { since, .. } => active_since = Some(since),
            KeyState::Retiring { until } => assert!(now < until, "{} should be retired", key.id),
            KeyState::Retired { .. } => {}
        }
    }
    let is_old = now >= active_since.unwrap().plus(policy.rotation_age);
    assert!(!is_old || now < next_ready_at.unwrap(), "{} is due", shown(ring));
}

async fn live_through(policy: KeyPolicy, steps: Vec<Step>) {
    let deployment = Deployment::new(policy).await;
    let clock = &deployment.world.clock;
    let processes = [deployment.process(), deployment.process()];
    let mut watcher = Watcher::default();
    let mut ring = deployment.ring().await;
    watcher.see(None, &ring, &policy, None, clock.now());
    for step in steps {
        let mut by_hand = None;
        let acted = match step {
            Step::Pass { seconds } => {
                clock.advance(Duration::from_secs(seconds));
                None
            }
            Step::GoBack { seconds } => {
                clock.set(clock.now().minus(Duration::from_secs(seconds)));
                None
            }
            Step::Tend { process } => {
                processes[process].0.tend().await.unwrap();
                Some(process)
            }
            Step::Rotate { process } => {
                let rotated = processes[process].0.rotate(&operator()).await;
                assert!(matches!(rotated, Ok(_) | Err(RotateError::TooYoung(_))));
                Some(process)
            }
            Step::Retire { process, place } => {
                let kid = ring.signing[place % ring.signing.len()].id.clone();
                match processes[process].0.retire(&operator(), &kid).await {
                    Ok(_) => by_hand = Some(kid),
                    Err(refusal) => assert_eq!(refusal, RetireError::Refused(RetireRefusal::AlreadyRetired)),
                }
                Some(process)
            }
        };
        let now = clock.now();
        let after = deployment.ring().await;
        watcher.see(Some(&ring), &after, &policy, by_hand.as_ref(), now);
        if let Step::Tend { .. } = step {
            assert_nothing_is_due(&after, &policy, now);
        }
        if let Some(process) = acted {
            assert_eq!(processes[process].1.ring().as_ref(), Some(&after));
        }
        ring = after;
    }
    let told = deployment.world.told().await;
    let count = |action: &str| told.iter().filter(|event| event.contains(action)).count();
    assert_eq!(count("key_activated"), watcher.activations);
    assert_eq!(count("key_retired"), watcher.retirements);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// One key signs and one follows, at every moment. No key signs that verifiers may not know, but for the one that
    /// stands in for a retired one. No key goes while a token of it is good, but for the one that was retired.
    #[test]
    fn whatever_happens_every_good_token_is_believed(policy in policy(), steps in prop::collection::vec(step(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(live_through(policy, steps));
    }
}
