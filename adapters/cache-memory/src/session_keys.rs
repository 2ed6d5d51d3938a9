//! Sealed session keys, in memory.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::ports::session_key_cache::SessionKeyCache;
use wxlogin_domain::session_key::SealedSessionKey;
use wxlogin_domain::timestamp::Timestamp;

/// Keeps the sealed keys of as many users as there is room for.
pub struct MemorySessionKeys {
    capacity: usize,
    state: Mutex<State>,
}

/// A user of an app.
type User = (AppId, OpenId);

#[derive(Default)]
struct State {
    users: HashMap<Arc<User>, Keys>,
    /// Whose keys were kept first, first.
    by_age: BTreeMap<u64, Arc<User>>,
    keeps: u64,
}

/// The keys of a user.
struct Keys {
    /// Its place in the order of age.
    age: u64,
    /// The current one, then the one before: at most [`KEPT`], at least one.
    kept: Vec<Kept>,
}

struct Kept {
    key: SealedSessionKey,
    until: Timestamp,
}

/// The current key, and the one that data on their way may still be encrypted under.
const KEPT: usize = 2;

impl MemorySessionKeys {
    /// Room for the keys of this many users; where it is zero, nothing is kept.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            state: Mutex::default(),
        }
    }

    /// No operation leaves the state half changed, so a lock poisoned by a panic elsewhere is still good.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for MemorySessionKeys {
    /// How many users there are, and nothing of them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemorySessionKeys")
            .field("capacity", &self.capacity)
            .field("users", &self.state().users.len())
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl SessionKeyCache for MemorySessionKeys {
    async fn keep(&self, app: &AppId, openid: &OpenId, key: SealedSessionKey, now: Timestamp, until: Timestamp) {
        if self.capacity > 0 {
            let user = (app.clone(), openid.clone());
            let mut state = self.state();
            state.drop_expired(now);
            state.keep(user, Kept { key, until }, self.capacity);
        }
    }

    async fn kept(&self, app: &AppId, openid: &OpenId, now: Timestamp) -> Vec<SealedSessionKey> {
        let user = (app.clone(), openid.clone());
        let mut state = self.state();
        state.drop_expired(now);
        state.kept(&user, now)
    }

    async fn forget(&self, app: &AppId, openid: &OpenId) {
        self.state().remove(&(app.clone(), openid.clone()));
    }
}

impl State {
    fn keep(&mut self, user: User, named: Kept, capacity: usize) {
        let mut kept = self.remove(&user).unwrap_or_default();
        take_first(&mut kept, named);
        while self.users.len() >= capacity && self.remove_oldest() {}
        self.keeps += 1;
        let (age, user) = (self.keeps, Arc::new(user));
        self.by_age.insert(age, Arc::clone(&user));
        self.users.insert(user, Keys { age, kept });
    }

    fn kept(&mut self, user: &User, now: Timestamp) -> Vec<SealedSessionKey> {
        let Some(keys) = self.users.get_mut(user) else {
            return Vec::new();
        };
        keys.kept.retain(|kept| kept.is_good(now));
        let kept: Vec<_> = keys.kept.iter().map(|kept| kept.key.clone()).collect();
        if kept.is_empty() {
            self.remove(user);
        }
        kept
    }

    /// Drops the keys of those who have none that is good any more. All keys live equally long, so the first user who
    /// has one ends the search.
    fn drop_expired(&mut self, now: Timestamp) {
        let has_expired = |keys: &Keys| !keys.kept.iter().any(|kept| kept.is_good(now));
        while let Some((_, oldest)) = self.by_age.first_key_value()
            && self.users.get(oldest).is_none_or(has_expired)
        {
            self.remove_oldest();
        }
    }

    fn remove(&mut self, user: &User) -> Option<Vec<Kept>> {
        let keys = self.users.remove(user)?;
        self.by_age.remove(&keys.age);
        Some(keys.kept)
    }

    /// Whether there was one to remove.
    fn remove_oldest(&mut self) -> bool {
        let oldest = self.by_age.pop_first();
        oldest.is_some_and(|(_, user)| self.users.remove(&user).is_some())
    }
}

/// The key that WeChat has just named comes first. One that is kept already only changes its place, as when two devices
/// log in by turns, and lives no shorter than before.
fn take_first(kept: &mut Vec<Kept>, mut named: Kept) {
    let is_named = |kept: &Kept| kept.key.fingerprint == named.key.fingerprint;
    if let Some(place) = kept.iter().position(is_named) {
        let before = kept.remove(place);
        named.until = named.until.max(before.until);
    }
    kept.insert(0, named);
    kept.truncate(KEPT);
}

impl Kept {
    fn is_good(&self, now: Timestamp) -> bool {
        now < self.until
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use wxlogin_domain::key_ring::Sealed;

    use super::*;

    const APP: &str = "wx4f4bc4dec97d474b";
    const OTHER_APP: &str = "wxba5fad812f8e6fb9";

    /// A key by its fingerprint and its end.
    type Shown = (u8, i64);

    struct Cache(MemorySessionKeys);

    impl Cache {
        fn new(capacity: usize) -> Self {
            Self(MemorySessionKeys::new(capacity))
        }

        /// Keeps a key of this fingerprint until then.
        async fn keep(&self, openid: &str, fingerprint: u8, until: i64) {
            self.keep_in(APP, openid, fingerprint, until).await;
        }

        async fn keep_in(&self, app: &str, openid: &str, fingerprint: u8, until: i64) {
            let key = SealedSessionKey {
                fingerprint: [fingerprint; 16],
                // Two sealings of one key differ; here, by when they end.
                sealed: Sealed(until.to_be_bytes().to_vec()),
            };
            let (app, openid) = (AppId::parse(app).unwrap(), OpenId::parse(openid).unwrap());
            self.0.keep(&app, &openid, key, seconds(0), seconds(until)).await;
        }

        /// The fingerprints, and the sealings by when they end.
        async fn kept(&self, openid: &str, now: i64) -> Vec<Shown> {
            self.kept_in(APP, openid, now).await
        }

        async fn kept_in(&self, app: &str, openid: &str, now: i64) -> Vec<Shown> {
            let (app, openid) = (AppId::parse(app).unwrap(), OpenId::parse(openid).unwrap());
            let kept = self.0.kept(&app, &openid, seconds(now)).await;
            let shown = |key: SealedSessionKey| {
                let end = key.sealed.0.try_into().unwrap();
                (key.fingerprint[0], i64::from_be_bytes(end))
            };
            kept.into_iter().map(shown).collect()
        }

        async fn forget(&self, openid: &str) {
            let (app, openid) = (AppId::parse(APP).unwrap(), OpenId::parse(openid).unwrap());
            self.0.forget(&app, &openid).await;
        }

        fn users(&self) -> usize {
            let state = self.0.state();
            assert_eq!(state.users.len(), state.by_age.len(), "neither map outgrows the other");
            state.users.len()
        }
    }

    fn seconds(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(seconds)
    }

    #[tokio::test]
    async fn a_users_keys_table() {
        // What was kept, by fingerprint and end; what is answered when.
        let table: [(&str, &[Shown], i64, &[Shown]); 12] = [
            ("nothing", &[], 0, &[]),
            ("one", &[(1, 100)], 0, &[(1, 100)]),
            ("up to its end", &[(1, 100)], 99, &[(1, 100)]),
            ("not at its end", &[(1, 100)], 100, &[]),
            ("current first", &[(1, 100), (2, 110)], 0, &[(2, 110), (1, 100)]),
            ("the one before goes first", &[(1, 100), (2, 110)], 100, &[(2, 110)]),
            (
                "no more than two",
                &[(1, 100), (2, 110), (3, 120)],
                0,
                &[(3, 120), (2, 110)],
            ),
            (
                "the current one again is prolonged, and displaces nothing",
                &[(1, 100), (2, 110), (2, 120)],
                115,
                &[(2, 120)],
            ),
            (
                "the one before is still there then",
                &[(1, 100), (2, 110), (2, 120)],
                0,
                &[(2, 120), (1, 100)],
            ),
            (
                "the one before again is current again",
                &[(1, 100), (2, 110), (1, 120)],
                0,
                &[(1, 120), (2, 110)],
            ),
            ("none ends earlier than before", &[(1, 100), (1, 90)], 95, &[(1, 90)]),
            (
                "the one before outlives the current one, if it does",
                &[(1, 100), (2, 50)],
                60,
                &[(1, 100)],
            ),
        ];
        for (name, keeps, now, answer) in table {
            let cache = Cache::new(10);
            for (fingerprint, until) in keeps {
                cache.keep("one", *fingerprint, *until).await;
            }
            assert_eq!(cache.kept("one", now).await, answer, "{name}");
            assert_eq!(cache.kept("one", now).await, answer, "{name}, asked again");
            assert_eq!(cache.users(), usize::from(!answer.is_empty()), "{name}");
        }
    }

    #[tokio::test]
    async fn users_have_keys_of_their_own_in_each_app() {
        let cache = Cache::new(10);
        cache.keep("one", 1, 100).await;
        cache.keep("two", 2, 100).await;
        cache.keep_in(OTHER_APP, "one", 3, 100).await;
        assert_eq!(cache.kept("one", 0).await, [(1, 100)]);
        assert_eq!(cache.kept("two", 0).await, [(2, 100)]);
        assert_eq!(cache.kept_in(OTHER_APP, "one", 0).await, [(3, 100)]);

        cache.forget("one").await;
        cache.forget("one").await;
        assert_eq!(cache.kept("one", 0).await, []);
        assert_eq!(cache.kept_in(OTHER_APP, "one", 0).await, [(3, 100)]);
        assert_eq!(cache.users(), 2);
    }

    #[tokio::test]
    async fn those_whose_keys_were_kept_first_go_first() {
        let cache = Cache::new(2);
        cache.keep("one", 1, 100).await;
        cache.keep("two", 2, 100).await;
        cache.keep("one", 1, 101).await;
        cache.keep("three", 3, 102).await;
        assert_eq!(cache.users(), 2);
        assert_eq!(cache.kept("one", 0).await, [(1, 101)]);
        assert_eq!(cache.kept("two", 0).await, []);
        assert_eq!(cache.kept("three", 0).await, [(3, 102)]);
    }

    #[tokio::test]
    async fn without_room_nothing_is_kept() {
        let cache = Cache::new(0);
        cache.keep("one", 1, 100).await;
        assert_eq!(cache.kept("one", 0).await, []);
        assert_eq!(cache.users(), 0);
    }

    #[tokio::test]
    async fn the_keys_of_those_who_never_come_back_are_dropped() {
        let cache = Cache::new(10);
        for (openid, until) in [("one", 100), ("two", 110), ("three", 120)] {
            cache.keep(openid, 1, until).await;
        }
        assert_eq!(cache.kept("nobody", 115).await, []);
        assert_eq!(cache.users(), 1);
    }

    /// A service that only logs people in never asks for a key.
    #[tokio::test]
    async fn whoever_is_kept_later_drops_them_too() {
        let cache = Cache::new(10);
        cache.keep("one", 1, 100).await;
        cache.keep("two", 1, 110).await;
        let (app, openid) = (AppId::parse(APP).unwrap(), OpenId::parse("three").unwrap());
        let key = SealedSessionKey {
            fingerprint: [1; 16],
            sealed: Sealed(Vec::new()),
        };
        cache.0.keep(&app, &openid, key, seconds(105), seconds(205)).await;
        assert_eq!(cache.users(), 2);
    }

    #[tokio::test]
    async fn debug_shows_no_keys_and_nobody() {
        let cache = Cache::new(10);
        cache.keep("somebody", 1, 100).await;
        insta::assert_snapshot!(format!("{:?}", cache.0), @"MemorySessionKeys { capacity: 10, users: 1, .. }");
    }

    #[derive(Debug, Clone)]
    enum Event {
        Keep(u8, u8),
        Ask(u8),
        Forget(u8),
    }

    fn events() -> impl Strategy<Value = Vec<Event>> {
        let event = prop_oneof![
            4 => (0..6_u8, 0..4_u8).prop_map(|(user, key)| Event::Keep(user, key)),
            2 => (0..6_u8).prop_map(Event::Ask),
            1 => (0..6_u8).prop_map(Event::Forget),
        ];
        prop::collection::vec(event, 0..100)
    }

    proptest! {
        #[test]
        fn any_order_of_events_leaves_it_bounded_and_whole(events in events()) {
            let user = |byte: u8| {
                let app = AppId::parse(APP).unwrap();
                (app, OpenId::parse(&format!("user{byte}")).unwrap())
            };
            let mut state = State::default();
            for (now, event) in (0..).zip(events) {
                match event {
                    Event::Keep(byte, fingerprint) => {
                        let key = SealedSessionKey { fingerprint: [fingerprint; 16], sealed: Sealed(Vec::new()) };
                        state.keep(user(byte), Kept { key: key.clone(), until: seconds(now + 20) }, 3);
                        let kept = state.kept(&user(byte), seconds(now));
                        prop_assert_eq!(kept.first(), Some(&key));
                    }
                    Event::Ask(byte) => {
                        state.drop_expired(seconds(now));
                        let kept = state.kept(&user(byte), seconds(now));
                        prop_assert!(kept.len() <= KEPT);
                        prop_assert!(kept.len() < 2 || kept[0].fingerprint != kept[1].fingerprint);
                    }
                    Event::Forget(byte) => {
                        state.remove(&user(byte));
                        prop_assert!(state.kept(&user(byte), seconds(now)).is_empty());
                    }
                }
                prop_assert!(state.users.len() <= 3);
                prop_assert_eq!(state.users.len(), state.by_age.len());
                for (age, user) in &state.by_age {
                    prop_assert_eq!(state.users[user].age, *age);
                }
            }
        }
    }
}
