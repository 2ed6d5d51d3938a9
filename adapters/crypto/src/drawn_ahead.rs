//! Randomness drawn ahead: an id takes a few bytes, and the way to the generator costs more than they do.

use std::sync::{Mutex, PoisonError};

use wxlogin_domain::ports::entropy::Entropy;
use zeroize::{Zeroize as _, Zeroizing};

/// How many bytes are drawn at a time.
const AHEAD: usize = 1024;
/// The longest id, in bytes. Whatever is longer may be a secret, and never lies here waiting.
const LONGEST_ID: usize = 16;

/// A generator whose bytes for ids are drawn ahead. This program does not fork, so they are nobody else's as well.
pub struct DrawnAhead<E> {
    source: E,
    ahead: Mutex<Ahead>,
}

struct Ahead {
    bytes: Zeroizing<[u8; AHEAD]>,
    /// How many of them are given away.
    given: usize,
}

impl<E: Entropy> DrawnAhead<E> {
    /// From this generator.
    #[must_use]
    pub fn new(source: E) -> Self {
        let ahead = Ahead {
            bytes: Zeroizing::new([0; AHEAD]),
            given: AHEAD,
        };
        Self {
            source,
            ahead: Mutex::new(ahead),
        }
    }
}

impl<E: Entropy> Entropy for DrawnAhead<E> {
    fn fill(&self, buffer: &mut [u8]) {
        if buffer.len() > LONGEST_ID {
            return self.source.fill(buffer);
        }
        let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let Ahead { bytes, given } = &mut *ahead;
        if AHEAD - *given < buffer.len() {
            // Should the generator panic, none of the bytes counts as drawn.
            *given = AHEAD;
            self.source.fill(&mut **bytes);
            *given = 0;
        }
        let drawn = &mut bytes[*given..*given + buffer.len()];
        buffer.copy_from_slice(drawn);
        // What was given away is known to its owner alone.
        drawn.zeroize();
        *given += buffer.len();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::atomic::{AtomicU32, Ordering};

    use wxlogin_domain::ports::entropy::draw;

    use super::*;

    /// Gives four bytes after the other, each time greater ones, and counts how often it is asked.
    #[derive(Default)]
    struct Counting {
        next: AtomicU32,
        asked: AtomicU32,
    }

    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            self.asked.fetch_add(1, Ordering::SeqCst);
            for four in buffer.chunks_mut(4) {
                let next = self.next.fetch_add(1, Ordering::SeqCst).to_be_bytes();
                four.copy_from_slice(&next[..four.len()]);
            }
        }
    }

    #[test]
    fn no_byte_is_given_twice() {
        let entropy = DrawnAhead::new(Counting::default());
        let mut seen = HashSet::new();
        for _ in 0..1000 {
            assert!(seen.insert(draw::<16>(&entropy)[..4].to_owned()));
            assert!(seen.insert(draw::<8>(&entropy)[4..].to_owned()));
        }
        assert_eq!(entropy.source.asked.load(Ordering::SeqCst), 24);
    }

    #[test]
    fn secrets_are_not_drawn_ahead() {
        let entropy = DrawnAhead::new(Counting::default());
        draw::<10>(&entropy);
        draw::<32>(&entropy);
        draw::<32>(&entropy);
        assert_eq!(entropy.source.asked.load(Ordering::SeqCst), 3);
    }

    #[test]
    fn nothing_that_was_given_is_kept() {
        let entropy = DrawnAhead::new(Counting::default());
        draw::<16>(&entropy);
        let ahead = entropy.ahead.lock().unwrap();
        assert_eq!(ahead.bytes[..16], [0; 16]);
        assert_ne!(ahead.bytes[16..20], [0; 4]);
    }
}
