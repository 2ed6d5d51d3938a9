//! Randomness.

/// Gives random bytes.
///
/// An implementation MUST be cryptographically secure, MUST NOT repeat itself after a fork or restart, and MUST NOT
/// fail: a system without randomness is one that does not start.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// Draws `N` random bytes.
pub fn draw<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}

/// Not random at all: the same bytes in the same order, so that tests can show them in snapshots. Each draw differs
/// from the ones before.
#[cfg(feature = "test-support")]
#[derive(Debug, Default)]
pub struct RepeatableEntropy(std::sync::atomic::AtomicU64);

#[cfg(feature = "test-support")]
impl Entropy for RepeatableEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        let draw = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
        for (byte, value) in buffer.iter_mut().rev().zip(draw.to_le_bytes()) {
            *byte = value;
        }
    }
}
