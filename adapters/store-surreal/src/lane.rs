//! Queues in front of the database.

use std::hash::{BuildHasher as _, RandomState};

use tokio::sync::{Mutex, MutexGuard};
use wxlogin_domain::identity::WechatIdentity;

/// How many identities can log in side by side, at the least.
const LANES: usize = 256;

/// Logins of one identity at the same time (a double tap, a client's retry) would only overtake each other in the
/// database. Here they wait in line instead. A courtesy within this process: correctness is the guards' business.
pub(crate) struct Lanes {
    lanes: Vec<Mutex<()>>,
    hasher: RandomState,
}

impl Lanes {
    pub(crate) fn new() -> Self {
        Self {
            lanes: (0..LANES).map(|_| Mutex::new(())).collect(),
            hasher: RandomState::new(),
        }
    }

    /// No queues at all.
    pub(crate) fn none() -> Self {
        Self {
            lanes: Vec::new(),
            hasher: RandomState::new(),
        }
    }

    /// Waits for the lane of an identity, where there are lanes; whoever holds it goes alone.
    pub(crate) async fn enter(&self, identity: &WechatIdentity) -> Option<MutexGuard<'_, ()>> {
        let hash = self.hasher.hash_one((&identity.app, &identity.openid));
        let lanes = u64::try_from(self.lanes.len()).ok()?;
        let lane = usize::try_from(hash.checked_rem(lanes)?).ok()?;
        Some(self.lanes.get(lane)?.lock().await)
    }
}
