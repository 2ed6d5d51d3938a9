//! A map that forgets its oldest entry rather than grow beyond its bound.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// At most `bound` entries; the one written longest ago goes first.
pub(crate) struct BoundedMap<K, V> {
    bound: usize,
    entries: HashMap<K, (u64, V)>,
    by_age: BTreeMap<u64, K>,
    writes: u64,
}

impl<K: Clone + Eq + Hash, V> BoundedMap<K, V> {
    pub(crate) fn new(bound: usize) -> Self {
        Self {
            bound,
            entries: HashMap::new(),
            by_age: BTreeMap::new(),
            writes: 0,
        }
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        self.remove(&key);
        while self.entries.len() >= self.bound && self.remove_oldest() {}
        self.writes += 1;
        self.by_age.insert(self.writes, key.clone());
        self.entries.insert(key, (self.writes, value));
    }

    pub(crate) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries.get(key).map(|(_, value)| value)
    }

    pub(crate) fn get_key_value<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.entries.get_key_value(key).map(|(key, (_, value))| (key, value))
    }

    pub(crate) fn get_mut<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.entries.get_mut(key).map(|(_, value)| value)
    }

    pub(crate) fn remove<Q: Eq + Hash + ?Sized>(&mut self, key: &Q)
    where
        K: Borrow<Q>,
    {
        if let Some((age, _)) = self.entries.remove(key) {
            self.by_age.remove(&age);
        }
    }

    pub(crate) fn oldest(&self) -> Option<&V> {
        let (_, key) = self.by_age.first_key_value()?;
        self.entries.get(key).map(|(_, value)| value)
    }

    /// Whether there was one to remove.
    pub(crate) fn remove_oldest(&mut self) -> bool {
        let Some((_, key)) = self.by_age.pop_first() else {
            return false;
        };
        self.entries.remove(&key);
        true
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, (_, value))| (key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(map: &BoundedMap<String, u32>) -> Vec<&str> {
        let mut keys: Vec<_> = map.iter().map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        keys
    }

    #[test]
    fn the_oldest_goes_first_and_a_write_makes_young() {
        let mut map = BoundedMap::new(2);
        map.insert("a".to_owned(), 1);
        map.insert("b".to_owned(), 2);
        map.insert("a".to_owned(), 3);

        map.insert("c".to_owned(), 4);

        assert_eq!(keys(&map), ["a", "c"]);
        assert_eq!(map.get("a"), Some(&3));
        assert_eq!(map.get_key_value("a"), Some((&"a".to_owned(), &3)));
        assert_eq!(map.oldest(), Some(&3));
    }

    #[test]
    fn what_is_removed_leaves_nothing_behind() {
        let mut map = BoundedMap::new(2);
        map.insert("a".to_owned(), 1);

        map.remove("a");
        map.remove("a");

        assert_eq!(map.get("a"), None);
        assert_eq!(map.oldest(), None);
        assert!(!map.remove_oldest());
    }

    #[test]
    fn even_a_bound_of_nothing_does_not_hang() {
        let mut map = BoundedMap::new(0);
        map.insert("a".to_owned(), 1);
        map.insert("b".to_owned(), 2);
        assert_eq!(keys(&map), ["b"]);
    }
}
